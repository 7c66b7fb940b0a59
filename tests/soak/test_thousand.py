"""A thousand articles: an archive's size, not a week's. Prints the time and the memory that it took.

`make soak` runs it. Every build is a process of its own, so that the memory is that of one build.
"""

from __future__ import annotations

import json
import os
import random
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from booklet.check import check, examine

pytestmark = [pytest.mark.soak, pytest.mark.timeout(3600)]

ARTICLES = 1000
IN_PDF = 200
CATEGORIES = ("时政", "科技", "产业", "文化", "健康")
WORDS = [
    pair
    for line in (
        "数据治理社区居民学习小组会议记录工厂设备温度曲线河流航运码头图书阅览节气霜降预算公开标准",
        "螺纹冷链苹果桥梁监测信号时间频率编码字节文件目录讨论意见方案试点服务窗口材料流程效率安全",
    )
    for pair in map("".join, zip(line[::2], line[1::2], strict=True))
]
LINKS = ("的", "和", "在", "与", "对", "把", "从", "让", "为了", "关于", "经过", "因此", "同时")
MEASURED = """
import sys
from booklet.cli import run
code = run()
with open("/proc/self/status") as status:
    print(next(line.split()[1] for line in status if line.startswith("VmHWM")), file=sys.stderr)
sys.exit(code)
"""
"""Not `getrusage`: Linux counts there what the process that started this one held at that time."""


@dataclass(frozen=True)
class Built:
    report: dict[str, Any]
    seconds: float
    peak_mb: float


def sentence(chance: random.Random) -> str:
    parts = [
        chance.choice(WORDS) + chance.choice(LINKS) + chance.choice(WORDS)
        for _ in range(chance.randint(3, 9))
    ]
    return "，".join(parts) + chance.choice("。。。！？；")


def paragraphs(chance: random.Random) -> Iterator[str]:
    for number in range(chance.randint(4, 14)):
        text = "".join(sentence(chance) for _ in range(chance.randint(2, 6)))
        match chance.randrange(8):
            case 0:
                yield f"## {chance.choice(WORDS)}{chance.choice(WORDS)} {number}"
            case 1:
                yield f"> {text}"
            case 2:
                yield "\n".join(f"- {sentence(chance)}" for _ in range(4))
            case 3:
                link = f"[原文](https://example.com/{number})"
                yield f"**{chance.choice(WORDS)}**：{text} 参见 {link}，共 {number * 7} 项，Unicode 15.1。"
            case 4:
                yield "| 项目 | 数量 |\n|---|---|\n" + "\n".join(
                    f"| {word} | {number} |" for word in WORDS[:4]
                )
            case _:
                yield text


def write_articles(folder: Path) -> None:
    """The same thousand every time: the generator's seed is fixed."""
    chance = random.Random(20261020)
    began = datetime(2026, 1, 1, 8, tzinfo=UTC)
    for number in range(ARTICLES):
        category = CATEGORIES[number % len(CATEGORIES)]
        date = (began + timedelta(hours=6 * number)).isoformat()
        title = f"{chance.choice(WORDS)}{chance.choice(LINKS)}{chance.choice(WORDS)}：第 {number + 1} 篇"
        head = f"---\ntitle: {title}\ndate: {date}\ncategories: [{category}, {chance.choice(WORDS)}]\n---\n"
        path = folder / category / f"{number:04}.md"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(head + "\n\n".join(paragraphs(chance)) + "\n", encoding="utf-8")


def build(folder: Path, *arguments: str) -> Built:
    command = [
        sys.executable,
        "-c",
        MEASURED,
        "build",
        "posts",
        "--offline",
        "--timezone",
        "UTC",
        "--json",
        *arguments,
    ]
    environment = {**os.environ, "BOOKLET_CACHE_DIR": str(folder / "cache"), "PYTHONUTF8": "1"}
    began = time.perf_counter()
    done = subprocess.run(command, cwd=folder, env=environment, capture_output=True, check=False)
    seconds = time.perf_counter() - began
    assert done.returncode == 0, done.stderr.decode(errors="replace")[-2000:]
    return Built(json.loads(done.stdout), seconds, int(done.stderr.split()[-1]) / 1024)


def tell(capsys: pytest.CaptureFixture[str], line: str) -> None:
    with capsys.disabled():
        sys.stdout.write(f"\n{line}")


def figures(built: Built) -> str:
    output = built.report["outputs"][0]
    stages = ", ".join(f"{stage} {seconds:.1f}" for stage, seconds in built.report["timings_s"].items())
    size = f"{output['bytes'] / 1e6:.1f} MB, {output['pages'] or '-'} pages"
    return f"{built.seconds:.1f} s, peak {built.peak_mb:.0f} MB; {size} ({stages})"


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("archive")
    write_articles(folder / "posts")
    return folder


@pytest.mark.tools
def test_a_thousand_articles_make_a_sound_epub(
    archive: Path, java: str, capsys: pytest.CaptureFixture[str]
) -> None:
    built = build(archive, "-f", "epub")
    tell(capsys, f"EPUB of {ARTICLES} articles: {figures(built)}")
    assert len(built.report["articles"]) == ARTICLES
    began = time.perf_counter()
    result = examine(archive / built.report["outputs"][0]["path"])
    (verdict,) = result.facts
    tell(capsys, f"{': '.join(verdict)}; {time.perf_counter() - began:.1f} s")
    assert result.findings == ()
    assert verdict[1] == "0 fatals / 0 errors / 0 warnings"


def test_two_hundred_articles_make_a_sound_pdf(archive: Path, capsys: pytest.CaptureFixture[str]) -> None:
    built = build(archive, "-f", "pdf", "--limit", str(IN_PDF), "--name", "newest")
    tell(capsys, f"PDF of {IN_PDF} articles: {figures(built)}")
    assert all(article["pages"] for article in built.report["articles"])
    assert len(built.report["articles"]) == IN_PDF
    assert check(archive / built.report["outputs"][0]["path"]) == ()
