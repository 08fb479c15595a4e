"""What is known of a document besides its text, to be looked at and changed."""

from __future__ import annotations

from typing import Any

from PySide6.QtWidgets import QFormLayout, QLineEdit, QPlainTextEdit, QWidget

from kantlijn.model.document import Document
from kantlijn.ui.kit.dialog import Dialog
from kantlijn.words import say


class DetailsDialog(Dialog):
    """Fields of one document. changed_fields() is what the reader made different."""

    def __init__(self, document: Document, parent: QWidget | None = None) -> None:
        super().__init__(say("Document details"), parent=parent)
        self._document = document
        form = QFormLayout()
        form.setHorizontalSpacing(12)
        form.setVerticalSpacing(8)
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        self._fields: dict[str, QLineEdit] = {}
        for name, label in (
            ("title", say("Title")),
            ("author", say("Author")),
            ("organisation", say("Organisation")),
            ("date", say("Date")),
            ("kind", say("Kind")),
            ("identifier", say("Identifier")),
            ("language", say("Language")),
            ("url", say("Found at")),
        ):
            field = QLineEdit(str(getattr(document, name)), self)
            field.setAccessibleName(label)
            field.setMinimumWidth(320)
            self._fields[name] = field
            form.addRow(label, field)
        self._fields["date"].setPlaceholderText(say("2024, 2024-05 or 2024-05-17"))
        self._note = QPlainTextEdit(document.note, self)
        self._note.setAccessibleName(say("Note"))
        self._note.setTabChangesFocus(True)
        self._note.setMaximumHeight(90)
        form.addRow(say("Note"), self._note)
        self.body.addLayout(form)
        self.add_button(say("Cancel"))
        self.add_button(say("Save"), "save", main=True)

    def changed_fields(self) -> dict[str, Any]:
        """Field names with their new values."""
        now = {name: field.text().strip() for name, field in self._fields.items()}
        now["note"] = self._note.toPlainText()
        if not now["title"]:
            now["title"] = self._document.title
        return {name: value for name, value in now.items() if value != getattr(self._document, name)}
