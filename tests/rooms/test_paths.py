"""Where things live on this machine, whatever it tells of itself."""

from __future__ import annotations

from pathlib import Path

import pytest

from kantlijn import paths


def test_that_a_second_start_looks_where_the_first_listens_without_a_runtime_folder(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("XDG_RUNTIME_DIR", raising=False)
    first = paths.runtime_folder()
    assert paths.runtime_folder() == paths.runtime_folder() == first
    assert first.stat().st_mode & 0o077 == 0
    assert first.is_relative_to("/run") or first.is_relative_to(home)
