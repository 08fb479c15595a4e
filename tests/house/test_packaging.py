"""The two commands of the README, tried on a checkout whose environment is a stand-in: no network, no waiting."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

import pytest

REPOSITORY = Path(__file__).resolve().parents[2]
SCRIPTS = ("packaging/prepare.sh", "packaging/run.sh", "packaging/test.sh", ".ci/run")
SAMPLE = "Online veiligheid van jongeren.kantlijn"
STAND_IN = r"""#!/bin/sh
printf "%s\n" "$@" >> "$HOME/told"
case "$1" in export) printf "# Summary\n" > "$6" ;; esac
"""


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """A checkout in a folder with a space, with an environment that counts as installed."""
    place = tmp_path / "my checkout"
    (place / "packaging").mkdir(parents=True)
    for name in ("run.sh", "prepare.sh", "test.sh"):
        shutil.copy(REPOSITORY / "packaging" / name, place / "packaging")
    shutil.copy(REPOSITORY / "pyproject.toml", place)
    programs = place / ".venv" / "bin"
    programs.mkdir(parents=True)
    for name, text in (("kantlijn", STAND_IN), ("python", "#!/bin/sh\nexit 0\n")):
        (programs / name).write_text(text, "utf-8")
        (programs / name).chmod(0o755)
    wanted = subprocess.run(
        "sed '/^\\[tool\\./,$d' pyproject.toml | sha256sum | cut -d' ' -f1",
        shell=True, cwd=place, capture_output=True, text=True, check=True,
    ).stdout
    (place / ".venv" / "installed-run").write_text(wanted, "utf-8")
    return place


def run(checkout: Path, *arguments: str, **changed: str) -> subprocess.CompletedProcess[str]:
    kept = {name: os.environ[name] for name in ("PATH", "HOME", "XDG_DATA_HOME")}
    return subprocess.run(
        ["bash", checkout / "packaging" / "run.sh", *arguments],
        env=kept | changed, cwd=checkout.parent, capture_output=True, text=True, check=False,
    )


def told() -> list[str]:
    return (Path(os.environ["HOME"]) / "told").read_text("utf-8").splitlines()


def test_that_scripts_are_sound_and_can_be_started() -> None:
    for name in SCRIPTS:
        subprocess.run(["bash", "-n", REPOSITORY / name], check=True)
    for name in SCRIPTS[1:]:
        assert os.access(REPOSITORY / name, os.X_OK), name


def test_that_files_with_spaces_reach_the_window_as_they_are(checkout: Path) -> None:
    done = run(checkout, "a report.pdf", "*.txt", DISPLAY=":9")
    assert done.returncode == 0, done.stderr
    assert told() == ["a report.pdf", "*.txt"]


def test_that_the_sample_project_opens_when_no_file_is_named(checkout: Path) -> None:
    run(checkout, WAYLAND_DISPLAY="wayland-0")
    sample = Path(os.environ["XDG_DATA_HOME"]) / "kantlijn" / SAMPLE
    assert told() == ["demo", str(sample), str(sample)]


def test_that_the_sample_project_is_made_only_once(checkout: Path) -> None:
    sample = Path(os.environ["XDG_DATA_HOME"]) / "kantlijn" / SAMPLE
    sample.parent.mkdir(parents=True)
    sample.touch()
    run(checkout, DISPLAY=":9")
    assert told() == [str(sample)]


def test_that_without_a_display_it_says_so_and_prints_the_summary(checkout: Path) -> None:
    done = run(checkout)
    assert done.returncode == 0, done.stderr
    assert "no display" in done.stderr
    assert done.stdout == "# Summary\n"


def test_that_a_second_start_costs_next_to_nothing(checkout: Path) -> None:
    before = _spent_below()
    run(checkout, "a.pdf", DISPLAY=":9")
    assert _spent_below() - before < 0.5


def _spent_below() -> float:
    """Seconds of processor time that ended child processes have taken."""
    times = os.times()
    return times.children_user + times.children_system


def test_that_missing_packages_are_named_when_nobody_can_install_them(checkout: Path, tmp_path: Path) -> None:
    shutil.rmtree(checkout / ".venv")
    programs = tmp_path / "programs"
    programs.mkdir()
    for name in ("bash", "sed", "sha256sum", "cut", "cat", "dirname", "mkdir", "rm", "mktemp"):
        (programs / name).symlink_to(shutil.which(name) or name)
    for name, text in (("id", "echo 1000"), ("apt-get", "exit 9"), ("sudo", "exit 1")):
        (programs / name).write_text(f"#!/bin/bash\n{text}\n", "utf-8")
        (programs / name).chmod(0o755)
    done = run(checkout, DISPLAY=":9", PATH=str(programs))
    assert done.returncode == 1
    assert "python3-venv" in done.stderr
    assert len(done.stderr.strip().splitlines()) == 1
