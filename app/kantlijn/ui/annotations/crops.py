"""Pictures of area passages for cards: asked of the engine when a card comes in sight, the last ones kept."""

from __future__ import annotations

from collections import OrderedDict
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QImage

from kantlijn.errors import Known
from kantlijn.text.within import box_of
from kantlijn.ui.jobs import Jobs

if TYPE_CHECKING:
    from kantlijn.usecases.desk import Bitmap, Source
    from kantlijn.usecases.read import AnnotationRow

_KEPT = 80
_TALLEST = 132
"""Logical pixels of a picture on a card."""
_Key = tuple[str, tuple[float, ...], int]


class Crops(QObject):
    """size() says at once how much room a picture takes; picture() gives it when it is there."""

    came = Signal(str)
    """(annotation id): its picture is there now."""

    def __init__(self, jobs: Jobs, parent: QObject) -> None:
        super().__init__(parent)
        self._jobs = jobs
        self._kept: OrderedDict[_Key, QImage | None] = OrderedDict()

    @staticmethod
    def size(row: AnnotationRow, wide: int) -> tuple[int, int]:
        """Logical pixels, within this width; (0, 0) for a passage of text."""
        if not row.passage.is_area:
            return (0, 0)
        x0, y0, x1, y1 = box_of(row.passage.anchor.quads[0][1])
        scale = min(wide / max(x1 - x0, 1.0), _TALLEST / max(y1 - y0, 1.0), 1.6)
        return (max(1, round((x1 - x0) * scale)), max(1, round((y1 - y0) * scale)))

    def picture(self, row: AnnotationRow, wide: int, ratio: float) -> QImage | None:
        """The picture for this width at this many pixels a logical pixel; None while it is asked for."""
        width, _ = self.size(row, wide)
        page, quad = row.passage.anchor.quads[0]
        pixels = round(width * ratio)
        key: _Key = (row.version.sha256, (page, *quad), pixels)
        if key in self._kept:
            self._kept.move_to_end(key)
            return self._kept[key]
        self._kept[key] = None
        while len(self._kept) > _KEPT:
            self._kept.popitem(last=False)
        from kantlijn.usecases import read

        box = box_of(quad)
        scale = pixels / max(box[2] - box[0], 1.0)
        clip = (round(box[0] * scale), round(box[1] * scale), round(box[2] * scale), round(box[3] * scale))
        self._jobs.do(
            read.source, row.version.id,
            then=lambda source: self._ask(key, row.passage.id, source, page, scale, clip, ratio),
            failed=lambda _error: None,
        )  # fmt: skip
        return None

    def _ask(
        self,
        key: _Key,
        annotation: str,
        source: Source,
        page: int,
        scale: float,
        clip: tuple[int, int, int, int],
        ratio: float,
    ) -> None:
        from kantlijn.usecases.desk import AskBitmap, Priority

        def done(bitmap: Bitmap) -> None:
            image = QImage(
                bitmap.pixels, bitmap.width, bitmap.height, bitmap.stride, QImage.Format.Format_RGB32
            ).copy()
            image.setDevicePixelRatio(ratio)
            self._kept[key] = image
            self.came.emit(annotation)

        def not_done(_error: Known) -> None:
            self._kept[key] = QImage()

        self._jobs.bitmap(
            AskBitmap(source=source, page=page, scale=scale, clip=clip), Priority.THUMBNAIL, done, not_done
        )
