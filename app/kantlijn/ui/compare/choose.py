"""Which two versions to compare."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QComboBox, QFormLayout, QWidget

from kantlijn.ui.kit.dialog import Dialog
from kantlijn.ui.kit.plain import Words
from kantlijn.ui.kit.widgets import Combo
from kantlijn.words import say

if TYPE_CHECKING:
    from kantlijn.usecases.read import ShelfRow


class ChooseVersions(Dialog):
    """Every version of every document on either side; the two last of the document at hand to begin with."""

    def __init__(
        self, shelf: Sequence[ShelfRow], old: str, new: str, parent: QWidget | None = None
    ) -> None:
        super().__init__(
            say("Compare versions"),
            say("Two versions of a document, or any two documents: what changed from the first to the second."),
            parent,
        )
        form = QFormLayout()
        form.setSpacing(10)
        self.old, self.new = (self._versions(shelf, chosen) for chosen in (old, new))
        for label, combo in ((say("From"), self.old), (say("To"), self.new)):
            name = Words(label, self)
            name.setBuddy(combo)
            combo.setAccessibleName(label)
            form.addRow(name, combo)
        self.body.addLayout(form)
        self.add_button(say("Cancel"))
        self.go = self.add_button(say("Compare"), "compare", main=True)
        for combo in (self.old, self.new):
            combo.currentIndexChanged.connect(self._allow)
        self._allow()
        self.setMinimumWidth(560)

    def _versions(self, shelf: Sequence[ShelfRow], chosen: str) -> QComboBox:
        combo = Combo(self)
        combo.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        combo.setMinimumContentsLength(30)
        for row in shelf:
            for version in reversed(row.versions):
                several = len(row.versions) > 1
                number = say("version {number}", number=version.number) if several else ""
                said = " · ".join(part for part in (row.document.title, number, version.file) if part)
                combo.addItem(said, version.id)
        combo.setCurrentIndex(max(0, combo.findData(chosen)))
        return combo

    def _allow(self) -> None:
        self.go.setEnabled(self.old.currentData() != self.new.currentData())

    @property
    def versions(self) -> tuple[str, str]:
        """(old, new)."""
        return str(self.old.currentData()), str(self.new.currentData())


def likely_pair(shelf: Sequence[ShelfRow], version: str, others: Sequence[str]) -> tuple[str, str]:
    """What a reader probably wants to compare: two versions that stand open, else the last two of this document.

    Two documents that stand open, where neither of them has an earlier version.
    """
    row = next((row for row in shelf if any(one.id == version for one in row.versions)), None)
    numbers = {one.id: one.number for one in row.versions} if row is not None else {}
    beside = next((one for one in others if one in numbers and one != version), "")
    if beside:
        first, second = sorted((version, beside), key=lambda one: numbers[one])
        return first, second
    if row is None or len(row.versions) < 2:
        several = [other for other in shelf if len(other.versions) > 1]
        shown = [other for other in several if any(one.id in others for one in other.versions)]
        other = next((one for one in others if one and one != version), "")
        if version and other and not shown:
            return version, other
        row = next(iter([*shown, *several]), row)
    if row is not None and len(row.versions) > 1:
        return row.versions[-2].id, row.versions[-1].id
    every = [one.id for row in shelf for one in row.versions]
    return (version or every[0] if every else ""), next((one for one in every if one != version), "")


def before_and(shelf: Sequence[ShelfRow], version: str) -> tuple[str, str]:
    """The version before this one and this one; of the first the one after; of an only one whatever there is."""
    for row in shelf:
        ids = [one.id for one in row.versions]
        if version in ids and len(ids) > 1:
            place = max(1, ids.index(version))
            return ids[place - 1], ids[place]
    others = [one.id for row in shelf for one in row.versions if one.id != version]
    return others[0] if others else version, version
