"""A stand-in for the engine, small documents made by hand, and a mouse, for tests of the views."""

from __future__ import annotations

from array import array
from collections.abc import Callable, Sequence

from PySide6.QtCore import QPointF, Qt, QTimer
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QApplication

from kantlijn.errors import EngineTrouble, Known
from kantlijn.model.document import Content, Page
from kantlijn.model.layer import Line, PageLayer
from kantlijn.ui.page.page_view import PageView
from kantlijn.ui.page.reading_view import ReadingView
from kantlijn.ui.page.view import Mark
from kantlijn.usecases.desk import AskBitmap, AskPage, Bitmap, PageThings, Source

A4 = (595.0, 842.0)
SOURCE = Source(key="0" * 64, path="/nowhere/report.pdf")


class Request:
    def __init__(self, ask: AskBitmap, priority: int) -> None:
        self.ask, self.priority, self.cancelled, self.answered = ask, priority, False, False

    def cancel(self) -> None:
        self.cancelled = True


class Draws:
    """Answers every bitmap in one colour from the event loop; pages in broken are refused with a sentence."""

    def __init__(self, *, held: bool = False, colour: bytes = b"\xf0\xf0\xf0\xff") -> None:
        self.held, self.colour = held, colour
        self.requests: list[Request] = []
        self.broken: dict[int, str] = {}
        self.retried: list[int] = []
        self.engine = self
        self.things: dict[int, PageThings] = {}
        self.asked: list[int] = []

    def try_again(self, _source_key: str, page: int) -> None:
        self.retried.append(page)
        self.broken.pop(page, None)

    def bitmap(
        self,
        request: AskBitmap,
        priority: int,
        done: Callable[[Bitmap], object],
        failed: Callable[[Known], object] | None = None,
    ) -> Request:
        made = Request(request, int(priority))
        self.requests.append(made)

        def answer() -> None:
            if made.cancelled or self.held:
                return
            made.answered = True
            if request.page in self.broken:
                if failed is not None:
                    failed(EngineTrouble(self.broken[request.page]))
                return
            x0, y0, x1, y1 = request.clip or (0, 0, 10, 10)
            width, height = x1 - x0, y1 - y0
            done(Bitmap(width=width, height=height, stride=4 * width, pixels=self.colour * (width * height)))

        QTimer.singleShot(0, answer)
        return made

    def ask(self, request: AskPage, _priority: int, done: Callable[[PageThings], object], _failed=None) -> Request:
        """Links and pictures of a page, from things."""
        made = Request(request, int(_priority))
        self.asked.append(request.page)
        QTimer.singleShot(0, lambda: done(self.things.get(request.page, PageThings(links=(), pictures=()))))
        return made

    @property
    def open_requests(self) -> list[Request]:
        return [request for request in self.requests if not request.cancelled and not request.answered]


class _Setting:
    """Sets lines on pages, as an extractor finds them."""

    def __init__(self) -> None:
        self.text = ""
        self.auxiliary: list[tuple[int, int]] = []
        self.sheets: list[Page] = []
        self.layers: list[bytes] = []

    def begin(self) -> None:
        self.text += "\f" if self.sheets else ""
        self.start, self.block = len(self.text), 0
        self.edges, self.lines = array("f"), []

    def line(self, words: str, x: float, y: float, *, aux: bool = False, last: bool = False) -> None:
        begin = len(self.text) - self.start
        self.text += words + ("\n\n" if last else "\n")
        for i in range(len(words)):
            self.edges.extend((6 * i, 6 * i + 6))
        self.edges.extend((6 * len(words),) * (4 if last else 2))
        end = len(self.text) - self.start
        self.lines.append(Line(begin, end, x, y, 1.0, 0.0, 10.0, self.block, aux))
        if aux:
            self.auxiliary.append((self.start + begin, len(self.text)))

    def end(self) -> None:
        number, where = len(self.sheets), (self.start, len(self.text))
        self.sheets.append(Page(index=number, label=str(number + 1), width=A4[0], height=A4[1], range=where))
        self.layers.append(PageLayer(tuple(self.lines), self.edges).pack())


