"""Any sequence of verbs, undone and redone over restarts: the project is always what it was at that step."""

from __future__ import annotations

import shutil
import tempfile
from contextlib import suppress
from pathlib import Path

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from kantlijn.errors import BadRange, Known
from kantlijn.model.filters import AnnotationFilter
from kantlijn.settings import Settings
from kantlijn.usecases import read, undo
from kantlijn.usecases.desk import new_desk, open_desk
from kantlijn.usecases.keeping.check import check
from kantlijn.usecases.marking import arrange_themes, notes, relate, saved_filters, shape, tag
from kantlijn.usecases.shelf import edit_documents
from kantlijn.usecases.shelf.add_documents import add_documents

from .conftest import TEXT

_places = st.integers(0, len(TEXT) - 1)


class ProjectMachine(RuleBasedStateMachine):
    """states[i]: what the project showed after i steps; at: how many of them are done now."""

    @initialize()
    def begin(self) -> None:
        self.folder = Path(tempfile.mkdtemp())
        self.desk = new_desk(self.folder / "p.kantlijn", settings=Settings())
        file = self.folder / "a.txt"
        file.write_text(TEXT, "utf-8")
        self.states = [self._shown()]
        self.at = 0
        self.version = add_documents(self.desk, [file]).added[0].version
        self._done()

    def _shown(self):
        return (
            read.shelf(self.desk),
            read.themes(self.desk),
            tuple(row.passage for row in read.annotation_rows(self.desk)),
            tuple(row.relation for row in relate.relation_rows(self.desk)),
            saved_filters.saved_filters(self.desk),
        )

    def _done(self) -> None:
        shown = self._shown()
        if sum(not row.undone for row in read.history(self.desk)) == self.at:
            assert shown == self.states[self.at]
            return  # a verb that changed nothing is no step, and leaves what can be redone
        del self.states[self.at + 1 :]
        self.states.append(shown)
        self.at += 1

    def _annotations(self) -> list[str]:
        return [row.passage.id for row in read.annotation_rows(self.desk)]

    def _themes(self) -> list[str]:
        return [row.theme.id for row in read.themes(self.desk)]

    def _has_document(self) -> bool:
        return bool(read.shelf(self.desk))

    @precondition(lambda self: self._has_document())
    @rule(start=_places, length=st.integers(1, 60), data=st.data())
    def tag_a_passage(self, start, length, data):
        themes = data.draw(st.lists(st.sampled_from(self._themes()), max_size=3)) if self._themes() else []
        tag.tag(self.desk, self.version, (start, min(len(TEXT), start + length)), themes)
        self._done()

    @precondition(lambda self: self._annotations() and self._themes())
    @rule(data=st.data())
    def toggle(self, data):
        ids = data.draw(st.lists(st.sampled_from(self._annotations()), min_size=1, max_size=3))
        tag.toggle_theme(self.desk, ids, data.draw(st.sampled_from(self._themes())))
        self._done()

    @precondition(lambda self: self._annotations())
    @rule(data=st.data(), start=_places)
    def move(self, data, start):
        one = data.draw(st.sampled_from(self._annotations()))
        tag.move_passage(self.desk, one, self.version, (start, start + 1))
        self._done()

    @precondition(lambda self: self._annotations())
    @rule(data=st.data())
    def delete(self, data):
        tag.delete_annotations(self.desk, [data.draw(st.sampled_from(self._annotations()))])
        self._done()

    @precondition(lambda self: self._annotations())
    @rule(data=st.data(), note=st.text(st.characters(exclude_categories=["Cs"]), max_size=8))
    def write_a_note(self, data, note):
        one = data.draw(st.sampled_from(self._annotations()))
        # typing joins the step before it; here each note is to be a step of its own
        with self.desk.project.reading() as db:
            db.execute("UPDATE history SET merge = ''")
            db.commit()
        notes.write_note(self.desk, one, note)
        self._done()

    @precondition(lambda self: self._themes())
    @rule(data=st.data())
    def delete_a_theme(self, data):
        arrange_themes.delete_theme(self.desk, data.draw(st.sampled_from(self._themes())))
        self._done()

    @rule(data=st.data(), number=st.integers(0, 10**9))
    def add_a_theme(self, data, number):
        parent = data.draw(st.sampled_from([None, *self._themes()]))
        name = f"T{number}"
        if all(name != row.theme.name for row in read.themes(self.desk)):
            arrange_themes.add_theme(self.desk, name, parent=parent)
            self._done()

    @precondition(lambda self: self._has_document())
    @rule()
    def remove_the_document(self):
        edit_documents.remove_document(self.desk, read.shelf(self.desk)[0].document.id)
        self._done()

    @precondition(lambda self: len(self._annotations()) > 1)
    @rule(data=st.data())
    def relate_two(self, data):
        with suppress(Known):  # to itself, or once more
            relate.relate(self.desk, *data.draw(st.tuples(*[st.sampled_from(self._annotations())] * 2)))
            self._done()

    @precondition(lambda self: len(self._annotations()) > 1)
    @rule(data=st.data())
    def merge(self, data):
        ids = data.draw(st.lists(st.sampled_from(self._annotations()), min_size=2, max_size=3, unique=True))
        shape.merge_annotations(self.desk, ids)
        self._done()

    @precondition(lambda self: self._annotations())
    @rule(data=st.data(), place=_places)
    def split(self, data, place):
        with suppress(BadRange):
            shape.split_annotation(self.desk, data.draw(st.sampled_from(self._annotations())), place)
            self._done()

    @precondition(lambda self: self._annotations())
    @rule(data=st.data(), style=st.sampled_from(["highlight", "underline", "strike"]))
    def draw_otherwise(self, data, style):
        one = data.draw(st.sampled_from(self._annotations()))
        shape.duplicate_annotation(self.desk, one)
        self._done()
        shape.set_style(self.desk, [one], style)
        self._done()

    @precondition(lambda self: len(self._themes()) > 1)
    @rule(data=st.data())
    def merge_themes(self, data):
        with suppress(Known):  # into itself, or into its own subtheme
            arrange_themes.merge_themes(self.desk, *data.draw(st.tuples(*[st.sampled_from(self._themes())] * 2)))
            self._done()

    @rule(name=st.sampled_from("abc"), text=st.text("hulp ", max_size=4))
    def save_a_filter(self, name, text):
        saved_filters.save_filter(self.desk, name, AnnotationFilter(text=text))
        self._done()

    @rule()
    def undo(self):
        assert (undo.undo(self.desk) is None) == (self.at == 0)
        self.at = max(0, self.at - 1)

    @rule()
    def redo(self):
        last = self.at == len(self.states) - 1
        assert (undo.redo(self.desk) is None) == last
        self.at += not last

    @rule()
    def close_and_reopen(self):
        self.desk.close()
        self.desk = open_desk(self.folder / "p.kantlijn", settings=Settings())

    @invariant()
    def it_shows_what_it_showed_at_this_step(self):
        assert self._shown() == self.states[self.at]

    def teardown(self):
        while undo.undo(self.desk):
            self.at -= 1
        assert self.at == 0
        assert self._shown() == self.states[0]
        self.desk.close()
        report = check(self.folder / "p.kantlijn")
        assert report.ok, report.problems
        shutil.rmtree(self.folder)


TestEverythingComesBack = ProjectMachine.TestCase
TestEverythingComesBack.settings = settings(
    max_examples=14, stateful_step_count=24, deadline=None, suppress_health_check=list(HealthCheck)
)
