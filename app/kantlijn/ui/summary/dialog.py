"""The annotated summary: what goes in, how it looks, where it is saved."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from PySide6.QtCore import QSettings, QStandardPaths, QTimer, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QFileDialog,
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from kantlijn import paths
from kantlijn.errors import Known
from kantlijn.model.filters import AnnotationFilter
from kantlijn.ui.jobs import Jobs
from kantlijn.ui.kit.browser import ClosedBrowser
from kantlijn.ui.kit.dialog import Dialog
from kantlijn.words import say

_ENDINGS = {"markdown": ".md", "html": ".html"}


class SummaryDialog(Dialog):
    """narrowed: the filter of the annotation list, or None when it lets all through."""

    def __init__(
        self, jobs: Jobs, name: str, narrowed: AnnotationFilter | None, parent: QWidget | None = None
    ) -> None:
        super().__init__(say("Export a summary"), parent=parent)
        self._jobs = jobs
        self._name = name
        self._narrowed = narrowed
        self._asked = 0
        self.saved: Path | None = None
        row = QHBoxLayout()
        row.setSpacing(20)
        row.addLayout(self._choices(), 0)
        self.preview = ClosedBrowser(self)
        self.preview.setAccessibleName(say("Preview"))
        self.preview.setPlaceholderText(say("Making the preview…"))
        row.addWidget(self.preview, 1)
        self.body.addLayout(row, 1)
        self.outcome = QLabel(self)
        self.outcome.setWordWrap(True)
        self.open_file = QPushButton(say("Open file"), self)
        self.open_folder = QPushButton(say("Open folder"), self)
        for button in (self.open_file, self.open_folder):
            button.setObjectName("link")
            button.hide()
        self.open_file.clicked.connect(lambda: self._show_outside(self.saved))
        self.open_folder.clicked.connect(lambda: self._show_outside(self.saved.parent if self.saved else None))
        self.buttons.insertWidget(0, self.outcome, 1)
        self.buttons.insertWidget(1, self.open_file)
        self.buttons.insertWidget(2, self.open_folder)
        self.add_button(say("Close"))
        self.save = QPushButton(say("Save as…"), self)
        self.save.setObjectName("primary")
        self.save.setDefault(True)
        self.save.clicked.connect(self._ask_where)
        self.buttons.addWidget(self.save)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(150)
        self._timer.timeout.connect(self._draw)
        self.resize(940, 620)
        self._draw()

    def _choices(self) -> QVBoxLayout:
        column = QVBoxLayout()
        form = QFormLayout()
        form.setHorizontalSpacing(12)
        form.setVerticalSpacing(10)
        self.title_field = QLineEdit(self._name, self)
        self.title_field.setAccessibleName(say("Title"))
        self.title_field.setMinimumWidth(180)
        self.by = QComboBox(self)
        self.by.setAccessibleName(say("Gathered by"))
        self.by.addItem(say("Theme"), "theme")
        self.by.addItem(say("Document"), "document")
        self.form = QComboBox(self)
        self.form.setAccessibleName(say("Format"))
        self.form.addItem("HTML", "html")
        self.form.addItem("Markdown", "markdown")
        form.addRow(say("Title"), self.title_field)
        form.addRow(say("Gathered by"), self.by)
        form.addRow(say("Format"), self.form)
        column.addLayout(form)
        self.context = QCheckBox(say("With the sentences around"), self)
        column.addWidget(self.context)
        self.only = QCheckBox(say("Only what the list shows"), self)
        self.only.setVisible(self._narrowed is not None)
        self.only.setChecked(self._narrowed is not None)
        column.addWidget(self.only)
        column.addStretch(1)
        self.title_field.textChanged.connect(lambda: self._timer.start())
        for box in (self.by, self.form):
            box.currentIndexChanged.connect(lambda: self._timer.start())
        for check in (self.context, self.only):
            check.toggled.connect(lambda: self._timer.start())
        return column

    def _chosen(self) -> AnnotationFilter:
        return self._narrowed if self._narrowed is not None and self.only.isChecked() else AnnotationFilter()

    def _named(self) -> dict[str, Any]:
        return {"title": self.title_field.text().strip(), "context": self.context.isChecked(), "aside": True}

    def _draw(self) -> None:
        from kantlijn.usecases.write_summary import render_summary

        self._asked += 1
        asked, form = self._asked, self.form.currentData()

        def shown(text: str) -> None:
            if asked != self._asked:
                return
            if form == "html":
                # Qt multiplies line heights where a web browser does not
                self.preview.setHtml(re.sub(r"line-height:[^;}]*;?", "", text))
            else:
                self.preview.setPlainText(text)

        self._jobs.long(
            render_summary, form, self.by.currentData(), self._chosen(), **self._named(), then=shown,
            failed=self._failed,
        )  # fmt: skip

    def _failed(self, error: Known) -> None:
        self.outcome.setObjectName("trouble")
        self.outcome.setText(error.sentence)
        self.save.setEnabled(True)

    # -- saving ---------------------------------------------------------------------------------------------

    def _ask_where(self) -> None:
        kept = QSettings(str(paths.window_file()), QSettings.Format.IniFormat)
        documents = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
        folder = str(kept.value("summary/folder", documents))
        ending = _ENDINGS[self.form.currentData()]
        name = "".join("-" if letter in '\\/:*?"<>|' else letter for letter in self.title_field.text()).strip()
        chosen, _ = QFileDialog.getSaveFileName(
            self, say("Save the summary"), str(Path(folder) / f"{name or say('Summary')}{ending}"), f"*{ending}"
        )
        if chosen:
            kept.setValue("summary/folder", str(Path(chosen).parent))
            self.write(Path(chosen))

    def write(self, path: Path) -> None:
        """Write the summary here; says in the dialog where it went."""
        from kantlijn.usecases.write_summary import export_summary

        if not path.suffix:
            path = path.with_suffix(_ENDINGS[self.form.currentData()])
        self.save.setEnabled(False)
        self._jobs.long(
            export_summary, path, self.form.currentData(), self.by.currentData(), self._chosen(), **self._named(),
            then=self._written, failed=self._failed,
        )  # fmt: skip

    def _written(self, path: Path) -> None:
        self.saved = path
        self.save.setEnabled(True)
        self.outcome.setObjectName("")
        self.outcome.setText(say("Saved as {name}.", name=path.name))
        for button in (self.open_file, self.open_folder):
            button.show()
        self._jobs.tell(say("Saved the summary as {name}.", name=path.name))

    def _show_outside(self, path: Path | None) -> None:
        if path is not None:
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(path)))


