"""Exporting annotations for other programs, and taking in what they wrote: with progress, and what came of it."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QSettings, QStandardPaths, Signal
from PySide6.QtWidgets import QFileDialog, QWidget

from kantlijn import paths
from kantlijn.errors import Cancelled, Known
from kantlijn.model.filters import AnnotationFilter
from kantlijn.ui.annotations.annotations import Annotations
from kantlijn.ui.exchange.export_dialog import ExportDialog
from kantlijn.ui.exchange.told import ToldDialog
from kantlijn.ui.jobs import Jobs, Task
from kantlijn.ui.shell.handing.naming import with_ending
from kantlijn.ui.shell.keeping.opening import Opening
from kantlijn.ui.shell.marking.tagging import Tagging
from kantlijn.ui.shell.panes import Panes
from kantlijn.ui.sources.sources import Sources
from kantlijn.words import say, say_many

if TYPE_CHECKING:
    from kantlijn.usecases.handing.bring_in import CameIn, Holds
    from kantlijn.usecases.handing.hand_out import HandedOut


class Exchanging(QObject):
    """One export or import at a time."""

    progress = Signal(str, int)
    """(sentence, per mille); "" when done."""

    def __init__(
        self, jobs: Jobs, panes: Panes, sources: Sources, annotations: Annotations, tagging: Tagging,
        opening: Opening, window: QWidget,
    ) -> None:  # fmt: skip
        super().__init__(window)
        self._jobs, self._panes, self._sources, self._annotations = jobs, panes, sources, annotations
        self._tagging, self._opening, self._window = tagging, opening, window
        self._task: Task | None = None

    def calls(self) -> dict[str, Callable[[], object]]:
        """What the actions do, by their names."""
        return {"export": self.export, "import": self.bring_in, "pdf_copy": lambda: self.export("pdf-copy")}

    @property
    def running(self) -> bool:
        return self._task is not None

    def cancel(self) -> None:
        """Stop at the next safe place; a file that was there stays as it was."""
        if self._task is not None:
            self._task.cancel()

    def _busy(self) -> bool:
        if self._task is not None:
            self._jobs.tell(say("An export or import is going on; wait until that is done."))
        return self._task is not None

    # -- out ------------------------------------------------------------------------------------------------

    def export(self, form: str = "") -> None:
        """Ask for a format and a place, and write."""
        if self._busy():
            return
        pane = self._panes.active
        version, title = "", ""
        if pane is not None and pane.version_id and pane.source is not None:
            version, title = pane.version_id, self._sources.title_of(pane.version_id)
        kept = QSettings(str(paths.window_file()), QSettings.Format.IniFormat)
        narrowed = self._narrowed()
        dialog = ExportDialog(self._window, pdf=title, narrowed=narrowed is not None,
                              last=form or str(kept.value("export/form", "")))  # fmt: skip

        def chosen() -> None:
            if dialog.chosen != "export":
                return
            kept.setValue("export/form", dialog.form())
            only = narrowed if narrowed is not None and dialog.only.isChecked() else AnnotationFilter()
            path = self._ask_where(dialog.form(), title, kept)
            if path is not None:
                self.write(path, dialog.form(), only, str(dialog.table.currentData()), version)

        dialog.finished.connect(lambda _result: chosen())
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def _narrowed(self) -> AnnotationFilter | None:
        """The filter of the annotation list, where it leaves something out."""
        narrow = self._annotations.narrow
        chosen = narrow.filter()
        return chosen if narrow.narrows() and chosen != AnnotationFilter() else None

    def _ask_where(self, form: str, title: str, kept: QSettings) -> Path | None:
        from kantlijn.usecases.handing.hand_out import FORMS

        documents = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
        folder = Path(str(kept.value("summary/folder", documents)))
        ending = FORMS[form]
        name = self._opening.name
        if form == "pdf-copy":
            name = say("{title} annotated", title=title)
        elif form in ("themes", "qdc"):
            name = say("{name} themes", name=name)
        clean = re.sub(r'[\\/:*?"<>|\x00-\x1f]', "-", name).strip()[:120]
        path, _ = QFileDialog.getSaveFileName(
            self._window, say("Export annotations"), str(folder / f"{clean}{ending}"), f"*{ending}"
        )
        if not path:
            return None
        kept.setValue("summary/folder", str(Path(path).parent))
        try:
            return with_ending(Path(path), ending)
        except Known as error:
            self._jobs.trouble.emit(error.sentence)
            return None

    def write(self, path: Path, form: str, chosen: AnnotationFilter, table: str = "annotations",
              version: str = "") -> None:  # fmt: skip
        """Write it, and say what came of it."""
        from kantlijn.usecases.handing.hand_out import hand_out

        self._tagging.editor.flush()
        self._begin(say("Exporting to “{file}”…", file=path.name))
        self._jobs.long(
            hand_out, path, form, chosen=chosen, table=table, version=version, progress=self._told_progress(),
            cancelled=self._cancelled(), task=self._task, then=self._written, failed=self._failed,
        )  # fmt: skip

    def _written(self, out: HandedOut) -> None:
        self._end()
        said = say("Exported to {file}.", file=out.path.name)
        if out.annotations:
            said = say_many("Exported {n} annotation to {file}.", "Exported {n} annotations to {file}.",
                            out.annotations, file=out.path.name)  # fmt: skip
        self._jobs.tell(said)
        if out.remarks:
            self._tell(say("Exported to {file}", file=out.path.name), [said], out.remarks)

    # -- in -------------------------------------------------------------------------------------------------

    def bring_in(self) -> None:
        """Ask for a file, look into it, and ask again before anything comes in."""
        if self._busy():
            return
        if self._jobs.read_only:
            self._jobs.trouble.emit(say("This project is open to be read only; nothing can be changed here."))
            return
        from kantlijn.usecases.handing.bring_in import ENDINGS

        kept = QSettings(str(paths.window_file()), QSettings.Format.IniFormat)
        documents = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
        endings = " ".join(f"*{ending}" for ending in ENDINGS)
        path, _ = QFileDialog.getOpenFileName(
            self._window, say("Import annotations or themes"), str(kept.value("summary/folder", documents)),
            f"{say('Projects, annotations and themes')} ({endings});;{say('All files')} (*)",
        )  # fmt: skip
        if path:
            self.look_into(Path(path))

    def look_into(self, path: Path) -> None:
        """Say what a file holds, and ask whether it is to come in."""
        from kantlijn.usecases.handing.bring_in import look_into

        self._begin(say("Reading “{file}”…", file=path.name))
        self._jobs.long(look_into, path, task=self._task, then=lambda holds: self._ask(path, holds),
                        failed=self._failed)  # fmt: skip

    def _ask(self, path: Path, holds: Holds) -> None:
        self._end()
        button = say("Import") if holds.anything else ""
        said = holds.said if holds.anything else (*holds.said, say("Nothing in it is new."))
        dialog = ToldDialog(self._window, path.name, said, holds.remarks, button)
        dialog.accepted.connect(lambda: self.take(path))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def take(self, path: Path) -> None:
        """Take it in, and say what came of it."""
        from kantlijn.usecases.handing.bring_in import bring_in

        self._begin(say("Importing “{file}”…", file=path.name))
        self._jobs.long(
            bring_in, path, progress=self._told_progress(), cancelled=self._cancelled(),
            on_changes=self._jobs.report, task=self._task, then=self._came, failed=self._failed,
        )  # fmt: skip

    def _came(self, came: CameIn) -> None:
        self._end()
        if came.changes is not None:
            self._jobs.changed.emit(came.changes)
        if came.cancelled:
            self._jobs.tell(say("Stopped; what came in before stays."))
        elif came.remarks:
            self._tell(say("Imported"), came.said, came.remarks)
        else:
            self._jobs.tell(say("Imported: {what}.", what=", ".join(came.said)), came.changes is not None)

    # -- both -----------------------------------------------------------------------------------------------

    def _begin(self, sentence: str) -> None:
        self._task = Task()
        self.progress.emit(sentence, 0)

    def _cancelled(self) -> Callable[[], bool]:
        return self._task.cancelled if self._task is not None else lambda: False

    def _told_progress(self) -> Callable[..., None]:
        return self._jobs.on_ui(self._moved)

    def _moved(self, done: int, total: int, sentence: str) -> None:
        if self._task is not None:
            self.progress.emit(sentence or say("Almost done…"), round(1000 * done / max(1, total)))

    def _end(self) -> None:
        self._task = None
        self.progress.emit("", 0)

    def _failed(self, error: Known) -> None:
        self._end()
        if isinstance(error, Cancelled):
            self._jobs.tell(error.sentence)
        else:
            self._jobs.trouble.emit(error.sentence)

    def _tell(self, title: str, said: list[str] | tuple[str, ...], remarks: tuple[str, ...]) -> None:
        dialog = ToldDialog(self._window, title, said, remarks)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()
