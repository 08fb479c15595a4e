"""How a summary is wanted: what is gathered under what, with what, in which format."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QFormLayout,
    QFrame,
    QHBoxLayout,
    QLineEdit,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from kantlijn.model.filters import AnnotationFilter
from kantlijn.model.recipe import CONTEXT_MOST, Wanted
from kantlijn.ui.kit.plain import Words
from kantlijn.ui.kit.widgets import Combo, IconButton
from kantlijn.words import say, say_many

if TYPE_CHECKING:
    from kantlijn.usecases.summaries.recipes import RecipeRow

_WIDTH = 300
_PAUSE = 250  # milliseconds after the last change
FORMS = {
    "html": ("HTML", ".html"), "docx": ("Word (.docx)", ".docx"), "odt": ("OpenDocument (.odt)", ".odt"),
    "pdf": ("PDF", ".pdf"), "markdown": ("Markdown", ".md"), "text": ("", ".txt"),
}  # fmt: skip
"""Name and ending of each format, by the name use cases know it by; "" is named in the reader's language."""
_TEMPLATED = ("html", "markdown", "text")
_FOOTNOTED = ("docx", "odt")


class Choices(QScrollArea):
    """All choices but where it is saved. wanted() and form() give them, show_wanted() shows others."""

    changed = Signal()
    recipe_chosen = Signal(str)
    recipe_menu_wanted = Signal()
    templates_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._list_filter: AnnotationFilter | None = None
        self._recipe_filter: AnnotationFilter | None = None
        self._timer = QTimer(self, singleShot=True, interval=_PAUSE)
        self._timer.timeout.connect(self.changed)
        holder = QWidget(self)
        self.setWidget(holder)
        column = QVBoxLayout(holder)
        column.setContentsMargins(20, 16, 16, 16)
        column.setSpacing(14)
        column.addLayout(self._recipes(holder))
        column.addLayout(self._gathering(holder))
        for check in self._checks(holder):
            column.addWidget(check)
        column.addWidget(_line(holder))
        column.addLayout(self._formats(holder))
        column.addStretch(1)
        self.setFixedWidth(max(_WIDTH, holder.minimumSizeHint().width()))  # some languages are longer
        self._fit()

    # -- its parts ------------------------------------------------------------------------------------------

    def _recipes(self, holder: QWidget) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(4)
        self.recipe = Combo(holder)
        self.recipe.setAccessibleName(say("Recipe"))
        self.recipe.addItem(say("No recipe"), "")
        self.recipe.activated.connect(lambda _row: self.recipe_chosen.emit(str(self.recipe.currentData())))
        row.addWidget(self.recipe, 1)
        self.recipe_menu = IconButton("bookmark", say("Keep these choices as a recipe…"), holder)
        self.recipe_menu.setObjectName("small")
        self.recipe_menu.clicked.connect(self.recipe_menu_wanted)
        row.addWidget(self.recipe_menu)
        return row

    def _gathering(self, holder: QWidget) -> QFormLayout:
        form = _form()
        self.title_field = QLineEdit(holder)
        self.title_field.setAccessibleName(say("Title"))
        self.title_field.textChanged.connect(self._later)
        self.by = self._box(holder, say("Gathered by"), (
            ("theme", say("Theme")), ("document", say("Document")), ("matrix", say("Theme × document")),
            ("relation", say("Relation")), ("register", say("Register of recommendations")),
        ))  # fmt: skip
        self.order = self._box(holder, say("Order"), (
            ("reading", say("As in the documents")), ("date", say("By date of the document")),
            ("modified", say("Last changed first")), ("theme", say("By theme")),
        ))  # fmt: skip
        self.which = self._box(holder, say("Annotations"), (("all", say("All")),))
        self.context = self._box(holder, say("Sentences around"), [
            ("0", say("None")), *((str(count), str(count)) for count in range(1, CONTEXT_MOST + 1)),
        ])  # fmt: skip
        form.addRow(say("Title"), self.title_field)
        form.addRow(say("Gathered by"), self.by)
        form.addRow(say("Order"), self.order)
        form.addRow(say("Annotations"), self.which)
        form.addRow(say("Sentences around"), self.context)
        return form

    def _checks(self, holder: QWidget) -> Sequence[QCheckBox]:
        self.notes = QCheckBox(say("With notes"), holder)
        self.definitions = QCheckBox(say("With definitions of themes"), holder)
        self.document_notes = QCheckBox(say("With notes on documents"), holder)
        self.used = QCheckBox(say("With a list of the documents used"), holder)
        self.notes.setChecked(True)
        checks = (self.notes, self.definitions, self.document_notes, self.used)
        for check in checks:
            check.toggled.connect(self._later)
        return checks

    def _formats(self, holder: QWidget) -> QFormLayout:
        form = _form()
        self.form = Combo(holder)
        self.form.setAccessibleName(say("Format"))
        for name, (text, _) in FORMS.items():
            self.form.addItem(text or say("Plain text"), name)
        self.form.currentIndexChanged.connect(self._later)
        self.sources_name = Words(say("Sources"), holder)
        self.sources = self._box(holder, say("Sources"), (
            ("inline", say("Under each quote")), ("footnotes", say("In footnotes")),
        ))  # fmt: skip
        row = QHBoxLayout()
        row.setSpacing(4)
        self.template_name = Words(say("Template"), holder)
        self.template = self._box(holder, say("Template"), (("", say("Built in")),))
        row.addWidget(self.template, 1)
        self.template_menu = IconButton("pencil", say("Make a template of your own…"), holder)
        self.template_menu.setObjectName("small")
        self.template_menu.clicked.connect(self.templates_wanted)
        row.addWidget(self.template_menu)
        form.addRow(say("Format"), self.form)
        form.addRow(self.sources_name, self.sources)
        form.addRow(self.template_name, row)
        return form

    def _box(self, holder: QWidget, name: str, items: Sequence[tuple[str, str]]) -> QComboBox:
        box = Combo(holder)
        box.setAccessibleName(name)
        box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        for value, text in items:
            box.addItem(text, value)
        box.currentIndexChanged.connect(self._later)
        return box

    # -- what is chosen -------------------------------------------------------------------------------------

    def form_name(self) -> str:
        return str(self.form.currentData())

    def wanted(self) -> Wanted:
        """The choices as they stand."""
        form = self.form_name()
        return Wanted(
            by=str(self.by.currentData()), order=str(self.order.currentData()), chosen=self._chosen(),
            context=int(self.context.currentData()), notes=self.notes.isChecked(),
            definitions=self.definitions.isChecked(), document_notes=self.document_notes.isChecked(),
            used=self.used.isChecked(), title=self.title_field.text().strip(),
            sources=str(self.sources.currentData()) if form in _FOOTNOTED else "inline",
            template=str(self.template.currentData() or "") if form in _TEMPLATED else "",
        )  # fmt: skip

    def _chosen(self) -> AnnotationFilter:
        which = self.which.currentData()
        if which == "list" and self._list_filter is not None:
            return self._list_filter
        if which == "recipe" and self._recipe_filter is not None:
            return self._recipe_filter
        return AnnotationFilter()

    def show_wanted(self, wanted: Wanted, form: str) -> None:
        """Show these choices, as a recipe has them; the title stays where the recipe has none."""
        self._recipe_filter = wanted.chosen if wanted.chosen != AnnotationFilter() else None
        self._fill_which("recipe" if self._recipe_filter is not None else "all")
        for box, value in ((self.by, wanted.by), (self.order, wanted.order), (self.form, form),
                           (self.sources, wanted.sources), (self.context, str(wanted.context))):  # fmt: skip
            box.setCurrentIndex(max(0, box.findData(value)))
        self.notes.setChecked(wanted.notes)
        self.definitions.setChecked(wanted.definitions)
        self.document_notes.setChecked(wanted.document_notes)
        self.used.setChecked(wanted.used)
        if wanted.title:
            self.title_field.setText(wanted.title)
        self.template.setCurrentIndex(max(0, self.template.findData(wanted.template)))
        self._later()

    def show_list_filter(self, chosen: AnnotationFilter | None) -> None:
        """The filter of the annotation list; None when it lets all through. What narrows is taken at first."""
        fresh = chosen is not None and chosen != self._list_filter
        kept = str(self.which.currentData())
        self._list_filter = chosen
        self._fill_which("list" if fresh else kept)

    def _fill_which(self, current: str) -> None:
        self.which.blockSignals(True)
        self.which.clear()
        self.which.addItem(say("All"), "all")
        if self._list_filter is not None:
            self.which.addItem(say("What the list shows"), "list")
        if self._recipe_filter is not None:
            self.which.addItem(say("As the recipe has it"), "recipe")
        self.which.setCurrentIndex(max(0, self.which.findData(current)))
        self.which.blockSignals(False)
        self._later()

    def show_recipes(self, rows: Sequence[RecipeRow], current: str) -> None:
        """The recipes of the project, and which is chosen."""
        self.recipe.blockSignals(True)
        self.recipe.clear()
        self.recipe.addItem(say("No recipe") if rows else say("No recipes yet"), "")
        for row in rows:
            self.recipe.addItem(row.name, row.id)
        self.recipe.setCurrentIndex(max(0, self.recipe.findData(current)))
        self.recipe.blockSignals(False)

    def show_templates(self, names: Sequence[str]) -> None:
        """The reader's own templates for the chosen format."""
        current = self.template.currentData()
        self.template.blockSignals(True)
        self.template.clear()
        self.template.addItem(say("Built in"), "")
        for name in names:
            self.template.addItem(name, name)
        self.template.setCurrentIndex(max(0, self.template.findData(current)))
        self.template.blockSignals(False)

    def _later(self, *_what: object) -> None:
        self._fit()
        self._timer.start()

    def _fit(self) -> None:
        """Only what matters for these choices can be chosen."""
        if not hasattr(self, "template_menu"):
            return
        form, by = self.form_name(), str(self.by.currentData())
        for part in (self.sources_name, self.sources):
            part.setVisible(form in _FOOTNOTED)
        for one in (self.template_name, self.template, self.template_menu):
            one.setVisible(form in _TEMPLATED)
        passages = by not in ("relation", "register")
        self.order.setEnabled(passages)
        self.definitions.setEnabled(by in ("theme", "matrix"))
        self.document_notes.setEnabled(by in ("document", "matrix"))


def told_of(total: int, left_out: int, by: str) -> str:
    """How many passages or relations there are, and how many the preview leaves away."""
    if by in ("relation", "register"):
        if not total:
            return say("Select a response, then a recommendation, and press R: the register lists them.")
        said = say_many("{n} relation", "{n} relations", total)
    else:
        said = say_many("{n} passage", "{n} passages", total)
    return f"{said} · {say('the preview shows the first {n}', n=total - left_out)}" if left_out else said


def named(wanted: Wanted, title: str) -> Wanted:
    """With a title where none is chosen."""
    return wanted if wanted.title else replace(wanted, title=title)


def _form() -> QFormLayout:
    form = QFormLayout()
    form.setHorizontalSpacing(12)
    form.setVerticalSpacing(9)
    form.setRowWrapPolicy(QFormLayout.RowWrapPolicy.WrapAllRows)
    return form


def _line(parent: QWidget) -> QFrame:
    line = QFrame(parent)
    line.setObjectName("line")
    line.setFixedHeight(1)
    return line
