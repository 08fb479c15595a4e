"""Dialogs of one make: a title, what it is about, and buttons that say what they do."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QFont, QShowEvent
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLineEdit, QPushButton, QVBoxLayout, QWidget

from kantlijn.ui.kit import fonts
from kantlijn.ui.kit.plain import Words
from kantlijn.words import say


class Dialog(QDialog):
    """body is where what is asked goes; add_button() fills the row under it, the main one last."""

    def __init__(self, title: str, sentence: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(title)
        self.setModal(True)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 20, 24, 20)
        column.setSpacing(12)
        heading = Words(title, self)
        heading.setFont(fonts.chrome(16, QFont.Weight.DemiBold))
        heading.setWordWrap(True)
        column.addWidget(heading)
        self.sentence = Words(sentence, self)
        self.sentence.setObjectName("muted")
        self.sentence.setWordWrap(True)
        self.sentence.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.sentence.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.sentence.setVisible(bool(sentence))
        column.addWidget(self.sentence)
        self.body = QVBoxLayout()
        self.body.setSpacing(8)
        column.addLayout(self.body, 1)
        self.buttons = QHBoxLayout()
        self.buttons.setSpacing(8)
        self.buttons.addStretch(1)
        column.addSpacing(4)
        column.addLayout(self.buttons)
        self.setMinimumWidth(440)
        self.chosen = ""

    def add_button(self, text: str, choice: str = "", *, main: bool = False, danger: bool = False) -> QPushButton:
        """A button; with a choice it closes the dialog and leaves it in chosen ("" rejects)."""
        button = QPushButton(text, self)
        button.setObjectName("primary" if main else "danger" if danger else "secondary")
        button.setDefault(main)
        button.setAutoDefault(main)
        button.clicked.connect(lambda: self._choose(choice))
        self.buttons.addWidget(button)
        return button

    def showEvent(self, event: QShowEvent) -> None:
        """As high as its words need at this width: Qt reckons with a narrower one, and leaves holes."""
        column = self.layout()
        sized = event.spontaneous() or self.testAttribute(Qt.WidgetAttribute.WA_Resized)
        if column is not None and not sized:
            self.resize(self.width(), column.totalHeightForWidth(self.width()))
        super().showEvent(event)

    def _choose(self, choice: str) -> None:
        self.chosen = choice
        self.done(QDialog.DialogCode.Accepted if choice else QDialog.DialogCode.Rejected)


def tell(parent: QWidget | None, title: str, sentence: str) -> None:
    """Say something that must be read before going on."""
    dialog = Dialog(title, sentence, parent)
    dialog.add_button(say("Close"), "close", main=True)
    dialog.exec()
    dialog.deleteLater()


def ask_name(
    parent: QWidget | None, title: str, label: str, name: str = "", *, button: str, sentence: str = ""
) -> str:
    """What something is to be called; "" when the dialog was closed."""
    dialog = Dialog(title, sentence, parent)
    field = QLineEdit(name, dialog)
    field.setAccessibleName(label)
    field.setPlaceholderText(label)
    field.selectAll()
    dialog.body.addWidget(field)
    dialog.add_button(say("Cancel"))
    done = dialog.add_button(button, "done", main=True)
    done.setEnabled(bool(name))
    field.textChanged.connect(lambda text: done.setEnabled(bool(text.strip())))
    field.setFocus()
    typed = field.text().strip() if dialog.exec() else ""
    dialog.deleteLater()
    return typed


def ask(
    parent: QWidget | None, title: str, sentence: str, choices: list[tuple[str, str]], *, danger: str = ""
) -> str:
    """Which of the choices (key, button text); the last is the main one. "" when the dialog was closed."""
    dialog = Dialog(title, sentence, parent)
    for key, text in choices:
        dialog.add_button(text, key, main=key == choices[-1][0], danger=key == danger)
    dialog.exec()
    chosen = dialog.chosen
    dialog.deleteLater()
    return chosen
