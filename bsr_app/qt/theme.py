"""One palette for light and one for dark, the style sheet made from it, and tinted icons."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from functools import cache
from pathlib import Path
from string import Template

from PySide6.QtCore import QByteArray, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QGuiApplication, QIcon, QIconEngine, QPainter, QPalette, QPixmap
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QApplication

from bsr.resources import FOLDER

ICONS = FOLDER / "icons"


@dataclass(frozen=True)
class Colours:
    """The colours of a theme; text on `window` and `panel` has a contrast of at least 4.5."""

    window: str  # behind everything
    panel: str  # side bar, cards, dialogs' lists
    field: str  # what can be typed in or chosen from
    border: str
    hover: str
    canvas: str  # behind pictures
    text: str
    muted: str  # second in rank
    disabled: str
    accent: str  # the one thing to press
    on_accent: str  # text and icons on it
    accent_hover: str
    accent_soft: str  # behind what is selected
    link: str  # accent as text, focus frames
    success: str
    warning: str
    error: str


LIGHT = Colours(
    window="#f4f5f7",
    panel="#ffffff",
    field="#ffffff",
    border="#d3d8df",
    hover="#e8ebf0",
    canvas="#e3e6eb",
    text="#1c2128",
    muted="#596372",
    disabled="#a3abb7",
    accent="#2a5bd7",
    on_accent="#ffffff",
    accent_hover="#1f4cbd",
    accent_soft="#e1e9fb",
    link="#2a5bd7",
    success="#1a7f37",
    warning="#8f5f00",
    error="#c62828",
)
DARK = Colours(
    window="#1a1d22",
    panel="#22262c",
    field="#2a2f37",
    border="#3a414b",
    hover="#2f353e",
    canvas="#121417",
    text="#e8eaed",
    muted="#a2abb8",
    disabled="#68717d",
    accent="#3668d8",
    on_accent="#ffffff",
    accent_hover="#4a7bea",
    accent_soft="#263a63",
    link="#85aefc",
    success="#5fc97c",
    warning="#e5b54a",
    error="#ff8078",
)


NORMAL = QPalette.ColorGroup.Normal
_current = LIGHT


def apply_theme(theme: str) -> None:
    """Apply a theme; with "system" it follows the system from then on.

    Args:
        theme: "system", "light" or "dark".
    """
    scheme = {"light": Qt.ColorScheme.Light, "dark": Qt.ColorScheme.Dark}
    hints = QGuiApplication.styleHints()
    hints.setColorScheme(scheme.get(theme, Qt.ColorScheme.Unknown))
    _apply_colours(is_dark_wanted(theme))


def follow_system() -> None:
    """Apply the system's current colours."""
    _apply_colours(is_dark_wanted("system"))


def is_contrast_wanted() -> bool:
    """Return whether the system asks for high contrast; its own colours are taken then."""
    preference = QGuiApplication.styleHints().accessibility().contrastPreference()
    return preference is Qt.ContrastPreference.HighContrast


def system_palette(application: QApplication) -> QPalette:
    """Return the system's own colours, which are applied from then on."""
    application.setPalette(QPalette())
    return application.palette()


def contrast_colours(system: QPalette) -> Colours:
    """Return the colours of a system with high contrast: few, and all of them the user's."""

    def colour(role: QPalette.ColorRole, group: QPalette.ColorGroup = NORMAL) -> str:
        return system.color(group, role).name()

    role = QPalette.ColorRole
    ground, text = colour(role.Window), colour(role.WindowText)
    return Colours(
        window=ground,
        panel=ground,
        field=colour(role.Base),
        border=text,
        hover=ground,
        canvas=ground,
        text=text,
        muted=text,
        disabled=colour(role.WindowText, QPalette.ColorGroup.Disabled),
        accent=colour(role.Highlight),
        on_accent=colour(role.HighlightedText),
        accent_hover=colour(role.Highlight),
        accent_soft=ground,
        link=colour(role.Link),
        success=text,
        warning=text,
        error=text,
    )


def is_dark_wanted(theme: str) -> bool:
    """Return whether this choice means dark on this system now."""
    if theme == "system":
        return QGuiApplication.styleHints().colorScheme() is Qt.ColorScheme.Dark
    return theme == "dark"


def colours() -> Colours:
    """Return the current colours."""
    return _current


@cache
def icon(name: str, colour: str = "") -> QIcon:
    """Return one of the program's line icons.

    Args:
        name: of a file in resources/icons/actions, without suffix.
        colour: the name of a colour of Colours, or "" for that of the text around it.
    """
    return QIcon(_engine(name, colour))


