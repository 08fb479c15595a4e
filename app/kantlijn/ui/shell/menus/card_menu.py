"""What the menu of a card in the annotation list offers."""

from __future__ import annotations

from PySide6.QtGui import QAction

from kantlijn.ui.shell.actions import Actions

_NAMES = (
    "note", "relate", "", "copy_html", "copy_markdown", "copy_text",
    "copy_link", "", "highlight", "underline", "strike", "",
    "merge", "duplicate", "", "past", "through", "", "delete",
)  # fmt: skip


def card_actions(actions: Actions) -> list[QAction | None]:
    """The window's own actions, None for a line between them."""
    return [actions[name] if name else None for name in _NAMES]
