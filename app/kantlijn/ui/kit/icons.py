"""Icons of one family (Lucide), tinted with the text colour and sharp at every scale."""

from __future__ import annotations

from functools import lru_cache

from PySide6.QtCore import QByteArray, QRectF, Qt
from PySide6.QtGui import QGuiApplication, QIcon, QPainter, QPixmap

from kantlijn import paths
from kantlijn.ui.kit import colours

STROKE = "1.7"


@lru_cache(maxsize=256)
def _drawing(name: str, colour: str) -> bytes:
    svg = paths.resource("icons", f"{name}.svg").decode()
    return svg.replace("currentColor", colour).replace('stroke-width="2"', f'stroke-width="{STROKE}"').encode()


def paint(painter: QPainter, where: QRectF, name: str, colour: str) -> None:
    """Draw an icon in this colour."""
    from PySide6.QtSvg import QSvgRenderer  # not needed for a window's first paint

    QSvgRenderer(QByteArray(_drawing(name, colour))).render(painter, where)


def pixmap(name: str, colour: str, size: int = 16, scale: float = 1.0) -> QPixmap:
    """An icon of this size (device-independent pixels) for a screen of this scale."""
    made = QPixmap(round(size * scale), round(size * scale))
    made.fill(Qt.GlobalColor.transparent)
    painter = QPainter(made)
    paint(painter, QRectF(made.rect()), name, colour)
    painter.end()
    made.setDevicePixelRatio(scale)
    return made


@lru_cache(maxsize=256)
def icon(name: str, tokens: colours.Tokens, size: int = 16) -> QIcon:
    """An icon for buttons and menus in these colours, faint when disabled."""
    made = QIcon()
    faint = colours.mix(tokens.muted, tokens.panel, 0.5)
    scale = max((screen.devicePixelRatio() for screen in QGuiApplication.screens()), default=1.0)
    made.addPixmap(pixmap(name, tokens.text, size, scale))
    made.addPixmap(pixmap(name, faint, size, scale), QIcon.Mode.Disabled)
    return made
