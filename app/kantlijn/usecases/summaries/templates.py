"""Templates of summaries that readers write themselves: files in one folder, a copy of ours to begin with."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from kantlijn import paths
from kantlijn.errors import BadFile, DiskTrouble, Known, NotFound, reason_of
from kantlijn.export.templated import TEMPLATED, built_in
from kantlijn.usecases.desk import Desk
from kantlijn.words import say

_LARGEST = 1 << 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Template:
    """form is one of html, markdown and text; source is empty in a list."""

    name: str
    form: str
    path: Path
    source: str = ""


def folder() -> Path:
    """Where they are; made when it is not there. DiskTrouble."""
    found = paths.templates_folder()
    try:
        found.mkdir(parents=True, exist_ok=True)
    except OSError as trouble:
        raise DiskTrouble(
            say("The folder “{folder}” cannot be made: {why}.", folder=str(found),
                why=reason_of(trouble))
        ) from trouble  # fmt: skip
    return found


def templates(_desk: Desk | None = None) -> tuple[Template, ...]:
    """Those of the reader, by name."""
    forms = {ending: form for form, ending in TEMPLATED.items()}
    found = [
        Template(name=path.stem, form=forms[path.suffix.lower()], path=path)
        for path in paths.templates_folder().glob("*")
        if path.suffix.lower() in forms and path.is_file()
    ]
    return tuple(sorted(found, key=lambda one: (one.form, one.name.casefold())))


def template(form: str, name: str) -> Template:
    """One of them with its source. NotFound; BadFile where it is empty or cannot be read as text."""
    found = next((one for one in templates() if one.form == form and one.name == name), None)
    if found is None:
        raise NotFound(
            say("There is no template “{name}” for this format in “{folder}”.", name=name, folder=str(folder()))
        )
    try:
        data = found.path.read_bytes()
        source = data[: _LARGEST + 1].decode("utf-8-sig")
    except (OSError, UnicodeDecodeError) as trouble:
        raise BadFile(say("The template “{name}” cannot be read as text.", name=found.path.name)) from trouble
    if len(data) > _LARGEST:
        raise BadFile(say("The template “{name}” is too large.", name=found.path.name))
    if not source.strip():
        raise BadFile(
            say("The template “{name}” is empty. Write it, or choose another one.", name=found.path.name)
        )
    return Template(name=found.name, form=form, path=found.path, source=source)


def copy_built_in(_desk: Desk | None, form: str, name: str) -> Path:
    """A copy of ours under a new name, to be changed. Known for a name that is taken or none; DiskTrouble."""
    clean = re.sub(r'[\\/:*?"<>|\x00-\x1f]', "-", name).strip(" .")[:80]
    if form not in TEMPLATED:
        raise Known(say("Templates are for {forms}.", forms=", ".join(TEMPLATED)))
    if not clean:
        raise Known(say("Give the template a name."))
    path = folder() / f"{clean}{TEMPLATED[form]}"
    try:
        with path.open("x", encoding="utf-8") as file:
            file.write(built_in(form))
    except FileExistsError as trouble:
        raise Known(say("There is a template “{name}” already.", name=clean)) from trouble
    except OSError as trouble:
        raise DiskTrouble(
            say("“{file}” could not be written: {why}.", file=path.name, why=reason_of(trouble))
        ) from trouble
    return path
