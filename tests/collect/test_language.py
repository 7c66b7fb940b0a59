from __future__ import annotations

import pytest

from booklet.collect.language import article_language, detect, normalise_tag

CHINESE = "今天我们学习怎样读一本书，先看目录，再看每一章的开头，最后把难懂的地方记下来。"
TAIWAN = "今天我們學習怎樣讀一本書，先看目錄，再看每一章的開頭，最後把難懂的地方記下來。"
JAPANESE = "今日は本の読み方を学びます。まず目次を見て、それから各章の始まりを読みましょう。"
ENGLISH = (
    "Today we learn how to read a book: look at the contents first, and then at the start of each chapter."
)
KOREAN = "오늘은 책을 읽는 방법을 배웁니다. 먼저 목차를 보고 각 장의 시작을 읽습니다."
RUSSIAN = "Сегодня мы учимся читать книгу: сначала смотрим содержание, потом начало каждой главы."
FRENCH = (
    "Aujourd'hui nous apprenons à lire un livre : d'abord la table des matières, ensuite le début de chaque "
    "chapitre, et enfin les passages les plus difficiles."
)
GERMAN = (
    "Heute lernen wir, wie man ein Buch liest: zuerst das Inhaltsverzeichnis, dann den Anfang jedes Kapitels "
    "und zuletzt die schwierigen Stellen, die man sich aufschreibt."
)
SPANISH = (
    "Hoy aprendemos a leer un libro: primero miramos el índice, después el comienzo de cada capítulo y al "
    "final apuntamos los pasajes más difíciles."
)
VIETNAMESE = "Hôm nay chúng ta học cách đọc một cuốn sách: trước hết xem mục lục."
THAI = "วันนี้เราเรียนรู้วิธีอ่านหนังสือ ดูสารบัญก่อน"
ARABIC = "نتعلم اليوم كيف نقرأ كتابا: ننظر أولا إلى الفهرس ثم إلى بداية كل فصل."
PERSIAN = "امروز یاد می‌گیریم چگونه کتاب بخوانیم: نخست فهرست را نگاه می‌کنیم و سپس آغاز هر فصل را."
URDU = "آج ہم سیکھتے ہیں کہ کتاب کیسے پڑھی جائے: پہلے فہرست دیکھیں، پھر ہر باب کا آغاز۔"
HEBREW = "היום נלמד איך לקרוא ספר: תחילה מסתכלים בתוכן העניינים ואחר כך בתחילת כל פרק."
POLISH = "Dzisiaj uczymy się, jak czytać książkę: najpierw spis treści, potem początek każdego rozdziału."


@pytest.mark.parametrize(
    ("body", "tag"),
    [
        (CHINESE, "zh-CN"),
        (TAIWAN, "zh-TW"),
        (JAPANESE, "ja"),
        (ENGLISH, "en"),
        (KOREAN, "ko"),
        (POLISH, "pl"),
        (RUSSIAN, "ru"),
        (FRENCH, "fr"),
        (GERMAN, "de"),
        (SPANISH, "es"),
        (VIETNAMESE, "vi"),
        (THAI, "th"),
        (ARABIC, "ar"),
        (PERSIAN, "fa"),
        (URDU, "ur"),
        (HEBREW, "he"),
        ("Σήμερα μαθαίνουμε", "el"),
        ("आज हम सीखते हैं", "hi"),
        (f"{ARABIC} Python 3.11, JSON, HTTP/2 و https", "ar"),
        (f"{HEBREW} GitHub Actions, Docker", "he"),
        ("", "und"),
        ("12345 !!! 😀", "und"),
        (f"{TAIWAN}片尾曲是『さよならのうた』。", "zh-TW"),
        (f"{CHINESE} API、HTTP、JSON、TypeScript、Kubernetes", "zh-CN"),
        (f"{ENGLISH} The Chinese word is 书。", "en"),
        (f"<script>{ENGLISH * 20}</script><p>{CHINESE}</p><style>{ENGLISH}</style>", "zh-CN"),
        (f"<p>{CHINESE}</p><pre><code>{ENGLISH * 20}</code></pre>", "zh-CN"),
        (f"{CHINESE}\n\n```js\n{ENGLISH * 20}\n```\n", "zh-CN"),
        (f'<a href="https://example.com/{"a" * 900}">{CHINESE}</a>', "zh-CN"),
    ],
)
def test_language_is_told_by_letters(body: str, tag: str) -> None:
    assert detect(body, "") == tag


