"""The menu from which conditions are chosen."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace

from PySide6.QtCore import QDate, Qt
from PySide6.QtGui import QAction, QIcon, QPainter, QPixmap
from PySide6.QtWidgets import QFormLayout, QLineEdit, QMenu, QWidget

from kantlijn.model.filters import AnnotationFilter
from kantlijn.model.theme import Theme
from kantlijn.ui.annotations.conditions import Lookups, kind_names, state_names, way_of, with_theme
from kantlijn.ui.kit import paint
from kantlijn.ui.kit.dialog import Dialog
from kantlijn.ui.kit.plain import entry
from kantlijn.words import language, say

Choose = Callable[[AnnotationFilter], object]


def theme_icon(theme: Theme) -> QIcon:
    """Its letter on its colour."""
    from PySide6.QtCore import QRectF

    made = QPixmap(36, 36)
    made.setDevicePixelRatio(2)
    made.fill(Qt.GlobalColor.transparent)
    painter = QPainter(made)
    paint.chip(painter, QRectF(0, 0, 18, 18), theme.letter, theme.colour)
    painter.end()
    return QIcon(made)


def theme_actions(menu: QMenu, themes: Iterable[Theme], call: Callable[[Theme], object]) -> list[QAction]:
    """An action for each theme, subthemes set in."""
    every = list(themes)
    above = {theme.id: theme.parent for theme in every}
    made = []
    for theme in every:
        depth, parent = 0, theme.parent
        while parent in above and depth < 8:
            depth, parent = depth + 1, above[parent]
        action = menu.addAction(theme_icon(theme), "   " * depth + entry(theme.called(language())))
        action.triggered.connect(lambda _on=False, theme=theme: call(theme))
        made.append(action)
    return made


def fill(
    menu: QMenu, chosen: AnnotationFilter, themes: Iterable[Theme], there: Lookups, choose: Choose, parent: QWidget
) -> None:
    """All that can be asked for; choose is called with the filter that then holds."""
    below = menu.addMenu(say("Theme"))

    def turn(theme: Theme) -> None:
        choose(with_theme(chosen, theme.id, "" if way_of(chosen, theme.id) else "any"))

    every = list(themes)
    for action, theme in zip(theme_actions(below, every, turn), every, strict=True):
        if way_of(chosen, theme.id):
            action.setText(f"{action.text()}\t✓")  # a tick of its own would stand where the icon is
    below.addSeparator()
    _flag(below, say("No theme"), chosen, "untagged", True, choose)
    _documents(menu.addMenu(say("Document")), chosen, there, choose)
    below = menu.addMenu(say("Note"))
    _flag(below, say("Has note"), chosen, "has_note", True, choose)
    _flag(below, say("No note"), chosen, "has_note", False, choose)
    below = menu.addMenu(say("Author"))
    _each(below, {author: author for author in there.authors}, chosen, "authors", choose)
    below.setEnabled(bool(there.authors))
    _dates(menu.addMenu(say("Date")), chosen, choose, parent)
    below = menu.addMenu(say("Relation"))
    _flag(below, say("Has a relation"), chosen, "has_relation", True, choose)
    _flag(below, say("No relation"), chosen, "has_relation", False, choose)
    below.addSeparator()
    _each(below, there.types, chosen, "relations", choose)
    below.addSeparator()
    _each(below, there.statuses, chosen, "statuses", choose)
    _each(menu.addMenu(say("Drawn as")), kind_names(), chosen, "kinds", choose)
    _each(menu.addMenu(say("State")), state_names(), chosen, "states", choose)


def _documents(menu: QMenu, chosen: AnnotationFilter, there: Lookups, choose: Choose) -> None:
    for document, title in there.documents.items():
        _each(menu, {document: title}, chosen, "documents", choose)
        versions = {key: f"    {name}" for key, (of, name) in there.versions.items() if of == document}
        if len(versions) > 1:
            _each(menu, versions, chosen, "versions", choose)


def _each(
    menu: QMenu, names: Mapping[str, str], chosen: AnnotationFilter, field: str, choose: Choose
) -> None:
    """A tick for each value of a list in the filter."""
    values: tuple[str, ...] = getattr(chosen, field)
    for value, name in names.items():
        rest = tuple(one for one in values if one != value) if value in values else (*values, value)
        action = menu.addAction(entry(name))
        action.setCheckable(True)
        action.setChecked(value in values)
        action.triggered.connect(
            lambda _on=False, rest=rest: choose(replace(chosen, **{field: rest}))
        )


def _flag(
    menu: QMenu, text: str, chosen: AnnotationFilter, field: str, value: bool, choose: Choose
) -> None:
    """A tick for yes or no; ticked once more: either."""
    on = getattr(chosen, field) is value
    action = menu.addAction(text)
    action.setCheckable(True)
    action.setChecked(on)
    wanted = None if on else value
    action.triggered.connect(
        lambda _on=False: choose(replace(chosen, **{field: wanted}))  # type: ignore[arg-type]
    )


def _dates(menu: QMenu, chosen: AnnotationFilter, choose: Choose, parent: QWidget) -> None:
    today = QDate.currentDate()
    for days, text in ((0, say("Today")), (6, say("The last 7 days")), (29, say("The last 30 days"))):
        since = today.addDays(-days).toString("yyyy-MM-dd")
        action = menu.addAction(text)
        action.setCheckable(True)
        action.setChecked(chosen.since == since and not chosen.until)
        action.triggered.connect(
            lambda _on=False, since=since: choose(replace(chosen, since=since, until=""))
        )
    menu.addSeparator()
    menu.addAction(say("Between two days…")).triggered.connect(lambda: _ask_days(chosen, choose, parent))


def _ask_days(chosen: AnnotationFilter, choose: Choose, parent: QWidget) -> None:
    dialog = Dialog(
        say("Annotations between two days"),
        say("When they were made or changed last. Leave a day open to set no bound."),
        parent.window(),
    )
    form = QFormLayout()
    form.setSpacing(8)
    fields = {}
    for name, text in (("since", say("From")), ("until", say("Until"))):
        field = QLineEdit(getattr(chosen, name)[:10], dialog)
        field.setPlaceholderText(say("year-month-day, such as 2026-11-20"))
        form.addRow(text, field)
        fields[name] = field
    dialog.body.addLayout(form)
    dialog.add_button(say("Cancel"))
    button = dialog.add_button(say("Filter"), "filter", main=True)

    def good(text: str) -> bool:
        return not text.strip() or QDate.fromString(text.strip(), "yyyy-MM-dd").isValid()

    for field in fields.values():
        field.textChanged.connect(lambda: button.setEnabled(all(good(one.text()) for one in fields.values())))
    if dialog.exec():
        choose(replace(chosen, since=fields["since"].text().strip(), until=fields["until"].text().strip()))
    dialog.deleteLater()
