"""One palette for light and one for dark, the style sheet made from it, and tinted icons."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from functools import cache
from pathlib import Path
from string import Template

from PySide6.QtCore import QByteArray, QPoint, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QGuiApplication, QIcon, QIconEngine, QPainter, QPalette, QPixmap
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QApplication

from bsr.resources import FOLDER

ICONS = FOLDER / "icons"
STEP = 8  # every distance in the window is a multiple, or half, of this many pixels


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
    accent: str  # the one thing to press; white text stands on it
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
    accent_hover="#4a7bea",
    accent_soft="#263a63",
    link="#85aefc",
    success="#5fc97c",
    warning="#e5b54a",
    error="#ff8078",
)


def apply_theme(theme: str) -> None:
    """Dress the application; with "system" it follows the system from then on.

    Args:
        theme: "system", "light" or "dark".
    """
    scheme = {"light": Qt.ColorScheme.Light, "dark": Qt.ColorScheme.Dark}
    hints = QGuiApplication.styleHints()
    hints.setColorScheme(scheme.get(theme, Qt.ColorScheme.Unknown))
    _wear(is_dark_wanted(theme))


def follow_system() -> None:
    """Wear what the system wears now."""
    _wear(is_dark_wanted("system"))


def is_dark_wanted(theme: str) -> bool:
    """Whether this choice means dark on this system now."""
    if theme == "system":
        return QGuiApplication.styleHints().colorScheme() is Qt.ColorScheme.Dark
    return theme == "dark"


def colours() -> Colours:
    """Give the colours that are worn now."""
    dark = QGuiApplication.palette().color(QPalette.ColorRole.Window).lightness() < 128
    return DARK if dark else LIGHT


@cache
def icon(name: str, colour: str = "") -> QIcon:
    """Give one of the program's line icons.

    Args:
        name: of a file in resources/icons/actions, without suffix.
        colour: a colour of Colours, or "" for that of the text around it.
    """
    return QIcon(_engine(name, colour))


@cache
def app_icon() -> QIcon:
    """Give the program's own icon, sharp at every size."""
    return QIcon(str(ICONS / "bsr.svg"))


def _wear(dark: bool) -> None:
    application = QApplication.instance()
    if not isinstance(application, QApplication):
        raise RuntimeError("there is no application to dress")
    worn = DARK if dark else LIGHT
    if application.style().name() != "fusion":
        application.setStyle("Fusion")
    application.setPalette(_palette(worn))
    sheet = Template((Path(__file__).parent / "theme.qss").read_text(encoding="utf-8"))
    icons = (ICONS / "controls" / ("dark" if dark else "light")).as_posix()
    application.setStyleSheet(sheet.substitute(asdict(worn), icons=icons))


def _palette(worn: Colours) -> QPalette:
    role, palette = QPalette.ColorRole, QPalette()
    for target, colour in {
        role.Window: worn.window,
        role.WindowText: worn.text,
        role.Base: worn.field,
        role.AlternateBase: worn.panel,
        role.Text: worn.text,
        role.Button: worn.panel,
        role.ButtonText: worn.text,
        role.BrightText: "#ffffff",
        role.ToolTipBase: worn.panel,
        role.ToolTipText: worn.text,
        role.PlaceholderText: worn.muted,
        role.Highlight: worn.accent,
        role.HighlightedText: "#ffffff",
        role.Accent: worn.accent,
        role.Link: worn.link,
        role.LinkVisited: worn.link,
        role.Light: worn.field,
        role.Midlight: worn.hover,
        role.Mid: worn.border,
        role.Dark: worn.border,
        role.Shadow: worn.canvas,
    }.items():
        palette.setColor(target, QColor(colour))
    for target in (role.WindowText, role.Text, role.ButtonText, role.HighlightedText):
        palette.setColor(QPalette.ColorGroup.Disabled, target, QColor(worn.disabled))
    palette.setColor(QPalette.ColorGroup.Disabled, role.Highlight, QColor(worn.border))
    return palette


class _TintedIcon(QIconEngine):
    """Draws an SVG whose strokes are `currentColor`, at any size and in the colours of now."""

    def __init__(self, name: str, colour: str) -> None:
        super().__init__()
        self._name, self._colour = name, colour
        self._drawing = (ICONS / "actions" / f"{name}.svg").read_text(encoding="utf-8")

    def paint(self, painter: QPainter, rect: QRect, mode: QIcon.Mode, state: QIcon.State) -> None:
        side = min(rect.width(), rect.height())
        square = QRectF(0, 0, side, side)
        square.moveCenter(QRectF(rect).center())
        _renderer(self._drawing, self._colour or _tint(mode, state)).render(painter, square)

    def pixmap(self, size: QSize, mode: QIcon.Mode, state: QIcon.State) -> QPixmap:
        pixmap = QPixmap(size)
        pixmap.fill(Qt.GlobalColor.transparent)
        painter = QPainter(pixmap)
        self.paint(painter, QRect(QPoint(0, 0), size), mode, state)
        painter.end()
        return pixmap

    def clone(self) -> QIconEngine:
        return _engine(self._name, self._colour)


@cache
def _engine(name: str, colour: str) -> _TintedIcon:
    # Qt owns the C++ half and keeps it as long as the cached icon lives: until the program ends.
    return _TintedIcon(name, colour)


@cache
def _renderer(drawing: str, colour: str) -> QSvgRenderer:
    return QSvgRenderer(QByteArray(drawing.replace("currentColor", colour).encode()))


def _tint(mode: QIcon.Mode, state: QIcon.State) -> str:
    worn = colours()
    if mode is QIcon.Mode.Disabled:
        return worn.disabled
    if mode is QIcon.Mode.Selected:
        return "#ffffff"
    return worn.link if state is QIcon.State.On else worn.text
