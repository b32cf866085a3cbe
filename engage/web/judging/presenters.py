"""The queue and the judgements as pages show them."""

from __future__ import annotations

from collections.abc import Sequence
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from engage.identities.judging.rules import (
    ORDERS,
    Agreement,
    Judged,
    Queue,
    ReliedOn,
    Said,
    Waiting,
    kinds,
)
from engage.vocabulary.words import N_
from engage.web.access.presenters import action
from engage.web.components import Cell, Pages, Table
from engage.web.people.presenters import Reader, record_name
from engage.web.templatetags.engage import said


_SAYS = {"same": N_("one person"), "different": N_("different people"), "unsure": N_("cannot tell")}
_KINDS = {
    "partial": N_("Half a name"),
    "unsure": N_("Just short"),
    "thin": N_("Names alone"),
    "apart": N_("Far apart"),
    "joined": N_("Joined already"),
    "refused": N_("Strong, but refused"),
    "identifiers": N_("Contradicting numbers"),
    "twin": N_("Perhaps twins"),
    "generation": N_("Perhaps parent and child"),
    "related": N_("Known as two"),
    "born": N_("Different days of birth"),
    "disputed": N_("Judges disagree"),
    "waiting": N_("Waits for a second judge"),
}


def kind(code: str) -> str:
    """A kind of question in words; its title in the list of kinds where it is newer than these."""
    return _(_KINDS.get(code) or str(kinds()[code][-1]["title"]))


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
            Cell(_question(one, reader), href=question_link(one, found.order)),
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


def _question(one: Waiting, reader: Reader) -> str:
    first = one.pairs[0]
    if one.asks_record_id is None:
        names = {
            "left": record_name(first.left_record_id, reader),
            "right": record_name(first.right_record_id, reader),
        }
        return _("%(left)s and %(right)s") % names
    count = len(one.pairs)
    return ngettext("%(record)s: %(count)s candidate", "%(record)s: %(count)s candidates", count) % {
        "record": record_name(one.asks_record_id, reader),
        "count": count,
    }


def progress(found: Queue) -> str:
    """How far the work is."""
    words = (
        _("%(judged)s pairs are judged; more than %(total)s questions wait.")
        if found.has_more
        else _("%(judged)s pairs are judged; %(total)s questions wait.")
    )
    return words % {"judged": found.judged, "total": found.total}


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

    def address(number: int) -> str:
        return "?" + urlencode({"order": found.order, "page": number})

    return Pages(
        found.page,
        found.pages,
        previous=address(found.page - 1) if found.page > 1 else "",
        next=address(found.page + 1) if found.page < found.pages else "",
    )


def pages_of_said(number: int, count: int, *, mine: bool) -> Pages:
    """The neighbours of a page of judgements."""

    def address(to: int) -> str:
        return "?" + urlencode({"page": to, **({"mine": 1} if mine else {})})

    return Pages(
        number,
        count,
        previous=address(number - 1) if number > 1 else "",
        next=address(number + 1) if number < count else "",
    )


def outcome(judged: Sequence[Judged]) -> str:
    """What came of what was just said."""
    last = judged[0]
    moved = sum(one.moved for one in judged)
    if last.effect == "disputed":
        return _("Recorded. Another judge said the opposite: nothing is followed until you agree.")
    if last.effect == "waiting":
        return _("Recorded. It is followed when a second person says the same.")
    if last.effect == "none":
        return _("Recorded. Nothing changes: it says that you cannot tell.")
    if not moved:
        return _("Recorded. It agrees with how the records stand.")
    return ngettext(
        "Recorded and followed at once: %(count)s record now belongs to another person.",
        "Recorded and followed at once: %(count)s records now belong to another person.",
        moved,
    ) % {"count": moved}


def said_table(found: Sequence[Said], reader: Reader) -> Table:
    """Judgements, newest first."""
    head = (_("When"), _("Who"), _("Records"), _("Said"), _("Why"), _("Look"))
    rows = [
        (
            _when(one.at),
            f"{one.by}, {reader.agency(one.agency)}",
            Cell(
                _("%(left)s and %(right)s")
                % {
                    "left": record_name(one.left_record_id, reader),
                    "right": record_name(one.right_record_id, reader),
                },
                href=link([one.pair], "agencies"),
            ),
            _(_SAYS[one.says]) + (" " + _("(taken back)") if one.withdrawn_at else ""),
            Cell(one.reason, is_verbatim=True),
            Cell(_("What relied on it"), href=reverse("judging_take_back", args=[one.seq])),
        )
        for one in found
    ]
    return Table(_("Newest first"), head, rows, empty=_("Nobody has judged a pair that you may see."))


def relied_table(found: Sequence[ReliedOn], reader: Reader) -> Table:
    """Views and exports of the people whom a judgement changed, while it stood."""
    head = (_("When"), _("Who"), _("What was done"), _("About"))
    rows = [
        (
            _when(one.at),
            f"{one.by}, {reader.agency(one.agency)}",
            action(one.action),
            Cell(one.subject, is_verbatim=True),
        )
        for one in found
    ]
    return Table(_("What relied on it"), head, rows, empty=_("Nobody looked at these people while it stood."))


def _when(at: object) -> str:
    return date_format(localtime(at), "j F Y, H:i")  # type: ignore[arg-type]
