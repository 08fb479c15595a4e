"""The comparison as a file: in which form, and what goes in."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QSettings, QStandardPaths, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QFileDialog,
    QFormLayout,
    QLineEdit,
    QPushButton,
    QWidget,
)

from kantlijn import paths
from kantlijn.errors import Known
from kantlijn.ui.jobs import Jobs
from kantlijn.ui.kit.dialog import Dialog
from kantlijn.ui.kit.plain import Words
from kantlijn.words import say

if TYPE_CHECKING:
    from kantlijn.usecases.versions.compare import Compared


class ExportComparison(Dialog):
    """Writes it beside everything else; says here where it went."""

    def __init__(self, jobs: Jobs, compared: Compared, parent: QWidget | None = None) -> None:
        super().__init__(
            say("Export the comparison"),
            say("With the list of changes and, where you want it, the whole text with all that came and went."),
            parent,
        )
        from kantlijn.usecases.versions.export_comparison import FORMS

        self._jobs, self._compared = jobs, compared
        self.saved: Path | None = None
        form = QFormLayout()
        form.setSpacing(10)
        self.title_field = QLineEdit(self)
        self.title_field.setPlaceholderText(say("Changes in “{title}”", title=compared.new_title))
        self.title_field.setAccessibleName(say("Title"))
        form.addRow(say("Title"), self.title_field)
        self.form = QComboBox(self)
        self.form.setAccessibleName(say("Format"))
        for name, text in zip(FORMS, self._names(), strict=True):
            self.form.addItem(text, name)
        self.form.currentIndexChanged.connect(self._allow)
        form.addRow(say("Format"), self.form)
        self.body.addLayout(form)
        self.whole = QCheckBox(say("The whole text as a redline"), self)
        self.whole.setChecked(True)
        self.annotations = QCheckBox(say("Annotations that are touched or were carried over"), self)
        self.annotations.setChecked(True)
        for box in (self.whole, self.annotations):
            self.body.addWidget(box)
        self.outcome = Words(self)
        self.outcome.setWordWrap(True)
        self.body.addWidget(self.outcome)
        self.open_file = QPushButton(say("Open file"), self)
        self.open_file.setObjectName("link")
        self.open_file.hide()
        self.open_file.clicked.connect(self._open)
        self.buttons.insertWidget(0, self.open_file)
        self.add_button(say("Close"))
        self.save = QPushButton(say("Save as…"), self)
        self.save.setObjectName("primary")
        self.save.setDefault(True)
        self.save.clicked.connect(self._ask_where)
        self.buttons.addWidget(self.save)
        self.setMinimumWidth(520)

    @staticmethod
    def _names() -> tuple[str, ...]:
        return (
            say("HTML, for a browser"), say("Word, as tracked changes"), say("PDF"), say("Markdown"),
            say("CSV, a change a row"), say("JSON, for programs"),
        )  # fmt: skip

    def _allow(self) -> None:
        self.whole.setEnabled(self.form.currentData() not in ("csv", "json"))

    def _ask_where(self) -> None:
        from kantlijn.usecases.versions.export_comparison import ENDINGS

        kept = QSettings(str(paths.window_file()), QSettings.Format.IniFormat)
        documents = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
        folder = str(kept.value("comparison/folder", documents))
        ending = ENDINGS[self.form.currentData()]
        title = self.title_field.text().strip() or self.title_field.placeholderText()
        name = "".join("-" if letter in '\\/:*?"<>|“”' else letter for letter in title).strip("- ")
        chosen, _ = QFileDialog.getSaveFileName(
            self, say("Save the comparison"), str(Path(folder) / f"{name}{ending}"), f"*{ending}"
        )
        if chosen:
            kept.setValue("comparison/folder", str(Path(chosen).parent))
            self.write(Path(chosen))

    def write(self, path: Path) -> None:
        """Write it here; says in the dialog where it went."""
        from kantlijn.usecases.versions.export_comparison import ENDINGS, export_comparison

        form = self.form.currentData()
        if not path.suffix:
            path = path.with_suffix(ENDINGS[form])
        self.save.setEnabled(False)
        self.outcome.setObjectName("muted")
        self.outcome.setText(say("Writing…"))
        self._jobs.long(
            export_comparison, self._compared, path, form, title=self.title_field.text(),
            whole=self.whole.isChecked(), annotations=self.annotations.isChecked(), then=self._written,
            failed=self._failed,
        )  # fmt: skip

    def _written(self, path: Path) -> None:
        self.saved = path
        self.save.setEnabled(True)
        self.outcome.setText(say("Saved as {name}.", name=path.name))
        self.open_file.show()
        self._jobs.tell(say("Saved the comparison as {name}.", name=path.name))

    def _failed(self, error: Known) -> None:
        self.save.setEnabled(True)
        self.outcome.setObjectName("trouble")
        self.outcome.style().unpolish(self.outcome)
        self.outcome.style().polish(self.outcome)
        self.outcome.setText(error.sentence)

    def _open(self) -> None:
        if self.saved is not None:
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(self.saved)))