def document(pages: Sequence[Sequence[str]]) -> Content:
    """Pages of lines, 12 points apart, letters 6 points wide; "" begins a new paragraph. Head and foot added."""
    setting = _Setting()
    for number, lines in enumerate(pages):
        setting.begin()
        setting.line("Report 2024", 60, 30, aux=True, last=True)
        setting.block, y = 1, 80.0
        for i, words in enumerate(lines):
            if words:
                setting.line(words, 60, y, last=i + 1 == len(lines) or not lines[i + 1])
            else:
                setting.block += 1
            y += 12
        setting.block += 1
        setting.line(f"{number + 1}", 300, 800, aux=True)
        setting.end()
    return Content(
        extractor="hand/1", mime="application/pdf", text=setting.text, pages=tuple(setting.sheets),
        layers=tuple(setting.layers), auxiliary=tuple(setting.auxiliary),
    )  # fmt: skip


REPORT = document(
    [
        ["Scholen besteden meer aandacht aan weer-", "baarheid dan drie jaar geleden.", "", "De verschillen zijn",
         "groot en blijven dat"],
        ["ook in de regio’s.", "", "Meldpunten zien een verschuiving."],
        ["De wachttijd is opgelopen."],
    ]
)  # fmt: skip


def mark(name: str, start: int, end: int, *themes: str, **more: bool) -> Mark:
    """A mark with themes such as "P#1d63c4"."""
    themes = themes or ("P#1d63c4",)
    return Mark(id=name, range=(start, end), colours=tuple(t[1:] for t in themes),
                letters=tuple(t[0] for t in themes), **more)  # fmt: skip


class Hand:
    """A mouse with fractions of pixels, as a real one has."""

    def __init__(self, view: ReadingView) -> None:
        self._port = view.viewport()

    def _send(self, kind: QMouseEvent.Type, where: QPointF, button: Qt.MouseButton, held: Qt.MouseButton,
              keys: Qt.KeyboardModifier) -> None:  # fmt: skip
        event = QMouseEvent(kind, where, QPointF(self._port.mapToGlobal(where.toPoint())), button, held, keys)
        QApplication.sendEvent(self._port, event)

    def press(self, where: QPointF, keys: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier,
              button: Qt.MouseButton = Qt.MouseButton.LeftButton) -> None:  # fmt: skip
        self._send(QMouseEvent.Type.MouseButtonPress, where, button, button, keys)

    def move(self, where: QPointF, held: Qt.MouseButton = Qt.MouseButton.LeftButton) -> None:
        none = Qt.MouseButton.NoButton
        self._send(QMouseEvent.Type.MouseMove, where, none, held, Qt.KeyboardModifier.NoModifier)

    def release(self, where: QPointF, keys: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier,
                button: Qt.MouseButton = Qt.MouseButton.LeftButton) -> None:  # fmt: skip
        self._send(QMouseEvent.Type.MouseButtonRelease, where, button, Qt.MouseButton.NoButton, keys)

    def click(self, where: QPointF, keys: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        self.press(where, keys)
        self.release(where, keys)

    def double(
        self, where: QPointF, keys: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier, *, hold: bool = False
    ) -> None:
        """A double click; hold: the second press is not let go."""
        self.click(where, keys)
        left = Qt.MouseButton.LeftButton
        self._send(QMouseEvent.Type.MouseButtonDblClick, where, left, left, keys)
        if not hold:
            self.release(where, keys)

    def drag(self, start: QPointF, end: QPointF) -> None:
        self.press(start)
        self.move((start + end) / 2)
        self.move(end)
        self.release(end)


def box_of(view: PageView, words: str, content: Content = REPORT) -> tuple[QPointF, QPointF]:
    """Just inside the first and the last letter of these words, in the viewport."""
    start = content.text.index(words)
    boxes = view.boxes((start, start + len(words)))
    first, last = boxes[0], boxes[-1]
    return QPointF(first.left() + 1, first.center().y()), QPointF(last.right() - 1, last.center().y())


def chosen(view: PageView) -> str:
    found = view.selection()
    return "" if found is None else view.selector.text[found[0] : found[1]]
