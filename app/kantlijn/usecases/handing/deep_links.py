"""Links into a project: kantlijn://open/NAME.kantlijn?annotation=ID, or ?document=ID with version, page and range.

A link names a project by its file's name, never by a folder: whoever follows it has opened that project before,
so it is looked for among the recent ones. What comes in a link is a stranger's: it is compared with what is known
here, never used as a path.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import parse_qsl, quote, unquote, urlencode, urlsplit

from kantlijn.errors import Known, NotFound
from kantlijn.model.document import Document, Range, Version
from kantlijn.store import passages as stored
from kantlijn.store import shelf
from kantlijn.usecases.desk import Desk, open_desk
from kantlijn.usecases.headings import shortened
from kantlijn.usecases.read import version as read_version
from kantlijn.words import say

SCHEME = "kantlijn"
_ENDING = ".kantlijn"
_LONGEST = 4096
"""Code points of a link; one with a long name and id has some hundred."""
_NAME_MOST = 255
_ID_MOST = 200
_KEYS = ("annotation", "document", "version", "page", "range")
_STRANGE = ("Cc", "Cs", "Zl", "Zp")
_TURNING = "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
_NUMBER = re.compile(r"[0-9]{1,9}")
_RANGE = re.compile(r"([0-9]{1,9}):([0-9]{1,9})")
_PAGE = re.compile(r"(?s)(.+)#page=([0-9]{1,6})(?:&[^#]*)?")


@dataclass(frozen=True, slots=True, kw_only=True)
class DeepLink:
    """project: the file's name with its ending. Nothing more opens the project; an annotation or a document is
    named by id, version by its number (0: the newest), page by its label; range counts code points of that
    version's canonical text.
    """

    project: str
    annotation: str = ""
    document: str = ""
    version: int = 0
    page: str = ""
    range: Range | None = None

    def __str__(self) -> str:
        """As it is written, percent-encoded UTF-8."""
        asked = {
            "annotation": self.annotation, "document": self.document,
            "version": str(self.version) if self.version else "", "page": self.page,
            "range": f"{self.range[0]}:{self.range[1]}" if self.range is not None else "",
        }  # fmt: skip
        question = urlencode({name: value for name, value in asked.items() if value}, quote_via=quote, safe=":")
        return f"{SCHEME}://open/{quote(self.project, safe='')}" + (f"?{question}" if question else "")


@dataclass(frozen=True, slots=True, kw_only=True)
class Spot:
    """Where a link leads: a version's id; in it an annotation's id, code points of its text, or a page's index."""

    version: str = ""
    annotation: str = ""
    range: Range | None = None
    page: int | None = None


# -- writing ------------------------------------------------------------------------------------------------


def link_to_annotation(desk: Desk, annotation_id: str) -> str:
    """The link that shows this annotation. Known where the project has no name yet."""
    return str(DeepLink(project=_name_of(desk), annotation=annotation_id))


def link_to_place(desk: Desk, version_id: str, range: Range | None = None, page: str = "") -> str:
    """The link to a version, to a page by its label, or to a range of its text. Known, NotFound."""
    version = read_version(desk, version_id)
    return str(
        DeepLink(project=_name_of(desk), document=version.document, version=version.number, page=page, range=range)
    )


def page_link(file: str, page: int) -> str:
    """The relative address of a page (index) of a PDF lying beside: report.pdf#page=12, as browsers read it."""
    return f"{quote(file)}#page={page + 1}"


def _name_of(desk: Desk) -> str:
    if desk.scratch:
        raise Known(say("This project has no name yet; save it first, then a link can lead to it."))
    return desk.path.name


# -- reading ------------------------------------------------------------------------------------------------


def is_link(argument: str) -> bool:
    """Whether this is meant as one of our links, sound or not."""
    return argument[: len(SCHEME) + 1].casefold() == f"{SCHEME}:"


def parse(link: str) -> DeepLink:
    """What a link asks for. Known with its sentence for whatever is not one of ours to the letter."""
    if len(link) > _LONGEST:
        raise Known(say("This link is too long to be one of Kantlijn's; nothing was opened."))
    try:
        parts = urlsplit(_plain(link))
        name = _plain(unquote(parts.path.removeprefix("/"), errors="strict"))
        asked = parse_qsl(parts.query, keep_blank_values=True, errors="strict", max_num_fields=20)
        said = {key: _plain(value) for key, value in reversed(asked) if key in _KEYS}
    except (ValueError, UnicodeError):
        raise _no_link() from None
    if parts.scheme != SCHEME or parts.netloc.casefold() != "open" or not parts.path.startswith("/"):
        raise _no_link()
    if any(sign in name for sign in "/\\") or name.strip(". ") == "":
        raise Known(say("This link names a folder instead of a project; nothing was opened."))
    if len(name) > _NAME_MOST:
        raise _no_link()
    if not name.casefold().endswith(_ENDING):
        name += _ENDING
    return _understood(name, said)


