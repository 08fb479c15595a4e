"""One report in five formats, as other programs write them: the same words in the same order in all of them."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path

import pytest

from kantlijn.documents.formats.reading import read_structured
from kantlijn.documents.kind import kind_of
from kantlijn.model.document import Content

_FORMS = ("docx", "odt", "rtf", "html", "epub")
_PAGE = """<html lang="nl"><head><meta charset="utf-8"><title>Yearly report</title>
<meta name="author" content="H. Writer"></head><body>
<h1>Prevention and detection</h1>
<p>Schools report <b>earlier</b> than before: één op de vier, € 12 per kind; naïef “quoted” – dashed…
你好 жизнь 😀.</p>
<h2>Reports by region</h2>
<table border=1><tr><th>Region</th><th>2023</th><th>2024</th></tr>
<tr><td>North</td><td>812</td><td>904</td></tr><tr><td>South</td><td>77</td><td>81</td></tr>
</table>
<p>Three things stand
out<a class="sdfootnoteanc" name="sdfootnote1anc" href="#sdfootnote1sym"><sup>1</sup></a>, and
one more<a class="sdfootnoteanc" name="sdfootnote2anc" href="#sdfootnote2sym"><sup>2</sup></a>.</p>
<ul><li>aid comes sooner</li><li>in the north only:<ul><li>in towns</li><li>in villages</li></ul></li></ul>
<p>In this order:</p>
<ol><li>listen</li><li>write down</li><li>pass on</li></ol>
<h2>Oversight</h2>
<p>The inspectorate visits<br>every house once a year.&nbsp;It may come unannounced.</p>
<div id="sdfootnote1"><p class="sdfootnote"><a class="sdfootnotesym" name="sdfootnote1sym"
href="#sdfootnote1anc">1</a>Counted in May.</p></div>
<div id="sdfootnote2"><p class="sdfootnote"><a class="sdfootnotesym" name="sdfootnote2sym"
href="#sdfootnote2anc">2</a>By the police.</p></div>
</body></html>"""


def _convert(file: Path, form: str, folder: Path, *, infilter: str = "") -> Path:
    subprocess.run(
        ["soffice", f"-env:UserInstallation=file://{folder}/office", "--headless",
         *([f"--infilter={infilter}"] if infilter else []), "--convert-to", form, "--outdir", folder, file],
        check=True, capture_output=True, timeout=240,
    )  # fmt: skip
    return folder / f"{file.stem}.{form.partition(':')[0]}"


@pytest.fixture(scope="module")
def report(tmp_path_factory) -> dict[str, Content]:
    """What is read of the report in every format."""
    if not shutil.which("soffice"):
        pytest.skip("NOT RUN: LibreOffice (soffice) is not installed")
    folder = tmp_path_factory.mktemp("office")
    page = folder / "page.html"
    page.write_text(_PAGE, "utf-8")
    master = _convert(page, "odt:writer8", folder, infilter="HTML (StarWriter)")
    found = {}
    for form in _FORMS:
        file = master if form == "odt" else _convert(master, form, folder / form)
        if not file.exists():
            pytest.skip(f"NOT RUN: this LibreOffice does not write {form}")
        assert kind_of(file) == form
        found[form] = read_structured(file.read_bytes(), form, file.name)
    return found


def words(text: str) -> list[str]:
    """All words, without the marks of lists: LibreOffice writes none in an EPUB."""
    return re.sub(r"(?m)^ *(-|\d+\.) ", "", text).split()


def test_that_all_formats_give_the_same_words_in_the_same_order(report):
    assert len(words(report["odt"].text)) > 80
    for form in _FORMS:
        assert words(report[form].text) == words(report["odt"].text), form


def test_that_the_words_are_those_of_the_report(report):
    assert words(report["docx"].text) == words(
        "Prevention and detection Schools report earlier than before: één op de vier, € 12 per kind; naïef"
        " “quoted” – dashed… 你好 жизнь 😀. Reports by region Region | 2023 | 2024 North | 812 | 904"
        " South | 77 | 81 Three things stand out[1], and one more[2]. aid comes sooner in the north only: in towns"
        " in villages In this order: listen write down pass on Oversight The inspectorate visits every house once"
        " a year. It may come unannounced. [1] Counted in May. [2] By the police."
    )


@pytest.mark.parametrize("form", [form for form in _FORMS if form != "epub"])  # LibreOffice loses them there
def test_that_headings_lists_and_rows_are_the_same(report, form):
    content = report[form]
    assert [(level, title) for level, title, _ in content.outline] == [
        (1, "Prevention and detection"), (2, "Reports by region"), (2, "Oversight"),
    ]  # fmt: skip
    assert content.text.split("\n\n")[3] == "Region | 2023 | 2024\nNorth | 812 | 904\nSouth | 77 | 81"
    assert "- aid comes sooner\n- in the north only:\n  - in towns\n  - in villages\n\n" in content.text
    assert "1. listen\n2. write down\n3. pass on\n\n" in content.text
    assert (content.details["title"], content.details["author"]) == ("Yearly report", "H. Writer")


_MARKDOWN = """% Yearly report

# Prevention

Schools report **earlier** than before[^1]: één op de vier, ~~not~~ naïef “quoted” – dashed… 你好 😀.\\
A second line, with $x^2$ and H~2~O.

- aid comes sooner
    - in towns

    More of it.
- in villages

3. listen
4. write down

| Region | 2024 |
|--------|------|
| North  | 904  |

> The inspectorate *visits*.

Term
:   Meaning.

[^1]: Counted in May.

    And in June.
"""


@pytest.fixture(scope="module")
def by_pandoc(tmp_path_factory) -> dict[str, Content]:
    if not shutil.which("pandoc"):
        pytest.skip("NOT RUN: Pandoc is not installed")
    folder = tmp_path_factory.mktemp("pandoc")
    found = {}
    for form in ("docx", "odt", "rtf", "html", "epub2", "epub3"):
        file = folder / f"{form}.{form.rstrip('23')}"
        subprocess.run(
            ["pandoc", "--standalone", "--mathml", "-f", "markdown", "-t", form, "-o", file],
            input=_MARKDOWN, text=True, check=True, timeout=60,
        )  # fmt: skip
        found[form] = read_structured(file.read_bytes(), kind_of(file), file.name)
    return found


def test_that_all_formats_of_another_program_give_the_same_words_in_the_same_order(by_pandoc):
    said = by_pandoc["docx"].text
    assert said.startswith("Yearly report\n\nPrevention\n\nSchools report earlier than before[1]: één op de "
     "vier, not naïef")
    assert "\n- aid comes sooner\n  - in towns\n\nMore of it.\n\n- in villages\n" in said
    assert said.endswith("[1] Counted in May.\n\nAnd in June.\n")
    for form, content in by_pandoc.items():
        assert words(content.text) == words(said), form
        assert (1, "Prevention") in [(level, title) for level, title, _ in content.outline], form
