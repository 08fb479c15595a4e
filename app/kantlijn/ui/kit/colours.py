"""The colours of the window, light and dark, and the tints derived from theme colours."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, fields
from functools import lru_cache

from PySide6.QtGui import QColor, QGuiApplication, QPalette


@dataclass(frozen=True, slots=True, kw_only=True)
class Tokens:
    """What each colour is for; values are "#rrggbb"."""

    panel: str
    desk: str
    raised: str
    line: str
    line_strong: str
    text: str
    muted: str
    hover: str
    accent: str
    on_accent: str
    accent_soft: str
    selection: str
    danger: str
    popup: str
    popup_text: str
    popup_muted: str
    popup_hover: str
    page: str
    dark: bool

    def plain(self) -> dict[str, str]:
        """Names and values, for the style sheet."""
        return {field.name: str(getattr(self, field.name)) for field in fields(self) if field.name != "dark"}


LIGHT = Tokens(
    panel="#fafaf8", desk="#e4e6e2", raised="#ffffff", line="#dcdedb", line_strong="#8c9196",
    text="#1f2328", muted="#57606a", hover="#f0f1ee",
    accent="#1d4ed8", on_accent="#ffffff", accent_soft="#e6ebf2", selection="#b4d1ff", danger="#b42318",
    popup="#1f2328", popup_text="#f4f5f6", popup_muted="#b4bac1", popup_hover="#3a4048",
    page="#ffffff", dark=False,
)  # fmt: skip
DARK = Tokens(
    panel="#1e2022", desk="#141516", raised="#26292c", line="#34383c", line_strong="#70777e",
    text="#e6e8ea", muted="#a4abb2", hover="#292c2f",
    accent="#8ab4ff", on_accent="#0d1a33", accent_soft="#2a3240", selection="#2f4c7d", danger="#ff8a80",
    popup="#33383d", popup_text="#f4f5f6", popup_muted="#b9c0c7", popup_hover="#4a5158",
    page="#1b1d1f", dark=True,
)  # fmt: skip

THEME_COLOURS = (
    "#1d63c4", "#c2560a", "#2e7d32", "#7b4fb5", "#0f7f86",
    "#b3275f", "#8a6d00", "#4a5a8a", "#6b4f3a", "#5c6670",
)  # fmt: skip
"""What a new theme may take, distinguishable for the colour-blind together with its letter."""


def tokens(dark: bool) -> Tokens:
    """The colours of the scheme."""
    return DARK if dark else LIGHT


def palette(of: Tokens) -> QPalette:
    """A palette for Fusion in these colours."""
    made = QPalette()
    role = QPalette.ColorRole
    for which, value in (
        (role.Window, of.panel), (role.WindowText, of.text), (role.Base, of.raised),
        (role.AlternateBase, of.panel),
        (role.Text, of.text), (role.Button, of.raised), (role.ButtonText, of.text), (role.BrightText, of.danger),
        (role.ToolTipBase, of.popup), (role.ToolTipText, of.popup_text), (role.PlaceholderText, of.muted),
        (role.Highlight, of.accent), (role.HighlightedText, of.on_accent), (role.Link, of.accent),
        (role.LinkVisited, of.accent), (role.Light, of.raised), (role.Midlight, of.hover), (role.Mid, of.line),
        (role.Dark, of.line_strong), (role.Shadow, of.line_strong), (role.Accent, of.accent),
    ):  # fmt: skip
        made.setColor(which, QColor(value))
    for which in (role.WindowText, role.Text, role.ButtonText):
        faint = mix(of.muted, of.panel, 0.35)
        made.setColor(QPalette.ColorGroup.Disabled, which, QColor(faint))
    return made


def luminance(colour: str) -> float:
    """Relative luminance, 0 to 1 (WCAG 2.2)."""
    made = QColor(colour)

    def linear(part: float) -> float:
        return part / 12.92 if part <= 0.04045 else float(((part + 0.055) / 1.055) ** 2.4)

    return 0.2126 * linear(made.redF()) + 0.7152 * linear(made.greenF()) + 0.0722 * linear(made.blueF())


def contrast(one: str, other: str) -> float:
    """Contrast ratio, 1 to 21 (WCAG 2.2)."""
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


def mix(colour: str, into: str, share: float) -> str:
    """A colour with this share (0 to 1) of into."""
    a, b = QColor(colour), QColor(into)
    parts = (
        round(x + (y - x) * share)
        for x, y in ((a.red(), b.red()), (a.green(), b.green()), (a.blue(), b.blue()))
    )
    return "#{:02x}{:02x}{:02x}".format(*parts)


def _until(colour: str, into: str, enough: Callable[[str], bool]) -> str:
    """The first mixture of colour towards into that is enough."""
    for step in range(41):
        mixed = mix(colour, into, step / 40)
        if enough(mixed):
            return mixed
    return into


@lru_cache(maxsize=512)
def chip(colour: str, dark: bool) -> tuple[str, str]:
    """(background, letter) of a solid chip in a theme's colour: the letter keeps 4.5 : 1 on it."""
    if contrast(colour, "#ffffff") >= 4.5:
        return colour, "#ffffff"
    if dark or luminance(colour) > 0.4:
        return colour, _until(mix(colour, "#000000", 0.7), "#000000", lambda ink: contrast(ink, colour) >= 4.5)
    return _until(colour, "#000000", lambda ground: contrast(ground, "#ffffff") >= 4.5), "#ffffff"


@lru_cache(maxsize=512)
def ink(colour: str, dark: bool) -> str:
    """The theme's colour as text on panels and cards of this scheme, 4.5 : 1 at least."""
    of = tokens(dark)
    grounds = (of.panel, of.raised, tint(colour, dark))
    return _until(colour, of.text, lambda mixed: min(contrast(mixed, ground) for ground in grounds) >= 4.5)


@lru_cache(maxsize=512)
def tint(colour: str, dark: bool) -> str:
    """A faint ground in the theme's colour, for pills and passages on chrome."""
    return mix(tokens(dark).raised, colour, 0.2 if dark else 0.13)


def subtheme(colour: str, number: int) -> str:
    """A tint of the parent's colour for its subtheme; number counts from 0."""
    return mix(colour, "#ffffff", min(0.22 + 0.12 * number, 0.5))


def current() -> Tokens:
    """The colours in use now, by the application's palette."""
    return tokens(QGuiApplication.palette().color(QPalette.ColorRole.Window).lightness() < 128)
