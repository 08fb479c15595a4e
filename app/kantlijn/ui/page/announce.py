"""What screen readers are told when the caret moves: the letter, word or line it came to.

Announcements are used, not a text interface of the views: PySide leaves out part of the latter, and readers that
ask for it take the program down.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent

from kantlijn.text.readable import readable
from kantlijn.words import say

if TYPE_CHECKING:
    from kantlijn.ui.page.surface import Surface

_ALONG = (Qt.Key.Key_Left, Qt.Key.Key_Right)
_MOST = 400  # code points said at once


def heard(view: Surface, key: Qt.Key, before: int, *, selecting: bool) -> str:
    """What there is to say of a caret that went from before to where it is now."""
    selector = view.selector
    over = (min(before, selector.caret), max(before, selector.caret))
    if not selecting and key not in _ALONG:
        over = view.line_ends(selector.caret)
    elif not selecting and over[1] - over[0] == 1:
        over = (selector.caret, selector.caret + 1)
    words = readable(selector.text, over, selector.auxiliary)[:_MOST]
    if not words.strip():
        return say("blank")
    return say("{words}, selected", words=words) if selecting else words


def tell_caret(view: Surface, key: Qt.Key, before: int, *, selecting: bool) -> None:
    """Say where the caret came to; nothing happens while nobody listens."""
    if QAccessible.isActive():
        said = heard(view, key, before, selecting=selecting)
        QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(view, said))
