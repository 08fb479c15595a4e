"""What a document is called and said to be when it comes in: by its metadata, its first page, its file's name."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import PurePath

from kantlijn.errors import Known
from kantlijn.model.document import Content, Document
from kantlijn.text.first_page import date_in, language_of, number_in
from kantlijn.usecases.wording import date_of

_NOBODY = re.compile(
    r"(?i)\W*(?:anonymous|unspecified|unknown|onbekend|admin|administrator|beheerder|user|gebruiker|owner|eigenaar|"
    r"(?:microsoft )?office user|(?:microsoft )?office-gebruiker|windows[ -](?:user|gebruiker)|microsoft|hp|dell|"
    r"python-docx|apache poi|libreoffice|openoffice\.org)\W*"
)
"""What programs write as the author when nobody gave one."""
_MACHINE = re.compile(
    r"(?i)(?:microsoft \w+ - .*|(?:untitled|naamloos)\b.*|\W*(?:unspecified|anonymous|unknown|onbekend)\W*|"
    r"word document|(?:document|dokument|presentatie|presentation|layout|opmaak|dia|slide|page|pagina)[ _-]?\d*|"
    r"powerpoint[ -]presentati(?:on|e)|title|titel|.*\.(?:pdf|docx?|odt|rtf|txt|html?|indd|qxd|tex|dvi|pptx?))"
)
"""Titles that programs make up, or that are the name of another file."""


def prefilled(document: Document, file: str, content: Content) -> Document:
    """The document with what is known of it, and nothing that is only likely: it would end up beside quotes."""
    first_page = content.pages[0].range[1] if content.pages else None
    said = content.details
    author = " ".join(said.get("author", "").split())
    return replace(
        document,
        title=title_of(file, said), author="" if _NOBODY.fullmatch(author) else author,
        organisation=said.get("organisation", ""), language=_language(said.get("language", ""), content.text),
        date=_date_said(said) or date_in(content.text, first_page),
        identifier=number_in(content.text, first_page, file),
    )  # fmt: skip


def title_of(file: str, details: dict[str, str]) -> str:
    """The title in the file's metadata when a person seems to have written it, else the file's name."""
    title = " ".join(details.get("title", "").split())
    if 2 < len(title) <= 300 and not _MACHINE.fullmatch(title):
        return title
    return " ".join(re.sub(r"[_\s]+", " ", PurePath(file).stem).split()) or file


def _date_said(details: dict[str, str]) -> str:
    """The date that the file gives for its publication, when it is one; readers name it only where it is that."""
    try:
        return date_of(details.get("date", ""))
    except Known:
        return ""


def _language(said: str, text: str) -> str:
    """As the file says, unless its words are plainly of another one: templates say "en-US" of what is Dutch."""
    found = language_of(text)
    return found if found and not said.lower().startswith(found) else said
