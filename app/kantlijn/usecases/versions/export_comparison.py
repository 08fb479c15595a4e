"""A comparison written where the reader wants it, in one of six forms."""

from __future__ import annotations

from pathlib import Path

from kantlijn.errors import Known
from kantlijn.export.comparison_report import about_to_plain
from kantlijn.model.comparison import comparison_to_plain
from kantlijn.model.comparison_report import About, Side, Touched
from kantlijn.model.document import Content, Document, Version
from kantlijn.model.filters import AnnotationFilter
from kantlijn.store import shelf
from kantlijn.usecases.desk import Desk, now
from kantlijn.usecases.long_call import LongCalls
from kantlijn.usecases.press import Press
from kantlijn.usecases.read import annotation_rows
from kantlijn.usecases.versions.compare import Compared, loss_sentence, unrelated_sentence
from kantlijn.usecases.versions.review import ReviewRow, review
from kantlijn.usecases.versions.whats_new import touching_annotations
from kantlijn.usecases.whole_file import must_not_be_a_source, write_whole
from kantlijn.words import language, say

FORMS = ("html", "docx", "pdf", "markdown", "csv", "json")
ENDINGS = {"html": ".html", "docx": ".docx", "pdf": ".pdf", "markdown": ".md", "csv": ".csv", "json": ".json"}
_PATIENCE = 600.0


def export_comparison(
    desk: Desk | None, compared: Compared, path: Path, form: str, *, title: str = "", whole: bool = True,
    annotations: bool = True,
) -> Path:  # fmt: skip
    """Write it to this file, whole or not at all. DiskTrouble; Known for another form or a document there.

    whole: with the redline of the whole text; annotations: with those touched and carried.
    """
    must_not_be_a_source(desk, path, pdf=form == "pdf")
    write_whole(path, rendered(desk, compared, form, title=title, whole=whole, annotations=annotations))
    return path


def rendered(
    desk: Desk | None, compared: Compared, form: str, *, title: str = "", whole: bool = True,
    annotations: bool = True,
) -> bytes:  # fmt: skip
    """The file's bytes, made in processes of their own. Known for another form; EngineTrouble."""
    if form not in FORMS:
        raise Known(say("A comparison is written as {forms}, not as “{form}”.", forms=", ".join(FORMS), form=form))
    about = about_of(desk, compared, title=title, whole=whole, annotations=annotations)
    asked: dict[str, object] = {
        "form": "story" if form == "pdf" else form, "about": about_to_plain(about),
        "comparison": comparison_to_plain(compared.comparison),
        "sides": [_flow(compared.old_content), _flow(compared.new_content)],
    }  # fmt: skip
    texts = compared.old_content.text.encode(), compared.new_content.text.encode()
    with LongCalls(_never, patience=_PATIENCE) as workshop, Press(_never) as press:
        made = workshop.call("report", asked, *texts)
        return press.printed(made) if form == "pdf" else made


def _never() -> bool:
    return False


def _flow(content: Content) -> dict[str, object]:
    return {
        "pages": [[page.label, page.range] for page in content.pages], "auxiliary": content.auxiliary,
    }  # fmt: skip


def about_of(desk: Desk | None, compared: Compared, *, title: str, whole: bool, annotations: bool) -> About:
    """What the report says beside the changes. desk None: two files that no project has."""
    comparison = compared.comparison
    sure = comparison.conserved and comparison.is_related
    with_notes = annotations and desk is not None
    return About(
        title=title.strip() or _title(compared), language=language(), made=now(),
        author=desk.author if desk is not None else "",
        old=_side(desk, compared.old, compared.old_title, compared.old_content),
        new=_side(desk, compared.new, compared.new_title, compared.new_content),
        warnings=tuple(one for one in (unrelated_sentence(comparison), loss_sentence(comparison)) if one),
        conserved=say("Everything not marked is letter for letter the same.") if sure else "",
        touched=_touched(desk, compared) if with_notes and desk is not None else {},
        carried=_carried(desk, compared) if with_notes and desk is not None else (), whole=whole,
    )  # fmt: skip


def _title(compared: Compared) -> str:
    if compared.old_title == compared.new_title:
        return say("Changes in “{title}”", title=compared.new_title)
    return say("Changes from “{old}” to “{new}”", old=compared.old_title, new=compared.new_title)


def _side(desk: Desk | None, version: Version, title: str, content: Content) -> Side:
    document: Document | None = None
    several = False
    if desk is not None:
        document = next((one for one in shelf.documents(desk.project) if one.id == version.document), None)
        several = sum(one.document == version.document for one in shelf.versions(desk.project)) > 1
    return Side(
        title=title, file=version.file, number=version.number if several else 0,
        date=document.date if document is not None and not several else "",
        pages=tuple((page.label, page.range) for page in content.pages),
    )  # fmt: skip


def _touched(desk: Desk, compared: Compared) -> dict[int, tuple[Touched, ...]]:
    touching = touching_annotations(desk, compared)
    ids = {annotation for annotations in touching.values() for annotation in annotations}
    if not ids:
        return {}
    themes = {theme.id: theme for theme in shelf.themes(desk.project)}
    rows = {row.passage.id: row for row in annotation_rows(desk, AnnotationFilter(ids=tuple(ids)))}
    made = {
        name: Touched(
            themes=tuple(
                (themes[one].letter, themes[one].called(language()), themes[one].colour)
                for one in row.passage.annotation.themes
                if one in themes
            ),
            note=row.passage.annotation.note,
        )
        for name, row in rows.items()
    }
    return {
        number: tuple(made[one] for one in found if one in made) for number, found in touching.items()
    }


def _carried(desk: Desk, compared: Compared) -> tuple[Touched, ...]:
    return tuple(_reviewed(row) for row in review(desk, compared.new.id).rows)


def _reviewed(row: ReviewRow) -> Touched:
    target = row.carried.target
    states = {
        "check": say("to check"), "changed": say("changed"), "lost": say("lost"), "decided": say("decided"),
        "sure": say("moved") if target.state == "moved" else say("unchanged"),
    }  # fmt: skip
    page = target.page_label if target.state != "lost" else ""
    return Touched(
        themes=tuple((theme.letter, theme.called(language()), theme.colour) for theme in row.themes),
        note=row.carried.annotation.note, state=states[row.group],
        quote="".join(text for text, kind in row.words if kind != "deleted" or row.group == "lost"),
        place=say("p. {page}", page=page) if page else "",
    )  # fmt: skip
