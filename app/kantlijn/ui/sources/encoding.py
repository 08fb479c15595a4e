"""In which encoding a text is read: the encodings, and lines of the file as each makes them."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QPlainTextEdit, QWidget

from kantlijn.ui.kit import fonts
from kantlijn.ui.kit.dialog import Dialog
from kantlijn.ui.kit.plain import Words
from kantlijn.words import say

if TYPE_CHECKING:
    from kantlijn.usecases.shelf.text_encoding import TextEncoding

_ROWS, _LINES = 7, 8


class EncodingDialog(Dialog):
    """names: of encodings; as_read: the sample in one of them. encoding() is "" for the recognised one."""

    def __init__(
        self, parent: QWidget | None, told: TextEncoding, names: dict[str, str],
        as_read: Callable[[bytes, str], str],
    ) -> None:  # fmt: skip
        super().__init__(
            say("Text encoding"),
            say("“{file}” does not say how its letters are to be read. Choose the encoding in which these lines"
                " read well.", file=told.file),
            parent,
        )  # fmt: skip
        self._told, self._as_read = told, as_read
        self.list = QListWidget(self)
        self.list.setObjectName("rows")
        self.list.setAccessibleName(say("Encoding"))
        self._add("", say("Recognised: {encoding}", encoding=names.get(told.recognised, told.recognised)))
        for encoding, name in names.items():
            self._add(encoding, name)
        self.list.ensurePolished()
        self.list.setFixedHeight(_ROWS * self.list.sizeHintForRow(0))
        self.body.addWidget(self.list)
        label = Words(say("Lines of the file"), self)
        label.setObjectName("muted")
        self.body.addWidget(label)
        self.lines = QPlainTextEdit(self)
        self.lines.setReadOnly(True)
        self.lines.setTabChangesFocus(True)
        self.lines.setAccessibleName(say("Lines of the file"))
        self.lines.setFont(fonts.chrome(13))
        self.lines.setMinimumHeight(_LINES * self.lines.fontMetrics().lineSpacing())
        self.body.addWidget(self.lines, 1)
        self.add_button(say("Cancel"))
        self.done_button = self.add_button(say("Read so"), "read", main=True)
        self.setMinimumWidth(560)
        self.list.currentItemChanged.connect(lambda *_: self._show())
        self.list.itemDoubleClicked.connect(lambda _item: self.done_button.click())
        self.list.setCurrentRow(next((row for row in range(self.list.count()) if self._of(row) == told.chosen), 0))
        self.list.setFocus()

    def _add(self, encoding: str, name: str) -> None:
        item = QListWidgetItem(name, self.list)
        item.setData(Qt.ItemDataRole.UserRole, encoding)

    def _of(self, row: int) -> str:
        return str(self.list.item(row).data(Qt.ItemDataRole.UserRole))

    def encoding(self) -> str:
        """The one that was chosen."""
        return self._of(self.list.currentRow())

    def _show(self) -> None:
        self.lines.setPlainText(self._as_read(self._told.sample, self.encoding() or self._told.recognised))
        self.done_button.setEnabled(self.encoding() != self._told.chosen)
