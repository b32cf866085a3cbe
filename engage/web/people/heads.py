"""What stands above each of a person's pages."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from engage.picture.rules import PersonPage
from engage.vocabulary.time import age_on
from engage.web.people import words
from engage.web.people.presenters import Reader


@dataclass(frozen=True)
class Notice:
    """Something to know before reading on, and where to do something about it ("" when nothing can be done)."""

    text: str
    link: str = ""
    href: str = ""


@dataclass(frozen=True)
class Head:
    """What stands above each of a person's pages: the name, how old, the id, notices, and the pages themselves."""

    person_id: str
    name: str
    born: str
    notices: tuple[Notice, ...]
    tabs: tuple[tuple[str, str, bool], ...]


def head(page: PersonPage, reader: Reader, *, here: str) -> Head:
    """The head of the page called `here`."""
    pages: tuple[tuple[str, str], ...] = (
        ("people_person", _("Overview")),
        ("people_indicators", _("Indicators")),
        ("people_chronology", _("Chronology")),
        ("people_identity", _("Identity and joins")),
        ("people_connections", _("Connections")),
        ("people_record", _("Record something")),
    )
    if not reader.may_record:
        pages = pages[:-1]
    tabs = tuple((title, reader.link(name, page.person_id), name == here) for name, title in pages)
    return Head(
        page.person_id,
        page.name or _("Name not shown"),
        _born(page.born, reader.as_of),
        _notices(page, reader),
        tabs,
    )


def _notices(page: PersonPage, reader: Reader) -> tuple[Notice, ...]:
    made = []
    if page.asked_id != page.person_id:
        values = {"asked": page.asked_id, "now": page.person_id}
        made.append(Notice(_("%(asked)s was joined with another person and is now %(now)s.") % values))
    if page.changed_since_build:
        made.append(
            Notice(
                _(
                    "Which records are this person was judged after the last build. These pages, the questions to judge and tables taken away follow it already."
                )
            )
        )
    if page.unjudged:
        made.append(_unjudged(page, reader))
    return tuple(made)


def _unjudged(page: PersonPage, reader: Reader) -> Notice:
    """That nobody has judged what the software joined, with the way to look at it and, for who may, to judge it."""
    count = len(page.unjudged)
    text = ngettext(
        "%(count)s record of this person was joined by the software and nobody has judged it.",
        "%(count)s records of this person were joined by the software and nobody has judged them.",
        count,
    ) % {"count": count}
    words = _("Judge whether they are one person") if reader.may_judge else _("See why they were joined")
    return Notice(text, words, reader.link("people_why", page.person_id))


def _born(text: str, on: date) -> str:
    if not text:
        return _("Date of birth not known")
    shown = words.value("birth", text)
    if words.is_age(text):
        return _("Date of birth not known, %(age)s") % {"age": shown}
    try:
        born = datetime.strptime(text, "%Y-%m-%d").replace(tzinfo=UTC).date()
    except ValueError:
        return _("Born %(day)s") % {"day": shown}
    age = age_on(born, on)
    years = ngettext("%(age)s year old", "%(age)s years old", age) % {"age": age}
    return _("Born %(day)s, %(age)s") % {"day": shown, "age": years}
