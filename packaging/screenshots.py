"""Takes the pictures of the manual: the window on the sample project, light and dark, at 1× and 2×.

    .venv/bin/python packaging/screenshots.py          writes docs/*.png

Each picture is taken by a process of its own, since Qt reads the scale only once.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kantlijn.ui.shell.window import Window

DOCS = Path(__file__).resolve().parent.parent / "docs"
PICTURES = {
    "window.png": ("light", "1"),
    "window-2x.png": ("light", "2"),
    "window-dark.png": ("dark", "1"),
    "window-dark-2x.png": ("dark", "2"),
    "compare.png": ("light", "1"),
    "compare-2x.png": ("light", "2"),
    "compare-dark.png": ("dark", "1"),
    "compare-dark-2x.png": ("dark", "2"),
    "search.png": ("light", "1"),
    "summary.png": ("light", "1"),
}


def take(file: Path, scheme: str) -> None:
    """One picture of the window with report and letter side by side and a passage selected."""
    from PySide6.QtCore import QEventLoop, QTimer
    from PySide6.QtWidgets import QApplication

    from kantlijn.settings import Settings
    from kantlijn.ui.kit.style import Look
    from kantlijn.ui.page.view import Place
    from kantlijn.ui.shell.window import Window
    from kantlijn.usecases import read
    from kantlijn.usecases.keeping import demo

    application = QApplication([])
    look = Look(application, scheme)
    folder = Path(tempfile.mkdtemp())
    desk = demo.make_demo(folder / "Toezicht.kantlijn", settings=Settings())
    shelf = read.shelf(desk)
    report, letter = (row.versions[-1].id for row in shelf[:2])
    before = shelf[0].versions[0].id
    text = read.content(desk, report).text
    desk.close()
    window = Window(Settings(), look)
    window.furnish()
    window.resize(1440, 900)
    window.show()
    window.opening.open(folder / "Toezicht.kantlijn")

    def rest(milliseconds: int) -> None:
        loop = QEventLoop()  # QTest.qWait would keep Python's lock from the threads that bring the pages
        QTimer.singleShot(milliseconds, loop.quit)
        loop.exec()

    def until(done: Callable[[], object]) -> None:
        for _ in range(1000):
            if done():
                return
            rest(20)
        raise SystemExit(f"{file.name}: the window did not come to rest")

    until(lambda: window.panes.panes and window.panes.panes[0].content is not None)
    shows = {"compare": compare, "search": search, "summary": summary}
    show = next((shows[name] for name in shows if file.name.startswith(name)), None)
    if show is not None:
        show(window, (before, report), rest, until)
        finish(window, file, rest, until)
        application.quit()
        return
    window.panes.open(letter, beside=True)
    until(lambda: len(window.panes.panes) == 2 and window.panes.panes[1].content is not None)
    left = window.panes.panes[0]
    start = text.index("Het toezicht is verdeeld over drie")
    left.view.go_to(Place(offset=text.index("Samenvatting\n", 2000)))
    left.view.setFocus()
    left.view.select((start, text.index(".", start) + 1))
    left.view.selection_changed.emit()
    finish(window, file, rest, until)
    application.quit()


Rest, Until = Callable[[int], None], Callable[..., None]


def compare(window: Window, versions: tuple[str, str], rest: Rest, until: Until) -> None:
    """Two versions of the report, at one of the changes."""
    window.comparing.compare(*versions)
    until(lambda: window.comparing.compared is not None and not window.jobs.pending)
    rest(800)
    for _ in range(14):
        window.comparing.step(1)


def search(window: Window, _versions: tuple[str, str], rest: Rest, until: Until) -> None:
    """Hits in all documents, one of them shown."""
    window.actions_["search"].trigger()
    window.search.ask("hulp aan slachtoffers")
    until(lambda: window.search.model.rowCount() > 0 and not window.jobs.pending)
    rest(800)
    for _ in range(3):
        window.search.step(1)


def summary(window: Window, _versions: tuple[str, str], _rest: Rest, until: Until) -> None:
    """The builder with its preview."""
    window.actions_["summary"].trigger()
    until(lambda: window.summarising.builder.preview.toPlainText())


def finish(window: Window, file: Path, rest: Callable[[int], None], until: Callable[..., None]) -> None:
    """Wait until all is sharp, take the picture, close the window."""
    tiles = [pane.view.tiles for pane in window.panes.panes if hasattr(pane.view, "tiles")]
    rest(400)  # pages ask for their pictures when they are first painted
    until(lambda: not window.jobs.pending and not any(one.waiting for one in tiles))
    rest(400)
    window.grab().save(str(file))
    window.closing.decided = True
    window.close()


def main() -> int:
    if len(sys.argv) == 3:
        take(Path(sys.argv[1]), sys.argv[2])
        return 0
    for name, (scheme, scale) in PICTURES.items():
        with tempfile.TemporaryDirectory() as home:
            environment = os.environ | {"HOME": home, "QT_QPA_PLATFORM": "offscreen", "QT_SCALE_FACTOR": scale}
            subprocess.run([sys.executable, __file__, str(DOCS / name), scheme], env=environment, check=True)
        print(DOCS / name)
    return 0


if __name__ == "__main__":
    sys.exit(main())
