"""Handovers for the tests of exchange formats."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from kantlijn.model.annotation import Anchor, Annotation, Passage
from kantlijn.model.document import Document, Version
from kantlijn.model.handover import Handed, Handover
from kantlijn.model.relation import Relation
from kantlijn.model.theme import Theme

PREVENTION = Theme(
    id="T1", name="Prevention", name_nl="Preventie", colour="#1d63c4", letter="P", key="1", position=1,
    definition="What is done before harm occurs.", search_words=("school", "voorlichting"),
)  # fmt: skip
SCHOOLS = Theme(id="T2", name="Schools", name_nl="Scholen", colour="#9fc3f5", letter="S", parent="T1", position=1)
OVERSIGHT = Theme(id="T3", name="Oversight", name_nl="Toezicht", colour="#2e7d32", letter="T", position=2)
REPORT = Document(id="D1", title="Oversight in 2024", date="2024-09-26", identifier="RDL 2024-07", position=1)
LETTER = Document(id="D2", title="Reply of the board", position=2)
MADE = "2026-11-20T12:00:00Z"
HOSTILE = (
    "=cmd|' /C calc'!A0", "+1+1", "-2+3", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "'=1", "＝1+1",
    "https://example.org/a", "00123", "1e5", "2024-05-01", "TRUE", "#N/A", "_x0041_", "<script>alert(1)</script>",
    "a & b ]]> c", "](javascript:alert(1))", "\u202erechts naar links\u202c", "\u0000nul\u0000",
    "bel\x07 en \x1b[31m", "😀𝒳\U0010ffff", "regel één\nregel twee\r\nregel drie", 'met "aanhaling" en ; en ,',
    "\ufeffmerk", "\u2028scheiding\u2029", " ", "{=1}", "\ud800half",
)  # fmt: skip
"""What readers, documents and other programs may bring, and no format may take for anything but text."""


def handed(number: int, **changed: Any) -> Handed:
    """The annotation "An". anchor takes a dict of what differs, the rest is the annotation's."""
    anchor: dict[str, Any] = {
        "id": f"X{number}", "annotation": f"A{number}", "version": "V1", "range": (number * 10, number * 10 + 5),
        "quote": f"woord{number}", "prefix": "voor ", "suffix": " na", "first_page": 0, "last_page": 0,
        "page_label": "i", **changed.pop("anchor", {}),
    }  # fmt: skip
    readable = changed.pop("readable", anchor["quote"])
    annotation = {
        "id": f"A{number}", "document": "D1" if anchor["version"] == "V1" else "D2", "themes": ("T2",),
        "note": f"Noot {number}", "author": "Robin", "created": MADE, "modified": MADE, **changed,
    }  # fmt: skip
    return Handed(
        passage=Passage(annotation=Annotation(**annotation), anchor=Anchor(**anchor)), readable=readable,
        page="i" if anchor["version"] == "V1" else None, line=None if anchor["version"] == "V1" else number,
    )  # fmt: skip


def handover(*every: Handed, **changed: Any) -> Handover:
    """Two documents, three themes, and these annotations; the last, if there are two, responds to the first."""
    relation = Relation(
        id="R1", source=every[-1].passage.id, target=every[0].passage.id, status="partly", note="Ten dele",
        author="Robin", created=MADE, modified=MADE,
    ) if every else None  # fmt: skip
    versions = tuple(
        Version(id=f"V{n}", document=f"D{n}", number=1, file=f"{name}", sha256=str(n) * 64, extractor="1", mime="",
                size=9, pages=0, characters=9999, added=MADE)
        for n, name in enumerate(("oversight.pdf", "reply.txt"), 1)
    )  # fmt: skip
    made = Handover(
        project="Toezicht", made=MADE, author="Robin", language="en", documents=(REPORT, LETTER),
        versions=versions, themes=(PREVENTION, OVERSIGHT, SCHOOLS), handed=every,
        relations=(relation,) if relation and len(every) > 1 else (), pages={},
    )  # fmt: skip
    return replace(made, **changed)
