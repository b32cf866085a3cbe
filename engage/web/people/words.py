"""How kinds, fields, ties and uncertain dates are said on a person's pages, in the reader's language."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta

from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from engage.identities.rules import refusal
from engage.picture.accused.rules import NAMED_IN_IT
from engage.picture.narrative.vocabulary import load
from engage.picture.rules import Entry, Proposed
from engage.vocabulary.words import N_
from engage.web.templatetags.engage import said


_KINDS = {
    "crime": N_("Crime"),
    "missing": N_("Missing"),
    "found": N_("Found"),
    "stop": N_("Stop and search"),
    "intelligence": N_("Intelligence"),
    "domestic": N_("Domestic incident"),
    "concern": N_("Concern"),
    "investigation": N_("Investigation"),
    "contact": N_("Contact"),
    "care_episode": N_("Care episode"),
    "return_interview": N_("Return interview"),
    "absence": N_("Absence from school"),
    "suspension": N_("Suspension"),
    "exclusion": N_("Exclusion"),
    "attendance": N_("Health attendance"),
    "session": N_("Session"),
    "note": N_("Note"),
}
_BY_HAND = ("note", "contact", "concern", "session", "missing", "found", "return_interview")
_FIELDS = {
    "name": N_("Name"),
    "alias": N_("Also known as"),
    "nickname": N_("Nickname"),
    "former": N_("Former name"),
    "preferred": N_("Preferred name"),
    "birth": N_("Born"),
    "sex": N_("Sex"),
    "nhs_number": N_("NHS number"),
    "upn": N_("Unique pupil number"),
    "pnc_id": N_("PNC id"),
    "address": N_("Address"),
    "phone": N_("Phone"),
    "email": N_("Email"),
    "account": N_("Online account"),
    "organisation": N_("School, placement or other organisation"),
    "ethnicity": N_("Ethnicity"),
    "nationality": N_("Nationality"),
    "religion": N_("Religion"),
}
_SEXES = {"female": N_("Female"), "male": N_("Male"), "other": N_("Other")}
_AGENCY_KINDS = {
    "police": N_("Police"),
    "childrens_services": N_("Children's services"),
    "education": N_("Education"),
    "health": N_("Health"),
    "charity": N_("Voluntary service"),
}
_AGE = re.compile(r"\d{1,3}(\D|$)")
_THINGS = {
    "person": N_("People"),
    "place": N_("Places"),
    "vehicle": N_("Vehicles"),
    "phone": N_("Phones and accounts"),
}
_REASONS = {
    "partial": N_("Too little is known of one of them to join it without a person."),
    "refused": N_("What else is known of the two speaks against joining them without a person."),
    "unsure": N_("Some things speak for it, not enough to join them."),
}


def part(text: str) -> str:
    """What a source calls somebody's part, as lists write it: in its own words, and what stands for a word that accuses in the reader's language."""
    return text.replace(NAMED_IN_IT, _(NAMED_IN_IT))


def kind(code: str) -> str:
    """What a kind of event is called; the code itself, readable, when the table does not name it."""
    return _(_KINDS[code]) if code in _KINDS else code.replace("_", " ").capitalize()


def kinds_by_hand() -> list[tuple[str, str]]:
    """The kinds that a worker may record by hand: code and words."""
    return [(code, _(_KINDS[code])) for code in _BY_HAND]


def field(code: str) -> str:
    """What a thing said of a person is called."""
    return _(_FIELDS[code]) if code in _FIELDS else code.replace("_", " ").capitalize()


def theme(code: str) -> str:
    """What a theme that texts speak of is called; one that an area added, by its code."""
    known = load().themes.get(code)
    return _(known.title) if known else code.replace("_", " ").capitalize()


def value(code: str, text: str) -> str:
    """A value as people write it: days in words, sex in the reader's language; everything else as its source wrote it."""
    if code == "birth":
        day = _iso_day(text)
        if day is None and is_age(text):
            return _("age “%(age)s” when recorded") % {"age": text}
        return date_format(day, "j F Y") if day else text
    return _(_SEXES[text]) if code == "sex" and text in _SEXES else text


def is_age(text: str) -> bool:
    """A source gave an age where others give a date: "14", "14ish"."""
    return bool(_AGE.match(text)) and "/" not in text and not re.search(r"\d{4}", text)


def agency_kind(code: str) -> str:
    """What part an agency has in the partnership; the code itself, readable, when it is one of the area's own."""
    return _(_AGENCY_KINDS[code]) if code in _AGENCY_KINDS else code.replace("_", " ").capitalize()


def thing(code: str) -> str:
    """The heading over ties of one sort."""
    return _(_THINGS.get(code, code))


def proposal(one: Proposed) -> str:
    """Why a record was proposed and not joined: what forbids it, by name; and that more speaks against it, where it does."""
    why = refusal(one.refusal)
    said_why = said(why) if why and one.reason == "refused" else _(_REASONS.get(one.reason, one.reason))
    if one.weight is None or one.weight >= 0:
        return said_why
    against = _("More speaks against it than for it.")
    return against if one.reason == "unsure" else f"{against} {said_why}"


def day(when: date | None) -> str:
    """7 April 2026; "not known" when there is none."""
    return date_format(when, "j F Y") if when else _("not known")


def happened(entry: Entry) -> str:
    """When something happened, as exactly as its source said and no more."""
    first, until = entry.happened_from_at, entry.happened_until_at
    if first is None or until is None:
        return _("Date not known")
    last = until - timedelta(microseconds=1)
    if entry.happened_precision == "minute":
        return _minutes(first, until, entry.until_precision)
    if entry.happened_precision == "day":
        return _days(first, last)
    if entry.happened_precision == "about":
        return _("About %(when)s") % {"when": _middle(first, until)}
    return _("Some time in %(when)s") % {"when": _span(first, last)}


def _minutes(first: datetime, until: datetime, until_precision: str | None) -> str:
    start = date_format(localtime(first), "j F Y, H:i")
    if until_precision == "day":
        last = localtime(until - timedelta(microseconds=1))
        return _("%(from)s to %(until)s") % {"from": start, "until": date_format(last, "j F Y")}
    if until - first <= timedelta(minutes=1):
        return start
    end = localtime(until)
    shown = date_format(end, "H:i" if end.date() == localtime(first).date() else "j F Y, H:i")
    return _("%(from)s to %(until)s") % {"from": start, "until": shown}


def _days(first: datetime, last: datetime) -> str:
    start, end = localtime(first).date(), localtime(last).date()
    if start == end:
        return date_format(start, "j F Y")
    return _("%(from)s to %(until)s") % {
        "from": date_format(start, "j F Y"),
        "until": date_format(end, "j F Y"),
    }


def _middle(first: datetime, until: datetime) -> str:
    middle = localtime(first + (until - first) / 2)
    if until - first > timedelta(days=300):
        return str(middle.year)
    return date_format(middle, "F Y") if until - first > timedelta(days=20) else date_format(middle, "j F Y")


def _span(first: datetime, last: datetime) -> str:
    start, end = localtime(first), localtime(last)
    if (start.year, start.month) == (end.year, end.month):
        return date_format(start, "F Y")
    if start.year == end.year and (start.month, end.month) == (1, 12):
        return str(start.year)
    return _("%(from)s to %(until)s") % {
        "from": date_format(start, "j F Y"),
        "until": date_format(end, "j F Y"),
    }


def _iso_day(text: str) -> date | None:
    try:
        return datetime.strptime(text, "%Y-%m-%d").replace(tzinfo=UTC).date()
    except ValueError:
        return None