def test_the_title_helps_a_body_without_text() -> None:
    assert detect('<img src="https://example.com/a.jpg">', "初めての旅はどうでしたか") == "ja"
    assert detect(CHINESE, "初めての旅はどうでしたか") == "zh-CN"


@pytest.mark.parametrize(
    ("declared", "tag"),
    [
        ("zh_CN", "zh-CN"),
        ("zh-cn", "zh-CN"),
        ("zh-Hans", "zh-CN"),
        ("zh-Hant-HK", "zh-HK"),
        ("zh_TW.UTF-8", "zh-TW"),
        ("繁體中文", "zh-TW"),
        ("English", "en"),
        ("EN-us", "en-US"),
        ("sr-latn-rs", "sr-Latn-RS"),
        ("jp", "ja"),
        ("fr", "fr"),
        ("", ""),
        ("not a tag", ""),
        ("x" * 40, ""),
        (7, ""),
        (None, ""),
        (["zh"], ""),
    ],
)
def test_tags_are_made_well_formed(declared: object, tag: str) -> None:
    assert normalise_tag(declared) == tag


def test_the_articles_own_word_wins_and_chinese_alone_is_told_by_the_text() -> None:
    assert article_language("fr", CHINESE, "") == "fr"
    assert article_language("no tag at all", CHINESE, "") == "zh-CN"
    assert article_language("chinese", TAIWAN, "") == "zh-TW"
    assert article_language("zh", ENGLISH, "") == "zh-CN"


NAMES = {
    "zh-CN": "zh-cn zh-hans zh-hans-cn zh-chs zh-sg cn chs gb2312 简体中文 简体 cmn-hans",
    "zh-TW": "zh-tw zh-hant zh-hant-tw zh-cht tw cht big5 繁體中文 繁体中文 正體中文",
    "zh": "zh chinese 中文 汉语 漢語 cmn zho chi",
    "ja": "ja ja-jp jp japanese 日本語 日语 jpn",
    "en": "en english 英语 英文 eng",
    "ko": "ko ko-kr kr korean 한국어 kor",
    "zh-HK": "zh-hant-hk zh-Hant-HK",
    "zh-MO": "zh-hant-mo",
    "": "und mul xx 甲 x1 english-please-now",
}


@pytest.mark.parametrize(
    ("declared", "tag"),
    [
        *((name, tag) for tag, names in NAMES.items() for name in names.split()),
        ("Simplified Chinese", "zh-CN"),
        ("Chinese (Simplified)", "zh-CN"),
        ("Traditional Chinese", "zh-TW"),
        ("Chinese (Traditional)", "zh-TW"),
    ],
)
def test_every_name_of_a_language_is_known(declared: str, tag: str) -> None:
    assert normalise_tag(declared) == tag


WORDS = (
    "the of and to in is that for with it on are this be was by from at or an not have has you your we can "
    "will which their its but they how what when"
)


@pytest.mark.parametrize("word", WORDS.split())
def test_small_words_tell_english_from_other_languages(word: str) -> None:
    """One in eight is enough: the rest may be names of things."""
    assert detect(f"Kubernetes {word} Terraform Docker Ansible Helm Prometheus Grafana", "") == "en"
    assert detect("Kubernetes Terraform Docker Ansible Helm Prometheus Grafana", "") == "und"
    assert detect(f"Kubernetes {word} Terraform Docker Ansible Helm Prometheus Grafana Istio", "") == "und"


@pytest.mark.parametrize(
    ("kana", "tag"), [("さよなら", "zh-CN"), ("さよならのうたをうたう", "ja")], ids=["a title", "a third"]
)
def test_a_few_kana_are_a_quotation(kana: str, tag: str) -> None:
    assert detect(f"今天我们学习怎样读一本书先看目录再看章节的开头{kana}", "") == tag
