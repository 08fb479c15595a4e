"""All keys there are, to be looked up and changed."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QKeySequenceEdit,
    QLineEdit,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from kantlijn.errors import reason_of
from kantlijn.settings import Settings
from kantlijn.ui.kit.dialog import Dialog
from kantlijn.ui.kit.plain import Words
from kantlijn.ui.kit.widgets import IconButton, SearchField
from kantlijn.ui.shell.actions import Actions
from kantlijn.words import say

_FIXED = tuple("123456789")
"""Keys of themes; no action can have them."""


class ShortcutsDialog(Dialog):
    """A list that is narrowed by typing; a click on a key lets one press another."""

    def __init__(self, actions: Actions, settings: Settings, parent: QWidget) -> None:
        about = say("Click a key to change it. 1 to 9 tag with the theme that has the key.")
        super().__init__(say("Keys"), about, parent)
        self._actions, self._settings = actions, settings
        self._lines: dict[str, _Line] = {}
        self.field = SearchField(say("Find an action or a key"), self, icon="search")
        self.field.textChanged.connect(self._narrow)
        self.body.addWidget(self.field)
        self.trouble = Words("", self)
        self.trouble.setObjectName("danger")
        self.trouble.setWordWrap(True)
        holder = QWidget(self)
        column = QVBoxLayout(holder)
        column.setContentsMargins(0, 0, 8, 0)
        column.setSpacing(2)
        for name in actions.names():
            line = _Line(name, actions, holder)
            line.edit.keySequenceChanged.connect(lambda keys, name=name: self._pressed(name, keys))
            line.back.clicked.connect(lambda _on=False, name=name: self.set_keys(name, None))
            self._lines[name] = line
            column.addWidget(line)
        column.addStretch(1)
        area = QScrollArea(self)
        area.setWidget(holder)
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setMinimumHeight(380)
        self.body.addWidget(area, 1)
        self.body.addWidget(self.trouble)
        reset = QPushButton(say("Reset all"), self)
        reset.setObjectName("secondary")
        reset.setAutoDefault(False)
        reset.clicked.connect(self.reset)
        self.buttons.insertWidget(0, reset)
        self.add_button(say("Close"), "close", main=True).setAutoDefault(False)
        self.setMinimumWidth(560)
        self.field.setFocus()

    def _narrow(self, typed: str) -> None:
        words = typed.casefold().split()
        for line in self._lines.values():
            line.setVisible(all(word in line.said for word in words))

    def _pressed(self, name: str, keys: QKeySequence) -> None:
        if keys != self._actions.keys_of(name):
            self.set_keys(name, keys)

    def set_keys(self, name: str, keys: QKeySequence | None) -> None:
        """Give an action these keys, its own for None; who had them before loses them, which is said."""
        form = QKeySequence.SequenceFormat.NativeText
        wanted = self._actions.default_of(name) if keys is None else keys
        said = wanted.toString(form)
        if said in _FIXED:
            self.trouble.setText(say("{keys} tags with a theme and cannot be given to an action.", keys=said))
            self._lines[name].refresh()
            return
        other = self._actions.owner_of(wanted, but=name)
        if other:
            self._keep(other, QKeySequence())
            self._lines[other].refresh()
            self.trouble.setText(
                say("{keys} was the key of “{other}”, which has none now.", keys=said,
                    other=self._actions.text_of(other))
            )  # fmt: skip
        else:
            self.trouble.setText("")
        self._keep(name, wanted)
        self._lines[name].refresh()

    def _keep(self, name: str, keys: QKeySequence) -> None:
        self._actions.set_keys(name, keys)
        chosen = {one: keys for one, keys in self._settings["keys"].items() if one != name}
        if keys != self._actions.default_of(name):
            chosen[name] = keys.toString(QKeySequence.SequenceFormat.PortableText)
        self._store(chosen)

    def _store(self, chosen: dict[str, str]) -> None:
        try:
            self._settings.choose("keys", chosen)
        except OSError as error:
            self.trouble.setText(say("The settings could not be written: {why}.", why=reason_of(error)))

    def reset(self) -> None:
        """Every action has its own keys again."""
        self._store({})
        for name, line in self._lines.items():
            self._actions.set_keys(name, None)
            line.refresh()
        self.trouble.setText("")


class _Line(QWidget):
    """One action with its key."""

    def __init__(self, name: str, actions: Actions, parent: QWidget) -> None:
        super().__init__(parent)
        self._name, self._actions = name, actions
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        self._text = Words(actions.text_of(name), self)
        row.addWidget(self._text, 1)
        self.edit = QKeySequenceEdit(actions.keys_of(name), self)
        self.edit.setMaximumSequenceLength(1)
        self.edit.setClearButtonEnabled(True)
        self.edit.setAccessibleName(say("Key of {action}", action=actions.text_of(name)))
        self.edit.setFixedWidth(170)
        if (inner := self.edit.findChild(QLineEdit)) is not None:
            inner.textChanged.connect(self._hint)
        row.addWidget(self.edit)
        self.back = IconButton("undo-2", say("As it was"), self)
        self.back.setObjectName("small")
        row.addWidget(self.back)
        self.refresh()

    def refresh(self) -> None:
        """Show what key there is now."""
        keys = self._actions.keys_of(self._name)
        self.edit.blockSignals(True)
        self.edit.setKeySequence(keys)
        self.edit.blockSignals(False)
        self._hint()
        self.back.setEnabled(keys != self._actions.default_of(self._name))
        shown = keys.toString(QKeySequence.SequenceFormat.NativeText)
        self.said = f"{self._text.text()} {shown}".casefold()

    def _hint(self) -> None:
        """Where there is no key; Qt says "Press shortcut" there, in English, after every change anew."""
        if (inner := self.edit.findChild(QLineEdit)) is not None:
            inner.setPlaceholderText("—")
