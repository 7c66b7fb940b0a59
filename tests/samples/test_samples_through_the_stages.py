"""The starter, written to disk and read by the stages before rendering: complete, and nothing to warn of."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from booklet.clean import clean
from booklet.config.flags import Flags
from booklet.config.load import load_config
from booklet.config.values import Config
from booklet.images import gather
from booklet.model import Article
from booklet.pipeline import choose
from booklet.render.formats import FORMATS
from booklet.samples import files


@pytest.fixture
def config(tmp_path: Path) -> Config:
    for name, data in files().items():
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
    now = datetime(2026, 11, 2, tzinfo=UTC)
    return load_config(Flags(offline=True), cwd=tmp_path, now=now, environ={}, formats=FORMATS)


@pytest.fixture
def articles(config: Config) -> tuple[Article, ...]:
    return choose(config, config.jobs[0]).articles


def test_configuration_is_accepted_with_its_select_and_options(config: Config) -> None:
    (job,) = config.jobs
    assert job.select.period.week == (2026, 43)
    assert job.options["accent"] == "#a8201a"
    assert job.meta.publisher


def test_the_week_holds_thirteen_articles_in_four_sections_without_a_warning(config: Config) -> None:
    chosen = choose(config, config.jobs[0])
    assert len(chosen.articles) == 13
    assert {article.categories[0][0] for article in chosen.articles} == {
        "时政学习",
        "科技前沿",
        "产业观察",
        "文化生活",
    }
    assert {found.code for found in chosen.findings if found.level != "info"} == set()


def test_languages_are_known(articles: tuple[Article, ...]) -> None:
    languages = [article.lang for article in articles]
    assert languages.count("en") == languages.count("zh-TW") == 1
    assert languages.count("zh-CN") == 11


def test_the_title_that_is_no_yaml_is_read_whole(articles: tuple[Article, ...]) -> None:
    assert "老厂房里的“数字师傅”: 一家齿轮厂的改造账" in {article.title for article in articles}


def test_bodies_come_out_clean_with_two_videos_and_no_tag_showing(articles: tuple[Article, ...]) -> None:
    cleaned = [clean(article) for article in articles]
    assert {found.code for one in cleaned for found in one.findings if found.level != "info"} == set()
    assert sorted(video.provider for one in cleaned for video in one.videos) == ["哔哩哔哩", "腾讯视频"]
    for one in cleaned:
        assert "{%" not in one.body
        assert "**" not in one.body
        assert "[^" not in one.body


def test_all_pictures_are_found_without_a_network(config: Config, articles: tuple[Article, ...]) -> None:
    cleaned = [clean(article) for article in articles]
    pictures = gather(cleaned, config=config.images, cache_dir=None, offline=True)
    assert pictures.wanted == 10
    assert len(pictures.assets) == 10
    assert pictures.findings == ()
