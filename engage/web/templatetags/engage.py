"""Filters of every template: say a sentence in the reader's language, write a day or a moment as people do."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from django import template
from django.conf import settings
from django.template.base import FilterExpression, NodeList, Parser, Token
from django.template.context import Context
from django.urls import get_script_prefix
from django.utils.formats import date_format
from django.utils.safestring import SafeString
from django.utils.timezone import localtime
from django.utils.translation import get_language, gettext

from engage.vocabulary.words import Sentence
from engage.web.access.words import role_title
from engage.web.apps import web


register = template.Library()


@register.filter
def said(sentence: Sentence | str) -> str:
    """A sentence of a rule, or marked English text, in the reader's language."""
    if isinstance(sentence, Sentence):
        words = gettext(sentence.text) if sentence.text else ""
        return words % sentence.values if sentence.values else words
    return gettext(sentence) if sentence else ""


@register.filter
def day(value: date | None) -> str:
    """7 April 2026; “not known” when there is none."""
    if value is None:
        return gettext("not known")
    return date_format(localtime(value) if isinstance(value, datetime) else value, "j F Y")


@register.filter
def moment(value: datetime | None) -> str:
    """7 April 2026, 08:40, in London; “not known” when there is none."""
    return gettext("not known") if value is None else date_format(localtime(value), "j F Y, H:i")


@register.filter
def long_moment(value: datetime | None) -> str:
    """Tuesday 7 April 2026, 08:40, in London."""
    return gettext("not known") if value is None else date_format(localtime(value), "l j F Y, H:i")


class _Kept(template.Node):
    """See `kept`. Of a template there is one in a process, whose threads share what it holds."""

    _MOST = 2_000

    def __init__(self, inside: NodeList, by: Sequence[FilterExpression]) -> None:
        self._inside, self._by = inside, by
        self._made: dict[tuple[object, ...], SafeString] = {}

    def render(self, context: Context) -> SafeString:
        """What stands in it."""
        key = (get_language(), get_script_prefix(), *(one.resolve(context) for one in self._by))
        made = self._made.get(key)
        if made is None:
            if len(self._made) > self._MOST:
                self._made.clear()
            made = self._made[key] = self._inside.render(context)
        return made


@register.tag
def kept(parser: Parser, token: Token) -> _Kept:
    """`{% kept frame.page %} … {% endkept %}`: what stands in it is put together once for each language and these values. It may hold nothing that hangs on anything else, and
    nothing of anybody."""
    by = [parser.compile_filter(one) for one in token.split_contents()[1:]]
    inside = parser.parse(("endkept",))
    parser.delete_first_token()
    return _Kept(inside, by)


@register.simple_tag
def demo_sign_ins() -> dict[str, object]:
    """The demo's sign-ins for the sign-in page; nothing outside the demo."""
    if not settings.ENGAGE_DEMO:
        return {}
    area = web().area
    users = [
        {
            "username": user["username"],
            "name": user["name"],
            "agency": area.agency(user["agency"]).title,
            "role": role_title(user["role"]),
        }
        for user in area.settings.get("demo_users") or []
    ]
    return {"users": users, "password": settings.ENGAGE_DEMO_PASSWORD}
