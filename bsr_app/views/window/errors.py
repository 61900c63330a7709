"""Errors on the screen: plain words, and the details for a report."""

from __future__ import annotations

import platform
import re
import traceback

from PySide6.QtCore import QCoreApplication, qVersion
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QMessageBox, QWidget

from bsr import __version__

from ...messages import Message, explain
from ..shared.sentences import in_words
from ..shared.widgets import message_box


def in_one_line(message: Message) -> str:
    """Say what went wrong and what to do, in one line; of a file its name without its folder."""
    text = re.sub(r"^(?:[A-Za-z]:)?[/\\][^:]*[/\\](?=[^/\\]+$)", "", in_words(message.text))
    return f"{text} {in_words(message.advice)}".strip()


def details(error: BaseException) -> str:
    """Return what a report needs: the words, the traceback, the versions."""
    message = explain(error)
    lines = [
        f"BSR {__version__}, Qt {qVersion()}, Python {platform.python_version()}",
        platform.platform(),
        "",
        f"{message.title}: {message.text} {message.advice}".strip(),
        "",
        *(line.rstrip() for line in traceback.format_exception(error)),
    ]
    return "\n".join(lines)


def copy_details(error: BaseException) -> None:
    """Put the details of an error on the clipboard."""
    QGuiApplication.clipboard().setText(details(error))


def show_unexpected(parent: QWidget | None, error: BaseException) -> None:
    """Say in a dialog that something unexpected happened, where the log is, and offer details."""
    message = explain(error)
    translate = QCoreApplication.translate
    title, text = in_words(message.title), in_words(message.text)
    box = message_box(parent, QMessageBox.Icon.Critical, title, text)
    box.setInformativeText(in_words(message.advice))
    copy = box.addButton(translate("errors", "Copy details"), QMessageBox.ButtonRole.ActionRole)
    box.addButton(QMessageBox.StandardButton.Close)
    copy.clicked.connect(lambda: copy_details(error))
    box.exec()
    box.deleteLater()
