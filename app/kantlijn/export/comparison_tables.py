"""A comparison as rows for a spreadsheet, and as JSON for programs."""

from __future__ import annotations

import csv
import io
import json
from dataclasses import asdict

from kantlijn.export import comparison_words as said
from kantlijn.export.harmless import clean
from kantlijn.model.comparison_report import ComparisonReport
from kantlijn.words import say

_ACTS = ("=", "+", "-", "@", "\t", "\r")
"""What a spreadsheet takes for a formula at the start of a cell."""


def comparison_to_csv(report: ComparisonReport) -> bytes:
    """A change a row, in UTF-8 with a byte order mark, as spreadsheets like it."""
    out = io.StringIO(newline="")
    table = csv.writer(out)
    table.writerow([
        say("Number"), say("Kind"), say("Page, old"), say("Page, new"), say("Before"), say("Old"), say("New"),
        say("After"), say("Start, old"), say("End, old"), say("Start, new"), say("End, new"), say("Annotations"),
    ])  # fmt: skip
    names = said.names()
    for change in report.changes:
        old, new = change.old_ranges, change.new_ranges
        table.writerow([
            change.number + 1, names[change.kind], _cell(change.old_page), _cell(change.new_page),
            _cell(change.before), _cell(change.old), _cell(change.new), _cell(change.after),
            old[0][0] if old else "", old[-1][1] if old else "", new[0][0] if new else "",
            new[-1][1] if new else "", _cell("; ".join(said.touched_line(one) for one in change.touched)),
        ])  # fmt: skip
    return ("\ufeff" + out.getvalue()).encode()


def _cell(text: str) -> str:
    text = clean(text)
    return f"'{text}" if text.startswith(_ACTS) else text


def comparison_to_json(report: ComparisonReport) -> bytes:
    """The changes as the command line gives them, with their words, pages and annotations."""
    about = report.about
    plain = {
        "title": about.title,
        "old": {"title": about.old.title, "file": about.old.file, "version": about.old.number or None},
        "new": {"title": about.new.title, "file": about.new.file, "version": about.new.number or None},
        "made": about.made,
        "counts": report.counts,
        "warnings": list(about.warnings),
        "changes": [
            {
                "kind": change.kind,
                "old": [list(one) for one in change.old_ranges] or None,
                "new": [list(one) for one in change.new_ranges] or None,
                "old_page": change.old_page or None,
                "new_page": change.new_page or None,
                "old_words": change.old,
                "new_words": change.new,
                "annotations": [asdict(one) for one in change.touched],
            }
            for change in report.changes
        ],
        "annotations": [asdict(one) for one in about.carried],
    }
    return (json.dumps(plain, ensure_ascii=False, indent=1) + "\n").encode()
