"""Which theme each colour and tag of a PDF's own annotations becomes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QComboBox, QFrame, QGridLayout, QScrollArea, QVBoxLayout, QWidget

from kantlijn.ui.jobs import Jobs
from kantlijn.ui.kit import colours
from kantlijn.ui.kit.dialog import Dialog
from kantlijn.ui.kit.plain import Words
from kantlijn.ui.kit.widgets import Combo, OneLine
from kantlijn.words import language, say, say_many

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kantlijn.usecases.handing.import_annotations import Found, Sort
    from kantlijn.usecases.read import ThemeRow


class _Swatch(QWidget):
    """A colour as the other program had it."""

    def __init__(self, colour: str, parent: QWidget) -> None:
        super().__init__(parent)
        self._colour = colour
        self.setFixedSize(18, 18)
        self.setAccessibleName(colour)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QColor(colours.current().line_strong))
        painter.setBrush(QColor(self._colour))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), 4, 4)
        painter.end()


class ImportDialog(Dialog):
    """Rows of what was found, each with a theme to choose."""

    def __init__(
        self, jobs: Jobs, version: str, found: Found, themes: Sequence[ThemeRow], parent: QWidget
    ) -> None:
        super().__init__(say("Import annotations"), _told(found), parent)
        self._jobs, self._version = jobs, version
        self.boxes: dict[str, QComboBox] = {}
        if found.new and found.sorts:
            self._add_rows(found.sorts, themes)
        self.add_button(say("Cancel") if found.new else say("Close"), main=not found.new)
        if found.new:
            count = say_many("Import {n} annotation", "Import {n} annotations", found.new)
            self.add_button(count, "import", main=True)
        self.accepted.connect(self._import)
        self.finished.connect(self.deleteLater)
        self.setMinimumWidth(620)

    def _add_rows(self, sorts: Sequence[Sort], themes: Sequence[ThemeRow]) -> None:
        holder = QWidget(self)
        grid = QGridLayout(holder)
        grid.setContentsMargins(0, 4, 0, 4)
        grid.setHorizontalSpacing(10)
        grid.setVerticalSpacing(8)
        grid.setColumnStretch(2, 1)
        for number, sort in enumerate(sorts):
            if sort.key.startswith("#"):
                grid.addWidget(_Swatch(sort.key, holder), number, 0)
                name = say("Colour")
            else:
                name = sort.name
            about = QVBoxLayout()
            about.setSpacing(0)
            count = say_many("{n} annotation", "{n} annotations", sort.count)
            about.addWidget(Words(f"{name} · {count}", holder))
            sample = OneLine(f"“{sort.sample}”" if sort.sample else "", holder)
            sample.setObjectName("muted")
            sample.setVisible(bool(sort.sample))
            about.addWidget(sample)
            grid.addLayout(about, number, 1, 1, 2, Qt.AlignmentFlag.AlignVCenter)
            box = Combo(holder)
            box.setAccessibleName(say("Theme for {name}", name=sort.name))
            box.addItem(say("No theme"), "")
            if not sort.key.startswith("#"):
                box.addItem(say("New theme “{name}”", name=sort.name), "new")
            for row in themes:
                box.addItem("    " * row.depth + row.theme.called(language()), row.theme.id)
            box.setCurrentIndex(max(0, box.findData(sort.theme)))
            box.setMinimumWidth(190)
            grid.addWidget(box, number, 3)
            self.boxes[sort.key] = box
        area = QScrollArea(self)
        area.setWidget(holder)
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setMinimumHeight(min(340, holder.sizeHint().height() + 8))
        self.body.addWidget(area)

    def _import(self) -> None:
        from kantlijn.usecases.handing.import_annotations import import_annotations

        if self.chosen == "import":
            chosen = {key: str(box.currentData() or "") for key, box in self.boxes.items()}
            self._jobs.do(import_annotations, self._version, chosen)


def _told(found: Found) -> str:
    """What was found, in a sentence or three."""
    from kantlijn.usecases.handing.import_annotations import left_out_said

    said = []
    if not found.new and not found.known:
        said.append(say("This PDF holds no annotations of other programs."))
    if found.new:
        said.append(
            say_many("This PDF holds {n} annotation of another program. Choose what it is about.",
                     "This PDF holds {n} annotations of other programs. Choose what they are about.", found.new)
        )  # fmt: skip
    if found.known:
        said.append(
            say_many("{n} came in before and is left as it is.", "{n} came in before and are left as they are.",
                     found.known)
        )  # fmt: skip
    if found.changed:
        said.append(
            say_many("Of those, {n} has another note in the file now.",
                     "Of those, {n} have another note in the file now.", found.changed)
        )  # fmt: skip
    return " ".join((*said, left_out_said(found))).strip()
