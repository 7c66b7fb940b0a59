from __future__ import annotations

import subprocess
import sys
import zipfile
from pathlib import Path
from typing import Any

import pytest

from booklet import check as checking
from booklet.check import archive as archives
from booklet.check import epub
from booklet.check import java as java_module
from booklet.check.archive import read
from booklet.check.java import java_command
from booklet.findings import BookletError, Finding

CONTAINER = (
    '<container xmlns="urn:oasis:names:tc:opendocument:xmlns:container" version="1.0"><rootfiles>'
    '<rootfile full-path="a.opf" media-type="application/oebps-package+xml"/></rootfiles></container>'
)

PACKAGE = """\
<package xmlns="http://www.idpf.org/2007/opf" version="3.0" unique-identifier="i">
<metadata xmlns:dc="http://purl.org/dc/elements/1.1/">
<dc:identifier id="i">x</dc:identifier><dc:title>t</dc:title><dc:language>zh</dc:language></metadata>
<manifest><item id="n" href="文 a.xhtml" properties="nav" media-type="application/xhtml+xml"/></manifest>
<spine><itemref idref="n"/></spine></package>
"""


def archive(
    path: Path, *entries: tuple[str, str | bytes], mimetype: bool = True, stored: bool = True
) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as made:
        if mimetype:
            how = zipfile.ZIP_STORED if stored else zipfile.ZIP_DEFLATED
            made.writestr("mimetype", "application/epub+zip", how)
        for name, data in entries:
            made.writestr(name, data)
    return path


def ids(findings: tuple[Finding, ...]) -> list[object]:
    return [dict(finding.params)["id"] for finding in findings]


