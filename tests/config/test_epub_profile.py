from __future__ import annotations

from pathlib import Path

import pytest

from booklet import outputs
from booklet.config.formats import ending
from booklet.findings import BookletError
from booklet.model import EpubProfile
from booklet.render.formats import FORMATS

from .project import loaded


@pytest.mark.parametrize(
    ("flag", "names", "profile"),
    [
        (None, (), "default"),
        ("kindle", (), "kindle"),
        ("EINK-GREY", ("a.epub",), "eink-grey"),
        ("kobo", (), "kobo"),
        ("kobo", ("a.kepub.epub", "a.pdf"), "kobo"),
        (None, ("A.KEPUB.EPUB",), "kobo"),
        (None, ("a.epub",), "default"),
    ],
)
def test_the_flag_or_else_the_files_name_says_the_profile(
    tmp_path: Path, flag: str | None, names: tuple[str, ...], profile: str
) -> None:
    made = loaded(tmp_path, sources=(".",), epub_profile=flag, outputs=tuple(map(Path, names)))
    assert made.config.jobs[0].epub_profile == profile


@pytest.mark.parametrize(
    ("flag", "name", "code"),
    [
        ("kindle", "a.kepub.epub", "ending-wrong"),
        ("kobo", "a.epub", "ending-wrong"),
        ("nook", "a.epub", "value-invalid"),
    ],
)
def test_a_name_and_a_profile_that_contradict_each_other_are_refused(
    tmp_path: Path, flag: str, name: str, code: str
) -> None:
    with pytest.raises(BookletError) as caught:
        loaded(tmp_path, sources=(".",), epub_profile=flag, outputs=(Path(name),))
    assert (caught.value.code, caught.value.exit_code) == (code, 2)


def test_the_file_may_say_it_and_config_shows_it(tmp_path: Path) -> None:
    from booklet.config.show import as_toml

    (tmp_path / "booklet.toml").write_text(
        'version = 1\nsources = ["."]\n[[booklets]]\nname = "n"\nepub_profile = "kindle"\n', encoding="utf-8"
    )
    by_file = loaded(tmp_path)
    assert by_file.config.jobs[0].epub_profile == "kindle"
    assert 'epub_profile = "kindle"  # file' in as_toml(by_file, origin_text=str)
    by_name = loaded(tmp_path, outputs=(Path("a.kepub.epub"),))
    assert 'epub_profile = "kobo"  # flag' in as_toml(by_name, origin_text=str)


@pytest.mark.parametrize(
    ("profile", "name"), [("default", "n.epub"), ("kindle", "n.epub"), ("kobo", "n.kepub.epub")]
)
def test_the_file_is_called_as_the_profile_wants(tmp_path: Path, profile: EpubProfile, name: str) -> None:
    job = loaded(tmp_path, sources=(".",), epub_profile=profile).config.jobs[0]
    targets = outputs.targets(job, folder=tmp_path, name="n", formats=FORMATS)
    assert [path.name for _, path in targets] == [name, "n.pdf"]
    assert ending(FORMATS[1], profile) == ".pdf"
