"""Bad input in a terminal: each answered in one sentence, nothing lost, the project whole afterwards."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pymupdf
import pytest

from journeys.a_terminal import PROGRAM, done, kantlijn, refused

NOBODY = ("setpriv", "--reuid=65534", "--regid=65534", "--clear-groups")
TEXT = "Preventie begint op school. De inspectie houdt toezicht.\n"


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A project with one text and one annotation in it."""
    path = tmp_path / "p.kantlijn"
    file = tmp_path / "nota.txt"
    file.write_text(TEXT, "utf-8")
    done("new", path)
    done("add", path, file)
    done("tag", path, "nota", "--range", "0:9", "--theme", "prevention", "--id", "first")
    return path


def whole(project: Path) -> None:
    """The project is as the fixture made it."""
    assert done("check", project, "--json").json["ok"]
    assert [one["title"] for one in done("documents", project, "--json").json] == ["nota"]
    assert [one["id"] for one in done("annotations", project, "--json").json] == ["first"]


def test_that_each_bad_file_is_named_and_the_good_ones_come_in(
    project: Path, samples: Path, tmp_path: Path
) -> None:
    pdf = (samples / "kabinetsreactie.pdf").read_bytes()
    bad = {
        "empty.pdf": b"",
        "empty.txt": b"",
        "cut.pdf": pdf[: len(pdf) // 50],
        "zeros.pdf": bytes(5000),
        "zeros.txt": bytes(5000),
        "picture.txt": b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 8,
    }
    for name, data in bad.items():
        (tmp_path / name).write_bytes(data)
    (tmp_path / "folder.pdf").mkdir()
    good = {"a pdf named.txt": pdf, "a text named.pdf": TEXT.encode() * 2, "plain.md": b"# Nota\n\nTekst.\n"}
    for name, data in good.items():
        (tmp_path / name).write_bytes(data)
    names = [*bad, "folder.pdf", "gone.pdf", *good]
    said = kantlijn("add", project, *(tmp_path / name for name in names), "--json")
    assert said.code == 1
    failed = {Path(one["file"]).name: one["error"] for one in said.json["failed"]}
    added = {Path(one["file"]).name: one for one in said.json["added"]}
    assert set(failed) == {*bad, "folder.pdf", "gone.pdf"}
    assert all(name in sentence and sentence.endswith(".") for name, sentence in failed.items())
    assert said.sentences == list(failed.values())
    assert set(added) == set(good)
    assert added["a pdf named.txt"]["pages"] > 0 and added["a text named.pdf"]["pages"] == 0
    assert done("check", project, "--json").json["counts"]["document"] == 4


def test_that_a_truncated_pdf_is_read_as_far_as_it_goes_or_refused(
    project: Path, seed_pdfs: list[Path], tmp_path: Path
) -> None:
    for part in (2, 3, 10):
        data = seed_pdfs[0].read_bytes()
        file = tmp_path / f"cut {part}.pdf"
        file.write_bytes(data[: len(data) // part])
        said = kantlijn("add", project, file, "--json")
        assert said.code == (1 if said.json["failed"] else 0)
        assert len(said.json["added"]) + len(said.json["failed"]) == 1
        assert len(said.sentences) == len(said.json["failed"])
    assert done("check", project, "--json").json["ok"]


@pytest.fixture
def locked(tmp_path: Path) -> Path:
    """An encrypted PDF; its password is "geheim woord"."""
    file = tmp_path / "locked.pdf"
    code = (
        "import pymupdf, sys; d = pymupdf.open(); p = d.new_page(); p.insert_text((72, 72), 'Toezicht');"
        "p.add_highlight_annot(p.search_for('Toezicht')).set_info(content='Van elders');"
        "d.save(sys.argv[1], encryption=pymupdf.PDF_ENCRYPT_AES_256, user_pw='geheim woord', owner_pw='o')"
    )
    subprocess.run([sys.executable, "-c", code, str(file)], check=True, capture_output=True)
    return file


def test_that_an_encrypted_pdf_needs_its_password(project: Path, locked: Path) -> None:
    assert "password" in refused("add", project, locked)
    wrong = refused("add", project, locked, "--password", "verkeerd woord")
    assert "password" in wrong and "verkeerd" not in wrong
    assert "password" in refused("text", locked)
    whole(project)
    said = done("add", project, locked, "--password", "geheim woord")
    assert "geheim" not in said.out
    assert "Toezicht" in done("text", project, "locked").out
    assert "Toezicht" in done("text", locked, "--password", "geheim woord").out
    assert "password" in refused("import-annotations", project, locked)
    came = done("import-annotations", project, locked, "--password", "geheim woord", "--json")
    assert came.json["imported"] == 1
    assert b"geheim woord" not in project.read_bytes()
    done("check", project)


def test_that_a_password_for_what_has_none_is_refused(project: Path, tmp_path: Path) -> None:
    (tmp_path / "themes.csv").write_text("name\nScholen\n", "utf-8")
    assert "PDFs" in refused("import-annotations", project, tmp_path / "themes.csv", "--password", "geheim")


def test_that_names_that_do_not_exist_are_said_with_those_that_do(project: Path) -> None:
    assert "Prevention" in refused("tag", project, "nota", "--range", "0:4", "--theme", "nonsense")
    assert "nota" in refused("tag", project, "letter", "--range", "0:4", "--theme", "1")
    assert "nota" in refused("text", project, "letter")
    assert "version" in refused("text", project, "nota:7")
    assert "Prevention" in refused("annotations", project, "--theme", "nonsense")
    assert "nota" in refused("search", project, "school", "--document", "letter")
    assert "nota" in refused("export", project, "--as", "html", "--document", "letter")
    assert "nonsense" in refused("history", project, "--annotation", "nonsense")
    assert "does not stand" in refused("tag", project, "nota", "--quote", "handhaving", "--theme", "1")
    assert "once" in refused("tag", project, "nota", "--quote", "school", "--occurrence", "2", "--theme", "1")
    whole(project)


@pytest.mark.parametrize("place", ["0:1000000", "5:5", "9:4", "-3:4", "57:58", f"0:{10**30}"])
def test_that_a_range_outside_the_text_is_refused(project: Path, place: str) -> None:
    said = kantlijn("tag", project, "nota", f"--range={place}", "--theme", "1", "--json")
    assert said.code == 1 and said.json["annotations"] == [] and len(said.json["failed"]) == 1
    assert len(said.sentences) == 1 and "not inside the text" in said.err
    whole(project)


def test_that_an_id_that_is_there_already_is_reported(project: Path) -> None:
    said = kantlijn("tag", project, "nota", "--range", "0:4", "--theme", "1", "--id", "first", "--json")
    assert said.code == 1 and said.json["failed"][0]["id"] == "first"
    whole(project)


def test_that_bytes_that_are_no_text_are_refused_in_a_sentence(project: Path) -> None:
    for option in ("--note", "--id"):
        run = subprocess.run(
            [*PROGRAM, "tag", str(project), "nota", "--range", "0:4", "--theme", "1", option, b"\xff\xfe"],
            capture_output=True, check=False,
        )  # fmt: skip
        assert run.returncode == 1 and run.stderr.count(b"\n") == 1 and b"UTF-8" in run.stderr
    whole(project)


def test_that_a_file_whose_name_is_no_text_can_be_added(project: Path, tmp_path: Path) -> None:
    file = os.fsencode(tmp_path) + b"/nota \xe9\xe9n.txt"
    Path(os.fsdecode(file)).write_text("Eén nota.\n", "utf-8")
    run = subprocess.run([*PROGRAM, "add", str(project), file, "--json"], capture_output=True, check=False)
    assert run.returncode == 0, run.stderr
    assert len(done("documents", project, "--json").json) == 2
    done("check", project)


def test_that_a_file_that_is_no_project_is_left_as_it_is(tmp_path: Path) -> None:
    other = tmp_path / "other.kantlijn"
    for data in (b"", b"no project\n", b"SQLite format 3\0" + bytes(4000), bytes(5000)):
        other.write_bytes(data)
        for verb in (["documents"], ["undo"], ["check"], ["add", tmp_path / "a.txt"]):
            refused(verb[0], other, *verb[1:])
        assert other.read_bytes() == data
        assert "already there" in refused("new", other)
    refused("documents", tmp_path)
    refused("documents", tmp_path / "gone.kantlijn")
    assert not (tmp_path / "gone.kantlijn").exists()
    assert "does not exist" in refused("new", tmp_path / "no folder" / "p.kantlijn")


def test_that_a_damaged_project_is_said_to_be(project: Path) -> None:
    data = bytearray(project.read_bytes())
    for at in range(4096, len(data), 4096):
        data[at : at + 200] = b"\xaa" * 200
    project.write_bytes(data)
    said = kantlijn("check", project, "--json")
    assert said.code == 1 and said.json["ok"] is False and said.json["problems"] == said.sentences != []
    assert "damaged" in refused("documents", project)
    assert "damaged" in refused("tag", project, "nota", "--range", "0:4", "--theme", "1")
    cut = project.with_name("cut.kantlijn")
    cut.write_bytes(bytes(data[:6000]))
    refused("documents", cut)


def test_that_a_newer_project_is_left_to_a_newer_program(project: Path) -> None:
    data = bytearray(project.read_bytes())
    data[60:64] = (9999).to_bytes(4, "big")  # user_version, by SQLite's file format
    project.write_bytes(data)
    for verb in (["documents"], ["undo"], ["check"]):
        assert "newer" in refused(verb[0], project)
    assert project.read_bytes() == bytes(data)


def test_that_a_project_in_use_can_be_read_and_not_written(project: Path) -> None:
    code = (
        "import sys; from pathlib import Path; from kantlijn.usecases.desk import open_desk;"
        "desk = open_desk(Path(sys.argv[1])); print('open', flush=True); sys.stdin.read(); desk.close()"
    )
    with subprocess.Popen(
        [sys.executable, "-c", code, str(project)], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as other:
        assert other.stdin and other.stdout
        assert other.stdout.readline() == b"open\n"
        whole(project)
        assert "in use" in refused("tag", project, "nota", "--range", "0:4", "--theme", "1")
        assert "in use" in refused("undo", project)
        other.stdin.close()
    done("undo", project)


def test_that_a_summary_never_lands_on_a_project_or_a_document(project: Path) -> None:
    before = project.read_bytes()
    refused("export", project, "--as", "markdown", "-o", project)
    refused("export", project, "--as", "markdown", "-o", project.with_name("nota.txt"))
    refused("export", project, "--as", "markdown", "-o", project.parent)
    refused("export", project, "--as", "markdown", "-o", project.parent / "no folder" / "s.md")
    assert project.read_bytes() == before and project.with_name("nota.txt").read_text("utf-8") == TEXT


def _can_be_nobody() -> bool:
    if os.geteuid() != 0 or shutil.which(NOBODY[0]) is None:
        return False
    with tempfile.TemporaryDirectory() as home:
        Path(home).chmod(0o777)
        environment = dict(os.environ, HOME=home)
        run = subprocess.run([*NOBODY, *PROGRAM, "--version"], capture_output=True, check=False, env=environment)
    return run.returncode == 0


@pytest.fixture
def shared() -> Iterator[Path]:
    """A folder that every account may enter and write; skipped where permissions cannot be tried."""
    if os.geteuid() == 0 and not _can_be_nobody():
        pytest.skip("permissions mean nothing to root, and there is no setpriv to be somebody else")
    with tempfile.TemporaryDirectory(prefix="kl-shared-") as folder:
        Path(folder).chmod(0o777)
        yield Path(folder)
        Path(folder).chmod(0o777)


@pytest.fixture
def somebody(shared: Path, monkeypatch: pytest.MonkeyPatch) -> tuple[str, ...]:
    """The command by which an ordinary account without a home runs a program; none when we are one."""
    for name in list(os.environ):
        if name.startswith("XDG_"):
            monkeypatch.delenv(name)
    monkeypatch.setenv("HOME", str(shared / "no home"))
    return NOBODY if os.geteuid() == 0 else ()


def test_that_files_without_permission_are_named(shared: Path, somebody: tuple[str, ...]) -> None:
    project, secret = shared / "p.kantlijn", shared / "secret.txt"
    secret.write_text(TEXT, "utf-8")
    secret.chmod(0o000)
    done("new", project, before=somebody)
    assert "secret.txt" in refused("add", project, secret, before=somebody)
    assert "secret.txt" in refused("text", secret, before=somebody)
    done("check", project, before=somebody)
    project.chmod(0o000)
    assert "p.kantlijn" in refused("documents", project, before=somebody)
    project.chmod(0o600)


def test_that_a_read_only_place_can_be_read(
    project: Path, shared: Path, somebody: tuple[str, ...]
) -> None:
    place = shared / "medium"
    place.mkdir()
    copy = Path(shutil.copy(project, place))
    copy.chmod(0o444)
    place.chmod(0o555)
    try:
        assert [one["id"] for one in done("annotations", copy, "--json", before=somebody).json] == ["first"]
        done("check", copy, before=somebody)
        assert "Preventie" in done("export", copy, "--as", "markdown", before=somebody).out
        for verb in (["undo"], ["tag", "nota", "--range", "0:4", "--theme", "1"], ["add", project]):
            assert "p.kantlijn" in refused(verb[0], copy, *verb[1:], before=somebody)
        refused("new", place / "q.kantlijn", before=somebody)
        refused("demo", place / "q.kantlijn", before=somebody)
        refused("export", copy, "--as", "html", "-o", place / "s.html", before=somebody)
        assert sorted(one.name for one in place.iterdir()) == ["p.kantlijn"]
    finally:
        place.chmod(0o755)


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of 2 MB; skipped where none can be mounted."""
    place = tmp_path / "disk"
    place.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=2m", "none", str(place)]
    if os.geteuid() != 0 or subprocess.run(mount, capture_output=True, check=False).returncode != 0:
        pytest.skip("a small disk cannot be mounted by this account")
    yield place
    subprocess.run(["umount", str(place)], check=True)


def test_that_a_full_disk_loses_nothing(project: Path, small_disk: Path, tmp_path: Path) -> None:
    copy = Path(shutil.copy(project, small_disk))
    large = tmp_path / "large.txt"
    large.write_text("".join(f"Regel {n}: {hash((n, 'a')):x}\n" for n in range(100_000)), "utf-8")
    fill = small_disk / "fill"
    with fill.open("wb", buffering=0) as stream, pytest.raises(OSError, match="space"):
        while True:
            stream.write(bytes(4096))
    refused("tag", copy, "nota", "--range", "0:4", "--theme", "1", "--note", "n" * 100_000)
    whole(copy)  # read on a disk as full as that
    refused("new", small_disk / "q.kantlijn")
    refused("demo", small_disk / "q.kantlijn")
    refused("export", copy, "--as", "markdown", "-o", small_disk / "s.md")
    assert sorted(one.name for one in small_disk.iterdir() if "-" not in one.name) == ["fill", "p.kantlijn"]
    fill.unlink()
    assert "full" in refused("add", copy, large)
    whole(copy)
    done("tag", copy, "nota", "--range", "0:4", "--theme", "1")
    done("check", copy)


def test_that_a_file_with_a_page_that_is_lost_comes_in_and_says_which(project: Path, tmp_path: Path) -> None:
    """The second page leads back into the tree that it is in."""
    page = b"<</Type /Page /Parent 2 0 R /MediaBox [0 0 300 300]>>"
    objects = (b"<</Type /Catalog /Pages 2 0 R>>", b"<</Type /Pages /Count 2 /Kids [3 0 R 2 0 R]>>", page)
    (tmp_path / "torn.pdf").write_bytes(
        b"%PDF-1.4\n" + b"".join(b"%d 0 obj %b endobj\n" % one for one in enumerate(objects, 1))
        + b"trailer <</Root 1 0 R>>\n"
    )  # fmt: skip
    said = kantlijn("add", project, tmp_path / "torn.pdf", "--json")
    assert said.code == 0
    (added,) = said.json["added"]
    assert added["trouble"] == "Page 2 of “torn.pdf” could not be read and has no text; the rest was read."
    assert said.err.strip() == added["trouble"]


def test_that_what_no_annotations_come_from_is_said_with_what_they_do_come_from(
    project: Path, samples: Path, tmp_path: Path
) -> None:
    (tmp_path / "folder.qdpx").mkdir()
    (tmp_path / "letter.docx").write_bytes(b"hello")
    kinds = "they come from PDF, .qdpx, .qdc, .jsonld, .json, .csv."
    for name, told in (
        ("letter.docx", kinds), ("nota.txt", kinds), ("folder.qdpx", "“folder.qdpx” is a folder;"),
        ("gone.pdf", "“gone.pdf” is not there;"), ("gone.csv", "“gone.csv” is not there;"),
    ):  # fmt: skip
        assert told in refused("import-annotations", project, tmp_path / name)
    said = kantlijn("import-annotations", project, samples / "kabinetsreactie.pdf")
    assert said.code == 1
    assert "“kabinetsreactie.pdf” is not in the project; add it first with: kantlijn add" in said.err
    whole(project)


def test_that_a_template_for_a_form_that_takes_none_is_refused(project: Path, tmp_path: Path) -> None:
    said = refused("export", project, "--as", "docx", "--template", "mine", "-o", tmp_path / "a.docx")
    assert "A template is for html, markdown and text" in said
    assert not (tmp_path / "a.docx").exists()


def test_that_one_document_is_not_said_to_be_documents(project: Path, tmp_path: Path) -> None:
    said = done("check", project, "--repair", "-o", tmp_path / "r.kantlijn").out
    assert "1 document, 1 annotation." in said


def test_that_a_colour_is_known_in_capitals_and_what_is_none_is_refused(project: Path, tmp_path: Path) -> None:
    with pymupdf.open() as document:
        page = document.new_page()
        page.insert_text((72, 100), "De inspectie houdt toezicht op scholen.")
        mark = page.add_highlight_annot(page.search_for("toezicht"))
        mark.set_colors(stroke=(1, 0.8, 0))
        mark.update()
        document.save(tmp_path / "marked.pdf")
    done("add", project, tmp_path / "marked.pdf")
    for what in ("geel=1", "#12=1", "tag:=1"):
        assert "is no colour" in refused("import-annotations", project, tmp_path / "marked.pdf", "--map", what)
    done("import-annotations", project, tmp_path / "marked.pdf", "--map", "#FFCC00=detection")
    assert [one["themes"] for one in done("annotations", project, "--document", "marked", "--json").json] == [
        ["Detection"]
    ]