@pytest.fixture
def no_java(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.delenv("JAVA_HOME", raising=False)


def test_without_java_it_says_so_and_looks_itself(
    tmp_path: Path, no_java: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    sound = archive(tmp_path / "a.epub", ("META-INF/container.xml", CONTAINER))
    monkeypatch.setattr(java_module, "_BY_MANAGER", {})
    result = checking.examine(sound)
    assert [finding.code for finding in result.findings] == ["check-java-missing"]
    broken = archive(tmp_path / "b.epub", ("META-INF/container.xml", CONTAINER), ("b.xml", "<p>"))
    codes = [finding.code for finding in checking.check(broken)]
    assert codes == ["check-java-missing", "check-epub"]


@pytest.mark.parametrize(
    ("platform", "manager", "command"),
    [
        ("win32", "", "winget install EclipseAdoptium.Temurin.21.JRE"),
        ("darwin", "", "brew install --cask temurin"),
        ("linux", "apt-get", "sudo apt-get install default-jre-headless"),
        ("linux", "dnf", "sudo dnf install java-latest-openjdk-headless"),
        ("linux", "pacman", "sudo pacman -S jre-openjdk-headless"),
        ("linux", "zypper", "sudo zypper install java-21-openjdk-headless"),
        ("linux", "apk", "sudo apk add openjdk21-jre-headless"),
        ("linux", "nix", "https://adoptium.net"),
    ],
)
def test_where_java_is_to_be_had_is_said_by_system(
    platform: str, manager: str, command: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("shutil.which", lambda name: name if name == manager else None)
    assert java_command(platform) == command


def test_java_home_wins(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    name = "java.exe" if sys.platform == "win32" else "java"
    program = tmp_path / "bin" / name
    program.parent.mkdir()
    program.write_text("")
    program.chmod(0o755)
    monkeypatch.setenv("JAVA_HOME", str(tmp_path))
    assert java_module.find_java() == str(program)


@pytest.mark.parametrize(
    ("mimetype", "stored", "entries", "wanted"),
    [
        (True, True, [("META-INF/container.xml", CONTAINER)], []),
        (False, True, [("META-INF/container.xml", CONTAINER)], ["mimetype"]),
        (True, False, [("META-INF/container.xml", CONTAINER)], ["mimetype"]),
        (True, True, [], ["container"]),
        (True, True, [("META-INF/container.xml", CONTAINER), ("EPUB/a.xhtml", "<p>&nbsp;</p>")], ["xml"]),
        (True, True, [("META-INF/container.xml", CONTAINER), ("EPUB/a.xhtml", b"\xff\xfe\x00")], ["xml"]),
        (True, True, [("META-INF/container.xml", "<" * 10), ("a.opf", "")], ["xml", "xml"]),
    ],
)
def test_own_checks_name_the_fault(
    tmp_path: Path, mimetype: bool, stored: bool, entries: list[tuple[str, str]], wanted: list[str]
) -> None:
    path = archive(tmp_path / "a.epub", *entries, mimetype=mimetype, stored=stored)
    assert ids(epub.own_checks(read(path))) == wanted


@pytest.mark.parametrize(
    "data", [b"", b"PK", b"PK\x03\x04" + b"\0" * 100, b"<html>", b"\x50\x4b\x05\x06" + b"\0" * 18]
)
def test_own_checks_survive_what_is_no_archive(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "a.epub"
    path.write_bytes(data)
    assert set(ids(epub.own_checks(read(path)))) <= {"zip", "mimetype", "container"}
    assert epub.own_checks(read(path))


def test_a_damaged_entry_is_a_finding(tmp_path: Path) -> None:
    path = archive(tmp_path / "a.epub", ("META-INF/container.xml", CONTAINER * 50))
    data = bytearray(path.read_bytes())
    at = data.index(b"META-INF/container.xml") + 40
    data[at : at + 20] = b"\xff" * 20
    path.write_bytes(bytes(data))
    assert ids(epub.own_checks(read(path))) == ["zip"]


def test_huge_documents_are_not_unpacked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archives, "MAX_DOCUMENT_BYTES", 1_000)
    big = ("big.xhtml", "<p>" + "x" * 2_000 + "</p>")
    path = archive(tmp_path / "a.epub", ("META-INF/container.xml", CONTAINER), big)
    assert ids(epub.own_checks(read(path))) == ["size"]
    monkeypatch.setattr(archives, "MAX_DOCUMENTS_BYTES", 1_500)
    assert ids(epub.own_checks(read(path))) == ["size"]


def test_a_java_that_is_none_is_a_finding(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(epub, "find_java", lambda: sys.executable)
    path = archive(tmp_path / "a.epub", ("META-INF/container.xml", CONTAINER))
    (failed,) = checking.check(path)
    assert failed.code == "check-tool-failed"
    assert dict(failed.params)["reason"]


def test_a_check_without_an_end_is_ended(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def never(command: list[str], **options: Any) -> None:
        raise subprocess.TimeoutExpired(command, options["timeout"])

    monkeypatch.setattr(epub, "find_java", lambda: "java")
    monkeypatch.setattr(subprocess, "run", never)
    path = archive(tmp_path / "a.epub", ("META-INF/container.xml", CONTAINER))
    (failed,) = checking.check(path)
    assert "180 s" in str(dict(failed.params)["reason"])


@pytest.mark.tools
def test_epubcheck_names_fault_and_place(tmp_path: Path, java: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path.parent)  # EPUBCheck writes what begins like the working folder with a dot
    path = archive(
        tmp_path / "坏 书.epub",
        ("META-INF/container.xml", CONTAINER),
        ("a.opf", PACKAGE),
        ("文 a.xhtml", '<html xmlns="http://www.w3.org/1999/xhtml"><head><title>t</title></head><p></html>'),
    )
    result = checking.examine(path)
    assert "check-epub" in {finding.code for finding in result.findings}
    places = [str(dict(finding.params)["where"]) for finding in result.findings]
    assert "坏 书.epub" in places
    assert any(place.startswith("文 a.xhtml:1:") for place in places)
    assert result.facts[0][0].startswith("EPUBCheck 5.")
    assert "0 errors" not in result.facts[0][1]


def test_a_missing_file_is_wrong_usage(tmp_path: Path) -> None:
    with pytest.raises(BookletError) as caught:
        checking.check(tmp_path / "none.epub")
    assert (caught.value.code, caught.value.exit_code) == ("file-missing", 2)


def test_other_things_are_not_checked(tmp_path: Path) -> None:
    note = tmp_path / "note.txt"
    note.write_text("PDF")
    assert [finding.code for finding in checking.check(note)] == ["check-unsupported"]
    folder = tmp_path / "folder.epub"
    folder.mkdir()
    assert [finding.code for finding in checking.check(folder)] == ["check-unreadable"]
