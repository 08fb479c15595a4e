"""The text layer says where letters stand on the page as shown: the ink is there."""

import pymupdf
import pytest

from kantlijn.model.layer import unpack

WORDS = "Signalen over toezicht zijn gemeld"


def _page(rotation=0, crop=None, media=None):
    document = pymupdf.open()
    page = document.new_page(width=400, height=300)
    page.insert_text((60, 80), WORDS, fontsize=14)
    page.insert_text((60, 200), "Tweede regel, lager", fontsize=9, fontname="tiro")
    if media:
        page.set_mediabox(pymupdf.Rect(media))
    if crop:
        page.set_cropbox(pymupdf.Rect(crop))
    page.set_rotation(rotation)
    return document


@pytest.mark.parametrize("rotation", [0, 90, 180, 270])
@pytest.mark.parametrize("crop", [None, (40, 40, 380, 260)])
def test_that_letters_stand_where_they_are_seen(rotation, crop, saved, assert_ink_in_quads):
    content = assert_ink_in_quads(saved(_page(rotation, crop)))
    assert content.text == WORDS + "\n\nTweede regel, lager\n"
    wide = (340, 220) if crop else (400, 300)
    page = content.pages[0]
    assert (page.width, page.height) == (wide if rotation in (0, 180) else wide[::-1])


def test_that_a_page_whose_corner_is_not_the_origin_is_read_right(saved, assert_ink_in_quads):
    content = assert_ink_in_quads(saved(_page(media=(-100, -50, 420, 310))))
    assert WORDS in content.text


@pytest.mark.parametrize("rotate", [90, 180, 270])
def test_that_lines_at_right_angles_have_their_own_direction(rotate, saved, assert_ink_in_quads):
    document = pymupdf.open()
    document.new_page(width=400, height=400).insert_text((200, 200), "Zijkant van de tabel", rotate=rotate)
    content = assert_ink_in_quads(saved(document))
    (line,) = unpack(content.layers[0]).lines
    assert (line.dx, line.dy) == {90: (0, -1), 180: (-1, 0), 270: (0, 1)}[rotate]


@pytest.mark.parametrize("angle", [10, 30, 45, 60, 135, 200, 315])
def test_that_slanted_lines_keep_tight_quads(angle, saved, assert_ink_in_quads):
    document = pymupdf.open()
    page = document.new_page(width=500, height=500)
    turn = (pymupdf.Point(250, 250), pymupdf.Matrix(angle))
    page.insert_text((250, 250), "CONCEPT voor overleg", fontsize=20, morph=turn)
    content = assert_ink_in_quads(saved(document), room=1.5)
    (line,) = unpack(content.layers[0]).lines
    assert line.thickness < 36


def test_that_every_code_point_has_its_place_and_lines_cover_the_page(saved, read):
    content = read(saved(_page()))
    layer = unpack(content.layers[0])
    start, end = content.pages[0].range
    assert len(layer.edges) == 2 * (end - start)
    assert [line.start for line in layer.lines] == [0, *[line.end for line in layer.lines[:-1]]]
    assert layer.lines[-1].end == end - start
    for line in layer.lines:
        begins = layer.edges[2 * line.start : 2 * line.end : 2]
        assert list(begins) == sorted(begins)
    first = layer.lines[0]
    assert content.text[first.end - 2 : first.end] == "\n\n"
    assert layer.edges[2 * first.end - 1] == layer.edges[2 * first.end - 5]


def test_that_the_letters_of_a_ligature_share_its_box(saved, read):
    document = pymupdf.open()
    page = document.new_page()
    writer = pymupdf.TextWriter(page.rect)
    writer.append((72, 100), "e\ufb03ciënt en \ufb01nancieel", font=pymupdf.Font("helv"), fontsize=20)
    writer.write_text(page)
    content = read(saved(document))
    assert content.text == "efficiënt en financieel\n"
    edges = unpack(content.layers[0]).edges
    widths = [edges[2 * n + 1] - edges[2 * n] for n in (1, 2, 3)]
    assert min(widths) > 4
    assert max(widths) - min(widths) < 0.01
    assert edges[7] == pytest.approx(edges[8], abs=0.01)


def test_that_a_scan_with_hidden_text_keeps_it(saved, read):
    document = pymupdf.open()
    page = document.new_page()
    page.draw_rect((50, 50, 300, 200), fill=(0.9, 0.9, 0.9))
    page.insert_text((72, 100), "Gescande brief", render_mode=3)
    content = read(saved(document))
    assert content.text == "Gescande brief\n"
    assert unpack(content.layers[0]).lines[0].x == pytest.approx(72, abs=1)


def test_that_text_outside_the_page_is_left_out(saved, read):
    document = pymupdf.open()
    page = document.new_page(width=300, height=300)
    for point, text in (
        ((20, 100), "Binnen"),
        ((20, 900), "Buiten"),
        ((-200, 100), "Links"),
        ((20, -50), "Boven"),
    ):
        page.insert_text(point, text)
    assert read(saved(document)).text == "Binnen\n"


def test_that_a_page_without_text_has_an_empty_range_and_layer(saved, read):
    document = pymupdf.open()
    document.new_page().insert_text((72, 72), "Een")
    document.new_page().draw_rect((10, 10, 50, 50))
    document.new_page().insert_text((72, 72), "Drie")
    content = read(saved(document))
    assert content.text == "Een\n\f\fDrie\n"
    assert [page.range for page in content.pages] == [(0, 4), (5, 5), (6, 11)]
    assert unpack(content.layers[1]).lines == ()
