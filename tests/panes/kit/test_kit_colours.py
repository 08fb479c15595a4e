"""Colours keep their contrast, in light and dark, whatever colour a theme takes."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kantlijn.ui.kit import colours

colour = st.integers(0, 0xFFFFFF).map(lambda n: f"#{n:06x}")


@given(colour, st.booleans())
def test_that_letters_on_chips_can_be_read(theme: str, dark: bool) -> None:
    ground, letter = colours.chip(theme, dark)
    assert colours.contrast(ground, letter) >= 4.5


@given(colour, st.booleans())
def test_that_theme_names_in_colour_can_be_read_on_every_ground(theme: str, dark: bool) -> None:
    of = colours.tokens(dark)
    for ground in (of.panel, of.raised):
        assert colours.contrast(colours.ink(theme, dark), ground) >= 4.49  # colours have whole steps


@pytest.mark.parametrize("dark", [False, True])
def test_that_text_is_readable_on_what_it_stands_on(dark: bool) -> None:
    of = colours.tokens(dark)
    for ink, ground in (
        (of.text, of.panel), (of.text, of.raised), (of.muted, of.panel), (of.muted, of.raised),
        (of.muted, of.accent_soft), (of.muted, of.hover), (of.accent, of.panel), (of.accent, of.accent_soft),
        (of.on_accent, of.accent), (of.danger, of.panel), (of.popup_text, of.popup),
        (of.popup_text, of.popup_hover), (of.popup_muted, of.popup), (of.text, of.selection),
    ):  # fmt: skip
        assert colours.contrast(ink, ground) >= 4.5, (ink, ground)


@pytest.mark.parametrize("dark", [False, True])
def test_that_focus_and_edges_of_controls_are_seen(dark: bool) -> None:
    of = colours.tokens(dark)
    for edge in (of.accent, of.line_strong):
        assert colours.contrast(edge, of.raised) >= 3


def test_that_a_subtheme_is_a_tint_of_its_parent() -> None:
    tint = colours.subtheme("#1d63c4", 0)
    assert colours.luminance(tint) > colours.luminance("#1d63c4")
    assert colours.subtheme("#1d63c4", 1) != tint
