"""Links between articles, by every way that people write them, from files to the composed booklet."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from booklet.clean import clean_all, neighbours
from booklet.collect import collect
from booklet.compose import compose, describe, entry_id
from booklet.config.values import OPEN, MetaConfig
from booklet.model import Article

Bodies = Callable[..., dict[str, str]]
HEXO = (
    "source_dir: source\nnew_post_name: :title.md\n"
    "url: https://notes.mountain.cn/b\npermalink: :year/:title/\n"
)
JEKYLL = "baseurl: /log\nurl: https://brook.org\nplugins: []\npermalink: pretty\n"
HUGO = 'baseURL = "https://river.net/"\nlanguageCode = "zh"\n'
GOAL = "## 准备 工作\n\n目的地。\n"


@pytest.fixture
def composed(tmp_path: Path) -> Bodies:
    """Write files, leave some out of the booklet, and give the bodies of those in it by their names."""

    def _composed(files: dict[str, str], *, out: str = "") -> dict[str, str]:
        for name, text in files.items():
            path = tmp_path / "site" / name
            path.parent.mkdir(parents=True, exist_ok=True)
            is_article = name.endswith(".md") and not text.startswith("---")
            head = f"---\ntitle: 题 {path.stem}\ndate: 2024-05-03\n---\n" if is_article else ""
            path.write_text(head + text, encoding="utf-8", newline="\n")
        zone, now = ZoneInfo("Asia/Shanghai"), datetime(2024, 6, 1, tzinfo=UTC)
        articles = collect([tmp_path / "site"], timezone=zone, now=now).articles
        chosen = [article for article in articles if not out or out not in article.source]
        others = [article for article in articles if article not in chosen]
        return _bodies(chosen, others)

    return _composed


def _bodies(chosen: list[Article], others: list[Article]) -> dict[str, str]:
    cleaned = clean_all(chosen, others=neighbours(chosen, others))
    meta = describe(
        MetaConfig(),
        chosen,
        name="x",
        title="x",
        language="zh-CN",
        timezone="Asia/Shanghai",
        period=OPEN,
        modified=None,
    )
    booklet = compose([((), chosen)], cleaned, meta=meta, images={}, options={})
    (section,) = booklet.sections
    ids = {entry_id(article): article.source_path.stem for article in chosen}
    named = re.compile("|".join(map(re.escape, ids)))
    return {
        entry.article.article.source_path.stem: named.sub(lambda found: ids[found[0]], entry.article.body)
        for entry in section.entries
    }


def links(body: str) -> list[str]:
    return re.findall(r'href="([^"]*)"', body)


@pytest.mark.parametrize(
    "link",
    [
        "[乙](goal.md)",
        "[乙](./goal.md)",
        "[乙](goal)",
        "[乙](../_posts/goal.md)",
        "[乙](/2024/goal/)",
        "[乙](/b/2024/goal/index.html)",
        "[乙](https://notes.mountain.cn/b/2024/goal/)",
        "[乙](../goal/)",
        "[[goal|乙]]",
        '<a href="goal.md">乙</a>',
    ],
)
def test_every_way_of_linking_leads_to_the_article(composed: Bodies, link: str) -> None:
    bodies = composed(
        {"_config.yml": HEXO, "source/_posts/here.md": f"看{link}。\n", "source/_posts/goal.md": GOAL}
    )
    assert bodies["here"] == '<p>看<a href="#goal">乙</a>。</p>'


@pytest.mark.parametrize(
    "link",
    [
        "[乙](goal.md#准备-工作)",
        "[乙](goal.md#%E5%87%86%E5%A4%87-%E5%B7%A5%E4%BD%9C)",
        "[[goal#准备 工作|乙]]",
    ],
)
def test_a_link_to_a_heading_leads_there(composed: Bodies, link: str) -> None:
    bodies = composed({"here.md": f"看{link}。\n", "goal.md": GOAL})
    assert links(bodies["here"]) == ["#goal-h-1"]


@pytest.mark.parametrize("link", ["goal.md", "/b/2024/goal/", "/2024/goal/"])
def test_an_article_that_is_not_in_the_booklet_is_linked_on_the_web(composed: Bodies, link: str) -> None:
    files = {
        "_config.yml": HEXO,
        "source/_posts/here.md": f"看[乙]({link}#x)。\n",
        "source/_posts/goal.md": GOAL,
    }
    assert links(composed(files, out="goal")["here"]) == ["https://notes.mountain.cn/b/2024/goal/#x"]


def test_without_the_sites_address_the_words_stay_as_text(composed: Bodies) -> None:
    files = {"here.md": "看[乙](goal.md)、[丙](nowhere.md)、[[无此页]]。\n", "goal.md": GOAL}
    assert composed(files, out="goal")["here"] == "<p>看乙、丙、无此页。</p>"


def test_no_address_of_a_source_file_is_invented(composed: Bodies) -> None:
    files = {"_config.yml": HEXO, "source/_posts/here.md": "看[丙](missing.md)、[丁](../about.md#a)。\n"}
    assert composed(files)["here"] == "<p>看丙、丁。</p>"


def test_jekylls_posts_are_found_by_their_files_and_addresses(composed: Bodies) -> None:
    text = "[一](/log/2024/05/03/goal/) [二](/_posts/2024-05-03-goal.md) [三](2024-05-03-goal.md) [[goal]]\n"
    files = {"_config.yml": JEKYLL, "_posts/2024-05-04-here.md": text, "_posts/2024-05-03-goal.md": GOAL}
    assert links(composed(files)["2024-05-04-here"]) == ["#2024-05-03-goal"] * 4


def test_hugos_pages_are_found_from_the_content_and_by_their_bundles(composed: Bodies) -> None:
    text = "[一](/posts/goal/) [二](posts/goal.md) [三](/posts/goal) [四](bundle/index.md)\n"
    files = {
        "hugo.toml": HUGO,
        "content/posts/here.md": text,
        "content/posts/goal.md": GOAL,
        "content/posts/bundle/index.md": GOAL,
    }
    assert links(composed(files)["here"]) == ["#goal", "#goal", "#goal", "#index"]


def test_an_alias_is_a_name_and_an_address(composed: Bodies) -> None:
    goal = f"---\ntitle: 目的\ndate: 2024-05-03\naliases: [/old/place/, 旧名]\n---\n{GOAL}"
    files = {
        "hugo.toml": HUGO,
        "content/here.md": "[一](/old/place/) [[旧名]] [[目的]]\n",
        "content/goal.md": goal,
    }
    assert links(composed(files)["here"]) == ["#goal"] * 3


def test_notions_links_are_found_by_their_number(composed: Bodies) -> None:
    number = "0123456789abcdef0123456789abcdef"
    files = {
        "here.md": f"[甲](Goal%20{number}.md) [乙](https://www.notion.so/team/Goal-{number})\n",
        f"Goal {number}.md": GOAL,
    }
    assert links(composed(files)["here"]) == [f"#Goal {number}"] * 2


def test_of_two_notes_of_a_name_the_one_beside_is_meant(composed: Bodies) -> None:
    files = {"a/here.md": "[[goal]] [[b/goal]]\n", "a/goal.md": GOAL, "b/goal.md": "别的。\n"}
    assert (
        len(set(links(composed(files)["here"]))) == 1
    )  # both are called so here: what counts is that both lead
    assert len(links(composed(files)["here"])) == 2


def test_a_name_that_two_notes_elsewhere_have_leads_nowhere(composed: Bodies) -> None:
    files = {"here.md": "[[goal]]\n", "a/goal.md": GOAL, "b/goal.md": "别的。\n"}
    assert links(composed(files)["here"]) == []


def test_a_link_without_words_gets_the_title(composed: Bodies) -> None:
    files = {"here.md": "看[](goal.md)。\n", "goal.md": GOAL}
    assert composed(files)["here"] == '<p>看<a href="#goal">题 goal</a>。</p>'


def test_a_scheme_of_ours_that_somebody_wrote_leads_nowhere(composed: Bodies) -> None:
    assert links(composed({"here.md": "[甲](article:0123) <a href='article:x#y'>乙</a>\n"})["here"]) == []


@pytest.mark.parametrize(
    ("tag", "shown"),
    [
        ("{% post_link goal %}", "题 goal"),
        ("{% post_link goal '去 那里' %}", "去 那里"),
        ("{% post_link goal.md 那里 true %}", "那里"),
    ],
)
def test_hexos_tag_for_a_post_leads_to_it(composed: Bodies, tag: str, shown: str) -> None:
    files = {"_config.yml": HEXO, "source/_posts/here.md": f"看{tag}。\n", "source/_posts/goal.md": GOAL}
    assert composed(files)["here"] == f'<p>看<a href="#goal">{shown}</a>。</p>'


@pytest.mark.parametrize(
    "tag",
    [
        "{% post_url 2024-05-03-goal %}",
        "{{ site.baseurl }}{% post_url 2024-05-03-goal %}",
        "{% link _posts/2024-05-03-goal.md %}",
        "{{ site.baseurl }}{% link _posts/2024-05-03-goal.md %}",
        "{{ '/2024/05/03/goal/' | relative_url }}",
        "{{ '/2024/05/03/goal/' | absolute_url }}",
    ],
)
def test_jekylls_tags_for_an_address_lead_to_the_post(composed: Bodies, tag: str) -> None:
    files = {
        "_config.yml": JEKYLL,
        "_posts/2024-05-04-here.md": f"看[乙]({tag})。\n",
        "_posts/2024-05-03-goal.md": GOAL,
    }
    assert links(composed(files)["2024-05-04-here"]) == ["#2024-05-03-goal"]


@pytest.mark.parametrize(
    "tag",
    [
        '{{< ref "goal.md" >}}',
        '{{< relref "/posts/goal" >}}',
        '{{% ref "posts/goal.md" %}}',
        '{{< ref "goal" >}}',
    ],
)
def test_hugos_references_lead_to_the_page(composed: Bodies, tag: str) -> None:
    files = {
        "hugo.toml": HUGO,
        "content/notes/here.md": f"看[乙]({tag})。\n",
        "content/posts/goal.md": GOAL,
    }
    assert links(composed(files)["here"]) == ["#goal"]
