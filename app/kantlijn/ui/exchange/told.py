"""What is in a file, or came of it: a few figures, and a list of what a reader should look at."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QPlainTextEdit, QWidget

from kantlijn.ui.kit.dialog import Dialog
from kantlijn.ui.kit.plain import Words
from kantlijn.words import say, say_many

_SHOWN = 2000


class ToldDialog(Dialog):
    """said: short facts; remarks: sentences, that can be copied. button: what goes on, "" where nothing does."""

    def __init__(
        self, parent: QWidget | None, title: str, said: Sequence[str], remarks: Sequence[str], button: str = ""
    ) -> None:
        super().__init__(title, " · ".join(said), parent)
        if remarks:
            self.heading = Words(say_many("One thing to know", "{n} things to know", len(remarks)), self)
            self.body.addWidget(self.heading)
            self.remarks = QPlainTextEdit(self)
            self.remarks.setReadOnly(True)
            self.remarks.setAccessibleName(self.heading.text())
            shown = [f"• {one}" for one in remarks[:_SHOWN]]
            if len(remarks) > _SHOWN:
                shown.append(say("… and {n} more", n=len(remarks) - _SHOWN))
            self.remarks.setPlainText("\n".join(shown))
            self.remarks.setMinimumHeight(min(280, 40 + 22 * len(remarks)))
            self.body.addWidget(self.remarks, 1)
        self.add_button(say("Cancel") if button else say("Close"), main=not button)
        if button:
            self.add_button(button, "go", main=True)
        self.setMinimumWidth(560)
