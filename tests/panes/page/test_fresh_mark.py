"""A passage just tagged is still selected: it must look like its theme, not like two colours at once."""

from __future__ import annotations

from typing import Any

from kantlijn.model.document import Content
from kantlijn.ui.page.text_view import TextView
from kantlijn.ui.page.view import Mark

MARK = Mark(id="a", range=(0, 9), colours=("#c2560a",), letters=("H",), selected=True)


def test_that_a_selection_is_not_painted_over_the_annotation_made_of_it(qtbot: Any) -> None:
    view = TextView(size=11, width=76)
    qtbot.addWidget(view)
    view.resize(600, 300)
    view.open(Content(extractor="text/1", mime="text/plain", text="Toezicht en hulp.\n"))
    view.show()
    view.set_marks((MARK,))
    plain = view.grab().toImage()
    view.select(MARK.range)
    view.clearFocus()  # no caret
    assert view.grab().toImage() == plain
    view.select((0, 12))
    assert view.grab().toImage() != plain
