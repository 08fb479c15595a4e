"""One window per project: a second start finds the first by a socket named after the project, and hands over."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtNetwork import QLocalServer, QLocalSocket

from kantlijn import paths

_WAIT = 800  # milliseconds a living window needs at most to answer


def _name(project: Path) -> str:
    """The socket's name: a path of its owner alone; on Windows a pipe."""
    mark = hashlib.sha256(os.fsencode(project.resolve())).hexdigest()[:20]
    return f"kantlijn-{mark}" if os.name == "nt" else str(paths.runtime_folder() / f"{mark}.sock")


def hand_over(project: Path, files: Sequence[Path], link: str = "") -> bool:
    """Ask the window that has this project to come forward, add files and follow a link. False for none."""
    name = _name(project)
    if os.name != "nt" and not Path(name).exists():
        return False
    socket = QLocalSocket()
    socket.connectToServer(name)
    if not socket.waitForConnected(_WAIT):
        return False
    asked = {"files": [str(file.resolve()) for file in files], "link": link}
    socket.write(json.dumps(asked).encode() + b"\n")
    socket.flush()
    answered = socket.waitForReadyRead(_WAIT)
    socket.disconnectFromServer()
    return answered


class Instance(QObject):
    """Listens for second starts on one project."""

    called = Signal(list, str)
    """(files as Path, link or ""): come forward, add these, and show what the link leads to."""

    def __init__(self, project: Path, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._server = QLocalServer(self)
        self._server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
        self._server.newConnection.connect(self._connected)
        name = _name(project)
        if not self._server.listen(name):
            QLocalServer.removeServer(name)  # left by a window that was killed; the project's own lock decides
            self._server.listen(name)

    def _connected(self) -> None:
        while (socket := self._server.nextPendingConnection()) is not None:
            socket.readyRead.connect(lambda socket=socket: self._read(socket))
            socket.disconnected.connect(socket.deleteLater)
            if socket.canReadLine():
                self._read(socket)

    def _read(self, socket: QLocalSocket) -> None:
        if not socket.canReadLine():
            return
        try:
            asked = json.loads(bytes(socket.readLine().data()).decode())
            files = [Path(str(file)) for file in asked["files"]]
            link = str(asked.get("link", ""))
        except (ValueError, KeyError, TypeError, AttributeError):
            socket.disconnectFromServer()
            return
        socket.write(b"ok\n")
        socket.flush()
        self.called.emit(files, link)

    def close(self) -> None:
        self._server.close()
