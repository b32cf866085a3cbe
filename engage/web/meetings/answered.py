"""What came of an information round, as pages show it: who answered in one short table, then case by case, and each return in the words of the agency that sent it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from engage.casework.rounds.queries import ToAnswer
from engage.casework.rounds.rules import (
    CONTENT,
    NIL,
    NO_REPLY,
    WITHDRAWN,
    Chased,
    OwnRecord,
    Request,
    Returned,
)
from engage.vocabulary.time import london_day
from engage.web.components import Cell, Table
from engage.web.meetings import words
from engage.web.meetings.showing import about
from engage.web.people import words as people_words


Records = Mapping[str, OwnRecord]


@dataclass(frozen=True)
class CaseRound:
    """What came of a round for one case: how many said what, in one line, and who said what."""

    title: str
    told: str
    table: Table


def summary_table(some: Sequence[Request]) -> Table:
    """Who was asked of how much, and what came of it: one row for each, those who owe an answer as they were asked."""
    of: dict[str, list[Request]] = {}
    for one in some:
        of.setdefault(one.title, []).append(one)
    # That somebody is asked no more is seldom.
    some_no_more = [_("Asked no more")] if _count(some, WITHDRAWN) else []
    rows = [_row(title, mine, has_more=bool(some_no_more)) for title, mine in of.items()]
    head = (_("Who"), _("Asked"), _("Answered"), _("Holds nothing"), _("No reply"), _("Late"), *some_no_more, _("Last chased"))  # fmt: skip
    numbers = frozenset(range(1, len(head) - 1))
    return Table(_("Who answered"), head, rows, numbers, empty=_("Nobody has been asked yet."))


def _row(title: str, mine: Sequence[Request], *, has_more: bool) -> tuple[Cell | str, ...]:
    silent = _count(mine, NO_REPLY)
    late = sum(one.is_late for one in mine)
    chases = sorted((chase for one in mine for chase in one.chases), key=lambda chase: chase.at)
    return (
        title, str(len(mine)), str(_count(mine, CONTENT)), str(_count(mine, NIL)), Cell(str(silent), colour="red" if silent else ""), str(late),
        *([str(_count(mine, WITHDRAWN))] if has_more else []), _chased(chases[-1]) if chases else "",
    )  # fmt: skip


def _count(some: Iterable[Request], state: str) -> int:
    return sum(one.state == state for one in some)


def by_case(some: Iterable[Request], titles: Mapping[int, str], records: Records) -> list[CaseRound]:
    """The round case by case, in the order of the agenda; what was asked of the whole comes first."""
    of: dict[int | None, list[Request]] = {case: [] for case in (None, *titles)}
    for one in some:
        of.setdefault(one.case, []).append(one)
    return [
        CaseRound(title, counted(mine), _of_case(title, mine, records))
        for case, mine in of.items()
        if mine
        for title in (about(titles, case),)
    ]


def counted(some: Sequence[Request]) -> str:
    """How many said what: 2 answered, 1 holds nothing, 3 no reply."""
    told = [
        (_count(some, CONTENT), _("%(count)s answered")),
        (_count(some, NIL), _("%(count)s with nothing to hold")),
        (_count(some, NO_REPLY), _("%(count)s without a reply")),
        (sum(one.is_late for one in some), _("%(count)s late")),
    ]
    return ", ".join(text % {"count": count} for count, text in told if count) or _(
        "nobody is asked any more"
    )


def _of_case(title: str, some: Iterable[Request], records: Records) -> Table:
    rows = [
        (
            one.title,
            people_words.day(one.due_on),
            _state(one),
            _("Late") if one.is_late else "",
            said(one, records),
            _use(one),
            "; ".join(map(_chased, one.chases)),
        )
        for one in some
    ]
    head = (_("Asked"), _("Answer by"), _("What came"), _("Late"), _("In their words"), _("How it may be used"), _("Chased"))  # fmt: skip
    return Table(_("What came: %(case)s") % {"case": title}, head, rows, is_caption_hidden=True, is_wide=True)


def _state(one: Request) -> Cell:
    text, colour = words.reply(one.state)
    return Cell(text, colour=colour)


def _use(one: Request) -> str:
    some = [sent for sent in one.standing if not sent.is_nil and sent.text is not None]
    return words.handling(some[-1].handling) if some else ""


def _chased(one: Chased) -> str:
    day = people_words.day(london_day(one.at))
    if not one.is_escalated:
        return day
    return _("manager told: %(who)s, %(day)s") % {"who": one.to or _("nobody named"), "day": day}


def said(one: Request, records: Records) -> Cell | str:
    """What was answered, the last first: a later word stands beside an earlier one and takes no place of it."""
    if len(one.returns) == 1 and one.returns[0].is_nil and not one.returns[0].heard_from:
        return ""
    return Cell("\n".join(lines(one, records)), is_text=True) if one.returns else ""


def lines(one: Request, records: Records) -> list[str]:
    """Each return as a line or more, the last first, with its day where there are several."""
    told = [
        (_("%(day)s: %(text)s") % {"day": people_words.day(london_day(sent.at)), "text": text} if len(one.returns) > 1 else text)
        for sent in reversed(one.returns)
        for text in (_told(sent, records),)
    ]  # fmt: skip
    return [text for text in told if text]


def _told(one: Returned, records: Records) -> str:
    text = words.reply(NIL)[0] if one.is_nil else one.text if one.text is not None else _("Not shown to you")
    parts = [text, _heard(one) if one.heard_from else ""]
    return "\n".join([" ".join(part for part in parts if part), *_named(one, records)]).strip()


def _named(one: Returned, records: Records) -> list[str]:
    """The records that a return names: those that the reader may see by day and title, of the others that there are some."""
    shown = [records[record] for record in one.records if record in records]
    told = [_("Record of %(record)s") % {"record": named(record)} for record in shown]
    hidden = len(one.records) - len(shown)
    return told + ([_("Records that you may not see: %(count)s. Ask them.") % {"count": hidden}] if hidden else [])  # fmt: skip


def named(one: OwnRecord) -> str:
    """A record by its day, kind and title."""
    day = people_words.day(one.on) if one.on else _("day not known")
    return f"{day}: {people_words.kind(one.kind)}" + (f", {one.title}" if one.title else "")


def _heard(one: Returned) -> str:
    """That an answer was taken by phone: of whom, by whom and when."""
    told = {"from": one.heard_from, "by": one.by_name, "day": people_words.day(london_day(one.at))}
    return _("(said by phone by %(from)s, written down by %(by)s, %(day)s)") % told


def prefill(one: Request, asked: ToAnswer, most: int) -> str:
    """What of the agency's own stands beside a request, and where nothing does, that this alone is no "nothing held"."""
    if one.case not in asked.records:
        return _("No records are listed here: this is about no one person. That does not mean that you hold nothing: look in your own system.")  # fmt: skip
    count, months = len(asked.records[one.case]), asked.kind.period_months
    if not count:
        return _(
            "Of the last %(months)s months no record of yours is listed here. That does not mean that you hold nothing: they may be on your register alone, or in records that "
            "are not joined to them or that you may not see. Look in your own system."
        ) % {"months": months}  # fmt: skip
    if count > most:
        return _("The newest %(most)s of %(count)s records of yours of the last %(months)s months are listed.") % {"most": most, "count": count, "months": months}  # fmt: skip
    told = ngettext("%(count)s record of yours of the last %(months)s months is listed.", "%(count)s records of yours of the last %(months)s months are listed.", count)  # fmt: skip
    return told % {"count": count, "months": months}
