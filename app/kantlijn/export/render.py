"""The table of the summary's formats."""

from __future__ import annotations

from collections.abc import Callable

from kantlijn.export.story import pages_to_story
from kantlijn.export.summary_pages import pages, passages
from kantlijn.export.templated import TEMPLATED, by_template
from kantlijn.model.summary import Summary


def render(summary: Summary, form: str, *, template: str = "", name: str = "") -> bytes:
    """The summary in one of FORMS, in the language spoken now. KeyError for another.

    template: the source of a reader's own one, called name, for html, markdown and text. BadFile for a mistake
    in it.
    """
    if template and form in TEMPLATED:
        return by_template(summary, form, source=template, name=name).encode()
    return FORMS[form](summary)


def _docx(summary: Summary) -> bytes:
    from kantlijn.export.docx_file import pages_to_docx

    return pages_to_docx(pages(summary))


def _odt(summary: Summary) -> bytes:
    from kantlijn.export.odt_file import pages_to_odt

    return pages_to_odt(pages(summary))


FORMS: dict[str, Callable[[Summary], bytes]] = {
    "html": lambda summary: by_template(summary, "html").encode(),
    "markdown": lambda summary: by_template(summary, "markdown").encode(),
    "text": lambda summary: by_template(summary, "text").encode(),
    "docx": _docx,
    "odt": _odt,
    "story": lambda summary: pages_to_story(pages(summary), printed=True).encode(),
    "whole": lambda summary: pages_to_story(pages(summary)).encode(),
    "clipboard": lambda summary: pages_to_story(passages(summary), whole=False).encode(),
}
"""story is the HTML that the engine makes a PDF of; for the clipboard, whole is all and clipboard the passages."""
