"""Files, functions and folders that fit in a reader's head."""

from __future__ import annotations

from collections import Counter

import pytest

from .source import functions, product

LONGEST_FILE = 330
LONGEST_FUNCTION = 60
MOST_MODULES = 16
"""In one folder: more want rooms. `cli` has a module for each command."""
MOST_AT_THE_TOP = 20
"""Rooms of one file each: the values, the line, the tables that all read."""


@pytest.mark.parametrize("module", product())
def test_files_and_functions_fit_in_a_readers_head(module: str) -> None:
    text = product()[module]
    assert len(text.splitlines()) <= LONGEST_FILE, "some 300 lines at most; split it by what it does"
    assert [name for name, lines in functions(text) if lines > LONGEST_FUNCTION] == []


def test_no_folder_is_a_wall_of_files() -> None:
    packages = {module.rpartition(".")[0] for module in product()}
    folders = Counter(module.rpartition(".")[0] for module in product() if module not in packages)
    at_the_top = folders.pop("")
    assert at_the_top <= MOST_AT_THE_TOP
    assert {folder: count for folder, count in folders.items() if count > MOST_MODULES} == {}
