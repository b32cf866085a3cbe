"""What is put together once is so for each language and value apart, and a text that is looked up once stays that of its language."""

from __future__ import annotations

from django.template import Context, Template
from django.utils import translation
from django.utils.translation import gettext


def test_what_is_kept_is_put_together_once_for_each_value() -> None:
    page = Template("{% load engage %}{% kept which may %}{{ which }}{% if may %}!{% endif %}{{ made }}{% endkept %}")  # fmt: skip

    def shown(which: str, made: int, *, may: bool = False) -> str:
        return page.render(Context({"which": which, "made": made, "may": may}))

    assert [shown("a", 1), shown("b", 2), shown("a", 3), shown("a", 4, may=True)] == ["a1", "b2", "a1", "a!4"]


def test_what_is_kept_is_put_together_for_each_language() -> None:
    page = Template("{% load engage i18n %}{% kept 'a' %}{% translate 'Monday' %}{% endkept %}")
    found = []
    for language in ("en-gb", "cy", "en-gb"):
        with translation.override(language):
            found.append(page.render(Context()))
    assert found == ["Monday", "Dydd Llun", "Monday"]


def test_a_text_is_remembered_by_its_language() -> None:
    found = []
    for language in ("en-gb", "cy", "en-gb", "cy"):
        with translation.override(language):
            found.append(gettext("Monday"))
    assert found == ["Monday", "Dydd Llun"] * 2
