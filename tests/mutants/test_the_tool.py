"""The tool itself: what it draws, what it runs, what it says of it."""

from __future__ import annotations

from itertools import islice
from pathlib import Path

import pytest

from .lists import Equivalent, by_hand
from .mutations import LEFT_OUT, Mutant, drawn, mutant_of, product_files
from .tree import ROOT
from .trial import attempt

SMALL = '''"""A module."""

LIMIT = 40


def short(text: str) -> bool:
    """Whether it is."""
    return len(text) <= LIMIT
'''


@pytest.fixture
def product(tmp_path: Path) -> Path:
    path = tmp_path / "booklet" / "small.py"
    path.parent.mkdir()
    path.write_text(SMALL, encoding="utf-8")
    return tmp_path


def changes(root: Path, seed: int) -> list[tuple[int, str]]:
    return [(mutant.line, mutant.becomes) for mutant in drawn(root, seed)]


def test_a_seed_draws_the_same_mutants_again(product: Path) -> None:
    assert changes(product, 1) == changes(product, 1)
    assert len({tuple(changes(product, seed)) for seed in range(20)}) > 1


def test_constants_and_functions_are_mutated_and_annotations_and_docstrings_are_not(product: Path) -> None:
    found = {change for seed in range(20) for change in changes(product, seed)}
    assert found == {
        (3, "LIMIT = 41"),
        (3, "LIMIT = None"),
        (8, "return len(text) < LIMIT"),
    }


def test_what_is_left_out_is_there_to_be_left_out() -> None:
    files = product_files(ROOT)
    assert "booklet/compose.py" in files
    for path in LEFT_OUT:
        assert (ROOT / path).exists()
        assert not [file for file in files if file.startswith(path)]


def test_a_change_that_is_no_python_or_no_change_is_no_mutant() -> None:
    assert mutant_of("a.py", "x = 1\n", "x = = 1\n") is None
    assert mutant_of("a.py", "x = 1\n", "x  =  1\n") is None
    assert mutant_of("a.py", 'x = r"[\\u30ff]"\n', 'x = r"[\\u30FF]"\n') is None
    made = mutant_of("a.py", "a = 1\n  \nb = (\n    2,\n)\n", "a = 1\n  \nb = (\n    3,\n)\n")
    assert made is not None
    assert (made.line, made.was, made.becomes) == (4, "2,", "3,")


def test_an_equivalent_is_found_wherever_its_line_moves() -> None:
    row = Equivalent("LIMIT = 40", "LIMIT = 41", "why")
    for text in (SMALL, "# moved\n\n\n" + SMALL):
        mutant = mutant_of("booklet/small.py", text, text.replace("40", "41"))
        assert mutant is not None
        assert row.is_that(mutant)
    other = mutant_of("booklet/small.py", SMALL, SMALL.replace("40", "42"))
    assert other is not None
    assert not row.is_that(other)


def test_every_mutant_made_by_hand_still_fits_the_product() -> None:
    assert len(by_hand(ROOT)) >= 12


def test_a_mutant_made_by_hand_whose_line_is_gone_is_named(product: Path, tmp_path: Path) -> None:
    rows = tmp_path / "rows.toml"
    rows.write_text(
        '[[mutants]]\nname = "larger"\nfile = "booklet/small.py"\nold = "LIMIT = 39"\nnew = "x"\n'
    )
    with pytest.raises(ValueError, match=r"larger.*0 times in booklet/small\.py"):
        by_hand(product, rows)


class TestTrial:
    """Against tests that the tree has written for it."""

    class Tree:
        """Answers as pytest would, and looks at the mutated file when asked."""

        def __init__(self, root: Path, *codes: int | None) -> None:
            self.root, self.scratch = root, root / "scratch"
            self.codes = list(codes)
            self.ran: list[list[str]] = []
            self.saw: list[str] = []

        def log(self) -> str:
            return "file or directory not found"

        def pytest(self, arguments: object, *, variables: dict[str, str], limit_s: float) -> int | None:
            lines = Path(variables["MUTANTS_TESTS"]).read_text().splitlines()
            self.ran.append([line.partition(" ")[2] for line in lines])
            if self.codes[0] == 1:
                Path(variables["MUTANTS_FAILED"]).write_text(self.ran[-1][0])
            self.saw.append((self.root / "booklet/small.py").read_text(encoding="utf-8"))
            return self.codes.pop(0)

    def tried(self, root: Path, seconds: dict[str, float], *codes: int | None) -> tuple[object, Tree]:
        mutant = next(islice(drawn(root, 1), 1))
        tree = self.Tree(root, *codes)
        trial = attempt(mutant, tree, tuple(seconds), seconds, patience_s=100)  # type: ignore[arg-type]  # what it needs of a tree
        assert isinstance(mutant, Mutant)
        assert set(tree.saw) <= {mutant.text}
        assert (root / "booklet/small.py").read_text(encoding="utf-8") == SMALL
        return trial.verdict, tree

    def test_a_failing_test_ends_it(self, product: Path) -> None:
        verdict, tree = self.tried(product, {"t.py::a": 4.0, "t.py::b": 20.0, "t.py::c": 70.0}, 0, 1)
        assert verdict == "killed"
        assert tree.ran == [["t.py::a"], ["t.py::b"]]

    def test_what_pytest_could_not_run_is_no_kill(self, product: Path) -> None:
        with pytest.raises(RuntimeError, match="did not run"):
            self.tried(product, {"t.py::a": 1.0}, 4)

    def test_a_hang_is_noticed(self, product: Path) -> None:
        assert self.tried(product, {"t.py::a": 1.0}, None)[0] == "timeout"

    def test_all_tests_pass_over_a_survivor_and_the_slowest_are_left_out(self, product: Path) -> None:
        verdict, tree = self.tried(product, {"t.py::a": 1.0, "t.py::b": 2.0, "t.py::c": 200.0}, 0)
        assert verdict == "survived"
        assert tree.ran == [["t.py::a", "t.py::b"]]

    def test_without_tests_nothing_runs(self, product: Path) -> None:
        assert self.tried(product, {})[0] == "not covered"
