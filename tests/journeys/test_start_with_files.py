"""`kantlijn REPORT.pdf LETTER.txt`: both side by side, the first with the keys, nothing asked."""

from __future__ import annotations

from kantlijn.usecases import read


def test_that_the_files_a_window_is_started_with_open_side_by_side(window, qtbot, seed_pdfs, seed_texts):
    window.add_files([seed_pdfs[0], seed_texts[0]])
    panes = window.panes
    qtbot.waitUntil(lambda: len(panes.panes) == 2 and all(pane.content for pane in panes.panes), timeout=20_000)
    assert [bool(pane.content.pages) for pane in panes.panes] == [True, False]
    assert panes.active is panes.panes[0]
    window.add_files([seed_texts[-1]])
    qtbot.waitUntil(
        lambda: len(read.shelf(window.jobs.desk)) == 3 and not window.importing.running, timeout=20_000
    )
    assert len(panes.panes) == 2, "a document added later waits in the sidebar"
