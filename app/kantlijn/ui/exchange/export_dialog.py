"""For which program: the format in which annotations are handed over, and which of them."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QFont, QFontMetrics, QPainter
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QHBoxLayout,
    QListWidget,
    QListWidgetItem,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from kantlijn.ui.kit import colours, fonts, icons, paint
from kantlijn.ui.kit.dialog import Dialog
from kantlijn.ui.kit.plain import Words
from kantlijn.ui.kit.rows import Index
from kantlijn.words import say

_NAME, _ABOUT, _ICON = Qt.ItemDataRole.UserRole, Qt.ItemDataRole.UserRole + 1, Qt.ItemDataRole.UserRole + 2


class ExportDialog(Dialog):
    """form, table and only say what was chosen. pdf: whether a PDF is being read that can be copied."""

    def __init__(self, parent: QWidget | None, *, pdf: str, narrowed: bool, last: str = "") -> None:
        super().__init__(
            say("Export annotations"), say("Your project and its documents stay as they are."), parent
        )
        self.forms = QListWidget(self)
        self.forms.setAccessibleName(say("Format"))
        self.forms.setItemDelegate(_Delegate(self.forms))
        self.forms.setMouseTracking(True)
        for form, icon, text, about in _forms(pdf):
            item = QListWidgetItem(text)
            item.setData(_NAME, form)
            item.setData(_ABOUT, about)
            item.setData(_ICON, icon)
            if form == "pdf-copy" and not pdf:
                item.setFlags(Qt.ItemFlag.NoItemFlags)
            self.forms.addItem(item)
            if form == last and item.flags() & Qt.ItemFlag.ItemIsEnabled:
                self.forms.setCurrentItem(item)
        if self.forms.currentRow() < 0:
            self.forms.setCurrentRow(0)
        rows = self.forms.count() * _high() + 10
        self.forms.setMinimumHeight(rows)
        self.forms.itemDoubleClicked.connect(lambda _item: self._choose("export"))
        self.body.addWidget(self.forms, 1)
        row = QHBoxLayout()
        row.setSpacing(10)
        self.table_name = Words(say("Table"), self)
        self.table = QComboBox(self)
        self.table.setAccessibleName(say("Table"))
        for name, text in (
            ("annotations", say("Annotations")), ("matrix", say("Themes × documents")),
            ("relations", say("Relations")), ("themes", say("Themes")), ("documents", say("Documents")),
        ):  # fmt: skip
            self.table.addItem(text, name)
        row.addWidget(self.table_name)
        row.addWidget(self.table)
        self.only = QCheckBox(say("Only what the list shows"), self)
        self.only.setVisible(narrowed)
        self.only.setChecked(narrowed)
        row.addWidget(self.only)
        row.addStretch(1)
        self.body.addLayout(row)
        self.add_button(say("Cancel"))
        self.add_button(say("Export…"), "export", main=True)
        self.forms.currentItemChanged.connect(lambda *_: self._fit())
        self._narrowed = narrowed
        self._fit()
        self.setMinimumWidth(560)
        self.forms.setFocus()

    def form(self) -> str:
        """The format's name in the command line too."""
        return str(self.forms.currentItem().data(_NAME))

    def _fit(self) -> None:
        csv = self.form() == "csv"
        self.table_name.setVisible(csv)
        self.table.setVisible(csv)
        self.only.setVisible(self._narrowed and self.form() not in ("qdc", "themes"))


def _forms(pdf: str) -> tuple[tuple[str, str, str, str], ...]:
    """Name, icon, text, what it is for."""
    copy = say("“{title}” with highlights and notes that any PDF reader shows.", title=pdf) if pdf else (
        say("Open a PDF to make a copy of it with highlights and notes.")
    )
    return (
        ("xlsx", "table", say("Workbook (.xlsx)"), say("Annotations, relations and a matrix, each on a sheet.")),
        ("csv", "table", say("Table (.csv)"), say("One table, for spreadsheets and statistics.")),
        ("pdf-copy", "highlighter", say("PDF copy"), copy),
        ("qdpx", "share-2", say("REFI-QDA project (.qdpx)"), say("For QualCoder, ATLAS.ti, MAXQDA and NVivo.")),
        ("qdc", "tags", say("REFI-QDA codebook (.qdc)"), say("The themes alone, for the same programs.")),
        ("themes", "tags", say("Themes (.csv)"), say("The themes as a table, to edit and take in again.")),
        ("jsonld", "quote", say("Web annotations (.jsonld)"), say("A W3C standard; Kantlijn reads them again.")),
        ("json", "braces", say("JSON"), say("All there is to say of each annotation, for scripts.")),
    )


def _high() -> int:
    return QFontMetrics(fonts.chrome(13)).height() + QFontMetrics(fonts.chrome(11.5)).height() + 16


class _Delegate(QStyledItemDelegate):
    def sizeHint(self, _option: QStyleOptionViewItem, _index: Index) -> QSize:
        return QSize(100, _high())

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        tokens = colours.current()
        there = bool(option.state & QStyle.StateFlag.State_Enabled)
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        hovered = bool(option.state & QStyle.StateFlag.State_MouseOver) and there
        paint.row(painter, option.rect, selected=chosen, hovered=hovered)
        inner = QRectF(option.rect).adjusted(16, 7, -14, -7)
        faint = colours.mix(tokens.muted, tokens.panel, 0.35)
        icons.paint(
            painter, QRectF(inner.left(), inner.center().y() - 9, 18, 18), index.data(_ICON),
            tokens.muted if there else faint,
        )  # fmt: skip
        strong, small = fonts.chrome(13, QFont.Weight.Medium), fonts.chrome(11.5)
        high = QFontMetrics(strong).height()
        left = inner.left() + 32
        paint.words(painter, QRectF(left, inner.top(), inner.right() - left, high), index.data(),
                    colour=tokens.text if there else faint, font=strong)  # fmt: skip
        paint.words(painter, QRectF(left, inner.top() + high + 2, inner.right() - left, high), index.data(_ABOUT),
                    colour=tokens.muted if there else faint, font=small)  # fmt: skip
