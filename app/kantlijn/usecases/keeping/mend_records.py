"""Making records fit together again after damage: what is missing is taken from the history, or stood in for."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TypeVar

from kantlijn.model.annotation import Anchor, Annotation
from kantlijn.model.changes import KINDS, Record, from_plain
from kantlijn.model.document import Document, Version
from kantlijn.model.relation import Relation
from kantlijn.model.theme import Theme
from kantlijn.model.written import read_json
from kantlijn.store.salvage import Salvage, Steps
from kantlijn.usecases.desk import now
from kantlijn.words import say, say_many

R = TypeVar("R", bound=Record)


class Mended:
    """All records by kind and id, the steps of the history that lead to them, and in sentences what was lost."""

    def __init__(self, salvage: Salvage) -> None:
        self.lost: list[str] = []
        themes = salvage.annotation_themes()
        self._every: dict[str, dict[str, Record]] = {
            name: salvage.records(kind, themes) for name, kind in KINDS.items()
        }
        steps = salvage.history()
        self.history = [one for one in steps if one.seq > salvage.whole_after()]
        self._number_of_steps = len(steps)
        self._hole_in_history = salvage.damaged("history") or salvage.damaged("history_step")
        holes = {name for name in KINDS if salvage.damaged(name)}
        if salvage.damaged("annotation_theme"):
            holes.add("annotation")
        self._from_history(steps, holes)

    def of(self, kind: type[R]) -> dict[str, R]:
        """The records of a kind; what is put in or taken out counts."""
        name = next(name for name, one in KINDS.items() if one is kind)
        return self._every[name]  # type: ignore[return-value]  # by KINDS

    def every(self) -> list[Record]:
        return [record for those in self._every.values() for record in those.values()]

    # -- the history ----------------------------------------------------------------------------------------

    def _from_history(self, steps: list[Steps], holes: set[str]) -> None:
        """What a whole step made is so; what an earlier one made is so where it would be missing."""
        for (kind, id_), record in _last(steps).items():
            if kind in holes and record is not None:
                known = self._every[kind].get(id_)
                if known is None or (isinstance(known, Annotation) and not known.themes):
                    self._every[kind][id_] = record
        for (kind, id_), record in _last(self.history).items():
            if record is None:
                self._every[kind].pop(id_, None)
            else:
                self._every[kind][id_] = record

    def settle_history(self) -> None:
        """Leave the history out when it does not lead to these records any more; say so."""
        fits = all(self._every[kind].get(id_) == record for (kind, id_), record in _last(self.history).items())
        done = [one.seq for one in self.history if not one.row[-1]]
        undone = [one.seq for one in self.history if one.row[-1]]
        if not fits or (done and undone and min(undone) < max(done)):
            self.history = []
        gone = self._number_of_steps - len(self.history)
        if gone or self._hole_in_history:
            self.lost.append(
                say_many(
                    "{n} step of the history could not be saved: what is there stays, but cannot be undone.",
                    "{n} steps of the history could not be saved: what is there stays, but cannot be undone.",
                    max(gone, 1),
                )
            )

    # -- what points to what ----------------------------------------------------------------------------------

    def join(self) -> None:
        """Stand in for what others point to and is not there, and drop what points to nothing."""
        self._documents()
        self._annotations()
        self._themes()
        self._relations()

    def _documents(self) -> None:
        documents, versions = self.of(Document), self.of(Version)
        numbers: set[tuple[str, int]] = set()
        for version in list(versions.values()):
            if version.document not in documents:
                title = Path(version.file).stem or version.file
                documents[version.document] = Document(id=version.document, title=title, position=len(documents))
                self.lost.append(say("The details of the document “{title}” were lost.", title=title))
            number = version.number
            while (version.document, number) in numbers:
                number += 1
            numbers.add((version.document, number))
            versions[version.id] = replace(version, number=number)

    def _annotations(self) -> None:
        annotations, anchors, versions = self.of(Annotation), self.of(Anchor), self.of(Version)
        placed: set[tuple[str, str]] = set()
        blank = homeless = 0
        for anchor in list(anchors.values()):
            version = versions.get(anchor.version)
            if version is None or (anchor.annotation, anchor.version) in placed:
                del anchors[anchor.id]
                continue
            placed.add((anchor.annotation, anchor.version))
            if anchor.annotation not in annotations:
                blank += 1
                annotations[anchor.annotation] = Annotation(
                    id=anchor.annotation, document=version.document, created=now(), modified=now()
                )
            elif annotations[anchor.annotation].document not in self.of(Document):
                annotations[anchor.annotation] = replace(
                    annotations[anchor.annotation], document=version.document
                )
        for annotation in list(annotations.values()):
            if annotation.id not in {one for one, _ in placed}:
                homeless += 1
                del annotations[annotation.id]
                self._keep_note(annotation)
        if blank:
            self.lost.append(
                say_many("Of {n} annotation the note and the themes were lost; its passage is there.",
                         "Of {n} annotations the note and the themes were lost; their passages are there.", blank)
            )  # fmt: skip
        if homeless:
            self.lost.append(
                say_many("{n} annotation lost its passage; its note is now in the note on its document.",
                         "{n} annotations lost their passage; their notes are in the notes on their documents.",
                         homeless)
            )  # fmt: skip

    def _keep_note(self, annotation: Annotation) -> None:
        documents = self.of(Document)
        if annotation.note.strip() and annotation.document in documents:
            document = documents[annotation.document]
            parts = [part for part in (document.note, annotation.note) if part.strip()]
            documents[document.id] = replace(document, note="\n\n".join(parts))

    def _themes(self) -> None:
        themes, annotations = self.of(Theme), self.of(Annotation)
        for theme_id in sorted({one for annotation in annotations.values() for one in annotation.themes}):
            if theme_id not in themes:
                name = say("Lost theme {n}", n=len(themes) + 1)
                themes[theme_id] = Theme(
                    id=theme_id, name=name, name_nl=name, colour="#808080", letter="?", position=len(themes)
                )
                self.lost.append(say("A theme was lost; it is now called “{name}”.", name=name))
        for theme in list(themes.values()):
            met, above = {theme.id}, theme.parent
            while above in themes and above not in met:
                met.add(str(above))
                above = themes[str(above)].parent
            if above is not None:
                themes[theme.id] = replace(theme, parent=None)

    def _relations(self) -> None:
        relations, annotations = self.of(Relation), self.of(Annotation)
        gone = [one.id for one in relations.values() if not {one.source, one.target} <= set(annotations)]
        for id_ in gone:
            del relations[id_]
        if gone:
            self.lost.append(say_many("{n} relation was lost.", "{n} relations were lost.", len(gone)))


def _last(steps: list[Steps]) -> dict[tuple[str, str], Record | None]:
    """What the last step that was not undone made of each record."""
    written: dict[tuple[str, str], str | None] = {}
    for one in steps:
        if not one.row[-1]:
            for _place, kind, record, _before, after in sorted(one.steps, key=lambda step: step[0]):
                written[kind, record] = after
    return {
        key: None if after is None else from_plain(read_json(after))
        for key, after in written.items() if key[0] in KINDS
    }  # fmt: skip
