"""Zip files that mean harm are refused in a sentence; names inside cannot lead anywhere."""

from __future__ import annotations

import io
import stat
import struct
import zipfile

import pytest

from kantlijn.errors import BadFile
from kantlijn.exchange.archive import Archive

PLENTY = 1 << 30


def zipped(*members: tuple[str | zipfile.ZipInfo, bytes]) -> io.BytesIO:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members:
            archive.writestr(name, data)
    return made


def test_that_plain_files_are_read() -> None:
    members = ("project.qde", b"<Project/>"), ("sources/", b""), ("sources/a.txt", b"woord")
    archive = Archive(zipped(*members), "p.qdpx")
    assert archive.names == ("project.qde", "sources/a.txt")
    assert archive.read("sources/a.txt", PLENTY) == b"woord"
    out = io.BytesIO()
    archive.copy("project.qde", out, lambda: None)
    assert out.getvalue() == b"<Project/>"


@pytest.mark.parametrize("name", ["../weg.txt", "sources/../../weg", "/etc/weg", "C:/weg", "..\\weg", "\\weg"])
def test_that_names_leading_outside_are_refused(name: str) -> None:
    with pytest.raises(BadFile, match=r"“p\.qdpx” holds a file whose name leads outside"):
        Archive(zipped((zipfile.ZipInfo(name), b"x")), "p.qdpx")


def test_that_links_are_no_files() -> None:
    link = zipfile.ZipInfo("sources/koppeling.txt")
    link.create_system, link.external_attr = 3, (stat.S_IFLNK | 0o777) << 16
    assert Archive(zipped((link, b"/etc/passwd"), ("a.qde", b"")), "p.qdpx").names == ("a.qde",)


def test_that_a_bomb_is_refused_before_it_goes_off() -> None:
    bomb = zipped(("sources/groot.txt", bytes(100 << 20)))
    with pytest.raises(BadFile, match="unpacks to far more than its size"):
        Archive(bomb, "p.qdpx").read("sources/groot.txt", PLENTY)


def test_that_a_size_that_lies_does_not_help() -> None:
    made = zipped(("sources/groot.txt", bytes(40 << 20)))
    raw = bytearray(made.getvalue())
    central = raw.index(b"PK\x01\x02")
    raw[central + 24 : central + 28] = struct.pack("<I", 1000)
    archive = Archive(io.BytesIO(bytes(raw)), "p.qdpx")
    with pytest.raises(BadFile, match=r"damaged|unpacks"):
        archive.read("sources/groot.txt", PLENTY)


def test_that_too_much_in_one_piece_or_in_all_is_refused() -> None:
    two = zipped(("a", bytes(range(256)) * 8192), ("b", bytes(range(255)) * 8192))
    with pytest.raises(BadFile, match="too large: no more than 1 MB in one piece and 2 MB in all"):
        Archive(two, "p.qdpx", single=1 << 20, total=2 << 20).read("a", PLENTY)
    archive = Archive(two, "p.qdpx", total=3 << 20)
    archive.read("a", PLENTY)
    with pytest.raises(BadFile, match="too large"):
        archive.read("b", PLENTY)
    with pytest.raises(BadFile, match="holds more than 1 files"):
        Archive(two, "p.qdpx", members=1)


@pytest.mark.parametrize("data", [b"", b"PK\x03\x04", b"%PDF-1.7", b"<xml/>"])
def test_that_what_is_no_zip_is_refused(data: bytes) -> None:
    with pytest.raises(BadFile, match="it is no whole ZIP file"):
        Archive(io.BytesIO(data), "p.qdpx")


def test_that_damaged_and_encrypted_members_are_told_of() -> None:
    made = zipped(("sources/a.txt", b"woorden " * 1000))
    raw = bytearray(made.getvalue())
    raw[45:60] = bytes(15)
    with pytest.raises(BadFile, match=r"“p\.qdpx” is damaged: “a\.txt”"):
        Archive(io.BytesIO(bytes(raw)), "p.qdpx").read("sources/a.txt", PLENTY)
    raw = bytearray(made.getvalue())
    for head, at in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        raw[raw.index(head) + at] |= 1
    with pytest.raises(BadFile, match="cannot be unpacked"):
        Archive(io.BytesIO(bytes(raw)), "p.qdpx").read("sources/a.txt", PLENTY)
