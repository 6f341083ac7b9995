"""Everything that readers read has a translation, and it says the same in the same form."""

import re
from pathlib import Path
from typing import Any

import pytest
from django.utils import translation

from coolpapers import messages
from papers.js_words import WORDS

PLACES = re.compile(r"%\(\w+\)[sd]|%[sd%]|\{\w+\}")
TAGS = re.compile(r"<[^>]*>")


@pytest.fixture(scope="module")
def texts() -> Any:
    return messages.gathered()


@pytest.fixture(params=messages.files(), ids=lambda path: path.parts[-3])
def catalogue(request: pytest.FixtureRequest) -> Any:
    return messages.read(request.param)


def pairs(catalogue: Any) -> list[tuple[str, str]]:
    """What may be said of several things stands for both; a translation may have one form for all."""
    found = []
    for message in catalogue:
        if message.id:
            ids = message.id if isinstance(message.id, tuple) else (message.id,)
            found += [(ids[-1], string) for string in messages.strings(message)]
    return found


def test_there_is_a_catalogue_for_each_language() -> None:
    assert [path.parts[-3] for path in messages.files()] == ["zh_Hans"]


def test_every_text_is_translated_and_no_other(catalogue: Any, texts: Any) -> None:
    def keys(found: Any) -> set[tuple[Any, Any]]:
        return {(message.id, message.context) for message in found if message.id}

    assert keys(texts) - keys(catalogue) == set(), "run `make messages` and translate"
    assert keys(catalogue) - keys(texts) == set(), "run `make messages`"
    assert catalogue.obsolete == {}


def test_every_translation_is_there_and_sure(catalogue: Any) -> None:
    assert [message.id for message in catalogue if message.id and not all(messages.strings(message))] == []
    assert [message.id for message in catalogue if message.fuzzy] == []


def test_translations_keep_the_places_and_the_tags(catalogue: Any) -> None:
    found = pairs(catalogue)
    assert len(found) > 400
    for text, translated in found:
        assert sorted(PLACES.findall(translated)) == sorted(PLACES.findall(text)), text
        assert sorted(TAGS.findall(translated)) == sorted(TAGS.findall(text)), text
        assert translated.startswith(" ") == text.startswith(" "), text


def test_the_compiled_catalogue_is_that_of_the_source() -> None:
    for path in messages.files():
        assert path.with_suffix(".mo").read_bytes() == messages.compiled(messages.read(path)), "run `make messages`"


def test_the_source_is_as_the_tool_writes_it() -> None:
    for path in messages.files():
        assert path.read_bytes() == messages.written(messages.read(path)), "run `make messages`"


def test_chinese_is_set_as_chinese(catalogue: Any) -> None:
    """Full-width punctuation after a Chinese character, and a space between Chinese and Latin."""
    for text, translated in pairs(catalogue):
        bare = TAGS.sub("", translated)
        assert not re.search(r"[\u4e00-\u9fff][,;:!?]", bare), text
        assert not re.search(r"[\u4e00-\u9fff][A-Za-z0-9]|[A-Za-z0-9][\u4e00-\u9fff]", PLACES.sub("", bare)), text
        assert "您" not in bare, text


def test_words_of_scripts_are_in_the_catalogue(texts: Any) -> None:
    with translation.override("en"):
        assert [name for name, text in WORDS.items() if str(text) not in texts] == []


def test_dates_are_written_by_named_formats() -> None:
    """`{{ day|date:"j F Y" }}` would stay English in its order; digits and hyphens are the same to all."""
    plain = {"Y-m-d", "Y-m-d H:i", "c", "Y"}
    templates = Path(messages.CHECKOUT / "templates").rglob("*.html")
    found = {
        (path.name, name)
        for path in templates
        for name in re.findall(r"\|date:[\"']([^\"']*)", path.read_text(encoding="utf-8"))
    }
    assert found
    assert [each for each in found if each[1] not in plain and not re.fullmatch(r"[A-Z_]+_FORMAT", each[1])] == []


def test_gathers_from_python() -> None:
    source = """
from django.utils.translation import gettext as _, ngettext, pgettext_lazy
A = _("one " "text")
B = ngettext("%d paper", "%d papers", n) % n
C = pgettext_lazy("a place", "Stand")
D = _(name)
"""
    assert list(messages.from_python(source)) == [
        ("one text", ""), (("%d paper", "%d papers"), ""), ("Stand", "a place"),
    ]  # fmt: skip


def test_gathers_from_templates() -> None:
    source = """{# a remark it isn't for readers #}
  <p title="{% translate 'A title' %}">100 % it's {{ x|default:_("Nothing") }}
      {% translate "Stand" context "a place" %}</p>
{% blocktranslate count n=papers with day=day|date:"Y" %}{{ n }} paper of {{ day }}{% plural %}{{ n }} papers of {{ day }}{% endblocktranslate %}
 {% include "x.html" with heading=_("A heading") %}{% blocktranslate %}<b>5 %</b>{% endblocktranslate %}
"""  # noqa: E501
    assert list(messages.from_template(source)) == [
        ("A title", ""),
        ("Nothing", ""),
        ("Stand", "a place"),
        (("%(n)s paper of %(day)s", "%(n)s papers of %(day)s"), ""),
        ("A heading", ""),
        ("<b>5 %%</b>", ""),
    ]


def test_a_changed_text_asks_for_a_translation_anew(tmp_path: Path, texts: Any) -> None:
    path = tmp_path / "locale" / "zh_Hans" / "LC_MESSAGES" / "django.po"
    path.parent.mkdir(parents=True)
    path.write_bytes(messages.files()[0].read_bytes().replace(b'msgid "Skip to the content"', b'msgid "Skip it"'))
    assert "Skip to the content" in messages.update(path, texts)
    assert b"Skip it" not in path.read_bytes()
    assert path.with_suffix(".mo").exists()
