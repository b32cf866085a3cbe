"""Filters of every template: say a sentence in the reader's language, write a day or a moment as people do."""

from __future__ import annotations

from datetime import date, datetime

from django import template
from django.conf import settings
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext

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
