"""Programs that others wrote, by which what we write is judged. What is missing prints NOT RUN."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest


def needs(*programs: str) -> None:
    """Skip, and say so, where a program is not installed."""
    missing = [program for program in programs if not shutil.which(program)]
    if missing:
        pytest.skip(f"NOT RUN: {', '.join(missing)} not installed")


def office_to_pdf(path: Path, folder: Path) -> Path:
    """What LibreOffice makes of it."""
    needs("soffice")
    subprocess.run(
        ["soffice", f"-env:UserInstallation=file://{folder}/office", "--headless", "--convert-to", "pdf",
         "--outdir", folder, path],
        check=True, capture_output=True, timeout=240,
    )  # fmt: skip
    made = folder / f"{path.stem}.pdf"
    if not made.exists():
        pytest.fail(f"LibreOffice could not open {path.name}")
    return made


def text_of_pdf(path: Path) -> str:
    """By poppler, in reading order, on one line."""
    needs("pdftotext")
    told = subprocess.run(["pdftotext", "-enc", "UTF-8", path, "-"], check=True, capture_output=True, timeout=60)
    return " ".join(told.stdout.decode().split())
