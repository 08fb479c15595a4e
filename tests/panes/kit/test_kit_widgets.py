"""The kit: fonts and icons that are shipped, a sheet without loose ends, a browser that fetches nothing."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QFont, QFontInfo, QImage, QKeySequence, QPainter, QShortcut, QTextDocument
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from kantlijn import paths
from kantlijn.ui.kit import colours, fonts, icons, paint
from kantlijn.ui.kit.browser import ClosedBrowser
from kantlijn.ui.kit.dialog import Dialog
from kantlijn.ui.kit.flow import Flow
from kantlijn.ui.kit.plain import Words, breakable, entry, named, tip
from kantlijn.ui.kit.style import Look
from kantlijn.ui.kit.tabs import Tabs
from kantlijn.ui.kit.widgets import SearchField


@pytest.fixture
def look(qapp: QApplication) -> Iterator[Look]:
    made = Look(qapp, "light")
    made.dress()
    yield made
    qapp.setStyleSheet("")
    made.deleteLater()


def test_that_the_shipped_fonts_are_used(look: Look) -> None:
    assert QFontInfo(fonts.chrome()).family() == "Inter"
    assert QFontInfo(fonts.serif()).family() == "Source Serif 4"


def test_that_every_icon_named_in_the_code_is_shipped_and_every_icon_shipped_is_named(look: Look) -> None:
    shipped = {name.removesuffix(".svg") for name in paths.resource_names("icons") if name.endswith(".svg")}
    source = Path(icons.__file__).parents[1]
    code = "\n".join(path.read_text("utf-8") for path in source.rglob("*.py"))
    named = {name for name in shipped if f'"{name}"' in code}
    assert shipped == named
    for name in set(re.findall(r'icon="([a-z0-9-]+)"', code)):
        assert name in shipped


def test_that_icons_take_the_colour_of_the_scheme_and_are_sharp_at_twice_the_size(look: Look) -> None:
    drawn = icons.pixmap("tag", "#ff0000", 16, 2.0)
    assert drawn.size().width() == 32 and drawn.devicePixelRatio() == 2.0
    image = drawn.toImage()
    strong = [
        image.pixelColor(x, y) for x in range(32) for y in range(32) if image.pixelColor(x, y).alpha() > 200
    ]
    assert strong and all(colour.red() > 200 and colour.green() < 40 for colour in strong)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_that_the_whole_look_follows_the_scheme(qapp: QApplication, look: Look, scheme: str) -> None:
    heard: list[bool] = []
    look.changed.connect(heard.append)
    look.choose(scheme)
    assert heard == [scheme == "dark"]
    assert colours.current() is colours.tokens(scheme == "dark")
    assert "$" not in qapp.styleSheet()


def test_that_the_browser_loads_no_files_and_no_addresses(look: Look, qtbot, tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("secret")
    browser = ClosedBrowser()
    qtbot.addWidget(browser)
    browser.setHtml(f'<img src="file://{secret}"><p>text</p>')
    picture = browser.loadResource(2, secret.as_uri())  # given nothing, Qt would read the file itself
    assert (picture.width(), picture.height(), picture.pixel(0, 0)) == (1, 1, 0)
    assert browser.loadResource(3, secret.as_uri()) == ""
    assert "text" in browser.toPlainText()


def test_that_escape_empties_the_search_field_first(look: Look, qtbot) -> None:
    field = SearchField("Find")
    qtbot.addWidget(field)
    left: list[bool] = []
    field.escaped.connect(lambda: left.append(True))
    field.setText("words")
    qtbot.keyClick(field, Qt.Key.Key_Escape)
    assert field.text() == "" and not left
    qtbot.keyClick(field, Qt.Key.Key_Escape)
    assert left == [True]


def test_that_keys_of_the_window_work_while_a_search_is_typed(look: Look, qtbot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    field = SearchField("Search", window)
    pressed = []
    for keys in ("Ctrl+E", "Ctrl+K"):
        QShortcut(QKeySequence(keys), window, activated=lambda keys=keys: pressed.append(keys))
    window.show()
    qtbot.waitExposed(window)
    field.setFocus()
    window.activateWindow()
    qtbot.waitUntil(field.hasFocus)
    qtbot.keyClicks(field, "words")
    for key in (Qt.Key.Key_E, Qt.Key.Key_K):
        qtbot.keyClick(field, key, Qt.KeyboardModifier.ControlModifier)
    assert pressed == ["Ctrl+E", "Ctrl+K"]
    assert field.text() == "words"


def test_that_pills_go_to_the_next_row_when_the_list_is_narrow(look: Look, qtbot) -> None:
    holder = QWidget()
    qtbot.addWidget(holder)
    flow = Flow(holder)
    buttons = [QPushButton("A pill with words", holder) for _ in range(4)]
    for button in buttons:
        flow.addWidget(button)
    flow.setGeometry(QRect(QPoint(0, 0), holder.sizeHint().expandedTo(holder.size())))
    one = flow.heightForWidth(2000)
    assert flow.heightForWidth(200) > one


def test_that_tabs_without_room_become_icons_and_the_chosen_one_keeps_its_word(look: Look, qtbot: QtBot) -> None:
    names = {"notes": "Annotations", "pairs": "Relations", "changes": "Changes", "search": "Search"}
    tabs = Tabs(names, icons={"notes": "highlighter", "pairs": "link", "changes": "diff", "search": "search"})
    qtbot.addWidget(tabs)
    tabs.choose("notes")
    tabs.resize(600, 35)
    tabs.show()
    assert not any(tab.folded for tab in tabs.tabs.values())
    tabs.resize(220, 35)
    tabs.choose("changes")
    assert {name for name, tab in tabs.tabs.items() if not tab.folded} == {"changes"}
    assert tabs.tabs["notes"].toolTip() == tabs.tabs["notes"].accessibleName() == "Annotations"
    assert sum(tab.sizeHint().width() for tab in tabs.tabs.values()) <= 220


def test_that_bold_words_of_a_note_take_the_face_that_is_shipped(look: Look) -> None:
    document = QTextDocument()
    document.setMarkdown("plain **strong** plain")
    fonts.soften(document)
    weights = {part.format.fontWeight() for part in document.begin().textFormats()}
    assert int(QFont.Weight.DemiBold) in weights and max(weights) == int(QFont.Weight.DemiBold)


def test_that_many_bold_words_are_one_change_to_lay_out(look: Look) -> None:
    document, changes = QTextDocument(), []
    document.setMarkdown("**strong** plain " * 50)
    document.documentLayout()
    document.contentsChange.connect(lambda *change: changes.append(change))
    fonts.soften(document)
    assert len(changes) == 1


def test_that_words_of_strangers_are_shown_letter_for_letter(look: Look, qtbot: QtBot) -> None:
    evil = "<h1>A & B</h1>"
    label, plain = Words(evil), QLabel()
    for one in (label, plain):
        qtbot.addWidget(one)
    plain.setTextFormat(Qt.TextFormat.PlainText)
    plain.setText(evil)
    assert label.sizeHint() == plain.sizeHint()
    label.setToolTip(evil)
    assert "&lt;h1&gt;A &amp; B" in label.toolTip()
    assert tip("Report & letter") == "Report & letter"
    assert entry("A & B") == "A && B"
    assert breakable("a " + "b" * 30) == "a " + "b" * 24 + "\u200b" + "b" * 6


@pytest.mark.parametrize("words", ["Undo rename “Health & Safety”", "R&D", "&", "Fish && chips"])
def test_that_an_entry_of_a_menu_is_read_back_as_its_words(words: str) -> None:
    assert named(entry(words)) == words
    assert named("&Undo") == "Undo"
    assert named("Save &as…") == "Save as"


def test_that_a_short_dialog_is_no_higher_than_its_words(look: Look, qtbot: QtBot) -> None:
    dialog = Dialog("Import annotations", "This PDF holds no annotations of other programs.")
    qtbot.addWidget(dialog)
    dialog.add_button("Close", main=True)
    dialog.show()
    assert dialog.height() <= dialog.layout().totalHeightForWidth(dialog.width()) < 160


def test_that_a_key_cap_holds_the_whole_combination(look: Look) -> None:
    image = QImage(400, 30, QImage.Format.Format_ARGB32)
    painter = QPainter(image)
    short, whole, endless = (paint.key_cap(painter, 390, 15, key) for key in ("Ctrl", "Ctrl+Shift+F", "x" * 9999))
    painter.end()
    assert whole < short - 30 and endless > 0
