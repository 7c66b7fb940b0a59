"""A package that is installed adds a row to each table; a faulty one is said, and costs nothing else."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parents[2]
PACKAGE = ROOT / "tests" / "plugin_package"
POST = "---\ntitle: {}\ndate: 2026-11-2{}\n---\n看啊！\n\n{{% atlas 417 %}}\n"


@dataclass
class Place:
    """A project, and an environment with the package in it."""

    folder: Path
    site: Path

    def booklet(self, *words: str) -> subprocess.CompletedProcess[str]:
        environment = {
            **os.environ,
            "PYTHONPATH": os.pathsep.join((str(self.site), str(ROOT))),
            "BOOKLET_CACHE_DIR": str(self.folder / "cache"),
            "BOOKLET_LANG": "en",
            "PYTHONUTF8": "1",
        }
        command = [sys.executable, "-m", "booklet", *words]
        return subprocess.run(
            command, cwd=self.folder, env=environment, capture_output=True, text=True, check=False
        )

    def report(self, *words: str) -> dict[str, Any]:
        done = self.booklet("build", "posts", "-f", "epub", "--json", "--name", "b", "--force", *words)
        content: dict[str, Any] = json.loads(done.stdout)
        return content


def install(site: Path, source: Path, scratch: Path) -> Path:
    """Without a network: what builds the package is part of the development tools."""
    copy = scratch / "source"
    shutil.copytree(source, copy)
    options = ("--no-build-isolation", "--no-deps", "--no-index", "--quiet", "--target", str(site))
    command = [sys.executable, "-m", "pip", "install", *options, str(copy)]
    subprocess.run(command, check=True, capture_output=True)
    return site


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return install(tmp_path_factory.mktemp("site"), PACKAGE, tmp_path_factory.mktemp("scratch"))


@pytest.fixture
def place(tmp_path: Path, site: Path) -> Place:
    posts = tmp_path / "posts"
    (posts / "diary").mkdir(parents=True)
    (posts / "one.md").write_text(POST.format("甲", 1), encoding="utf-8")
    (posts / "two.txt").write_text(POST.format("乙", 2), encoding="utf-8")
    (posts / "diary" / "diary.json").write_text("{}")
    (posts / "diary" / "text.md").write_text(POST.format("丙", 3), encoding="utf-8")
    (posts / "diary" / "other.md").write_text(POST.format("丁", 4), encoding="utf-8")
    return Place(tmp_path, site)


def broken(place: Place, old: str, new: str) -> None:
    """The package with one change."""
    place.site = shutil.copytree(place.site, place.folder / "broken-site")
    module = place.site / "booklet_atlas" / "__init__.py"
    text = module.read_text(encoding="utf-8")
    assert old in text
    module.write_text(text.replace(old, new), encoding="utf-8")


def codes(report: dict[str, Any]) -> list[str]:
    return [found["code"] for found in report["findings"] if found["level"] != "info"]


def titles(report: dict[str, Any]) -> list[str]:
    return [article["title"] for article in report["articles"]]


def test_each_of_the_five_tables_takes_a_row(place: Place) -> None:
    report = place.report("-f", "titles", "-T", "atlas", "--keep-stages", "stages")
    assert titles(report) == ["甲", "乙", "丙"]
    assert {video["provider"] for video in report["videos"]} == {"图志"}
    assert report["booklet"]["theme"] == "atlas"
    assert [Path(output["path"]).name for output in report["outputs"]] == ["b.epub", "b.titles.txt"]
    assert (place.folder / "build/b/b.titles.txt").read_text(encoding="utf-8") == "1 甲\n2 乙\n3 丙\n"
    bodies = [path.read_text(encoding="utf-8") for path in (place.folder / "stages").rglob("after.xhtml")]
    assert all("看啊！！！" in body for body in bodies)
    groups = [plugin["group"].removeprefix("booklet.") for plugin in report["plugins"]]
    assert groups == ["formats", "providers", "sources", "steps", "themes"]
    assert {(plugin["package"], plugin["version"]) for plugin in report["plugins"]} == {
        ("booklet-atlas", "1.2")
    }


def test_no_plugins_leaves_all_out(place: Place) -> None:
    report = place.report("--no-plugins")
    assert titles(report) == ["甲", "丙", "丁"]
    assert report["videos"] == []
    assert "plugins" not in report
    assert place.booklet("build", "posts", "-f", "titles", "--no-plugins").returncode == 2
    assert place.booklet("build", "posts", "-T", "atlas", "--no-plugins").returncode == 2
    assert place.booklet("config", "posts", "-f", "titles").returncode == 0
    assert place.booklet("config", "posts", "-f", "titles", "--no-plugins").returncode == 2
    assert "atlas" in place.booklet("themes").stdout
    assert "atlas" not in place.booklet("themes", "--no-plugins").stdout


def test_the_version_names_what_is_loaded(place: Place) -> None:
    plain, verbose = place.booklet("--version"), place.booklet("--version", "-v")
    assert len(plain.stdout.splitlines()) == 1
    assert "booklet-atlas 1.2  booklet.steps: shout" in verbose.stdout
    assert len(verbose.stdout.splitlines()) == 6


FAULTS = {
    "it cannot be imported": ("SHOUT = Row", "import no_such_module\n\nSHOUT = Row", "plugin-unusable"),
    "it ends the program": ("SHOUT = Row", "raise SystemExit(7)\n\nSHOUT = Row", "plugin-unusable"),
    "a row of another type": ("SHOUT = Row(", "SHOUT = dict(name=", "plugin-unusable"),
    "a row that is none": ("ATLAS = Provider(", "ATLAS = (lambda *_, **__: 7)(", "plugin-wrong-type"),
    "a name that is taken": ('name="texts"', 'name="markdown"', "plugin-clash"),
    "a step behind one that is not there": ('after={"hygiene"', 'after={"no_such"', "step-unknown"),
    "a pattern that is none": (r'(r"\d+",', r'(r"(\d+",', "plugin-unusable"),
    "a step that fails": ('    """Every', '    raise ValueError("x")\n    """Every', "step-failed"),
    "a step that gives something": ('"shout", shout', '"shout", lambda _: 7', "step-failed"),
    "a source that fails": ("    text =", "    raise ValueError('x')\n    text =", "source-failed"),
    "a provider that fails": ("    number =", "    raise ValueError('x')\n    number =", "provider-failed"),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_a_fault_is_a_warning_that_names_the_package(place: Place, fault: str) -> None:
    old, new, code = FAULTS[fault]
    broken(place, old, new)
    report = place.report()
    assert code in codes(report), report["findings"]
    assert titles(report)[0] == "甲"
    assert report["outputs"]
    told = [found for found in report["findings"] if found["code"] == code]
    assert all("booklet-atlas 1.2" in found["source"] + found["message"] for found in told)
    assert all(found["level"] == "warning" for found in told)


def test_an_output_that_fails_does_not_keep_the_others_from_being_made(place: Place) -> None:
    broken(place, "    lines = [", "    raise ValueError('x')\n    lines = [")
    report = place.report("-f", "titles")
    assert [output["format"] for output in report["outputs"]] == ["epub"]
    (told,) = [found for found in report["findings"] if found["code"] == "format-failed"]
    assert told["source"] == "booklet-atlas 1.2"


def test_what_is_kept_is_kept_by_the_packages_that_were_there(place: Place) -> None:
    report = place.report()
    assert "plugins" in report
    templates = set((place.folder / "cache" / "templates").iterdir())
    before = {path: path.read_bytes() for path in templates}
    place.report("--no-plugins")
    assert any(path.read_bytes() != content for path, content in before.items())
