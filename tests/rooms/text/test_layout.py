"""Which text stands at a point, and where text stands."""

from __future__ import annotations

from array import array

from kantlijn.model.layer import Line, PageLayer
from kantlijn.text.layout import PageGeometry, line_of, offset_at, quads


def page(*lines: tuple[str, float, float, int] | tuple[str, float, float, int, bool]) -> tuple[PageLayer, str]:
    """Lines of (text, x, y, block[, furniture]); every letter 6 points wide, lines 10 thick."""
    text, made, edges = "", [], array("f")
    for n, (words, x, y, block, *rest) in enumerate(lines):
        start = len(text)
        text += words + "\n"
        for i in range(len(words)):
            edges.extend((6 * i, 6 * i + 6))
        edges.extend((6 * len(words),) * 2)
        last = n + 1 == len(lines) or lines[n + 1][3] != block
        if last and n + 1 < len(lines):
            text += "\n"
            edges.extend((6 * len(words),) * 2)
        made.append(Line(start, len(text), x, y, 1.0, 0.0, 10.0, block, bool(rest and rest[0])))
    return PageLayer(tuple(made), edges), text


COLUMNS = page(
    ("Rapport", 50, 20, 0, True),
    ("eerste regel links", 50, 60, 1),
    ("kort", 50, 72, 1),
    ("tweede alinea hier", 50, 96, 2),
    ("rechts bovenaan zo", 250, 60, 3),
    ("rechts verder gaat", 250, 72, 3),
    ("12", 300, 780, 4, True),
)


def geometry() -> PageGeometry:
    return PageGeometry(*COLUMNS)


def at(words: str, within: int = 0) -> int:
    return COLUMNS[1].index(words) + within


def test_that_a_point_in_a_letter_gives_the_nearer_side_of_it() -> None:
    assert geometry().offset_at(50 + 6 * 7 + 1, 65) == at("eerste", 7)
    assert geometry().offset_at(50 + 6 * 7 + 5, 65) == at("eerste", 8)


def test_that_right_of_a_short_line_is_its_end_and_not_the_other_column() -> None:
    assert geometry().offset_at(140, 77) == at("kort", 4)


def test_that_between_columns_the_nearer_one_wins() -> None:
    assert geometry().offset_at(170, 65) == at("links", 5)
    assert geometry().offset_at(240, 65) == at("rechts bovenaan")


def test_that_a_block_that_goes_on_in_another_column_draws_no_point_of_one_column_to_the_other() -> None:
    layer, text = page(
        ("links de laatste regel", 50, 60, 1),
        ("rechts een regel die lang is", 250, 48, 2),
        ("rechts", 250, 60, 2),
        ("Kop onder beide", 50, 79, 2),
    )
    geometry = PageGeometry(layer, text)
    for y in range(60, 89):
        offset = geometry.offset_at(130, y)
        assert offset is not None and (y > 73 or ("links" in text[:offset] and "rechts" not in text[:offset])), y


def test_that_right_of_a_heading_stays_with_the_heading() -> None:
    layer, text = page(
        ("Kop", 50, 40, 0), ("een hele lange regel tekst", 50, 54, 1), ("nog een lange regel tekst", 50, 66, 1)
    )
    assert PageGeometry(layer, text).offset_at(150, 45) == 3


def test_that_below_the_last_line_is_its_end() -> None:
    assert geometry().offset_at(60, 400) == at("alinea hier", 11)
    assert geometry().offset_at(260, 500) == at("verder gaat", 11)


def test_that_furniture_is_never_hit() -> None:
    _, text = COLUMNS
    heads = set(range(len("Rapport"))) | set(range(text.index("12"), len(text)))
    hits = {geometry().offset_at(x, y) for x in range(0, 600, 25) for y in range(0, 842, 20)}
    assert not hits & heads


def test_that_a_range_over_lines_gets_one_box_per_line_without_furniture() -> None:
    found = geometry().quads(0, len(COLUMNS[1]))
    assert len(found) == 5
    assert found[1] == (50, 72, 74, 72, 74, 82, 50, 82)


def test_that_a_range_within_furniture_is_still_shown() -> None:
    assert len(geometry().quads(0, 7)) == 1


def test_that_the_caret_goes_down_its_column_and_then_to_the_next() -> None:
    here = geometry()
    start = at("eerste", 10)
    down = here.step(start, here.goal(start), down=True)
    assert down == at("kort", 4)
    assert here.step(down, here.goal(start), down=True) == at("tweede", 10)
    assert here.step(at("tweede", 2), 62, down=True) == at("rechts bovenaan")
    assert here.step(start, here.goal(start), down=False) is None


def test_that_the_caret_keeps_to_its_place_on_a_line_of_several_pieces() -> None:
    layer, text = page(("naam", 50, 40, 0), ("bedrag", 200, 40, 0), ("een", 50, 52, 0), ("twee", 200, 52, 0))
    here = PageGeometry(layer, text)
    start = text.index("bedrag") + 2
    assert here.step(start, here.goal(start), down=True) == text.index("twee") + 2


def test_that_text_on_its_side_is_hit_where_it_stands() -> None:
    edges = array("f", [v for i in range(5) for v in (6 * i, 6 * i + 6)] + [30, 30])
    layer = PageLayer((Line(0, 6, 100, 300, 0.0, -1.0, 10.0, 0, False),), edges)
    here = PageGeometry(layer, "staan\n")
    assert here.offset_at(105, 300 - 6 * 2 - 1) == 2
    assert here.quads(0, 1) == [(100, 300, 100, 294, 110, 294, 110, 300)]


def test_that_the_caret_goes_on_through_lines_on_their_side() -> None:
    lines = tuple(Line(4 * n, 4 * n + 4, 100.0 + 14 * n, 50.0, 0.0, 1.0, 10.0, 0, False) for n in range(4))
    edges = array("f", [0, 6, 6, 12, 12, 18, 18, 18] * 4)
    sideways = PageGeometry(PageLayer(lines, edges), "een\ntwe\ndri\nvie\n")
    steps = [1]
    while (following := sideways.step(steps[-1], sideways.goal(1), down=True)) is not None:
        steps.append(following)
    assert steps == [1, 5, 9, 13]


def test_that_the_rest_of_a_ligature_has_no_caret_of_its_own() -> None:
    layer = PageLayer((Line(0, 4, 10, 10, 1.0, 0.0, 10.0, 0, False),), array("f", [0, 12, 12, 12, 12, 18, 18, 18]))
    here = PageGeometry(layer, "fik\n")
    assert [here.offset_at(10 + x, 15) for x in (1, 11, 13, 17)] == [0, 2, 2, 3]


def test_that_a_page_without_text_answers_nothing_rather_than_breaking() -> None:
    empty = PageLayer((), array("f"))
    assert PageGeometry(empty).offset_at(10, 10) is None
    assert (offset_at(empty, 1, 1), quads(empty, 0, 5), line_of(empty, 3)) == (0, [], 0)
