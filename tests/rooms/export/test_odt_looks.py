"""How an OpenDocument text is laid out."""

from __future__ import annotations

import io
import zipfile

from lxml import etree

from kantlijn.export.render import render
from rooms.export.a_summary import one

FO = "{urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0}"
STYLE = "{urn:oasis:names:tc:opendocument:xmlns:style:1.0}"
TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"


def test_that_code_in_a_note_begins_where_the_note_does() -> None:
    made = zipfile.ZipFile(io.BytesIO(render(one("Quote.", note="Words.\n\n```\nsome code\n```"), "odt")))
    styles = {style.get(f"{STYLE}name"): style for part in ("styles.xml", "content.xml")
              for style in etree.fromstring(made.read(part)).iter(f"{STYLE}style")}  # fmt: skip

    def margin(name: str | None) -> str | None:
        style = styles[name]
        properties = style.find(f"{STYLE}paragraph-properties")
        own = properties.get(f"{FO}margin-left") if properties is not None else None
        above = style.get(f"{STYLE}parent-style-name")
        return own or (margin(above) if above in styles else None)

    paragraphs = list(etree.fromstring(made.read("content.xml")).iter(f"{TEXT}p"))
    found = {"".join(one.itertext()).strip(): margin(one.get(f"{TEXT}style-name")) for one in paragraphs}
    assert found["some code"] == found["Words."] == "0.6cm"
