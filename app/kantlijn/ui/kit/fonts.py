"""The shipped faces: Inter for the window's own words, Source Serif for quotes."""

from __future__ import annotations

from PySide6.QtGui import QFont, QFontDatabase, QTextCharFormat, QTextCursor, QTextDocument

from kantlijn import paths

CHROME = "Inter"
SERIF = "Source Serif 4"


def load() -> None:
    """Make the shipped fonts known to Qt; once, after the application is there."""
    for name in paths.resource_names("fonts"):
        if name.endswith(".ttf"):
            QFontDatabase.addApplicationFontFromData(paths.resource("fonts", name))


def chrome(pixels: float = 13, weight: QFont.Weight = QFont.Weight.Normal) -> QFont:
    """Inter with tabular figures. pixels are those of a 96 dpi screen, so that the system's text size counts."""
    font = QFont(CHROME)
    font.setPointSizeF(pixels * 0.75)
    font.setWeight(weight)
    if hasattr(font, "setFeature"):  # Qt 6.7
        font.setFeature(QFont.Tag("tnum"), 1)
    return font


def soften(document: QTextDocument) -> None:
    """Semibold for what is bold: no bolder face is shipped, and one made up by Qt is smeared."""
    strong = QTextCharFormat()
    strong.setFontWeight(QFont.Weight.DemiBold)
    cursor = QTextCursor(document)
    cursor.beginEditBlock()  # else Qt lays a table out anew for every word
    block = document.begin()
    while block.isValid():
        for part in block.textFormats():
            if part.format.fontWeight() > QFont.Weight.DemiBold:
                cursor.setPosition(block.position() + part.start)
                cursor.setPosition(block.position() + part.start + part.length, QTextCursor.MoveMode.KeepAnchor)
                cursor.mergeCharFormat(strong)
        block = block.next()
    cursor.endEditBlock()


def strong(text: str) -> str:
    """Words in semibold, for labels that take HTML; text is HTML already."""
    return f'<b style="font-weight:600">{text}</b>'


def serif(pixels: float = 14) -> QFont:
    """The face of quotes."""
    font = QFont(SERIF)
    font.setPointSizeF(pixels * 0.75)
    return font
