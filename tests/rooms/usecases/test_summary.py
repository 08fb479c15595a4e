"""Summaries from a real project: gathered in the right order, rendered, written whole."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from pathlib import Path

import docx
import pymupdf
import pytest

from kantlijn import paths
from kantlijn.errors import Cancelled, DiskTrouble, Known
from kantlijn.model.entry import Entry
from kantlijn.model.filters import AnnotationFilter
from kantlijn.model.recipe import Wanted
from kantlijn.model.summary import Group, Summary
from kantlijn.settings import Settings
from kantlijn.usecases import read
from kantlijn.usecases.desk import Desk, new_desk
from kantlijn.usecases.find import find_theme, find_version
from kantlijn.usecases.marking.areas import tag_area
from kantlijn.usecases.marking.arrange_themes import add_theme
from kantlijn.usecases.marking.tag import locate_quote, tag
from kantlijn.usecases.shelf.add_documents import add_documents
from kantlijn.usecases.shelf.edit_documents import edit_document
from kantlijn.usecases.summaries.write_summary import (
    annotations_for_clipboard,
    called,
    export_summary,
    gather,
    preview,
    render_summary,
)
from kantlijn.usecases.versions import passage_past

REPORT = """Schools teach pre-
vention every year. Some do not. Parents help at home.

