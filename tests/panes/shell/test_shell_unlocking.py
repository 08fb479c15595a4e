"""An encrypted PDF of an earlier sitting asks for its password when its pages are to be drawn."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pymupdf
from PySide6.QtWidgets import QPushButton

from kantlijn.ui.shell.shelf.importing import PasswordDialog
from kantlijn.ui.shell.window import Window
from kantlijn.usecases.desk import new_desk
from kantlijn.usecases.shelf.add_documents import add_documents
from panes.shell.reading_desk import settle


def asked(window: Window, qtbot: Any) -> PasswordDialog:
    def there() -> list[PasswordDialog]:
        return [one for one in window.findChildren(PasswordDialog) if one.isVisible()]

    qtbot.waitUntil(lambda: bool(there()), timeout=15_000)
    return there()[0]


def answer(dialog: PasswordDialog, password: str) -> None:
    dialog.field.setText(password)
    next(button for button in dialog.findChildren(QPushButton) if button.isDefault()).click()


def test_that_the_password_is_asked_again_when_wrong_and_then_the_pages_come(
    tmp_path: Path, make_window: Any, qtbot: Any
) -> None:
    document = pymupdf.open()
    document.new_page().insert_text((72, 100), "Prevention begins at school.")
    document.save(tmp_path / "a.pdf", encryption=pymupdf.PDF_ENCRYPT_AES_256, user_pw="kant", owner_pw="lijn")
    desk = new_desk(tmp_path / "p.kantlijn")
    assert add_documents(desk, [tmp_path / "a.pdf"], password="kant").added
    desk.close()
    window = make_window(tmp_path / "p.kantlijn")
    dialog = asked(window, qtbot)
    assert "memory only" in dialog.sentence.text()
    answer(dialog, "wrong")
    qtbot.waitUntil(lambda: not dialog.isVisible())
    again = asked(window, qtbot)
    assert "not right" in again.sentence.text() and "a.pdf" in again.sentence.text()
    answer(again, "kant")
    settle(qtbot, window)
    tiles = window.panes.active.view.tiles
    qtbot.waitUntil(lambda: tiles.bytes_kept > 0, timeout=15_000)
    assert tiles.trouble(0) == ""


def test_that_without_it_the_text_can_still_be_read(tmp_path: Path, make_window: Any, qtbot: Any) -> None:
    document = pymupdf.open()
    document.new_page().insert_text((72, 100), "Prevention begins at school.")
    document.save(tmp_path / "a.pdf", encryption=pymupdf.PDF_ENCRYPT_AES_256, user_pw="kant", owner_pw="lijn")
    desk = new_desk(tmp_path / "p.kantlijn")
    add_documents(desk, [tmp_path / "a.pdf"], password="kant")
    desk.close()
    window = make_window(tmp_path / "p.kantlijn")
    asked(window, qtbot).reject()
    window.panes.active.set_text_mode(True)
    assert "Prevention begins" in window.panes.active.view.selector.text
