"""The official schemas of REFI-QDA (MIT licence, REFI, www.qdasoftware.org): what every file must obey."""

from __future__ import annotations

import zipfile
from functools import lru_cache
from pathlib import Path

from lxml import etree

SCHEMAS = Path(__file__).resolve().parent / "schemas"
SPACE = {"q": "urn:QDA-XML:project:1.0", "c": "urn:QDA-XML:codebook:1.0"}


@lru_cache
def _schema(name: str) -> etree.XMLSchema:
    return etree.XMLSchema(etree.parse(SCHEMAS / name))


def obeyed(xml: bytes) -> etree._Element:
    """The root, when the file is valid against the schema for its kind; AssertionError with the reason."""
    root = etree.fromstring(xml, etree.XMLParser(huge_tree=True))
    schema = _schema("Codebook.xsd" if "codebook" in root.tag else "Project-mrt2019.xsd")
    assert schema.validate(root), schema.error_log
    return root


def project_of(path: Path) -> bytes:
    """The XML in a .qdpx."""
    with zipfile.ZipFile(path) as archive:
        assert archive.testzip() is None
        return archive.read("project.qde")


def names_in(path: Path) -> set[str]:
    with zipfile.ZipFile(path) as archive:
        return set(archive.namelist())
