"""A project to be configured, and its configuration."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from booklet.config.flags import Flags
from booklet.config.load import Loaded, load
from booklet.config.values import Config
from booklet.findings import BookletError
from booklet.render.formats import FORMATS

NOW = datetime(2021, 10, 27, 20, 0, tzinfo=UTC)
WHOLE = """
version = 1
sources = ["posts", "more/one.md"]
timezone = "Asia/Shanghai"
language = "zh-CN"
build_dir = "out"
[images]
proxies = ["https://proxy.example/?{url}"]
allow_hosts = ["127.0.0.1:8000"]
max_mb = 2.5
connections = 8
[fonts]
text = "Noto Serif CJK SC"
kai = "fonts/kai.ttf"
[[booklets]]
name = "weekly-{year}-W{week}"
title = "每周学习参考"
select = { categories = ["新媒体/ZAKER", "科技"], week = "last", section_level = 2, limit = 9 }
order = ["a.md"]
meta = { publisher = "某处", creators = ["甲", "乙"], number = "17" }
theme = "study"
formats = ["pdf"]
paper = "b5"
[booklets.options]
accent = "#123456"
qr = false
[[booklets]]
name = "monthly"
[booklets.select]
since = 2021-10-01
until = "2021-10-13"
"""

Run = Callable[..., Config]


@pytest.fixture(name="project")
def fixture_project(tmp_path: Path) -> Path:
    (tmp_path / "posts").mkdir()
    (tmp_path / "deep/er").mkdir(parents=True)
    (tmp_path / "booklet.toml").write_text(WHOLE, encoding="utf-8")
    return tmp_path


def loaded(folder: Path, **flags: Any) -> Loaded:
    environ = {"BOOKLET_CACHE_DIR": str(folder / "cache")}
    return load(Flags(**flags), cwd=folder, now=NOW, environ=environ, formats=FORMATS)


def failure(folder: Path, **flags: Any) -> BookletError:
    with pytest.raises(BookletError) as caught:
        loaded(folder, **flags)
    assert caught.value.exit_code == 2
    return caught.value
