"""Large print has narrower margins: pictures are made for the page that they are printed on."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from booklet import images
from booklet.config.flags import Flags
from booklet.config.load import load
from booklet.images.decoding.forms import Form
from booklet.model import Format
from booklet.pipeline import build
from booklet.render.formats import FORMATS


class _Seen(Exception):  # noqa: N818 - ends the build, no error
    pass


def forms_of(size: str, folder: Path, monkeypatch: pytest.MonkeyPatch) -> Mapping[Format, Form]:
    (folder / "posts").mkdir(parents=True)
    (folder / "posts" / "a.md").write_text(
        "---\ntitle: 甲\ndate: 2021-10-20\n---\n正文。\n", encoding="utf-8"
    )
    (folder / "booklet.toml").write_text(
        'version = 1\nsources = ["posts"]\n[[booklets]]\nname = "one"\npaper = "a4"\n'
        f'[booklets.options]\nprint_size = "{size}"\n',
        encoding="utf-8",
    )
    taken: dict[Format, Form] = {}

    def gather(*_: object, forms: Mapping[Format, Form], **_others: Any) -> None:
        taken.update(forms)
        raise _Seen

    monkeypatch.setattr(images, "gather", gather)
    flags = Flags(offline=True, no_cache=True)
    config = load(flags, cwd=folder, now=datetime.now(UTC), environ={}, formats=FORMATS).config
    with pytest.raises(_Seen):
        build(config, config.jobs[0])
    return taken


def test_pictures_fill_the_measure_of_large_print(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    normal = forms_of("normal", tmp_path / "normal", monkeypatch)
    large = forms_of("large", tmp_path / "large", monkeypatch)
    assert large["pdf"].max_width_px > normal["pdf"].max_width_px
    assert large["epub"] == normal["epub"]
