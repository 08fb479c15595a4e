"""A report to make copies of, and what other programs read in such a copy."""

from __future__ import annotations

from pathlib import Path

import pymupdf

from kantlijn.settings import Settings
from kantlijn.usecases.desk import Desk, new_desk
from kantlijn.usecases.marking.tag import locate_quote, tag
from kantlijn.usecases.shelf.add_documents import add_documents

LINES = (
    "Preventie begint op school en op het werk.",
    "De wachttijd voor hulp is opgelopen tot veer-",
    "tien weken, langer dan was toegezegd.",
    "Meldpunten zien meer signalen dan vorig jaar.",
)


def a_report(path: Path, *, rotation: int = 0, crop: bool = False) -> Path:
    """Two pages with an outline, a link, a form field, labels, and one highlight of another program."""
    document = pymupdf.open()
    page = document.new_page()
    for place, line in enumerate(LINES):
        page.insert_text((72, 140 + 16 * place), line)
    page.insert_text((72, 780), "De inspectie adviseert om scholen")
    second = document.new_page()
    second.insert_text((72, 90), "te steunen met een vast programma.")
    second.insert_text((72, 200), "Tabel 1")
    page = document[0]
    page.insert_link({"kind": pymupdf.LINK_URI, "from": pymupdf.Rect(72, 700, 200, 720), "uri": "https://x.org/"})
    field = pymupdf.Widget()
    field.field_name, field.field_type = "naam", pymupdf.PDF_WIDGET_TYPE_TEXT
    field.rect, field.field_value = pymupdf.Rect(300, 700, 500, 720), "ingevuld"
    document[1].add_widget(field)
    page = document[0]
    other = page.add_highlight_annot(page.search_for("Meldpunten", quads=True))
    other.set_info(title="B. Lezer", content="Van elders", creationDate="D:20250304100000Z",
                   modDate="D:20250304100000Z")  # fmt: skip
    other.update()
    document.xref_set_key(other.xref, "NM", "(okular-{1})")
    document.set_toc([[1, "Inleiding", 1], [1, "Bijlage", 2]])
    document.set_page_labels([{"startpage": 0, "prefix": "", "style": "r", "firstpagenum": 1}])
    for sheet in document:
        if crop:
            sheet.set_cropbox(pymupdf.Rect(30, 40, 560, 830))
        sheet.set_rotation(rotation)
    document.save(path)
    document.close()
    return path


def a_desk(project: Path, file: Path, **how: str) -> Desk:
    made = new_desk(project, settings=Settings())
    report = add_documents(made, [file], **how)
    assert not report.failed, report.failed
    made.version = report.added[0].version
    return made


def put(desk: Desk, quote: str, themes: tuple[str, ...] = (), note: str = "") -> str:
    """The id of a fresh annotation on these words."""
    changes = tag(desk, desk.version, locate_quote(desk, desk.version, quote), themes, note=note)
    return next(step.after.annotation for step in changes.steps if hasattr(step.after, "annotation"))


def in_file(path: Path, password: str = "") -> list[dict[str, object]]:
    """What PyMuPDF reads of each annotation that is no link or field: as Okular does."""
    document = pymupdf.open(path)
    assert not document.needs_pass or document.authenticate(password)
    found = []
    for page in document:
        for one in page.annots():
            info = one.info
            found.append({
                "page": page.number, "type": one.type[1], "said": info["content"], "author": info["title"],
                "made": info["creationDate"], "changed": info["modDate"], "name": info["id"], "rect": one.rect,
                "tags": document.xref_get_key(one.xref, "Zotero:Tags")[1], "colour": one.colors["stroke"],
                "drawn": document.xref_get_key(one.xref, "AP")[0] == "dict",
                "words": " ".join(word[4] for word in page.get_text("words")
                                  if (word[0] + word[2]) / 2 in _span(one) and _on(one, word)),
            })  # fmt: skip
    document.close()
    return found


class _span:
    def __init__(self, annotation: pymupdf.Annot) -> None:
        self.quads = _quads(annotation)

    def __contains__(self, x: float) -> bool:
        return any(quad.x0 <= x <= quad.x1 for quad in self.quads)


def _quads(annotation: pymupdf.Annot) -> list[pymupdf.Rect]:
    points = annotation.vertices or []
    return [pymupdf.Quad(points[at : at + 4]).rect for at in range(0, len(points), 4)] or [annotation.rect]


def _on(annotation: pymupdf.Annot, word: tuple[float, ...]) -> bool:
    middle = pymupdf.Point((word[0] + word[2]) / 2, (word[1] + word[3]) / 2)
    return any(quad.contains(middle) for quad in _quads(annotation))


def ours(path: Path) -> list[dict[str, object]]:
    return [one for one in in_file(path) if str(one["name"]).startswith("kantlijn-")]
