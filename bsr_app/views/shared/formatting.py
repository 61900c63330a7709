"""Numbers, stages and outcomes as people read them, in the language of the window."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QLocale
from PySide6.QtGui import Qt

if TYPE_CHECKING:
    from ...work.saving import Saved

translate = QCoreApplication.translate


def duration(seconds: float) -> str:
    """Return a length of time, rounded as one would say it, e.g. "0.4 s", "12 s", "3 min 20 s"."""
    locale = QLocale()
    if seconds < 0.05:
        return translate("words", "less than {0} s").format(locale.toString(0.1, "f", 1))
    if seconds < 9.95:
        return translate("words", "{0} s").format(locale.toString(seconds, "f", 1))
    whole = round(seconds)
    if whole < 60:
        return translate("words", "{0} s").format(locale.toString(whole))
    if whole < 3600:
        return translate("words", "{0} min {1} s").format(whole // 60, whole % 60)
    return translate("words", "{0} h {1} min").format(whole // 3600, whole % 3600 // 60)


def speed(megapixels_per_second: float) -> str:
    """Return how much of a result is made in a second, e.g. "1.8 MP/s"."""
    return translate("words", "{0} MP/s").format(decimal(megapixels_per_second))


def size(height: int, width: int) -> str:
    """Return the size of a picture as width x height, e.g. "1,280 × 852"."""
    locale = QLocale()
    return f"{locale.toString(width)} × {locale.toString(height)}"


def megapixels(height: int, width: int) -> str:
    """Return the area of a picture, e.g. "1.1 MP"; a tiny one in pixels."""
    if height * width < 5000:
        return translate("words", "{0} pixels").format(QLocale().toString(height * width))
    return translate("words", "{0} MP").format(decimal(height * width / 1e6))


def data_size(count: int) -> str:
    """Return bytes, e.g. "0.6 MB", with powers of 1000."""
    return QLocale().formattedDataSize(count, 1, QLocale.DataSizeFormat.DataSizeSIFormat)


def decimal(value: float) -> str:
    """Return a number with about three digits."""
    digits = 0 if value >= 100 else 1 if value >= 1 else 2
    return QLocale().toString(value, "f", digits)


def factor(scale: float) -> str:
    """Return a scale, e.g. "4×" or "2.5×"."""
    return f"{scale:g}".replace(".", QLocale().decimalPoint()) + "×"


def tool_tip(text: str) -> str:
    """Return a tool tip that shows a text as it is, which may be a name from anywhere.

    Qt takes a text with tags for HTML, and loads the files that it names.
    """
    return Qt.convertFromPlainText(text) if Qt.mightBeRichText(text) else text


def stage(name: str) -> str:
    """Return the words for a stage of the engine's work."""
    known = {
        "looking": translate("words", "Scanning files"),
        "preparing": translate("words", "Preparing"),
        "reading": translate("words", "Reading"),
        "upscaling": translate("words", "Enlarging"),
        "saving": translate("words", "Saving"),
    }
    return known.get(name, name.capitalize())


def preparing() -> str:
    """Say that the kernels are compiled; nearly all of it is one step, so no share is told."""
    return translate("words", "Preparing for this processor, once…")


def saved(what: Saved) -> str:
    """Report the outcome of saving, and what the file kept of the original."""
    name = what.path.name
    if what.skipped:
        return translate("words", "“{0}” exists already; nothing was written.").format(name)
    folder = what.path.parent.name or str(what.path.parent)
    if what.again:
        return translate("words", "“{0}” is saved in “{1}” already.").format(name, folder)
    text = translate("words", "Saved “{0}” in “{1}”.").format(name, folder)
    if what.kept:
        text += " " + translate("words", "Kept: {0}.").format(_properties(what.kept))
    if what.frames != 1:
        first = translate("words", "The file holds several pictures: this is the first.")
        text += " " + first
    if what.lost:
        text += " " + translate("words", "Not kept: {0}.").format(_properties(what.lost))
    return text


def _properties(names: tuple[str, ...]) -> str:
    known = {
        "ICC": translate("words", "ICC profile"),
        "colours as ICC": translate("words", "colours, as an ICC profile"),
        "colours as sRGB": translate("words", "colours, as sRGB"),
        "EXIF": "EXIF",
        "DPI": translate("words", "resolution"),
        "16 bit": translate("words", "16 bit"),
        "alpha": translate("words", "transparency"),
        "panorama mark": translate("words", "panorama mark"),
        "text": translate("words", "text beside the pixels"),
        "HDR light levels": translate("words", "HDR light levels"),
    }
    return ", ".join(known.get(name, name) for name in names)
