"""The look of the window: Fusion with our own palette and one style sheet, following light and dark."""

from __future__ import annotations

import shutil
import weakref
from string import Template

from PySide6.QtCore import QFile, QObject, Qt, QTemporaryDir, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QStyleFactory

from kantlijn import paths
from kantlijn.ui.kit import colours, fonts, icons


class Look(QObject):
    """Keeps the application in the scheme that was chosen ("light", "dark") or the system's ("system")."""

    changed = Signal(bool)
    """(whether dark)."""

    def __init__(self, application: QApplication, scheme: str = "system") -> None:
        super().__init__(application)
        self._application = application
        self._scheme = scheme
        self._folder = QTemporaryDir()
        if self._folder.isValid():  # Qt does not take it away when the program ends
            weakref.finalize(self, shutil.rmtree, self._folder.path(), ignore_errors=True)
        self._dressed = False
        application.setStyle(QStyleFactory.create("Fusion"))
        application.setEffectEnabled(Qt.UIEffect.UI_AnimateMenu, False)
        application.setEffectEnabled(Qt.UIEffect.UI_AnimateCombo, False)
        hints = QGuiApplication.styleHints()
        hints.colorSchemeChanged.connect(self._system_changed)
        self.dark = False
        self._apply()

    def dress(self) -> None:
        """Fonts and style sheet; the palette is there from the start, so that a window can be shown before."""
        if not self._dressed:
            self._dressed = True
            fonts.load()
            self._application.setFont(fonts.chrome())
            self._apply()

    def choose(self, scheme: str) -> None:
        """Use this scheme from now on."""
        self._scheme = scheme
        self._apply()

    def _draw(self, icon: str, colour: str) -> str:
        """A tinted icon as a file, which is what style sheets take."""
        path = self._folder.filePath(f"{icon}-{colour[1:]}.png")
        if not QFile.exists(path):
            icons.pixmap(icon, colour, 12, 1.0).save(path)
            icons.pixmap(icon, colour, 12, 2.0).save(path.replace(".png", "@2x.png"))
        return path

    def _system_changed(self) -> None:
        if self._scheme == "system":
            self._apply()

    def _apply(self) -> None:
        self.dark = self._scheme == "dark" or (
            self._scheme == "system" and QGuiApplication.styleHints().colorScheme() == Qt.ColorScheme.Dark
        )
        tokens = colours.tokens(self.dark)
        self._application.setPalette(colours.palette(tokens))
        if self._dressed:
            self._put_on(tokens)
        self.changed.emit(self.dark)

    def _put_on(self, tokens: colours.Tokens) -> None:
        sheet = Template(paths.resource("styles", "window.qss").decode())
        pictures = {
            "check": self._draw("check", tokens.on_accent),
            "tick": self._draw("check", tokens.text),
            "chevron": self._draw("chevron-down", tokens.muted),
        }
        self._application.setStyleSheet(sheet.substitute(tokens.plain() | pictures))

