"""How indicators, their classes, values and what people say of them are called, in the reader's language."""

from __future__ import annotations

from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from engage.picture.indicators.decided import Look
from engage.picture.indicators.rules import CLASSES, VALUES, Indicator
from engage.picture.indicators.standing import Silent, Statement
from engage.vocabulary.words import N_
from engage.web.people import words
from engage.web.people.presenters import Reader


_SAYS = {
    "confirmed": N_("confirmed"),
    "explained": N_("explained"),
    "disputed": N_("disputed"),
    "present": N_("recorded as present"),
    "not_present": N_("recorded as not present"),
    "not_known": N_("recorded as not known"),
}
COLOURS = {"present": "yellow", "not_present": "grey"}


def title(indicator: Indicator) -> str:
    """What an indicator is called; one that an area added, as its file says."""
    return _(indicator.title)


def means(indicator: Indicator) -> str:
    """What it means that a child carries it."""
    return _(indicator.means)


def does_not_mean(indicator: Indicator) -> str:
    """What it does not mean."""
    return _(indicator.does_not_mean)


def kind(code: str) -> str:
    """What a class is called, as a heading."""
    text = _(CLASSES[code])
    return text[:1].upper() + text[1:]


def value(code: str) -> str:
    """What a value is called."""
    return _(VALUES[code])


def window(indicator: Indicator) -> str:
    """How long one happening speaks for it."""
    if not indicator.window_days:
        return _("whenever it was")
    return _("within %(days)s days") % {"days": indicator.window_days}


def says(statement: Statement, reader: Reader) -> str:
    """Who said what of it, when."""
    values = {
        "what": _(_SAYS[statement.says]), "who": statement.said_by_name, "agency": reader.agency(statement.agency),
        "when": date_format(localtime(statement.said_at), "j F Y, H:i"),
    }  # fmt: skip
    return _("%(what)s by %(who)s, %(agency)s, on %(when)s") % values


def silence(one: Silent, reader: Reader) -> str:
    """Whose silence it is."""
    if one.kind == "narrative":
        return _("No text that may be seen here speaks of it: that is no answer.")
    values = {
        "kind": words.kind(one.kind),
        "agency": reader.agency(one.agency),
        "holders": ", ".join(one.holders),
    }
    if not one.agency:
        return (
            _("%(kind)s: no agency's extract covers it here. It is normally held by: %(holders)s.") % values
        )
    if one.is_closed:
        return (
            _(
                "%(kind)s: not all that %(agency)s holds of it is open to you, so that nothing shown is no answer."
            )
            % values
        )
    if one.from_on:
        values["day"] = words.day(one.from_on)
        return _("%(kind)s: what %(agency)s sends covers it only from %(day)s.") % values
    return _("%(kind)s: what %(agency)s sends covers it only in part.") % values


def look(found: Look | None, reader: Reader) -> str:
    """Who last looked, and when."""
    if found is None:
        return ""
    values = {
        "who": found.by_name, "agency": reader.agency(found.agency), "when": date_format(localtime(found.at), "j F Y"),
    }  # fmt: skip
    return _("%(who)s, %(agency)s, %(when)s") % values
