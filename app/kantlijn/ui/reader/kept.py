"""The place of a pane as it is kept with the project."""

from __future__ import annotations

from typing import Any

from kantlijn.ui.page.view import Layout, Place


def kept_of(place: Place, layout: Layout, *, text_mode: bool) -> dict[str, Any]:
    """A place, mode and layout as JSON."""
    return {
        "rotation": layout.rotation,
        "spread": layout.spread,
        "single": layout.single,
        "mode": "text" if text_mode else "pages",
        "offset": place.offset,
        "page": place.page,
        "x": place.x,
        "y": place.y,
        "zoom": place.zoom,
    }


def place_of(kept: dict[str, Any]) -> Place:
    """A kept place; what is damaged in it counts as the beginning."""

    def number(name: str) -> float:
        value = kept.get(name, 0)
        return value if isinstance(value, (int, float)) and value == value else 0

    zoom = kept.get("zoom", "width")
    if zoom not in ("width", "page", "trim"):
        try:
            zoom = f"{min(max(float(zoom), 0.1), 8.0):.4g}"
        except (TypeError, ValueError):
            zoom = "width"
    return Place(
        offset=int(number("offset")), page=max(0, int(number("page"))), y=number("y"), x=number("x"), zoom=zoom
    )


def layout_of(kept: dict[str, Any]) -> Layout:
    """A kept layout; what is damaged in it counts as the usual one."""
    rotation, spread = kept.get("rotation", 0), kept.get("spread", "one")
    return Layout(
        rotation=rotation if rotation in (90, 180, 270) else 0,
        spread=spread if spread in ("two", "cover") else "one",
        single=kept.get("single") is True,
    )
