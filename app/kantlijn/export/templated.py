"""Summaries by a template: HTML, Markdown and plain text, by ours or by one that a reader wrote."""

from __future__ import annotations

import re
import traceback
from typing import Any

from kantlijn import paths
from kantlijn.errors import BadFile
from kantlijn.export.harmless import as_markdown, note_as_markdown
from kantlijn.export.notes import noted
from kantlijn.export.said import TO_THE_LETTER, Manner, said
from kantlijn.export.sanitise import only_words
from kantlijn.model.summary import Summary
from kantlijn.words import say

_MISTAKES = (ArithmeticError, LookupError, TypeError, ValueError, AttributeError, RecursionError)
_OURS = re.compile(r"'kantlijn\.[\w.]*?\.(?:Said)?(\w+) object'")
"""How Python speaks of what a template is given."""
TEMPLATED = {"html": ".html", "markdown": ".md", "text": ".txt"}
"""Endings of templates by form."""


def by_template(summary: Summary, form: str, *, source: str = "", name: str = "") -> str:
    """The summary as one of TEMPLATED. source: a reader's own template, called name; else ours.

    Everything of strangers is escaped before or as the template says it; of HTML by a reader's own template only
    words and looks stay. BadFile, with the line, for a mistake in it. It may run for ever: mind the time outside.
    """
    from jinja2 import StrictUndefined, TemplateError
    from jinja2.sandbox import SandboxedEnvironment

    environment = SandboxedEnvironment(
        autoescape=form == "html", trim_blocks=True, lstrip_blocks=True, undefined=StrictUndefined,
        keep_trailing_newline=True,
    )  # fmt: skip
    environment.filters["cell_note"] = _in_a_cell
    values = _values(summary, form)
    if not source:
        return environment.from_string(built_in(form)).render(values).rstrip("\n") + "\n"
    try:
        made = environment.from_string(source.replace("\r\n", "\n")).render(values)
    except (TemplateError, *_MISTAKES) as trouble:
        sentence = say(
            "The template “{name}” has a mistake in line {line}: {what}. Mend it, or choose another one.",
            name=name, line=_line(trouble), what=_what(trouble),
        )  # fmt: skip
        raise BadFile(sentence) from trouble
    return only_words(made, language=summary.language) if form == "html" else made


def built_in(form: str) -> str:
    """The source of our own template."""
    return paths.resource("templates", f"summary{TEMPLATED[form]}").decode()


def _values(summary: Summary, form: str) -> dict[str, Any]:
    manners = {
        "markdown": Manner(line=as_markdown, note=note_as_markdown),
        "text": TO_THE_LETTER,
    }
    manner = manners.get(form) or Manner(line=TO_THE_LETTER.line, note=noted())
    made = said(summary, manner)
    return {name: getattr(made, name) for name in made.__dataclass_fields__}


def _in_a_cell(note: str) -> str:
    """A note in Markdown within a cell of a table, which has one line."""
    return note.replace("|", "&#124;").replace("\n", "<br>")


def _line(trouble: Exception) -> int:
    """The template's line that the mistake is in; the last one that was at work."""
    known = getattr(trouble, "lineno", None)
    if isinstance(known, int):
        return known
    frames = traceback.extract_tb(trouble.__traceback__)
    lines = [frame.lineno for frame in frames if frame.filename == "<template>"]
    return (lines[-1] if lines else 0) or 1


def _what(trouble: Exception) -> str:
    what = " ".join(_OURS.sub(lambda found: f"“{found[1].lower()}”", str(trouble)).split()).rstrip(".")
    return what[:200] or type(trouble).__name__
