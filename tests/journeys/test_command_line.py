"""The whole job in a terminal, on the real documents: add, read, tag, find, summarise, undo, check."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from journeys.a_terminal import PROGRAM, done, kantlijn, refused

ANNOTATION = {
    "id", "document", "version", "range", "quote", "themes", "note", "page", "author", "created", "modified",
}  # fmt: skip


def decoded(file: Path) -> str:
    return file.read_bytes().decode("utf-8-sig").replace("\r\n", "\n").replace("\r", "\n")


@pytest.fixture
def project(tmp_path: Path) -> Path:
    path = tmp_path / "my report.kantlijn"
    done("new", path)
    return path


@pytest.fixture
def filled(project: Path, seed_texts: list[Path], seed_pdfs: list[Path]) -> tuple[Path, list[dict[str, Any]]]:
    """The project with all documents, and what add said of them."""
    return project, done("add", project, *seed_texts, *seed_pdfs, "--json").json["added"]


def test_that_the_whole_job_can_be_done(
    project: Path, seed_texts: list[Path], seed_pdfs: list[Path], tmp_path: Path
) -> None:
    files = [*seed_texts, *seed_pdfs]
    said = done("add", project, *files, "--json").json
    assert [one["file"] for one in said["added"]] == [str(file) for file in files]
    assert said["known"] == said["failed"] == []
    assert all(one["pages"] > 0 for one in said["added"][len(seed_texts) :])

    again = done("add", project, *files, "--json").json
    assert again["added"] == [] and len(again["known"]) == len(files)

    listed = done("documents", project, "--json").json
    assert [one["title"] for one in listed] == [one["title"] for one in said["added"]]
    assert all({"version", "file", "sha256", "pages", "characters", "added"} <= set(one["versions"][0])
               for one in listed)  # fmt: skip

    text, pdf = said["added"][0], said["added"][-1]
    whole = done("text", project, text["document"]).out
    words = re.search(r"\w+ \w+ \w+", whole)
    assert words
    by_quote = done(
        "tag", project, text["document"], "--quote", words.group().upper(), "--theme", "prevention", "Opsporing",
        "--note", "Zie **hier** <script>alert(1)</script>", "--json",
    ).json["annotations"][0]  # fmt: skip
    assert set(by_quote) >= ANNOTATION
    assert by_quote["range"] == list(words.span()) and by_quote["quote"] == words.group()
    assert by_quote["themes"] == ["Prevention", "Detection"] and by_quote["page"] is None

    on_page = done("tag", project, Path(pdf["file"]).name, "--range", "40:90", "--theme", "2", "--json").json
    assert on_page["annotations"][0]["range"] == [40, 90]
    assert on_page["annotations"][0]["page"] is not None

    tags = tmp_path / "tags.json"
    wanted = [
        {"id": "p1", "range": [0, 12], "themes": ["prevention"], "note": "één"},
        {"id": "p1", "range": [0, 12], "themes": ["prevention"]},
        {"id": "p2", "range": [12, 9], "themes": ["1"]},
        {"id": "p3", "range": [0, 9], "themes": ["no such theme"]},
        {"range": "everything"},
        {"id": "p4", "range": [5, len(whole)], "themes": []},
    ]
    tags.write_text(json.dumps(wanted), "utf-8")
    many = kantlijn("tag", project, text["document"], "--from", tags, "--json")
    assert many.code == 1 and len(many.sentences) == 4
    assert [one["id"] for one in many.json["annotations"]] == ["p1", "p4"]
    assert [one["id"] for one in many.json["failed"]] == ["p1", "p2", "p3", None]

    annotations = done("annotations", project, "--json").json
    assert {one["id"] for one in annotations} == {
        "p1", "p4", by_quote["id"], on_page["annotations"][0]["id"],
    }  # fmt: skip
    order = [one["document"] for one in said["added"]]
    keys = [(order.index(one["document"]), one["range"][0], -one["range"][1]) for one in annotations]
    assert keys == sorted(keys)
    with_note = done("annotations", project, "--document", text["title"], "--has-note", "--json").json
    assert {one["id"] for one in with_note} == {"p1", by_quote["id"]}
    for_victims = done("annotations", project, "--theme", "Hulp aan slachtoffers", "--json").json
    assert [one["id"] for one in for_victims] == [on_page["annotations"][0]["id"]]
    assert done("annotations", project, "--text", "EEN", "--theme", "1", "--json").json[0]["note"] == "één"
    assert done("annotations", project, "--author", "nobody at all", "--json").json == []

    found = done("search", project, words.group().lower(), "--json").json
    assert list(words.span()) in [hit["range"] for hit in found["hits"] if hit["document"] == text["document"]]
    assert all({"document", "version", "range", "page", "context"} <= set(hit) for hit in found["hits"])
    assert done("search", project, "één", "--in", "annotations", "--json").json["total"] >= 1

    for form, by in (("markdown", "theme"), ("html", "document")):
        out = tmp_path / f"summary.{form}"
        done("export", project, "--as", form, "--by", by, "-o", out)
        written = out.read_text("utf-8")
        assert words.group() in written and "<script>" not in written
        assert text["title"] in written and pdf["title"] in written

    assert done("export", project, "--as", "text", "-o", "-").out == done("export", project, "--as", "text").out
    said = done("export", project, "--as", "csv", "--table", "relations", "-o", tmp_path / "relations.csv").out
    assert "relations.csv" in said and "passage" not in said

    # "Tag 2 passages" was the last step
    assert "2" in done("undo", project, "--json").json["title"]
    assert len(done("annotations", project, "--json").json) == 2
    assert "2" in done("redo", project).out
    assert len(done("annotations", project, "--json").json) == 4
    assert "redo" in refused("redo", project)
    steps = done("history", project, "--json").json
    assert len(steps) == len(files) + 3 and not any(step["undone"] for step in steps)
    assert len(done("history", project, "--annotation", "p1", "--json").json) == 1
    assert done("check", project, "--json").json["ok"] is True


def test_that_the_text_of_a_text_file_is_the_decoded_file(
    filled: tuple[Path, list[dict[str, Any]]], seed_texts: list[Path]
) -> None:
    project, added = filled
    for file, one in zip(seed_texts, added, strict=False):
        plain = done("text", project, one["document"]).raw
        assert plain == decoded(file).encode(), file
        assert plain == done("text", file).raw
        shown = done("text", project, f"{file.name}:1", "--json").json
        assert shown["text"] == decoded(file) and shown["pages"] == shown["auxiliary"] == []
        assert one["characters"] == len(shown["text"]) and one["pages"] == 0


def test_that_pages_cover_the_text_of_a_pdf(
    filled: tuple[Path, list[dict[str, Any]]], seed_texts: list[Path], seed_pdfs: list[Path]
) -> None:
    project, added = filled
    for file, one in zip(seed_pdfs, added[len(seed_texts) :], strict=True):
        shown = done("text", project, one["document"], "--json").json
        assert len(shown["pages"]) == one["pages"] and len(shown["text"]) == one["characters"]
        end = 0
        for page in shown["pages"]:
            assert shown["text"][end : page["range"][0]] in ("", "\f")
            end = page["range"][1]
        assert all(0 <= start < stop <= len(shown["text"]) for start, stop in shown["auxiliary"])
        assert done("text", file, "--json").json["text"] == shown["text"]


def test_that_a_strangers_line_ends_and_mark_are_dropped_and_nothing_else(tmp_path: Path) -> None:
    file = tmp_path / "nota.txt"
    file.write_bytes(b"\xef\xbb\xbf\n a\r\nb\rc\xc2\xa0\xc2\xad\t\xe2\x80\xa8\x0c \xf0\x9f\x98\x80 e\xcc\x81 ")
    assert done("text", file).out == "\n a\nb\nc\u00a0\u00ad\t\u2028\f \U0001f600 e\u0301 "


def test_that_a_second_version_is_found_by_number_and_file(project: Path, samples: Path) -> None:
    done("add", project, samples / "toezicht-2023.pdf", "--title", "Toezicht", "--date", "2023-10")
    done("add", project, samples / "toezicht-2024.pdf", "--version-of", "Toezicht")
    (document,) = done("documents", project, "--json").json
    assert document["date"] == "2023-10"
    first, second = (version["version"] for version in document["versions"])
    for name, version in (("Toezicht", second), ("Toezicht:1", first), ("toezicht-2023.pdf", first)):
        assert done("text", project, name, "--json").json["version"] == version
    assert "no version" in refused("text", project, "Toezicht:3")


def test_that_the_sample_project_is_made_and_can_be_summarised(tmp_path: Path) -> None:
    said = done("demo", "--json", cwd=tmp_path).json
    project = tmp_path / said["project"]
    assert said["documents"] == 3 and said["annotations"] >= 40
    assert len(done("annotations", project, "--json").json) == said["annotations"]
    assert len(done("themes", project, "--json").json) > 5
    summary = done("export", project, "--as", "markdown").out
    assert summary.startswith("# ") and "Toezicht" in summary
    shown = done("export", project, "--as", "html", "--theme", "Prevention/Schools", "--json").json
    assert shown["file"] is None and 0 < shown["annotations"] < said["annotations"]
    assert done("check", project).out
    assert "already there" in refused("demo", cwd=tmp_path)


def test_that_people_get_words_in_their_language(project: Path, home: Path) -> None:
    dutch = dict(os.environ, LANG="nl_NL.UTF-8")
    assert "Opsporing" in done("themes", project, env=dutch).out
    assert "Detection" in done("themes", project).out
    assert done("themes", project, "--json", env=dutch).out == done("themes", project, "--json").out


def test_that_a_pipe_that_closes_early_is_no_trouble(tmp_path: Path) -> None:
    file = tmp_path / "long.txt"
    file.write_text("Toezicht op veiligheid.\n" * 100_000, "utf-8")
    with subprocess.Popen([*PROGRAM, "text", str(file)], stdout=subprocess.PIPE, stderr=subprocess.PIPE) as run:
        assert run.stdout and run.stderr
        run.stdout.read(10)
        run.stdout.close()
        assert run.stderr.read() == b""
    assert run.returncode == 0


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no /dev/full here")
def test_that_output_that_cannot_be_written_is_said(tmp_path: Path) -> None:
    file = tmp_path / "nota.txt"
    file.write_text("Toezicht.\n", "utf-8")
    with Path("/dev/full").open("w") as full:
        run = subprocess.run([*PROGRAM, "text", str(file)], stdout=full, stderr=subprocess.PIPE, check=False)
    assert run.returncode == 1
    assert run.stderr.decode().count("\n") == 1 and b"could not be written" in run.stderr


def test_that_a_terminal_in_another_encoding_gets_all_the_same_an_answer(tmp_path: Path) -> None:
    file = tmp_path / "nota.txt"
    file.write_text("Één “wens” 😀\n", "utf-8")
    environment = dict(os.environ, PYTHONIOENCODING="latin-1", LANG="C", LC_ALL="C", PYTHONUTF8="0")
    assert done("text", file, env=environment).out == "Één “wens” 😀\n"


def _children(process: int) -> list[str]:
    tasks = Path(f"/proc/{process}/task")
    return [child for task in tasks.glob("*/children") for child in task.read_text().split()]


@pytest.mark.parametrize(("number", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)])
@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="children are looked up in /proc")
def test_that_a_command_that_is_stopped_leaves_a_whole_project(
    project: Path, rapport300: Path, number: int, code: int
) -> None:
    with subprocess.Popen(
        [*PROGRAM, "add", str(project), str(rapport300)], stdout=subprocess.PIPE, stderr=subprocess.PIPE,
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),  # a shell's background ignores it
    ) as run:  # fmt: skip
        while not _children(run.pid):  # its engine runs: the import has begun
            assert run.poll() is None
        run.send_signal(number)
        _, err = run.communicate(timeout=30)
    assert run.returncode == code, err
    assert b"Traceback" not in err and err.count(b"\n") == (number == signal.SIGINT)
    assert done("documents", project, "--json").json == []
    done("check", project)


def test_that_relations_are_made_and_listed(tmp_path: Path) -> None:
    project = tmp_path / "sample.kantlijn"
    done("demo", project)
    before = done("relations", project, "--status", "partly", "--json").json
    first, second = done("annotations", project, "--json").json[:2]
    made = done("relate", project, second["id"], first["id"], "--status", "partly", "--json").json
    assert (made["source"]["id"], made["target"]["id"], made["type"]) == (second["id"], first["id"], "responds-to")
    partly = done("relations", project, "--status", "partly", "--json").json
    assert [one for one in partly if one not in before] == [made]
    assert made not in done("relations", project, "--status", "open", "--json").json
    assert "partly" in done("relations", project).out
    refused("relate", project, first["id"], first["id"])
