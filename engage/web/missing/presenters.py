"""The first screen as a page or a sheet of paper shows it: plain words and tables."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import timedelta

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from engage.picture.missing.screen import ORDERS, Check, Listed, Returned, Screen
from engage.picture.missing.together import Place
from engage.picture.rules import Tied
from engage.web.components import Cell, Figure, Table
from engage.web.missing import words
from engage.web.missing.reading import Reader
from engage.web.people import words as people_words


FEW = 4
TWO_YEARS = timedelta(days=730)


@dataclass(frozen=True)
class CheckLine:
    """One check in words; the address where it is struck ("" when not by this reader); the reason when it was struck."""

    text: str
    note: str
    strike: str
    struck: str


@dataclass(frozen=True)
class Card:
    """One child in words. `facts` are what and its lines, `not_known` what no record says; `told` the words of reports; `check` where a
    check is recorded, `refer` where the child is referred to the team."""

    person_id: str
    name: str
    href: str
    since: str
    lasting: str
    facts: tuple[tuple[str, tuple[str, ...]], ...]
    not_known: str
    told: tuple[tuple[str, str], ...]
    is_told_withheld: bool
    checks: tuple[CheckLine, ...]
    check: str
    refer: str = ""


def figures(shown: Screen, reader: Reader) -> list[Figure]:
    """How many are missing, of how many the end is not known, whose interview is due or not recorded, and, where there are any, of how many
    records it is to be asked when that was or who is missing."""
    waiting = [one.interview for one in shown.back if one.interview.is_open]
    here = reader.link("missing")
    late = [due for due in waiting if due.is_late]
    numbers = (len(shown.missing), len(shown.unended), len(waiting) - len(late), len(late))
    made = [
        Figure(
            str(numbers[0]), ngettext("child missing", "children missing", numbers[0]), here + "#missing-now"
        ),
        Figure(str(numbers[1]), _("reported, end not received"), here + "#not-ended"),
        Figure(
            str(numbers[2]),
            ngettext("return interview due", "return interviews due", numbers[2]),
            here + "#back",
        ),
        Figure(str(numbers[3]), _("back, and no interview recorded as held in time"), here + "#back"),
    ]
    asked = len(shown.unplaced.untimed) + len(shown.unplaced.unnamed)
    where = "#untimed" if shown.unplaced.untimed else "#unnamed"
    return (
        [*made, Figure(str(asked), _("to ask about: when, or who, is not known"), here + where)]
        if asked
        else made
    )


def overview(listed: Sequence[Listed], shown: Screen, reader: Reader, caption: str) -> Table:
    """Who is missing in one line each, in the order that was picked."""
    head = (
        _("Child"),
        _("Age"),
        _("Missing since"),
        _("For"),
        _("Known to"),
        _("Last found"),
        _("Last check"),
    )
    rows = [
        (
            Cell(name(one), href=reader.link("people_person", one.person_id)),
            age(one),
            words.since(one.episode.since),
            words.lasting(shown.now - one.episode.since.from_at),
            ", ".join(reader.agency(code) for code in one.known_to) or not_known(),
            _last_found(one),
            _last_check(one, reader),
        )
        for one in listed
    ]
    return Table(caption, head, rows, empty=_("Nobody that you may see."))


def not_known() -> Cell:
    """What no record says."""
    return Cell(_("not known"), is_known=False)


def name(one: Listed | Returned) -> str:
    """How the child is called, or that it may not be shown."""
    return one.name or _("Name not shown")


def age(one: Listed | Returned) -> Cell | str:
    """In years, all that records say; not known where no record says a birth."""
    return words.ages(one) or not_known()


def _last_found(one: Listed) -> Cell | str:
    places = [place for place in one.places if place.how == "found"]
    return place_line(places[0]) if places else not_known()


def _last_check(one: Listed, reader: Reader) -> Cell | str:
    standing = [check for check in one.checks if not check.is_struck]
    return (
        words.check(standing[-1], reader.agency(standing[-1].agency))
        if standing
        else Cell(_("none recorded"), is_known=False)
    )


def place_line(place: Place) -> str:
    """A place and the day."""
    values = {"place": place.label, "day": words.short(place.on)}
    return (
        _("%(place)s (%(day)s)") if place.how == "found" else _("%(place)s (named in the report of %(day)s)")
    ) % values


def cards(listed: Iterable[Listed], shown: Screen, reader: Reader) -> list[Card]:
    """Everything about each child that helps tonight."""
    return [card(one, shown, reader) for one in listed]


def card(one: Listed, shown: Screen, reader: Reader) -> Card:
    """One child."""
    facts = _facts(one, shown, reader)
    if before := _checked_before(one, reader):
        facts.append((_("Checked at earlier times"), before))
    return Card(
        person_id=one.person_id,
        name=name(one),
        href=reader.link("people_person", one.person_id),
        since=words.since(one.episode.since),
        lasting=words.lasting(shown.now - one.episode.since.from_at),
        facts=tuple((what, tuple(lines)) for what, lines in facts if lines),
        not_known=", ".join(what for what, lines in facts if not lines),
        told=tuple((reader.agency(agency), text) for agency, text in one.told),
        is_told_withheld=one.is_told_withheld,
        checks=check_lines(one, reader),
        check=reverse("missing_check", args=[one.report]) + f"?child={one.person_id}"
        if reader.may_record and not reader.asked
        else "",
        refer=reader.refer(one),
    )


def _checked_before(one: Listed, reader: Reader) -> list[str]:
    """What was checked when the child was missing before, the day with each; what was struck since is no help."""
    lines = [
        (words.check(check, reader.agency(check.agency)), check.note)
        for check in one.earlier_checks
        if not check.is_struck
    ]
    return [f"{text}. {note}" if note else text for text, note in lines]


def _facts(one: Listed, shown: Screen, reader: Reader) -> list[tuple[str, list[str]]]:
    """What, and its lines; an empty list is said to be not known."""
    since = one.episode.since
    grades = sorted({report.category for report in one.episode.reports if report.category})
    reported = _("%(agency)s, in its own words: %(category)s") % {
        "agency": reader.agency(since.agency),
        "category": ", ".join(grades),
    }
    together = [shown.together.names[other] for other in _partners(one, shown)]
    return [
        (_("Age"), _ages(one)),
        (_("Reported by"), [reported if grades else ", ".join(map(reader.agency, one.episode.agencies))]),
        (_("Known to"), [", ".join(reader.agency(code) for code in one.known_to)] if one.known_to else []),
        (_("Lives at"), list(one.homes)),
        (_("Missing before"), _earlier(one, shown)),
        (_("Where found before"), [place_line(place) for place in one.places]),
        (
            _("With whom before"),
            [_with(w.name, w.roles, words.short(w.on[0]), len(w.on)) for w in one.company],
        ),
        (_("Missing together with"), together),
        (_("Vehicles"), [tied(tie) for tie in one.vehicles]),
        (_("Phones and accounts"), [tied(tie) for tie in one.phones]),
    ]


def _ages(one: Listed) -> list[str]:
    said = [_("%(age)s years") % {"age": words.ages(one)}] if one.ages else []
    return [*said, _("records do not agree on the birth")] if len(one.ages) > 1 else said


def _partners(one: Listed, shown: Screen) -> list[str]:
    pairs = [pair for pair in shown.together.pairs if one.person_id in (pair.one, pair.other)]
    return [pair.other if pair.one == one.person_id else pair.one for pair in pairs]


def partners(one: Listed, shown: Screen) -> list[str]:
    """The names of those with whom the child was missing together."""
    return [shown.together.names[other] for other in _partners(one, shown)]


def _earlier(one: Listed, shown: Screen) -> list[str]:
    within = [e for e in one.earlier if e.since.from_at >= shown.now - TWO_YEARS]
    if not within:
        return [_("no earlier report that is shown here")]
    times = ngettext("%(n)s time in two years", "%(n)s times in two years", len(within)) % {"n": len(within)}
    last = within[0]
    ended = words.back(last.end) if last.end else _("end not received")
    return [times, _("last: %(since)s, back %(back)s") % {"since": words.since(last.since), "back": ended}]


def _with(who: str, roles: Sequence[str], last: str, times: int) -> str:
    values = {"name": who, "roles": ", ".join(map(people_words.part, roles)), "day": last, "n": times}
    return (
        ngettext("%(name)s, %(roles)s (%(day)s)", "%(name)s, %(roles)s (%(n)s records, last %(day)s)", times)
        % values
    )


def tied(tie: Tied) -> str:
    """A vehicle or phone, and by what it is tied to the child."""
    ways = ", ".join(people_words.part(_(way)) for way in tie.ways)
    if tie.last_on is None:
        return _("%(thing)s (%(ways)s)") % {"thing": tie.label, "ways": ways}
    return _("%(thing)s (%(ways)s; %(day)s)") % {
        "thing": tie.label,
        "ways": ways,
        "day": words.short(tie.last_on),
    }


def check_lines(one: Listed, reader: Reader) -> tuple[CheckLine, ...]:
    """What was checked, each with whether this reader may strike it."""
    return tuple(_check_line(check, one, reader) for check in one.checks)


def _check_line(check: Check, one: Listed, reader: Reader) -> CheckLine:
    may = reader.may_record and not reader.asked and check.agency == reader.own_agency and not check.is_struck
    return CheckLine(
        text=words.check(check, reader.agency(check.agency)),
        note=check.note,
        strike=reverse("missing_strike", args=[check.number, one.report]) + f"?child={one.person_id}"
        if may
        else "",
        struck=_("Struck: %(reason)s") % {"reason": check.struck_reason} if check.is_struck else "",
    )


def orders() -> list[tuple[str, str]]:
    """The facts by which the list can be put in order: code and words."""
    return [(code, _(said)) for code, (said, _key) in ORDERS.items()]


def silences(shown: Screen, reader: Reader) -> list[str]:
    """What is not known, and whose silence it is."""
    received = [
        _("%(agency)s: what it sent up to %(day)s is in this list.")
        % {"agency": reader.agency(agency), "day": words.day_of(last)}
        for agency, last in sorted(shown.received.items())
    ]
    return [
        *received,
        _(
            "A child stands as missing until a record says that the child is back: someone may be home and nobody has sent it yet."
        ),
        _(
            "An episode that nobody reported is in no record. Who is an adult by every birth that records say is left out; whose age is not known, or who may be under 18 by one record, is not."
        ),
    ]
