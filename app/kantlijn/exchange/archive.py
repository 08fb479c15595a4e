"""Zip files of strangers, read with care: what they claim is not believed, what they unpack to is counted."""

from __future__ import annotations

import posixpath
import re
import stat
import zipfile
import zlib
from collections.abc import Callable, Iterator
from typing import BinaryIO

from kantlijn.errors import BadFile
from kantlijn.words import say

MEMBERS, TOTAL, SINGLE, RATIO = 5000, 2 << 30, 500 << 20, 200
"""The most members; bytes of all together and of one; and how many times larger than packed they may be."""
_SMALL = 16 << 20
"""Bytes that may be packed as tightly as they like: a note of one letter a million times is no bomb."""
_PIECE = 1 << 20
_UTF8, _LOCKED = 0x800, 1
_DRIVE = re.compile(r"[A-Za-z]:")
_TROUBLES = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, OSError, ValueError)


class Archive:
    """An open zip file. file is left open; name is the file's own, for sentences. BadFile for what is no zip.

    names are those of plain files, with "/" between folders. otherwise: the sentence for what is no zip, when the
    file was to be something else than a project of a QDA program.
    """

    def __init__(
        self, file: BinaryIO, name: str, *, members: int = MEMBERS, total: int = TOTAL, single: int = SINGLE,
        otherwise: str = "",
    ) -> None:  # fmt: skip
        self._name, self._left, self._single = name, total, single
        self._whole = total
        try:
            self._zip = zipfile.ZipFile(file)
            infos = self._zip.infolist()
        except _TROUBLES as trouble:
            raise BadFile(
                otherwise
                or say("“{file}” is not a project of a QDA program, or it is damaged: it is no whole ZIP file.",
                       file=name)
            ) from trouble  # fmt: skip
        if len(infos) > members:
            raise BadFile(
                say("“{file}” holds more than {n} files and is not opened.", file=name, n=members)
            )
        self._infos = {_called(info).replace("\\", "/"): info for info in infos if self._is_file(info)}

    @property
    def names(self) -> tuple[str, ...]:
        return tuple(self._infos)

    def must_be_harmless(self) -> None:
        """BadFile for what would be refused on the way, before anything has come in. Headers may still lie."""
        infos = self._zip.infolist()
        if any(stat.S_ISLNK(info.external_attr >> 16) for info in infos):
            raise BadFile(
                say("“{file}” holds a link to a file elsewhere, and is not opened.", file=self._name)
            )
        if any(info.flag_bits & _LOCKED for info in infos):
            raise BadFile(
                say("“{file}” is locked with a password. Export it without, and try again.", file=self._name)
            )
        for info in infos:
            self._check_ratio(info.file_size, info.compress_size)
        if sum(info.file_size for info in infos) > self._whole:
            raise self._too_large()

    def _is_file(self, info: zipfile.ZipInfo) -> bool:
        """Whether it is a plain file. BadFile for a name that leads out of the folder it is unpacked in."""
        written = info.filename.replace("\\", "/")
        parts = written.split("/")
        if written.startswith("/") or ".." in parts or _DRIVE.match(written) or "\0" in info.orig_filename:
            raise BadFile(
                say("“{file}” holds a file whose name leads outside of it, and is not opened.", file=self._name)
            )
        mode = info.external_attr >> 16
        return not info.is_dir() and (not stat.S_IFMT(mode) or stat.S_ISREG(mode))

    def read(self, name: str, most: int) -> bytes:
        """The member's bytes. BadFile when it is damaged, encrypted or larger than most bytes or the limits."""
        return b"".join(self._pieces(name, most))

    def copy(self, name: str, out: BinaryIO, go_on: Callable[[], None]) -> None:
        """Write the member's bytes to out. go_on is called between pieces and may raise. BadFile as read()."""
        for piece in self._pieces(name, self._single):
            go_on()
            out.write(piece)

    def _pieces(self, name: str, most: int) -> Iterator[bytes]:
        info = self._infos[name]
        count, most = 0, min(most, self._single)
        opened = None
        try:
            opened = self._zip.open(info)
            while piece := opened.read(_PIECE):
                count += len(piece)
                self._left -= len(piece)
                self._check(count, most, info.compress_size)
                yield piece
        except _TROUBLES as trouble:
            raise BadFile(
                say("“{file}” is damaged: “{part}” in it cannot be unpacked.", file=self._name,
                    part=posixpath.basename(name))
            ) from trouble  # fmt: skip
        finally:
            if opened is not None:
                opened.close()

    def _check(self, count: int, most: int, packed: int) -> None:
        self._check_ratio(count, packed)
        if count > most or self._left < 0:
            raise self._too_large(most)

    def _check_ratio(self, count: int, packed: int) -> None:
        if count > _SMALL and count > RATIO * max(1, packed):
            raise BadFile(
                say("“{file}” unpacks to far more than its size and is not opened.", file=self._name)
            )

    def _too_large(self, most: int = 0) -> BadFile:
        return BadFile(
            say("“{file}” is too large: no more than {n} MB in one piece and {all} MB in all are read.",
                file=self._name, n=(most or self._single) >> 20, all=self._whole >> 20)
        )  # fmt: skip


def _called(info: zipfile.ZipInfo) -> str:
    """The file's name; many programs write UTF-8 without the flag that says so."""
    if info.flag_bits & _UTF8 or info.filename.isascii():
        return info.filename
    try:
        return info.filename.encode("cp437").decode()
    except UnicodeError:
        return info.filename