@cache
def app_icon() -> QIcon:
    """Return the program's own icon, sharp at every size."""
    return QIcon(str(ICONS / "bsr.svg"))


def _apply_colours(dark: bool) -> None:
    application = QApplication.instance()
    if not isinstance(application, QApplication):
        raise RuntimeError("there is no application to dress")
    global _current
    _current = DARK if dark else LIGHT
    if is_contrast_wanted():
        _current = contrast_colours(system_palette(application))
        dark = QColor(_current.window).lightness() < 128
    current = _current
    if not application.styleSheet():  # once; a style with a sheet no longer says its name
        application.setStyle("Fusion")
    application.setPalette(_palette(current))
    template = Template((Path(__file__).parent / "theme.qss").read_text(encoding="utf-8"))
    icons = (ICONS / "controls" / ("dark" if dark else "light")).as_posix()
    sheet = template.substitute(asdict(current), icons=icons)
    if sheet != application.styleSheet():  # every widget is polished anew
        # In the place of another sheet Qt would polish each once for every widget that it is in.
        application.setStyleSheet("")
        application.setStyleSheet(sheet)


def _palette(current: Colours) -> QPalette:
    role, palette = QPalette.ColorRole, QPalette()
    for target, colour in {
        role.Window: current.window,
        role.WindowText: current.text,
        role.Base: current.field,
        role.AlternateBase: current.panel,
        role.Text: current.text,
        role.Button: current.panel,
        role.ButtonText: current.text,
        role.BrightText: current.on_accent,
        role.ToolTipBase: current.panel,
        role.ToolTipText: current.text,
        role.PlaceholderText: current.muted,
        role.Highlight: current.accent,
        role.HighlightedText: current.on_accent,
        role.Accent: current.accent,
        role.Link: current.link,
        role.LinkVisited: current.link,
        role.Light: current.field,
        role.Midlight: current.hover,
        role.Mid: current.border,
        role.Dark: current.border,
        role.Shadow: current.canvas,
    }.items():
        palette.setColor(target, QColor(colour))
    for target in (role.WindowText, role.Text, role.ButtonText, role.HighlightedText):
        palette.setColor(QPalette.ColorGroup.Disabled, target, QColor(current.disabled))
    palette.setColor(QPalette.ColorGroup.Disabled, role.Highlight, QColor(current.border))
    return palette


class _TintedIcon(QIconEngine):
    """Draws an SVG whose strokes are `currentColor`, at any size and in the current colours."""

    def __init__(self, name: str, colour: str) -> None:
        super().__init__()
        self._name, self._colour = name, colour
        self._drawing = (ICONS / "actions" / f"{name}.svg").read_text(encoding="utf-8")

    def paint(self, painter: QPainter, rect: QRect, mode: QIcon.Mode, state: QIcon.State) -> None:
        _draw(painter, rect, self._drawing, self._tint(mode, state))

    def pixmap(self, size: QSize, mode: QIcon.Mode, state: QIcon.State) -> QPixmap:
        return _pixmap(size.width(), size.height(), self._drawing, self._tint(mode, state))

    def _tint(self, mode: QIcon.Mode, state: QIcon.State) -> str:
        if self._colour and mode is not QIcon.Mode.Disabled:
            return str(getattr(colours(), self._colour))
        return _tint(mode, state)

    def clone(self) -> QIconEngine:
        return _engine(self._name, self._colour)


@cache
def _engine(name: str, colour: str) -> _TintedIcon:
    # Qt owns the C++ half and keeps it as long as the cached icon lives: until the program ends.
    return _TintedIcon(name, colour)


def _draw(painter: QPainter, rect: QRect, drawing: str, colour: str) -> None:
    side = min(rect.width(), rect.height())
    square = QRectF(0, 0, side, side)
    square.moveCenter(QRectF(rect).center())
    _renderer(drawing, colour).render(painter, square)


@cache  # Qt asks at every painting
def _pixmap(width: int, height: int, drawing: str, colour: str) -> QPixmap:
    pixmap = QPixmap(width, height)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    _draw(painter, pixmap.rect(), drawing, colour)
    painter.end()
    return pixmap


@cache
def _renderer(drawing: str, colour: str) -> QSvgRenderer:
    return QSvgRenderer(QByteArray(drawing.replace("currentColor", colour).encode()))


def _tint(mode: QIcon.Mode, state: QIcon.State) -> str:
    current = colours()
    if mode is QIcon.Mode.Disabled:
        return current.disabled
    if mode is QIcon.Mode.Selected:
        return current.on_accent
    return current.link if state is QIcon.State.On else current.text
