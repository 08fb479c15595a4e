"""Links and pictures of a page, and the annotations other programs left."""

from __future__ import annotations

import pymupdf
import pytest

from kantlijn.engine.extract import extract_page
from kantlijn.engine.markings import markings
from kantlijn.engine.page_things import page_things
from kantlijn.text.layout import quads


@pytest.fixture
def linked():
    """Two pages: a link of each kind and a picture on the first."""
    document = pymupdf.open()
    document.new_page()
    document.new_page()
    page = document[0]
    page.insert_link(
        {"kind": pymupdf.LINK_URI, "from": pymupdf.Rect(100, 100, 200, 120), "uri": "https://example.org/a"}
    )
    page.insert_link({"kind": pymupdf.LINK_GOTO, "from": pymupdf.Rect(100, 200, 200, 220), "page": 1,
                      "to": pymupdf.Point(50, 300)})  # fmt: skip
    page.insert_link({"kind": pymupdf.LINK_LAUNCH, "from": pymupdf.Rect(100, 300, 200, 320), "file": "calc.exe"})
    page.insert_link(
        {"kind": pymupdf.LINK_GOTOR, "from": pymupdf.Rect(100, 340, 200, 360), "file": "b.pdf", "page": 0}
    )
    page.insert_link(
        {"kind": pymupdf.LINK_URI, "from": pymupdf.Rect(100, 400, 200, 420), "uri": "javascript:alert(1)"}
    )
    picture = pymupdf.Pixmap(pymupdf.csRGB, (0, 0, 60, 40))
    picture.clear_with(90)
    page.insert_image(pymupdf.Rect(300, 400, 360, 440), pixmap=picture)
    return pymupdf.open("pdf", document.tobytes())


def test_that_only_links_to_pages_and_the_web_come_out(linked):
    things = page_things(linked, 0)
    assert [(link["kind"], link.get("uri"), link.get("page")) for link in things["links"]] == [
        ("web", "https://example.org/a", None),
        ("page", None, 1),
    ]
    assert things["links"][1]["y"] == pytest.approx(300)
    assert things["pictures"] == [pytest.approx((300, 400, 360, 440))]


def test_that_boxes_are_those_of_the_page_as_shown(linked):
    linked[0].set_cropbox(pymupdf.Rect(50, 50, 500, 700))
    linked[0].set_rotation(90)
    turned = pymupdf.open("pdf", linked.tobytes())
    things = page_things(turned, 0)
    assert things["links"][0]["box"] == pytest.approx((580, 50, 600, 150))
    assert things["pictures"][0] == pytest.approx((260, 250, 300, 310))


def marked(rotation: int = 0, crop: bool = False) -> pymupdf.Document:
    document = pymupdf.open()
    page = document.new_page()
    page.insert_text((72, 100), "Preventie begint op school en thuis.", fontsize=12)
    (box,) = page.search_for("begint op school")
    highlight = page.add_highlight_annot(box)
    highlight.set_info(title="A. Lezer", content="Let op\rdit", creationDate="D:20250304100000+01'00'")
    highlight.set_colors(stroke=(1, 0.83, 0))
    highlight.update()
    document.xref_set_key(highlight.xref, "NM", "(zotero-ABC)")
    document.xref_set_key(highlight.xref, "Zotero:Tags", pymupdf.get_pdf_str('["preventie", "scholen"]'))
    reply = page.add_text_annot((10, 10), "Eens.")
    document.xref_set_key(reply.xref, "IRT", f"{highlight.xref} 0 R")
    page.add_rect_annot(pymupdf.Rect(300, 300, 400, 350))
    page.insert_link({"kind": pymupdf.LINK_URI, "from": pymupdf.Rect(1, 1, 9, 9), "uri": "https://example.org"})
    if crop:
        page.set_cropbox(pymupdf.Rect(40, 30, 500, 700))
    page.set_rotation(rotation)
    return pymupdf.open("pdf", document.tobytes())


def test_that_a_highlight_comes_with_all_its_maker_said():
    highlight, reply, area = markings(marked())[0]
    assert (highlight["kind"], reply["kind"], area["kind"]) == ("highlight", "note", "area")
    assert highlight["contents"] == "Let op\ndit"
    assert highlight["author"] == "A. Lezer"
    assert highlight["created"] == "2025-03-04T09:00:00Z"
    assert highlight["colour"] == "#ffd400"
    assert highlight["name"] == "zotero-ABC"
    assert highlight["tags"] == ["preventie", "scholen"]
    assert reply["reply_to"] == "zotero-ABC"


def test_that_attached_files_are_counted_as_left_out_and_links_and_watermarks_are_not():
    document = marked()
    assert markings(document)[1] == 0
    document[0].add_file_annot((100, 200), b"figures", "figures.csv")
    mark = document[0].add_rect_annot(pymupdf.Rect(10, 300, 60, 320))
    document.xref_set_key(mark.xref, "Subtype", "/Watermark")
    found, left_out = markings(pymupdf.open("pdf", document.tobytes()))
    assert (len(found), left_out) == (3, 1)


@pytest.mark.parametrize("crop", [False, True])
@pytest.mark.parametrize("rotation", [0, 90, 180, 270])
def test_that_quads_lie_on_the_words_as_shown(rotation, crop):
    document = marked(rotation, crop)
    (quad,) = markings(document)[0][0]["quads"]
    text, layer, _ = extract_page(document, 0)
    start = text.index("begint")
    (words,) = quads(layer, start, start + len("begint op school"))
    assert sorted(quad[0::2]) == pytest.approx(sorted(words[0::2]), abs=2)
    assert sorted(quad[1::2]) == pytest.approx(sorted(words[1::2]), abs=2)


@pytest.mark.parametrize("date", ["", "D:", "gisteren", "D:20251399", "D:99999999999999"])
def test_that_dates_that_are_none_are_left_out(date):
    document = marked()
    annotation = next(document[0].annots())
    document.xref_set_key(annotation.xref, "CreationDate", pymupdf.get_pdf_str(date))
    assert markings(document)[0][0]["created"] == ""