The council met twice. It will meet again.
"""
OLDER = "Parents were not asked.\n"
ENDLESS = "{% for a in range(99999) %}{% for b in range(99999) %}{{ a * b }}{% endfor %}{% endfor %}"


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    desk = new_desk(tmp_path / "oversight.kantlijn", settings=Settings())
    (tmp_path / "report.txt").write_text(REPORT, "utf-8")
    (tmp_path / "letter.txt").write_text(OLDER, "utf-8")
    report = add_documents(desk, [tmp_path / "report.txt"], title="Report", date="2024-05").added[0]
    edit_document(desk, report.document, identifier="RDL 7", organisation="The Council")
    add_documents(desk, [tmp_path / "letter.txt"], title="Letter")
    add_theme(desk, "Schools", parent=find_theme(desk, "Prevention").id)

    def put(document: str, quote: str, *themes: str, note: str = "") -> None:
        version = find_version(desk, document).id
        ids = [find_theme(desk, theme).id for theme in themes]
        tag(desk, version, locate_quote(desk, version, quote), ids, note=note)

    put("Letter", "Parents were not asked", "Prevention")
    put("Report", "Parents help at home.", "Prevention", "Cooperation", note="*Nice*")
    put("Report", "teach prevention", "Schools")
    put("Report", "The council met twice.")
    yield desk
    desk.close()


def entries(summary: Summary) -> list[Entry]:
    """All that stand in it, of the groups inside groups too."""
    def within(groups: tuple[Group, ...]) -> list[Entry]:
        return [entry for group in groups for entry in (*group.entries, *within(group.groups))]

    return within(summary.groups)


def outline(groups: tuple[Group, ...]) -> list[object]:
    """Titles with the quotes under them and the groups inside."""
    return [
        (group.title, [entry.quote for entry in group.entries], *([outline(group.groups)] if group.groups else []))
        for group in groups
    ]


def test_that_by_theme_each_quote_stands_under_all_its_themes_and_the_untagged_last(desk: Desk) -> None:
    summary = gather(desk)
    assert outline(summary.groups) == [
        (
            "Prevention", ["Parents help at home.", "Parents were not asked"],
            [("Schools", ["teach prevention"])],
        ),
        ("Cooperation", ["Parents help at home."]),
        ("Without a theme", ["The council met twice."]),
    ]  # fmt: skip
    assert summary.total == 4
    assert summary.title == "Oversight"


def test_that_by_document_quotes_stand_in_reading_order(desk: Desk) -> None:
    summary = gather(desk, Wanted(by="document"))
    assert outline(summary.groups) == [
        ("Report", ["teach prevention", "Parents help at home.", "The council met twice."]),
        ("Letter", ["Parents were not asked"]),
    ]
    assert summary.groups[0].about == "The Council, RDL 7, May 2024"


def test_that_a_quote_carries_its_place_in_the_text(desk: Desk) -> None:
    source = gather(desk, Wanted(by="document")).groups[0].entries[2].source
    assert (source.title, source.identifier, source.date) == ("Report", "RDL 7", "2024-05")
    assert (source.page, source.line, source.number) == (None, 4, 0)


def test_that_a_quote_says_on_which_pages_it_stands(desk: Desk, tmp_path: Path) -> None:
    with pymupdf.open() as made:
        for number in range(1, 4):
            made.new_page().insert_text((72, 100), f"Help goes on on page {number} of the report")
        made.save(tmp_path / "pages.pdf")
    add_documents(desk, [tmp_path / "pages.pdf"])
    version = find_version(desk, "pages.pdf")
    content = desk.content_of(version)
    second, third = (page.range[0] for page in content.pages[1:])
    for place in ((0, 20), (5, second + 9), (5, third)):  # the last of them ends with white space
        tag(desk, version.id, place, [])
    there = [one.source for one in entries(gather(desk)) if one.source.file == "pages.pdf"]
    found = [(one.page, one.last_page) for one in there]
    assert sorted(found) == [("1", "1"), ("1", "2"), ("1", "2")]


def test_that_a_filter_on_a_theme_makes_groups_of_it_and_its_subthemes_only(desk: Desk) -> None:
    chosen = AnnotationFilter(any_themes=(find_theme(desk, "Prevention").id,))
    summary = gather(desk, Wanted(chosen=chosen))
    assert [group.title for group in summary.groups] == ["Prevention"]
    assert [group.title for group in summary.groups[0].groups] == ["Schools"]
    assert summary.total == 3


def test_that_a_quote_of_one_version_of_several_says_which(desk: Desk, tmp_path: Path) -> None:
    (tmp_path / "newer.txt").write_text("Parents were asked at last.\n", "utf-8")
    add_documents(desk, [tmp_path / "newer.txt"], version_of="Letter")
    (entry,) = gather(desk, Wanted(by="document")).groups[1].entries
    assert (entry.source.number, entry.source.file) == (1, "letter.txt")


def test_that_context_is_the_rest_of_the_sentence_else_the_next_one(desk: Desk) -> None:
    first, second, third = gather(desk, Wanted(by="document", context=1)).groups[0].entries
    assert (first.before, first.after) == ("Schools", "every year.")
    assert (second.before, second.after) == ("Some do not.", "The council met twice.")
    assert (third.before, third.after) == ("Parents help at home.", "It will meet again.")
    (only,) = gather(desk, Wanted(by="document", context=1)).groups[1].entries
    assert (only.before, only.after) == ("", "")  # a full stop is no context
    plain = gather(desk, Wanted(by="document")).groups[0].entries[0]
    assert (plain.before, plain.after) == ("", "")


def test_that_headings_and_numbers_are_no_context(desk: Desk, tmp_path: Path) -> None:
    words = "2 Aanpak\n\nDe raad kwam bijeen.\n\n3 Hulp aan jongeren\n\nDaarna.\n"
    (tmp_path / "third.txt").write_text(words, "utf-8")
    version = find_version(desk, add_documents(desk, [tmp_path / "third.txt"]).added[0].document).id
    tag(desk, version, locate_quote(desk, version, "De raad kwam bijeen."), [])
    wanted = Wanted(by="document", context=2, chosen=AnnotationFilter(versions=(version,)))
    (entry,) = gather(desk, wanted).groups[0].entries
    assert (entry.before, entry.after) == ("", "")


def test_that_context_of_an_area_stands_around_all_its_words(desk: Desk, tmp_path: Path) -> None:
    pages = pymupdf.open()
    page = pages.new_page()
    page.insert_text((72, 100), "Before that, much was said. The council saw three reports of")
    page.insert_text((72, 120), "harm. It asked for more. Afterwards nothing came of it.")
    pages.save(tmp_path / "pages.pdf")
    version = add_documents(desk, [tmp_path / "pages.pdf"]).added[0].version
    tag_area(desk, version, 0, (70, 105, 195, 105, 195, 125, 70, 125), [])
    wanted = Wanted(by="document", context=1, chosen=AnnotationFilter(versions=(version,)))
    (entry,) = gather(desk, wanted).groups[0].entries
    assert entry.quote.startswith("[Area on page 1] harm. It asked")
    assert entry.before.endswith("three reports of")
    assert not entry.after.startswith("harm")


def test_that_the_words_of_a_running_head_are_a_quote_too(desk: Desk, tmp_path: Path) -> None:
    pages = pymupdf.open()
    for number in range(6):
        page = pages.new_page()
        page.insert_text((72, 40), "Report of the council 2024")
        for line in range(12):
            page.insert_text((72, 200 + 20 * line), f"Sentence {line} of part {number} tells something else.")
    pages.save(tmp_path / "headed.pdf")
    version = add_documents(desk, [tmp_path / "headed.pdf"]).added[0].version
    content = read.content(desk, version)
    place = content.text.index("Report of the council 2024", 100)
    assert any(start <= place < end for start, end in content.auxiliary)
    tag(desk, version, (place, place + 21), [])
    (entry,) = gather(desk, Wanted(by="document", chosen=AnnotationFilter(versions=(version,)))).groups[0].entries
    assert entry.quote == "Report of the council"
    (past,) = passage_past.through_versions(desk, entry.annotation)
    assert "".join(words for words, _ in past.words) == entry.quote


def test_that_authors_are_named_where_there_is_more_than_one(desk: Desk) -> None:
    wanted = Wanted(by="document")
    assert f"  {desk.author}, " not in render_summary(desk, "text", wanted, aside=False).decode()
    first = desk.author
    desk.settings.choose("author", "Anna B.")
    version = find_version(desk, "Letter").id
    tag(desk, version, locate_quote(desk, version, "asked"), [])
    text = render_summary(desk, "text", wanted, aside=False).decode()
    assert "  Anna B., " in text
    assert f"  {first}, " in text


def test_that_the_documents_used_are_listed_at_the_end_of_every_form(desk: Desk, tmp_path: Path) -> None:
    (tmp_path / "unused.txt").write_text("Nobody reads this.", "utf-8")
    add_documents(desk, [tmp_path / "unused.txt"], title="Unused")
    line = "Report, The Council, RDL 7, May 2024, report.txt"
    for form in ("html", "markdown", "text"):
        text = render_summary(desk, form, Wanted(used=True), aside=False).decode()
        last = text[text.rindex("Documents used") :]
        assert line in last and "Letter, letter.txt" in last and "Unused" not in last
        assert last.index("Report") < last.index("Letter")
        assert "Documents used" not in render_summary(desk, form, aside=False).decode()
    export_summary(desk, tmp_path / "s.docx", "docx", Wanted(used=True), aside=False)
    said = [one.text for one in docx.Document(str(tmp_path / "s.docx")).paragraphs]
    assert said[said.index("Documents used", 8) + 1 :] == [line, "Letter, letter.txt"]
    export_summary(desk, tmp_path / "s.pdf", "pdf", Wanted(used=True))
    with pymupdf.open(tmp_path / "s.pdf") as document:
        assert line in " ".join(document[-1].get_text().split())


@pytest.mark.parametrize(("file", "title"), [
    ("online_safety 2026", "Online safety 2026"), ("report.pdf", "Report"), ("e-mail", "E-mail"),
    ("safety-of-youth-2026", "Safety of youth 2026"), ("iRead", "iRead"), ("v1.2", "V1.2"),
    (".pdf", ".pdf"), ("_", "_"),
])  # fmt: skip
def test_that_a_summary_is_called_after_the_project_in_words(file: str, title: str) -> None:
    assert called(Path(f"{file}.kantlijn")) == title


def test_that_notes_can_be_left_out(desk: Desk) -> None:
    assert b"*Nice*" in render_summary(desk, "markdown")
    assert b"*Nice*" not in render_summary(desk, "markdown", Wanted(notes=False))


def test_that_a_summary_is_written_whole_over_an_older_one(desk: Desk, tmp_path: Path) -> None:
    folder = tmp_path / "out"
    folder.mkdir()
    path = folder / "summary.md"
    path.write_text("an older summary", "utf-8")
    assert export_summary(desk, path, "markdown", Wanted(title="Oversight")) == path
    assert path.read_text("utf-8").startswith("# Oversight\n")
    assert [file.name for file in folder.iterdir()] == ["summary.md"]


def test_that_a_failing_disk_leaves_the_older_summary(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "out"
    folder.mkdir()
    path = folder / "summary.html"
    path.write_text("an older summary", "utf-8")

    def full(_descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(DiskTrouble, match=r"summary\.html.*No space left"):
        export_summary(desk, path, "html")
    assert path.read_text("utf-8") == "an older summary"
    assert len(list(folder.iterdir())) == 1


@pytest.mark.parametrize("name", ["missing/summary.md", ".", "x" * 300 + ".md"])
def test_that_a_place_that_cannot_be_written_gets_a_sentence(desk: Desk, tmp_path: Path, name: str) -> None:
    with pytest.raises(DiskTrouble):
        export_summary(desk, tmp_path / name, "markdown")


@pytest.mark.parametrize("name", ["report.txt", "oversight.kantlijn", "a-link.md", "copy.md", "other.pdf"])
def test_that_no_document_or_project_is_written_over(desk: Desk, tmp_path: Path, name: str) -> None:
    (tmp_path / "a-link.md").symlink_to(tmp_path / "report.txt")
    (tmp_path / "copy.md").write_text(REPORT, "utf-8")
    (tmp_path / "other.pdf").write_bytes(b"%PDF-1.7\n")
    before = (tmp_path / name).read_bytes()
    with pytest.raises(Known):
        export_summary(desk, tmp_path / name, "markdown")
    assert (tmp_path / name).read_bytes() == before


def test_that_a_link_to_a_summary_stays_a_link(desk: Desk, tmp_path: Path) -> None:
    (tmp_path / "real.md").write_text("older", "utf-8")
    (tmp_path / "link.md").symlink_to(tmp_path / "real.md")
    export_summary(desk, tmp_path / "link.md", "markdown")
    assert (tmp_path / "link.md").is_symlink()
    assert (tmp_path / "real.md").read_text("utf-8").startswith("# Oversight\n")


def test_that_unknown_forms_and_ways_get_a_sentence(desk: Desk) -> None:
    with pytest.raises(Known, match="papyrus"):
        render_summary(desk, "papyrus")
    with pytest.raises(Known, match="colour"):
        render_summary(desk, "html", Wanted(by="colour"))


def test_that_an_empty_project_has_an_empty_summary(tmp_path: Path) -> None:
    desk = new_desk(tmp_path / "empty.kantlijn", settings=Settings())
    summary = gather(desk)
    assert isinstance(summary, Summary)
    assert summary.groups == ()
    assert b"nothing" in render_summary(desk, "html")
    desk.close()


def test_that_of_very_long_notes_a_preview_shows_the_beginning_and_the_file_all(desk: Desk) -> None:
    version = find_version(desk, "Report").id
    tag(desk, version, locate_quote(desk, version, "It will meet again"), [], note="word " * 4000 + "end")
    assert all(len(entry.note) < 4000 for entry in entries(gather(desk, most=100)))
    assert any(entry.note.endswith("[…]") for entry in entries(gather(desk, most=100)))
    assert any(entry.note.endswith("word end") for entry in entries(gather(desk)))


def test_that_a_preview_can_be_given_up_though_its_template_never_ends(desk: Desk) -> None:
    folder = paths.templates_folder()
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "endless.txt").write_text(ENDLESS, "utf-8")
    until = time.monotonic() + 1
    began = time.monotonic()
    with pytest.raises(Cancelled):
        preview(desk, "text", Wanted(template="endless"), cancelled=lambda: time.monotonic() > until)
    assert time.monotonic() - began < 15  # the template alone would be ended after twenty seconds


@pytest.mark.parametrize("form", ["markdown", "text"])
def test_that_copied_annotations_begin_with_the_quote(desk: Desk, form: str) -> None:
    ids = [row.passage.id for row in read.annotation_rows(desk)]
    copied = annotations_for_clipboard(desk, ids, form)["text"]
    assert copied.lstrip().startswith(("> teach", "“teach"))
    assert not [line for line in copied.splitlines() if line.startswith("RDL 7")]
