"""The queue and the judgements as pages show them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from engage.identities.judging.rules import (
    ORDERS,
    UNSURE,
    Agreement,
    Judged,
    JudgementTold,
    Named,
    Queue,
    Relied,
    Said,
    Waiting,
)
from engage.vocabulary.words import N_
from engage.web import paging
from engage.web.access.presenters import action
from engage.web.components import Cell, Pages, SummaryRow, Table
from engage.web.judging.words import SAYS, kind, named, when
from engage.web.people.presenters import Reader, record_name
from engage.web.templatetags.engage import said


def link(pairs: Sequence[tuple[str, str]], order: str) -> str:
    """The address of a question about these pairs, which leads on in that order."""
    asked = [("pair", "|".join(pair)) for pair in pairs]
    return reverse("judging_question") + "?" + urlencode([*asked, ("order", order)])


def question_link(waiting: Waiting, order: str) -> str:
    """The address of one question of the queue."""
    return link([(p.left_record_id, p.right_record_id) for p in waiting.pairs], order)


def orders(chosen: str) -> list[tuple[str, str, bool]]:
    """The facts that the queue can be in order of: code, words, whether it is the one."""
    return [(code, said(words), code == chosen) for code, words in ORDERS.items()]


def queue_table(found: Queue, reader: Reader) -> Table:
    """The questions of one page, each with every fact that the list may be in order of."""
    head = (
        _("Question"),
        _("Kind"),
        _("Records a yes brings together"),
        _("Agencies that know one of the two only"),
        _("Under 18"),
        _("Judges"),
    )
    rows = [
        (
            Cell(_question(one, found.names, reader), href=question_link(one, found.order)),
            kind(one.kind),
            Cell(str(one.would_join), is_number=True),
            ", ".join(reader.agency(code) for code in one.agencies) or _("none"),
            _under_18(one.under_18),
            _("%(said)s of %(needs)s") % {"said": one.said_by, "needs": one.needs},
        )
        for one in found.waiting
    ]
    return Table(
        _("Pairs that wait for a person"), head, rows, frozenset({2}), empty=_("Nothing waits for you.")
    )


_UNDER_18 = {"yes": N_("yes"), "perhaps": N_("perhaps"), "no": N_("no")}


def _under_18(code: str) -> Cell:
    return Cell(_(_UNDER_18[code])) if code else Cell(_("not known"), is_known=False)


def _question(one: Waiting, names: Mapping[str, Named], reader: Reader) -> str:
    first = one.pairs[0]
    if one.asks_record_id is None:
        both = {"left": first.left_record_id, "right": first.right_record_id}
        return _("%(left)s and %(right)s") % {key: _who(r, names, reader) for key, r in both.items()}
    count = len(one.pairs)
    return ngettext("%(record)s: %(count)s candidate", "%(record)s: %(count)s candidates", count) % {
        "record": _who(one.asks_record_id, names, reader),
        "count": count,
    }


def _who(record: str, names: Mapping[str, Named], reader: Reader) -> str:
    """Name and birth as recorded, with whose record it is."""
    words = {"name": named(names.get(record)), "record": record_name(record, reader)}
    return _("%(name)s (%(record)s)") % words if words["name"] else words["record"]


def progress(found: Queue) -> str:
    """How far the work is."""
    judged = ngettext("%(count)s pair is judged;", "%(count)s pairs are judged;", found.judged)
    if found.has_more and not found.total:
        waits = _("nothing that you may see waits among those looked at first.")
    elif found.has_more:
        waits = ngettext(
            "more than %(count)s question waits.", "more than %(count)s questions wait.", found.total
        )
    else:
        waits = ngettext("%(count)s question waits.", "%(count)s questions wait.", found.total)
    return f"{judged % {'count': found.judged}} {waits % {'count': found.total}}"


def agreement(found: Agreement) -> str:
    """How often two judges of one pair said the same."""
    if not found.pairs_judged_twice:
        return _("No pair has been judged by two people yet.")
    words = _("Of %(pairs)s pairs that two people judged they said the same of %(agreed)s.") % {
        "pairs": found.pairs_judged_twice,
        "agreed": found.agreed,
    }
    if found.kappa is None:
        return words
    return (
        words
        + " "
        + _("Beyond chance that is %(kappa)s of 1 (Cohen's kappa).") % {"kappa": f"{found.kappa:.2f}"}
    )


def agreement_table(found: Agreement) -> Table:
    """The same by kind of pair."""
    rows = [(kind(code), str(pairs), str(agreed)) for code, pairs, agreed in found.by_kind]
    head = (_("Kind"), _("Judged by two"), _("Said the same"))
    return Table(_("Agreement between judges"), head, rows, frozenset({1, 2}))


def pages(found: Queue) -> Pages:
    """The neighbours of this page of the queue."""
    return paging.pages(
        found.page, found.pages, lambda number: "?" + urlencode({"order": found.order, "page": number})
    )


def pages_of_said(number: int, count: int, *, mine: bool) -> Pages:
    """The neighbours of a page of judgements."""
    return paging.pages(
        number, count, lambda to: "?" + urlencode({"page": to, **({"mine": 1} if mine else {})})
    )


def outcome(judged: Sequence[Judged]) -> str:
    """What came of what was just said."""
    effects = {one.effect for one in judged}
    moved = sum(one.moved for one in judged)
    if {one.says for one in judged} == {UNSURE}:
        return _("Recorded. Nothing changes: it says that you cannot tell.")
    if "disputed" in effects:
        return _("Recorded. Another judge said the opposite: nothing is followed until you agree.")
    if moved:
        return ngettext(
            "Recorded and followed at once: %(count)s record now belongs to another person.",
            "Recorded and followed at once: %(count)s records now belong to another person.",
            moved,
        ) % {"count": moved}
    if "waiting" in effects:
        return _("Recorded. It is followed when a second person says the same.")
    return _("Recorded. It agrees with how the records stand.")


def outcome_linked(judged: Sequence[Judged], persons: Sequence[str], reader: Reader) -> str:
    """The same, with the way to the people and to taking it back."""
    text = format_html("{}", outcome(judged))
    for person in persons:
        words = _("Look at person %(person)s") % {"person": person}
        text = format_html(
            '{} <a class="govuk-link" href="{}">{}</a>.', text, reader.link("people_person", person), words
        )
    for one in judged:
        words = _("Take judgement %(number)s back") % {"number": one.seq}
        text = format_html(
            '{} <a class="govuk-link" href="{}">{}</a>.',
            text,
            reverse("judging_take_back", args=[one.seq]),
            words,
        )
    return text  # fmt: skip


def said_table(found: Sequence[Said], reader: Reader) -> Table:
    """Judgements, newest first."""
    head = (_("When"), _("Who"), _("Records"), _("Said"), _("Why"), _("Look"))
    rows = [
        (
            when(one.at),
            f"{one.by}, {reader.agency(one.agency)}",
            Cell(
                _("%(left)s and %(right)s")
                % {
                    "left": record_name(one.left_record_id, reader),
                    "right": record_name(one.right_record_id, reader),
                },
                href=link([one.pair], "agencies"),
            ),
            _(SAYS[one.says]) + (" " + _("(taken back)") if one.withdrawn_at else ""),
            Cell(one.reason, is_verbatim=True),
            Cell(_look(one), href=reverse("judging_take_back", args=[one.seq])),
        )
        for one in found
    ]
    return Table(_("Newest first"), head, rows, empty=_("Nobody has judged a pair that you may see."))


def _look(one: Said) -> str:
    return _("See what relied on it") if one.withdrawn_at else _("Take it back, or see what relied on it")


def judgement_rows(found: JudgementTold, reader: Reader) -> list[SummaryRow]:
    """What was judged, by whom, when and why; and who took it back, when and why."""
    one = found.said
    rows = [
        (_("Records"), [Cell(_who(record, found.names, reader)) for record in one.pair]),
        (_("Said"), [Cell(_(SAYS[one.says]))]),
        (_("Why"), [Cell(one.reason, is_verbatim=True)]),
        (_("Who"), [Cell(f"{one.by}, {reader.agency(one.agency)}")]),
        (_("When"), [Cell(when(one.at))]),
    ]
    if one.withdrawn_at is not None:
        rows += [
            (_("Taken back by"), [Cell(one.withdrawn_by)]),
            (_("Taken back on"), [Cell(when(one.withdrawn_at))]),
            (_("Why it was taken back"), [Cell(one.withdrawn_why, is_verbatim=True)]),
        ]
    return [SummaryRow(key, tuple(cells)) for key, cells in rows]


def relied_table(found: Relied, reader: Reader) -> Table:
    """Views and exports of the people whom a judgement changed, while it stood."""
    head = (_("When"), _("Who"), _("What was done"), _("About"))
    rows = [
        (
            when(one.at),
            f"{one.by}, {reader.agency(one.agency)}",
            action(one.action),
            Cell(one.subject, is_verbatim=True),
        )
        for one in found
    ]
    nobody = _("Nobody looked at these people while it stood.") if found.moved else _("It moved no record.")
    return Table(_("What relied on it"), head, rows, empty=nobody)
