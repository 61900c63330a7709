"""The help under F1: what everything is for, in a few words."""

from __future__ import annotations

from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QMenuBar,
    QScrollArea,
    QTabWidget,
    QVBoxLayout,
    QWidget,
)

from ..shared.widgets import label, scroll_area
from .shortcuts_list import ShortcutsList

STEPS, MODELS, QUALITY, SHORTCUTS, PRIVACY = range(5)
MARGIN = 24

Topic = tuple[str, tuple[tuple[str, str], ...]]


class HelpDialog(QDialog):
    """One tab per topic; it stays open beside the work."""

    def __init__(self, menu_bar: QMenuBar, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Help"))
        self.resize(640, 520)
        self.tabs = QTabWidget()
        for title, parts in (self._steps(), self._models(), self._quality()):
            self.tabs.addTab(_page(title, parts), title)
        self.tabs.addTab(ShortcutsList(menu_bar), self.tr("Shortcuts"))
        title, parts = self._privacy()
        self.tabs.addTab(_page(title, parts), title)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(8, 8, 16, 16)
        layout.addWidget(self.tabs, 1)
        layout.addWidget(buttons)

    def show_topic(self, topic: int) -> None:
        """Come to the front with one of the topics."""
        self.tabs.setCurrentIndex(topic)
        self.show()
        self.activateWindow()
        self.tabs.tabBar().setFocus()

    def _steps(self) -> Topic:
        return self.tr("First steps"), (
            (
                self.tr("Enlarge a picture"),
                self.tr(
                    "Drop a picture into the window, paste one, or open one from the File menu. "
                    "Choose how large it is to become, then press Enlarge. Save writes the result "
                    "beside the original; nothing is overwritten."
                ),
            ),
            (
                self.tr("Compare"),
                self.tr(
                    "Drag the line between before and after. The buttons over the picture show "
                    "both side by side, what differs, or one after the other. Compare models here "
                    "runs every model on a part of your own picture."
                ),
            ),
            (
                self.tr("Many pictures"),
                self.tr(
                    "Drop a folder, or go to the batch page. One bad file never stops the rest, "
                    "and an interrupted batch goes on where it stopped."
                ),
            ),
        )

    def _models(self) -> Topic:
        return self.tr("Models"), (
            (
                self.tr("Binary and float"),
                self.tr(
                    "Binary weights take one bit each, so the processor counts bits instead "
                    "of multiplying: several times faster, slightly less accurate. Float weights "
                    "are ordinary numbers: take them for a single picture that matters. The panel "
                    "says how large the difference is on this computer."
                ),
            ),
            (
                self.tr("Clean"),
                self.tr(
                    "For pictures from a camera, a scan or a renderer, and for JPEGs of high "
                    "quality. It keeps everything that is in the picture, and invents nothing."
                ),
            ),
            (
                self.tr("JPEG"),
                self.tr(
                    "For pictures from the web, from messengers and from old cameras: it removes "
                    "the blocks and smudges of strong compression while it enlarges. The "
                    "clean-up slider says how far."
                ),
            ),
            (
                self.tr("Sharp"),
                self.tr(
                    "For pictures that are to look crisp. Fine detail is invented and may differ "
                    "from what was there: not for documents, maps or evidence."
                ),
            ),
            (
                self.tr("Automatic"),
                self.tr(
                    "Looks at each picture and takes the family that suits it, of those that are "
                    "installed. When in doubt, leave it."
                ),
            ),
        )

    def _quality(self) -> Topic:
        return self.tr("Quality"), (
            (
                self.tr("What is measured"),
                self.tr(
                    "Measure quality makes your picture smaller, enlarges it again with each model "
                    "and compares the results with the true pixels."
                ),
            ),
            (
                self.tr("PSNR"),
                self.tr(
                    "How small the errors are, in decibels: more is better, and 3 dB more is half "
                    "the squared error. Less than 0.1 dB is hardly ever seen. Compare the models "
                    "of one picture and one factor; numbers of different pictures say nothing "
                    "about each other."
                ),
            ),
            (
                self.tr("SSIM"),
                self.tr("How alike the structures are, up to 1 for pictures that are the same."),
            ),
            (
                self.tr("What numbers cannot say"),
                self.tr(
                    "Which result looks best. An invented detail costs decibels though it may "
                    "please; a blurred edge may cost few. Look at the pictures as well."
                ),
            ),
        )

    def _privacy(self) -> Topic:
        return self.tr("Privacy"), (
            (
                self.tr("Nothing leaves this computer"),
                self.tr(
                    "BSR never uses the network: nothing is uploaded, and there are no accounts, "
                    "no search for updates and no statistics."
                ),
            ),
            (
                self.tr("What is kept"),
                self.tr(
                    "The settings, the list of recent pictures, which can be cleared, and measured "
                    "speeds. Results that are not saved yet lie in the cache folder; they are "
                    "deleted when the program ends."
                ),
            ),
        )


def _page(title: str, parts: tuple[tuple[str, str], ...]) -> QScrollArea:
    inside = QWidget()
    area = scroll_area(inside)
    layout = QVBoxLayout(inside)
    layout.setContentsMargins(MARGIN, 16, MARGIN, 16)
    layout.setSpacing(4)
    for heading, text in parts:
        layout.addWidget(label(heading, "heading"))
        layout.addWidget(label(text, wrap=True))
        layout.addSpacing(12)
    layout.addStretch(1)
    area.setAccessibleName(title)
    return area
