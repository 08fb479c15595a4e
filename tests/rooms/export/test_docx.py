"""A Word file made of a summary."""

from __future__ import annotations

import io

from docx import Document

from kantlijn.export.blocks import Pages, Paragraph, Run
from kantlijn.export.docx_file import pages_to_docx


def test_that_a_list_in_a_note_stands_under_the_note_and_not_left_of_it() -> None:
    kinds = [("note", 0), ("bullet", 0), ("bullet", 1), ("number", 0), ("bullet", 4)]
    blocks = [Paragraph(kind=kind, level=level, number=1, parts=(Run(kind),)) for kind, level in kinds]
    data = pages_to_docx(Pages(title="Oversight", language="en", contents="", blocks=tuple(blocks)))
    note, *items = Document(io.BytesIO(data)).paragraphs
    mark = note.style.paragraph_format.left_indent
    signs = [item.paragraph_format.left_indent + item.paragraph_format.first_line_indent for item in items]
    assert [round((sign - mark) / 12_700) for sign in signs] == [0, 18, 0, 72]  # points, from EMU
