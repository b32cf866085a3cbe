"""What stands on an agenda, who is proposed, and where minutes are written, as pages show them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from engage.casework.meetings.queries import MeetingShown
from engage.casework.meetings.rules import LEFT_OUT, Agenda, Invitee, Scope
from engage.casework.minutes.rules import Text
from engage.casework.rounds.rules import Request
from engage.web.components import Cell, Table
from engage.web.meetings import words
from engage.web.people import words as people_words


# So many cases stand in a row of who is proposed; the rest is folded.
FIRST = 3


def agenda_table(agenda: Agenda, *, links: bool) -> Table:
    """The agenda in its order, each case with the link to it."""
    rows = [
        (
            str(at),
            _(part.title),
            ""
            if not part.items
            else Cell(", ".join(item_title(agenda.titles, item.case) for item in part.items)),
        )
        for at, part in enumerate(agenda.parts, 1)
    ]
    return Table(_("Agenda"), (_("No."), _("Section"), _("Cases")), rows, is_caption_hidden=not links)


def item_title(titles: Mapping[int, str], case: int) -> str:
    """How a case is called on an agenda: by its subject where that may be named, and its number."""
    named = titles.get(case, "")
    return f"{named} ({_('case %(number)s') % {'number': case}})" if named else _("case %(number)s") % {"number": case}  # fmt: skip


def item_choices(agenda: Agenda) -> list[tuple[str, str]]:
    """The cases on an agenda, to choose from."""
    return [
        (str(item.case), item_title(agenda.titles, item.case)) for part in agenda.parts for item in part.items
    ]


def places_of_items(agenda: Agenda) -> list[tuple[int, str]]:
    """The cases on an agenda in their order, each with the part in which it stands."""
    return [
        (item.case, f"{_(part.title)}: {item_title(agenda.titles, item.case)}")
        for part in agenda.parts
        for item in part.items
    ]


def about(titles: Mapping[int, str], case: int | None) -> str:
    """What something is about: a case, or the whole of the meeting."""
    return item_title(titles, case) if case is not None else _("All of it")


@dataclass(frozen=True)
class Proposal:
    """Somebody who is proposed, as the page shows them: why for each case, what is known, and what was said so far. `known`: by case when they were last in contact, and with
    which worker; `more`: the same of further cases, folded; `is_new`: of something nothing was said; `is_for_chair`: the chair alone invites them."""

    key: str
    title: str
    seat: str
    why: tuple[str, ...]
    named: str
    known: tuple[str, ...]
    more: tuple[str, ...]
    contact: str
    is_statutory: bool
    is_signpost: bool
    state: str
    is_open: bool
    is_new: bool
    is_for_chair: bool


def proposal(one: Invitee, titles: Mapping[int, str], *, is_for_chair: bool = False) -> Proposal:
    """Somebody who is proposed."""
    of: dict[str, list[str]] = {}
    for scope in one.scopes:
        of.setdefault(scope.holder.basis, [])
        if scope.case is not None:
            of[scope.holder.basis].append(about(titles, scope.case))
    why = tuple(f"{words.basis(b)}: {', '.join(some)}" if some else words.basis(b) for b, some in of.items())
    held = [s.holder for s in one.scopes if s.case is not None]
    known = _known(one.scopes, titles)
    return Proposal(
        one.key, one.called, words.seat(one.member), why, one.user_name, known[:FIRST], known[FIRST:], one.contact, one.is_statutory,
        bool(held) and all(holder.is_signpost for holder in held), _stands(one), one.is_open, any(not scope.state for scope in one.scopes),
        is_for_chair,
    )  # fmt: skip


def _known(some: Iterable[Scope], titles: Mapping[int, str]) -> tuple[str, ...]:
    """For each case the day of the last contact with the worker of that very contact: of another child it is another day and another worker."""
    of = [scope for scope in some if scope.case is not None]
    told = []
    for scope in of:
        day = people_words.day(scope.holder.last_contact_on) if scope.holder.last_contact_on else ""
        if text := ", ".join(part for part in (day, scope.holder.worker) if part):
            told.append(f"{about(titles, scope.case)}: {text}" if len(of) > 1 else text)
    return tuple(told)


@dataclass(frozen=True)
class Waiting:
    """Somebody who is left out and whom the chair has not signed for: out of what, and why."""

    number: int
    title: str
    of: tuple[str, ...]
    reasons: tuple[str, ...]


def waiting(one: Invitee, titles: Mapping[int, str]) -> Waiting:
    """What of somebody waits for the chair's signature, each reason once."""
    cases = [scope.case for scope in one.scopes if scope.state == LEFT_OUT and not scope.is_signed]
    last = {word.case: word.text or "" for word in one.words if word.says == LEFT_OUT}
    said = dict.fromkeys(last.get(case, "") for case in cases)
    return Waiting(
        one.number,
        one.called,
        tuple(about(titles, case) for case in cases),
        tuple(text for text in said if text),
    )


def _stands(one: Invitee) -> str:
    if one.is_left_out:
        return _("Left out") if not one.is_open else _("Left out; waits for the chair")
    if any(scope.state == LEFT_OUT for scope in one.scopes):
        return (
            _("Left out of part")
            if not one.is_open
            else _("Left out of part; something is still to be decided")
        )
    if one.is_open:
        return _("Invited for part") if one.is_invited else _("Neither invited nor left out")
    return _("Invited")


def texts(some: Iterable[Text], shown: MeetingShown) -> list[tuple[str, str]]:
    """What the minutes say, in the order of the agenda: of what, and the text."""
    by_place = {(text.case, text.section): text.text for text in some}
    told = []
    for case, section, label in places(shown):
        if text := by_place.get((case, section)):
            told.append((label, text))
    return told


def places(shown: MeetingShown) -> list[tuple[int, str, str]]:
    """Where the minutes may say something, in the order of the agenda: case (0: none), section and label."""
    found = []
    for part in shown.agenda.parts:
        found.append((0, part.code, _(part.title)))
        found += [
            (item.case, part.code, f"{_(part.title)}: {item_title(shown.agenda.titles, item.case)}")
            for item in part.items
        ]
    return found


def audiences(shown: MeetingShown, titles: Iterable[tuple[str, str]]) -> list[tuple[str, str]]:
    """The agencies for which a pack can be printed."""
    invited = {one.agency for one in shown.invitees if one.is_invited} | {shown.head.agency}
    return [(code, name) for code, name in titles if code in invited]


def asked_about(one: Request, titles: Mapping[int, str]) -> str:
    """What a request is about, until when, and what it asks besides."""
    told = _("%(about)s, answer by %(day)s") % {"about": about(titles, one.case), "day": people_words.day(one.due_on)}  # fmt: skip
    return f"{told}. {one.question}" if one.question else told


def asked_of_own(some: Sequence[Request], titles: Mapping[int, str]) -> list[str]:
    """The same of what one agency was asked, with the school or clinic that each is asked for, where there are several; without day and question where they are those of all."""
    is_one, is_common = len({one.title for one in some}) == 1, bool(asked_of_all(some))
    told = [about(titles, one.case) if is_common else asked_about(one, titles) for one in some]
    return [text if is_one else f"{one.title}: {text}" for one, text in zip(some, told, strict=True)]


def asked_of_all(some: Sequence[Request]) -> str:
    """Until when an answer is asked for and what is asked besides, where it is the same of all of several; else ""."""
    if len(some) < 2 or len({(one.due_on, one.question) for one in some}) > 1:
        return ""
    told = _("Answer by %(day)s.") % {"day": people_words.day(some[0].due_on)}
    return f"{told} {some[0].question}".strip()
