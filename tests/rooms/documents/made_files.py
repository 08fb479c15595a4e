"""Small files of every structured format, made by hand, for tests of their readers."""

from __future__ import annotations

import io
import zipfile
from html import escape

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
_MORE = (
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
    ' xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"'
    ' xmlns:v="urn:schemas-microsoft-com:vml" xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"'
)
ODF = " ".join(
    f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
    for name in ("office", "text", "table", "style", "meta", "manifest")
) + (
    ' xmlns:draw="urn:oasis:names:tc:opendocument:xmlns:drawing:1.0" xmlns:dc="http://purl.org/dc/elements/1.1/"'
)


def zipped(parts: dict[str, str | bytes]) -> bytes:
    """A ZIP file; a part called mimetype stands unpacked."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, part in parts.items():
            packed.writestr(name, part, zipfile.ZIP_STORED if name == "mimetype" else None)
    return out.getvalue()


def docx(body: str, **parts: str) -> bytes:
    """A DOCX with this body; styles, numbering, footnotes, endnotes: what stands inside these parts."""
    made: dict[str, str | bytes] = {
        "[Content_Types].xml": "<Types/>",
        "word/document.xml": f"<w:document {W} {_MORE}><w:body>{body}</w:body></w:document>",
    }
    for name, inside in parts.items():
        made[f"word/{name}.xml"] = f"<w:{name} {W}>{inside}</w:{name}>"
    return zipped(made)


def paragraph(text: str, properties: str = "") -> str:
    """A w:p with one run."""
    return f'<w:p><w:pPr>{properties}</w:pPr><w:r><w:t xml:space="preserve">{escape(text)}</w:t></w:r></w:p>'


def odt(body: str, styles: str = "", meta: str = "", manifest: str = "") -> bytes:
    """An ODT with this body; styles: of the content; meta: inside office:meta; manifest: inside the manifest."""
    return zipped({
        "mimetype": "application/vnd.oasis.opendocument.text",
        "content.xml": f"<office:document-content {ODF}>"
        f"<office:automatic-styles>{styles}</office:automatic-styles><office:body><office:text>{body}</office:text></office:body></office:document-content>",
        "meta.xml": f"<office:document-meta {ODF}><office:meta>{meta}</office:meta></office:document-meta>",
        "META-INF/manifest.xml": f"<manifest:manifest {ODF}>{manifest}</manifest:manifest>",
    })  # fmt: skip


def epub(chapters: dict[str, str], spine: list[str], metadata: str = "", **more: str) -> bytes:
    """An EPUB with these chapters, whole files, in the order of the spine; more: further parts."""
    items = "".join(
        f'<item id="{name}" href="{name}.xhtml" media-type="application/xhtml+xml"'
        f'{" properties=" + chr(34) + "nav" + chr(34) if name == "nav" else ""}/>'
        for name in chapters
    )
    order = "".join(f'<itemref idref="{name}"/>' for name in spine)
    return zipped({
        "mimetype": "application/epub+zip",
        "META-INF/container.xml": '<container xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><rootfiles>'
        '<rootfile full-path="OPS/book.opf"/></rootfiles></container>',
        "OPS/book.opf": '<package xmlns="http://www.idpf.org/2007/opf" xmlns:dc="http://purl.org/dc/elements/1.1/">'
        f"<metadata>{metadata}</metadata><manifest>{items}</manifest><spine>{order}</spine></package>",
        **{f"OPS/{name}.xhtml": chapter for name, chapter in chapters.items()},
        **{f"META-INF/{name}.xml": part for name, part in more.items()},
    })  # fmt: skip


def chapter(body: str) -> str:
    """A chapter of an EPUB."""
    return f'<html xmlns="http://www.w3.org/1999/xhtml"><head><title/></head><body>{body}</body></html>'


def rtf(body: str, head: str = "") -> bytes:
    """An RTF file in cp1252; what that cannot hold must be written as RTF asks."""
    return ("{\\rtf1\\ansi\\ansicpg1252\\deff0" + head + "\n" + body + "}").encode("cp1252")