def _understood(name: str, said: dict[str, str]) -> DeepLink:
    annotation, document, page = said.get("annotation", ""), said.get("document", ""), said.get("page", "")
    version, where = said.get("version", ""), said.get("range", "")
    found = _RANGE.fullmatch(where)
    wrong = (
        max(map(len, (annotation, document, page))) > _ID_MOST
        or bool(version and not _NUMBER.fullmatch(version))
        or bool(where and (found is None or int(found[1]) >= int(found[2])))
        or bool(annotation and document)
        or bool((version or page or where) and not document)
    )
    if wrong:
        raise Known(say("This link to “{project}” is damaged; nothing was opened.", project=shortened(name, 60)))
    return DeepLink(
        project=name, annotation=annotation, document=document, version=int(version or 0), page=page,
        range=(int(found[1]), int(found[2])) if found is not None else None,
    )  # fmt: skip


def _plain(text: str) -> str:
    """The text; ValueError where signs are in it that no name has: NUL, line ends, turning marks, half pairs."""
    if any(unicodedata.category(sign) in _STRANGE or sign in _TURNING for sign in text):
        raise ValueError("signs that are in no name")
    return text


def _no_link() -> Known:
    return Known(
        say("This is no link of Kantlijn's; those begin with {begin} and the name of a project.",
            begin=f"{SCHEME}://open/")
    )  # fmt: skip


def page_of(argument: str) -> tuple[str, int | None]:
    """A file and the index of a page in it, of "report.pdf#page=12" with or without more, such as "&zoom=2"; the
    argument and None where no page is.
    """
    found = _PAGE.fullmatch(argument)
    if found is None or int(found[2]) < 1:
        return argument, None
    return found[1], int(found[2]) - 1


# -- finding ------------------------------------------------------------------------------------------------


def project_of(link: DeepLink, recent: Sequence[str | Path]) -> Path:
    """The project file that a link is about, of those opened lately (newest first). NotFound with its sentence.

    Of several with this name, in different folders, the first that holds what the link leads to; where none does,
    one that holds it under another name, as a project that was renamed since.
    """
    every = [one for one in dict.fromkeys(map(Path, recent)) if one.is_absolute() and one.is_file()]
    wanted = _folded(link.project)
    named = [one for one in every if _folded(one.name) == wanted]
    if not link.annotation and not link.document and named:
        return named[0]
    others = [one for one in every if one not in named] if link.annotation or link.document else []
    held = next((one for one in (*named, *others) if _holds(one, link)), None)
    if held is None and not named:
        raise NotFound(
            say("“{project}” is not among the projects that were opened here lately. Open it first, then follow "
                "the link again.", project=shortened(link.project, 60))
        )  # fmt: skip
    return held or named[0]


def _holds(project: Path, link: DeepLink) -> bool:
    try:
        desk = open_desk(project, read_only=True)
    except Known:
        return False
    try:
        spot_of(desk, link)
    except Known:
        return False
    finally:
        desk.close()
    return True


def is_about(link: DeepLink, project: Path) -> bool:
    """Whether a link names this project."""
    return _folded(project.name) == _folded(link.project)


def _folded(name: str) -> str:
    return unicodedata.normalize("NFC", name).casefold()


def spot_of(desk: Desk, link: DeepLink) -> Spot:
    """Where a link leads in the open project; an empty Spot for one to the project itself. NotFound."""
    if link.annotation:
        return _annotation(desk, link)
    if not link.document:
        return Spot()
    document = next((one for one in shelf.documents(desk.project) if one.id == link.document), None)
    versions = [one for one in shelf.versions(desk.project) if one.document == link.document]
    if document is None or not versions:
        raise NotFound(
            say("The document of this link is not, or no longer, in “{project}”.", project=desk.path.stem)
        )
    version = next((one for one in versions if one.number == link.version), None)
    if link.version and version is None:
        raise NotFound(
            say("“{title}” has no version {number}.", title=shortened(document.title, 60), number=link.version)
        )
    newest = max(versions, key=lambda one: one.number)
    return _in_version(desk, link, document, version if version is not None else newest)


def _annotation(desk: Desk, link: DeepLink) -> Spot:
    anchors = stored.anchors(desk.project, [link.annotation])
    made = next((one for one in anchors if one.state == "original"), None)
    if made is None:
        raise NotFound(
            say("The passage of this link is not, or no longer, in “{project}”.", project=desk.path.stem)
        )
    return Spot(version=made.version, annotation=link.annotation, range=made.range)


def _in_version(desk: Desk, link: DeepLink, document: Document, version: Version) -> Spot:
    if not link.page and link.range is None:
        return Spot(version=version.id)
    content = desk.content_of(version)
    if link.range is not None:
        if link.range[1] > len(content.text):
            raise NotFound(
                say("The passage of this link lies outside the text of “{title}”.",
                    title=shortened(document.title, 60))
            )  # fmt: skip
        return Spot(version=version.id, range=link.range)
    wanted = link.page.strip().casefold()
    labelled = next((page.index for page in content.pages if page.label.casefold() == wanted), None)
    if labelled is None and _NUMBER.fullmatch(wanted) and 0 < int(wanted) <= len(content.pages):
        labelled = int(wanted) - 1
    if labelled is None:
        raise NotFound(
            say("“{title}” has no page {page}.", title=shortened(document.title, 60),
                page=shortened(link.page, 20))
        )  # fmt: skip
    return Spot(version=version.id, page=labelled)
