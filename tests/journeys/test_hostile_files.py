"""Harmed files of every format: each opens or gets one sentence; nothing crashes, nothing hangs."""

from __future__ import annotations

import pytest

from hostile_files import FORMATS, sweep, whole_files

SHORT = 12  # files of each format in every run; --long and bench take thousands


@pytest.fixture(scope="module")
def whole(tmp_path_factory, samples):
    return whole_files(tmp_path_factory.mktemp("whole"), samples)


@pytest.mark.parametrize("form", FORMATS)
def test_that_whole_files_open(whole, form, tmp_path, monkeypatch):
    """Else the sweep below would only count refusals."""
    monkeypatch.setattr("hostile_files.mutated", lambda data, chance: data)
    swept = sweep(form, whole[form], tmp_path, range(3))
    assert (swept.opened, swept.crashes, swept.bugs) == (3, [], [])


@pytest.mark.parametrize("form", FORMATS)
def test_that_a_harmed_file_opens_or_gets_a_sentence(whole, form, tmp_path):
    swept = sweep(form, whole[form], tmp_path, range(SHORT))
    assert swept.crashes == []
    assert swept.hangs == []
    assert swept.bugs == []
    assert swept.opened + swept.refused == SHORT


@pytest.mark.long
@pytest.mark.parametrize("form", FORMATS)
def test_that_a_thousand_harmed_files_open_or_get_a_sentence(whole, form, tmp_path):
    swept = sweep(form, whole[form], tmp_path, range(1000, 2000))
    assert (swept.crashes, swept.hangs, swept.bugs) == ([], [], [])
