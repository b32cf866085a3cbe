"""Meetings as pages show them: lists, agendas, who is invited, what was answered, and what was decided."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from engage.casework.meetings.kinds.rules import Kind
from engage.casework.meetings.proposing import absent
from engage.casework.meetings.queries import MeetingList, MeetingShown
from engage.casework.meetings.rules import (
    ANSWERED,
    ATTENDANCE,
    LEFT_OUT,
    NOT_HELD,
    REPLIES,
    SAID,
    SIGNED_OFF,
    Head,
    Invitee,
    Said,
)
from engage.casework.minutes.queries import Record, Register
from engage.casework.minutes.rules import Decided, Sheet
from engage.casework.rounds.rules import Request
from engage.casework.tasks.rules import Action
from engage.vocabulary.time import london_day
from engage.web.components import Cell, SummaryRow, Table
from engage.web.meetings import answered, words
from engage.web.meetings.showing import about, item_title
from engage.web.people import words as people_words
from engage.web.people.presenters import Reader


def moment(at: datetime) -> str:
    """7 April 2026, 08:40."""
    return date_format(localtime(at), "j F Y, H:i")


def title(head: Head, kind: Kind | None) -> str:
    """What a meeting is called: never after anybody."""
    named = _(kind.title) if kind else head.kind
    return f"{named}: {head.called}" if head.called else _("%(kind)s %(number)s") % {"kind": named, "number": head.number}  # fmt: skip


def tag(head: Head) -> Cell:
    """Its state."""
    text, colour = words.state(head.state)
    return Cell(text, colour=colour)


def list_table(found: MeetingList) -> Table:
    """A page of meetings."""
    head = (_("Meeting"), _("When"), _("Where"), _("Chair"), _("State"))
    rows = [
        (
            Cell(title(one, found.kinds.get(one.kind)), href=reverse("meeting", args=[one.number])),
            moment(one.starts_at),
            one.place or Cell(_("Not said"), is_known=False),
            one.chair_name,
            tag(one),
        )
        for one in found.heads
    ]
    return Table(_("Meetings, the next first"), head, rows, empty=_("None that you may know of."))


def week_table(found: MeetingList, first: date, days: Iterable[date]) -> Table:
    """The meetings of a week, day by day."""
    rows = []
    for day in days:
        mine = [one for one in found.heads if london_day(one.starts_at) == day]
        mine.sort(key=lambda one: (one.starts_at, one.number))
        label = date_format(day, "l j F")
        rows += [
            (label, date_format(localtime(one.starts_at), "H:i"), Cell(title(one, found.kinds.get(one.kind)), href=reverse("meeting", args=[one.number])))
            for one in mine
        ] or [(label, "", Cell(_("None"), is_known=False))]  # fmt: skip
    caption = _("The week of %(day)s") % {"day": date_format(first, "j F Y")}
    return Table(caption, (_("Day"), _("From"), _("Meeting")), rows)


def facts(shown: MeetingShown, reader: Reader) -> list[SummaryRow]:
    """When, where, who chairs and who called it."""
    head = shown.head
    told = [
        (_("When"), _("%(from)s to %(until)s") % {"from": moment(head.starts_at), "until": date_format(localtime(head.ends_at), "H:i")}),
        (_("Where"), head.place or _("Not said")),
        (_("Chair"), _("%(who)s, %(agency)s") % {"who": head.chair_name, "agency": reader.agency(head.chair_agency)}),
        (_("Called by"), _("%(who)s, %(agency)s") % {"who": head.organiser_name, "agency": reader.whom_to_phone(head.agency)}),
        (_("On what basis"), _(shown.kind.basis)),
    ]  # fmt: skip
    return [SummaryRow(key, (Cell(text),)) for key, text in told]


def overdue_table(some: Sequence[Action], reader: Reader) -> Table:
    """Actions whose day has passed."""
    rows = [
        (one.what or _("Not shown to you"), one.owner.name, reader.agency(one.owner.agency), people_words.day(one.due_on))
        for one in some
    ]  # fmt: skip
    head = (_("Action"), _("Who"), _("Agency"), _("Was due"))
    return Table(
        _("Overdue actions"), head, rows, empty=_("None of these cases has an action whose day has passed.")
    )


def who_table(shown: MeetingShown) -> Table:
    """Who was invited, and what came of it; who was left out, and why or that the chair decided."""
    put_off = max((one.at for one in shown.moves if one.move == "changed"), default=None)
    rows = [
        (one.title + (f", {one.user_name}" if one.user_name else ""), words.seat(one.member), *_part(one, put_off))
        for one in shown.invitees
    ]  # fmt: skip
    # A seat that nobody has is told of, so that it is seen who was not there.
    rows += [
        (Cell(_("Nobody"), is_known=False), words.seat(code), _("No"), "", "", "")
        for code in absent(shown.kind, shown.invitees)
    ]
    head = (_("Who"), _("Seat"), _("Invited"), _("Reply"), _("There"), _("Left out, and why"))
    return Table(_("Who is involved"), head, rows, empty=_("Nobody is invited yet."), is_wide=True)


def _part(one: Invitee, put_off: datetime | None) -> tuple[Cell | str, ...]:
    reply, there = one.last(REPLIES), one.last(ATTENDANCE)
    is_old = reply is not None and put_off is not None and reply.at <= put_off
    said = Cell(_("%(reply)s, said before it was put off") % {"reply": words.says(reply.says)}, is_known=False) if reply and is_old else None  # fmt: skip
    # Who was never invited owes no reply.
    none = Cell(_("No reply"), is_known=False) if one.is_invited else ""
    return (
        _("Yes") if one.is_invited else _("No"),
        said or (words.says(reply.says) if reply else none),
        _came(there) if there or one.is_invited else "",
        _left_out(one),
    )


def _came(word: Said | None) -> Cell | str:
    if word is None:
        return Cell(_("Not said"), is_known=False)
    return f"{words.says(word.says)}: {word.who}" if word.who else words.says(word.says)


def _left_out(one: Invitee) -> str:
    """Why, where it may be told; else that the chair decided, and nothing more."""
    said = one.last((LEFT_OUT,))
    left = [scope for scope in one.scopes if scope.state == LEFT_OUT]
    if said is None or not left:
        return ""
    if not all(scope.is_signed for scope in left):
        return _("Waits for the chair's signature")
    return said.text if said.text is not None else _("The chair decided.")


def _what(one: Decided, state: str = "") -> str:
    """A decision, and that it was corrected, or corrects another: both stand; and, of a meeting that stands so, that it was not held."""
    notes = [_("written for a meeting that was not held")] if state == NOT_HELD else []
    notes += ([_("corrected since")] if one.replaced_by else []) + ([_("corrects an earlier one")] if one.replaces else [])  # fmt: skip
    return f"{one.what} ({', '.join(notes)})" if notes else one.what


def to_correct(found: Record) -> list[tuple[int, str]]:
    """The decisions that can still be corrected, by number: of those that were, the correction."""
    is_open = found.shown.arranges and found.shown.head.state not in (SIGNED_OFF, NOT_HELD)
    return [(one.number, one.what[:60]) for one in found.decisions if is_open and not one.replaced_by]


def decisions_table(some: Iterable[Decided], titles: Mapping[int, str], reader: Reader) -> Table:
    """Decisions in their order, with why, by whom, and who did not agree."""
    rows = [
        (
            _what(one),
            about(titles, one.case),
            one.rationale,
            one.decided_by or one.by_name,
            "; ".join(f"{d.who}, {reader.agency(d.agency)}: {d.what}" for d in one.dissent),
        )
        for one in some
    ]
    head = (_("Decision"), _("About"), _("Why"), _("Who decided"), _("Who did not agree"))
    return Table(_("Decisions"), head, rows, empty=_("None yet."))


def sheet_table(sheet: Sheet, reader: Reader) -> Table:
    """What a pack tells of one case."""
    rows = [
        (
            people_words.day(fact.on) if fact.on else Cell(_("Not known"), is_known=False),
            people_words.kind(fact.kind),
            fact.title,
            reader.agency(fact.agency),
        )
        for fact in sheet.facts
    ]
    caption = _("%(case)s: %(state)s") % {"case": item_title({sheet.case: sheet.title}, sheet.case), "state": _(sheet.state)}  # fmt: skip
    head = (_("Day"), _("What"), _("In their words"), _("Agency"))
    return Table(caption, head, rows, empty=_("Nothing in the period that may be shown."))


def register_table(found: Register, reader: Reader) -> Table:
    """The register of decisions."""
    rows = []
    for one in found.decisions:
        head = found.heads[one.meeting]
        cell = Cell(
            title(head, found.kinds.get(head.kind)), href=reverse("meeting_record", args=[head.number])
        )
        rows.append((_what(one, head.state), one.rationale, about(found.titles, one.case), cell, moment(one.at), reader.agency(one.agency)))  # fmt: skip
    heads = (_("Decision"), _("Why"), _("About"), _("Meeting"), _("When"), _("Agency"))
    return Table(_("Decisions, the last first"), heads, rows, empty=_("None that fits, of what you may see."))


def afterwards_table(
    some: Iterable[Invitee], requests: Sequence[Request], titles: Mapping[int, str], records: answered.Records
) -> Table:
    """For each who was invited or left out: whether they came, what they were asked, what they said, and what they were answered."""
    rows = []
    for one in some:
        mine = [request for request in requests if request.invitee == one.number]
        asked = dict.fromkeys(request.question or _("What they hold") for request in mine)
        # Who sits on two seats was asked once.
        if not mine and any(
            (request.title, request.agency) == (one.title, one.agency) for request in requests
        ):
            asked = {_("Asked once, with their other seat"): None}
        rows.append((
            one.title + (f", {one.user_name}" if one.user_name else ""), _("Yes") if one.is_invited else _("No"), _came(one.last(ATTENDANCE)),
            "; ".join(asked), Cell("\n".join([*_returns(mine, titles, records), *_spoken(one, SAID)]), is_text=True), "; ".join(_spoken(one, ANSWERED)), _left_out(one),
        ))  # fmt: skip
    head = (_("Who"), _("Invited"), _("There"), _("Asked"), _("Said"), _("Were answered"), _("Left out, and why"))  # fmt: skip
    return Table(_("For each: asked, said and answered"), head, rows, empty=_("Nobody is invited yet."), is_caption_hidden=True, is_wide=True)  # fmt: skip


def _returns(some: Iterable[Request], titles: Mapping[int, str], records: answered.Records) -> list[str]:
    return [
        f"{about(titles, one.case)}: {text}"
        for one in some
        for text in ("\n".join(answered.lines(one, records)) or words.reply(one.state)[0],)
    ]


def _spoken(one: Invitee, says: str) -> list[str]:
    return [word.text for word in one.words if word.says == says and word.text]
