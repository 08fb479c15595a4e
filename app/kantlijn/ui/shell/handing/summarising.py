"""The summary builder in the window: what it shows, where it is saved, recipes, templates, the clipboard."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QMimeData, QObject, QPoint, QSettings, QStandardPaths, QTimer, QUrl, Signal
from PySide6.QtGui import QDesktopServices, QGuiApplication
from PySide6.QtWidgets import QFileDialog, QMenu, QWidget

from kantlijn import paths
from kantlijn.errors import Known
from kantlijn.model.filters import AnnotationFilter
from kantlijn.ui.annotations.annotations import Annotations
from kantlijn.ui.jobs import Jobs, Task
from kantlijn.ui.kit.dialog import ask, ask_name
from kantlijn.ui.kit.plain import entry
from kantlijn.ui.shell.handing.naming import with_ending
from kantlijn.ui.shell.keeping.opening import Opening
from kantlijn.ui.shell.marking.tagging import Tagging
from kantlijn.ui.shell.middle import Middle
from kantlijn.ui.shell.panes import Panes
from kantlijn.ui.summary.builder import Builder
from kantlijn.ui.summary.choices import FORMS, told_of
from kantlijn.words import say

if TYPE_CHECKING:
    from kantlijn.model.changes import Changes
    from kantlijn.model.recipe import Wanted
    from kantlijn.usecases.summaries.recipes import RecipeRow
    from kantlijn.usecases.summaries.templates import Template
    from kantlijn.usecases.summaries.write_summary import Preview


_SLOW = 1500  # milliseconds after which it is said that the preview is being made


class Summarising(QObject):
    """The builder is made when it is first wanted, and keeps its choices while the project is open."""

    link_followed = Signal(str)
    entered = Signal(bool)
    """(whether the builder is shown now): it came or went."""

    def __init__(
        self, jobs: Jobs, panes: Panes, middle: Middle, annotations: Annotations, tagging: Tagging,
        opening: Opening, window: QWidget,
    ) -> None:  # fmt: skip
        super().__init__(window)
        self._jobs, self._panes, self._middle, self._annotations = jobs, panes, middle, annotations
        self._tagging, self._opening, self._window = tagging, opening, window
        self._builder: Builder | None = None
        self._before: QWidget | None = None
        self._drawing: Task | None = None
        self._slow = QTimer(self, singleShot=True, interval=_SLOW)
        self._slow.timeout.connect(lambda: self.builder.told.setText(say("Making the preview…")))
        self._recipes: tuple[RecipeRow, ...] = ()
        self._recipe = ""
        self._saving = False
        jobs.changed.connect(self._changed)
        panes.active_changed.connect(self.leave)
        panes.added.connect(lambda pane: pane.jumping.connect(self.leave))

    def calls(self) -> dict[str, Callable[[], object]]:
        """What the actions do, by their names."""
        return {
            "summary": self.open, "copy_html": lambda: self.copy_selected("html"),
            "copy_markdown": lambda: self.copy_selected("markdown"),
            "copy_text": lambda: self.copy_selected("text"), "copy_link": self.copy_link,
        }  # fmt: skip

    @property
    def showing(self) -> bool:
        return self._builder is not None and self._middle.stack.currentWidget() is self._builder

    @property
    def builder(self) -> Builder:
        if self._builder is None:
            self._builder = Builder(self._middle)
            self._wire(self._builder)
        return self._builder

    def _wire(self, builder: Builder) -> None:
        choices = builder.choices
        builder.left.connect(self.leave)
        builder.save_wanted.connect(self._ask_where)
        builder.copy_wanted.connect(self._copy_all)
        builder.link_followed.connect(self.link_followed)
        builder.file_wanted.connect(_show_outside)
        choices.changed.connect(self.draw)
        choices.form.currentIndexChanged.connect(lambda _row: self._ask_templates())
        choices.recipe_chosen.connect(self._use_recipe)
        choices.recipe_menu_wanted.connect(self._recipe_menu)
        choices.templates_wanted.connect(self._template_menu)

    # -- coming and going -----------------------------------------------------------------------------------

    def open(self) -> None:
        """Show the builder; again, and it goes back to reading."""
        if self._jobs.desk is None:
            return
        if self.showing:
            self.leave()
            return
        self._tagging.editor.flush()
        if self._builder is None:
            self._ask_last()
        builder = self.builder
        self._before = self._middle.stack.currentWidget()
        if not builder.choices.title_field.text():
            builder.choices.title_field.setText(self._opening.heading)
        narrow = self._annotations.narrow
        chosen = narrow.filter()
        builder.choices.show_list_filter(chosen if narrow.narrows() and chosen != AnnotationFilter() else None)
        builder.say_outcome("")
        self.entered.emit(True)
        self._middle.show_instead(builder)
        self._ask_recipes()
        self._ask_templates()
        self.draw()
        builder.choices.by.setFocus()

    def leave(self) -> None:
        """Back to what was shown before."""
        if self.showing:
            self._stop_drawing()
            self._keep_last()
            self._middle.stack.setCurrentWidget(self._before or self._panes)
            self.entered.emit(False)
            if self._panes.active is not None and self._panes.active.view is not None:
                self._panes.active.view.setFocus()

    def _ask_last(self) -> None:
        from kantlijn.usecases.summaries.recipes import last_choices

        def came(last: tuple[str, Wanted] | None) -> None:
            if last is not None and self._builder is not None:
                self._builder.choices.show_wanted(last[1], last[0])

        self._jobs.do(last_choices, tell=False, then=came)

    def _keep_last(self) -> None:
        from kantlijn.usecases.summaries.recipes import keep_choices

        choices = self.builder.choices
        self._jobs.do(keep_choices, choices.form_name(), choices.wanted(), tell=False)

    def forget(self) -> None:
        """Another project."""
        self._stop_drawing()
        if self.showing:
            self._middle.show_panes()
        if self._builder is not None:
            self._builder.deleteLater()
            self._builder = None
        self._recipe = ""

    def _changed(self, changes: Changes) -> None:
        if self.showing:
            self.builder.choices.changed.emit()
            if changes.touched("recipe"):
                self._ask_recipes()

    # -- the preview ----------------------------------------------------------------------------------------

    def draw(self) -> None:
        """Have the preview made again; one that is still being made is given up."""
        from kantlijn.usecases.summaries.write_summary import preview

        self._stop_drawing()
        if not self.showing:
            return
        task = self._drawing = Task()
        self._slow.start()
        self._jobs.long(
            preview, self.builder.choices.form_name(), self.builder.choices.wanted(), cancelled=task.cancelled,
            task=task, then=lambda made: self._drawn(task, made),
            failed=lambda error: self._not_drawn(task, error),
        )  # fmt: skip

    def _stop_drawing(self) -> None:
        self._slow.stop()
        if self._drawing is not None:
            self._drawing.cancel()
            self._drawing = None

    def _drawn(self, task: Task, made: Preview) -> None:
        if task is not self._drawing:
            return
        self._stop_drawing()
        self.builder.told.setText(told_of(made.total, made.left_out, self.builder.choices.wanted().by))
        (self.builder.show_html if made.html else self.builder.show_text)(made.text)
        self.builder.save.setEnabled(not self._saving)

    def _not_drawn(self, task: Task, error: Known) -> None:
        if task is self._drawing:
            self._stop_drawing()
            self.builder.told.clear()
            self.builder.show_trouble(error.sentence)

    # -- saving and copying ---------------------------------------------------------------------------------

    def _ask_where(self) -> None:
        kept = QSettings(str(paths.window_file()), QSettings.Format.IniFormat)
        documents = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
        folder = str(kept.value("summary/folder", documents))
        _, ending = FORMS[self.builder.choices.form_name()]
        name = re.sub(r'[\\/:*?"<>|\x00-\x1f]', "-", self.builder.choices.title_field.text()).strip()[:120]
        chosen, _ = QFileDialog.getSaveFileName(
            self._window, say("Save the summary"), str(Path(folder) / f"{name or say('Summary')}{ending}"),
            f"*{ending}",
        )  # fmt: skip
        if chosen:
            kept.setValue("summary/folder", str(Path(chosen).parent))
            self.save(Path(chosen))

    def save(self, chosen: Path) -> None:
        """Write the summary under this name, with the ending of its format."""
        try:
            self.write(with_ending(chosen, FORMS[self.builder.choices.form_name()][1]))
        except Known as error:
            self._failed(error)

    def write(self, path: Path) -> None:
        """Write the summary here; the builder says where it went."""
        from kantlijn.usecases.summaries.write_summary import export_summary

        choices = self.builder.choices
        self._saving = True
        self.builder.save.setEnabled(False)
        self.builder.say_outcome(say("Writing “{file}”…", file=path.name))
        task = Task()
        self._jobs.long(
            export_summary, path, choices.form_name(), choices.wanted(), cancelled=task.cancelled, task=task,
            then=self._written, failed=self._failed,
        )  # fmt: skip

    def _written(self, path: Path) -> None:
        self._saving = False
        self.builder.save.setEnabled(True)
        self.builder.say_outcome(say("Saved as {name}.", name=path.name), saved=path)
        self._jobs.tell(say("Saved the summary as {name}.", name=path.name))

    def _failed(self, error: Known) -> None:
        self._saving = False
        self.builder.save.setEnabled(True)
        self.builder.say_outcome(error.sentence, trouble=True)

    def _copy_all(self) -> None:
        """The whole summary on the clipboard: as rich text with plain text beside it."""
        from kantlijn.usecases.summaries.write_summary import summary_for_clipboard

        task = Task()
        self._jobs.long(
            summary_for_clipboard, self.builder.choices.wanted(), cancelled=task.cancelled, task=task,
            failed=self._failed, then=lambda made: self._put(made, say("The summary is on the clipboard.")),
        )  # fmt: skip

    def copy_selected(self, form: str) -> None:
        """The selected annotations with their sources on the clipboard; without a selection those listed."""
        from kantlijn.usecases.summaries.write_summary import annotations_for_clipboard

        ids = tuple(self._tagging.selected) or tuple(row.passage.id for row in self._annotations.model.rows)
        if not ids:
            self._jobs.tell(say("Nothing is marked yet that could be copied."))
            return
        said = say("Copied with sources.")
        task = Task()
        self._jobs.long(
            annotations_for_clipboard, ids, form, cancelled=task.cancelled, task=task,
            then=lambda made: self._put(made, said), failed=lambda error: self._jobs.trouble.emit(error.sentence),
        )  # fmt: skip

    def copy_link(self) -> None:
        """A link to the selected annotation, or to what is being read where none is selected."""
        from kantlijn.usecases.handing.deep_links import link_to_annotation, link_to_place

        pane = self._panes.active
        said = say("The link is on the clipboard. It opens this project on computers where it was opened before.")
        if self._tagging.selected:
            self._jobs.do(link_to_annotation, self._tagging.selected[0], tell=False,
                          then=lambda link: self._put({"text": link}, said))  # fmt: skip
        elif pane is not None and pane.version_id and pane.view is not None:
            self._jobs.do(link_to_place, pane.version_id, pane.view.selection(), tell=False,
                          then=lambda link: self._put({"text": link}, said))  # fmt: skip

    def _put(self, made: dict[str, str], said: str) -> None:
        data = QMimeData()
        if "html" in made:
            data.setHtml(made["html"])
        data.setText(made["text"])
        QGuiApplication.clipboard().setMimeData(data)
        self._jobs.tell(said)
        if self.showing:
            self.builder.say_outcome(said)

    # -- recipes --------------------------------------------------------------------------------------------

    def _ask_recipes(self) -> None:
        from kantlijn.usecases.summaries.recipes import recipes

        self._jobs.do(recipes, tell=False, then=self._show_recipes)

    def _show_recipes(self, rows: tuple[RecipeRow, ...]) -> None:
        self._recipes = rows
        if self._recipe not in [row.id for row in rows]:
            self._recipe = ""
        if self._builder is not None:
            self._builder.choices.show_recipes(rows, self._recipe)

    def _use_recipe(self, recipe: str) -> None:
        self._recipe = recipe
        row = next((row for row in self._recipes if row.id == recipe), None)
        if row is not None:
            self.builder.choices.show_wanted(row.wanted, row.form)
            self._ask_templates()

    def _recipe_menu(self) -> None:
        choices = self.builder.choices
        row = next((row for row in self._recipes if row.id == self._recipe), None)
        menu = QMenu(self._window)
        menu.addAction(say("Keep as a new recipe…"), self._new_recipe).setEnabled(not self._jobs.read_only)
        if row is not None:
            keep = menu.addAction(say("Keep in “{name}”", name=entry(row.name)), lambda: self._keep(row.name))
            rename = menu.addAction(say("Rename “{name}”…", name=entry(row.name)), lambda: self._rename(row))
            remove = menu.addAction(say("Remove “{name}”", name=entry(row.name)), lambda: self._remove(row))
            for action in (keep, rename, remove):
                action.setEnabled(not self._jobs.read_only)
        menu.exec(choices.recipe_menu.mapToGlobal(QPoint(0, choices.recipe_menu.height())))
        menu.deleteLater()

    def _new_recipe(self) -> None:
        sentence = say("It is kept with the project. A recipe of the same name is replaced.")
        title, label = say("Keep as a recipe"), say("Name of the recipe")
        if name := ask_name(self._window, title, label, button=say("Keep"), sentence=sentence):
            self._keep(name)

    def _keep(self, name: str) -> None:
        from kantlijn.usecases.summaries.recipes import save_recipe

        choices = self.builder.choices
        self._jobs.do(save_recipe, name, choices.form_name(), choices.wanted(),
                      then=lambda changes: self._kept(name, changes))  # fmt: skip

    def _kept(self, name: str, changes: Changes) -> None:
        from kantlijn.usecases.summaries.recipes import recipes

        def came(rows: tuple[RecipeRow, ...]) -> None:
            made = {step.after.id for step in changes.steps if step.after is not None}
            self._recipe = next((row.id for row in rows if row.id in made or row.name == name), "")
            self._show_recipes(rows)

        self._jobs.do(recipes, tell=False, then=came)

    def _rename(self, row: RecipeRow) -> None:
        from kantlijn.usecases.summaries.recipes import rename_recipe

        title, label = say("Rename the recipe"), say("Name of the recipe")
        if name := ask_name(self._window, title, label, row.name, button=say("Rename")):
            self._jobs.do(rename_recipe, row.id, name, then=lambda _changes: self._ask_recipes())

    def _remove(self, row: RecipeRow) -> None:
        from kantlijn.usecases.summaries.recipes import remove_recipe

        self._jobs.do(remove_recipe, row.id, then=lambda _changes: self._ask_recipes())

    # -- templates ------------------------------------------------------------------------------------------

    def _ask_templates(self) -> None:
        from kantlijn.usecases.summaries.templates import templates

        def came(rows: tuple[Template, ...]) -> None:
            if self.showing:
                form = self.builder.choices.form_name()
                self.builder.choices.show_templates([row.name for row in rows if row.form == form])

        self._jobs.do(templates, tell=False, then=came)

    def _template_menu(self) -> None:
        choices = self.builder.choices
        menu = QMenu(self._window)
        menu.addAction(say("Begin with a copy of the built-in one…"), self._new_template)
        menu.addAction(say("Open the folder of templates"), self._open_templates)
        menu.exec(choices.template_menu.mapToGlobal(QPoint(0, choices.template_menu.height())))
        menu.deleteLater()

    def _new_template(self) -> None:
        from kantlijn.usecases.summaries.templates import copy_built_in

        title, label = say("A template of your own"), say("Name of the template")
        name = ask_name(self._window, title, label, say("My template"), button=say("Make"))
        if not name:
            return

        def made(path: Path) -> None:
            self._ask_templates()
            sentence = say("“{file}” is a text file; what you change in it, the preview shows.", file=path.name)
            if ask(self._window, say("The template is there"), sentence,
                   [("", say("Close")), ("open", say("Open it"))]) == "open":  # fmt: skip
                _show_outside(path)

        self._jobs.do(copy_built_in, self.builder.choices.form_name(), name, then=made)

    def _open_templates(self) -> None:
        from kantlijn.usecases.summaries.templates import folder

        self._jobs.do(lambda _desk: folder(), tell=False, then=_show_outside)


def _show_outside(path: Path | None) -> None:
    if path is not None:
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(path)))
