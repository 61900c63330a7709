"""The row of buttons over the panes."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QAction, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QMenu, QToolButton, QWidget

from ...qt.theme import icon
from .actions import CompareActions
from .viewport import Viewport

ICON = QSize(18, 18)
NARROWEST = 400  # with icons only


class CompareBar(QWidget):
    """Modes at the left, zoom at the right; texts go where there is no room for them."""

    def __init__(
        self, actions: CompareActions, viewport: Viewport, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._viewport = viewport
        self._modes = [self._button(action) for action in actions.modes.values()]
        self._region, self._crop = self._button(actions.region), self._button(actions.crop)
        self.panes = self._choice_button(list(actions.panes.values()), self.tr("Number of panes"))
        self.amplification = self._choice_button(
            list(actions.amplifications.values()), self.tr("Amplification of the difference")
        )
        self._share = self._menu_button(actions.share, self.tr("Share the comparison"), "share")
        self._share.setIconSize(ICON)
        self._zoom = self._choice_button(
            [actions.fit, actions.full, actions.double], self.tr("Zoom")
        )
        self._zoom.setToolTip(self.tr("At 100 % a pixel of the result is a pixel of the screen"))
        zoom_out, zoom_in = self._button(actions.zoom_out), self._button(actions.zoom_in)
        row = QHBoxLayout(self)
        row.setContentsMargins(8, 8, 8, 8)
        row.setSpacing(4)
        for widget in (*self._modes, self.panes, self.amplification):
            row.addWidget(widget)
        row.addStretch()
        row.addWidget(self._crop)
        row.addWidget(self._region)
        row.addWidget(self._share)
        magnifier, fit = self._button(actions.magnifier), self._button(actions.fit)
        for widget in (magnifier, zoom_out, self._zoom, zoom_in, fit):
            row.addWidget(widget)
        # The menu and the keys have them too.
        self._spare = [zoom_out, zoom_in, fit, self._region, self._crop, self._share]
        self._zoom.setMinimumWidth(self.fontMetrics().horizontalAdvance("0 000 %") + 36)
        viewport.changed.connect(self._show_zoom)
        self._show_zoom()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.write_texts()

    def write_texts(self) -> None:
        """Write as many of the buttons' texts as there is room for."""
        style = Qt.ToolButtonStyle
        for modes, region, spare in (
            (style.ToolButtonTextBesideIcon, style.ToolButtonTextBesideIcon, True),
            (style.ToolButtonTextBesideIcon, style.ToolButtonIconOnly, True),
            (style.ToolButtonIconOnly, style.ToolButtonIconOnly, True),
            (style.ToolButtonIconOnly, style.ToolButtonIconOnly, False),
        ):
            for button in self._spare:
                button.setVisible(spare)
            for button in self._modes:
                button.setToolButtonStyle(modes)
            for button in (self._region, self._crop):
                button.setToolButtonStyle(region)
            layout = self.layout()
            assert layout is not None
            layout.invalidate()
            if layout.sizeHint().width() <= self.width():
                return

    def say_anew(self) -> None:
        """Write texts and zoom in the language that is spoken now."""
        for button in (self.panes, self.amplification):
            chosen = next(action for action in button.menu().actions() if action.isChecked())
            button.setText(chosen.text())
        self._show_zoom()
        self.write_texts()

    def minimumSizeHint(self) -> QSize:
        return QSize(NARROWEST, super().minimumSizeHint().height())

    def _show_zoom(self) -> None:
        zoom = self._viewport.zoom * 100
        digits = 0 if zoom >= 10 else 1
        self._zoom.setText(self.tr("{n} %").format(n=self.locale().toString(zoom, "f", digits)))

    def _button(self, action: QAction) -> QToolButton:
        button = QToolButton()
        button.setDefaultAction(action)
        button.setAutoRaise(True)
        button.setIconSize(ICON)
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        return button

    def _menu_button(self, actions: list[QAction], name: str, icon_name: str) -> QToolButton:
        """Return a button that opens a menu of what can be done."""
        button = QToolButton()
        menu = QMenu(button)
        menu.addActions(actions)
        button.setMenu(menu)
        button.setIcon(icon(icon_name))
        button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        button.setAutoRaise(True)
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        button.setToolTip(name)
        button.setAccessibleName(name)
        return button

    def _choice_button(self, actions: list[QAction], name: str) -> QToolButton:
        """Return a button that shows the checked action's text and opens the choice."""
        button = self._menu_button(actions, name, "chevron-down")
        button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        button.setLayoutDirection(Qt.LayoutDirection.RightToLeft)  # the arrow behind the text
        for action in actions:
            if action.isCheckable():
                action.triggered.connect(lambda _, action=action: button.setText(action.text()))
                if action.isChecked():
                    button.setText(action.text())
        return button
