"""The access log as a page shows it."""

from __future__ import annotations

from collections.abc import Iterable

from django.http import HttpRequest
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from engage.casework.lifecycles.states import lifecycles
from engage.governance.queries import AuditRow
from engage.vocabulary.words import N_
from engage.web.access.decided import decision
from engage.web.access.of_meetings import ACTIONS
from engage.web.access.words import purpose_title
from engage.web.components import Cell, Pages, Table


LINES = 100
_ACTIONS = ACTIONS | {
    "account.made": N_("Made a worker's account"),
    "act.refused": N_("Was refused something that the role does not include"),
    "action.agreed": N_("Agreed an action"),
    "action.chased": N_("Chased an action"),
    "action.done": N_("Said that an action is done"),
    "action.escalated": N_("Escalated an action to the agency's manager"),
    "action.extended": N_("Gave an action more days"),
    "action.handed_over": N_("Handed an action over"),
    "action.not_needed": N_("Said that an action is no longer needed"),
    "action.refused": N_("Was refused a word on an action"),
    "action.reopened": N_("Opened an action again"),
    "action.view": N_("Looked at an action"),
    "actions.list": N_("Looked at a list of actions"),
    "actions.often_agreed": N_("Looked at which actions are often agreed"),
    "audit_sample.drawn": N_("Drew cases for audit"),
    "audit_sample.view": N_("Looked at cases drawn for audit"),
    "audit_samples.list": N_("Looked at the draws of cases for audit"),
    "audit.own": N_("Looked at their own access log"),
    "audit.read": N_("Read the access log"),
    "build.served": N_("Built the area anew"),
    "chronology.export": N_("Took a person's chronology away as a file"),
    "deliveries.list": N_("Looked at the list of deliveries"),
    "delivery.received": N_("Received a delivery"),
    "delivery.view": N_("Looked at a delivery"),
    "caseload.view": N_("Looked at the cases of an agency's workers"),
    "digest.chosen": N_("Said whether they want the digest by e-mail"),
    "digest.counted": N_("Had the numbers of their day counted for the digest"),
    "digest.view": N_("Looked at whether they get the digest"),
    "draft.view": N_("Went on with a draft of their own"),
    "drafts.cleared": N_("Had drafts thrown away that nobody came back to"),
    "file.kept": N_("Kept a file"),
    "file.taken": N_("Took a file away"),
    "file.taken_back": N_("Took a kept file back"),
    "files.list": N_("Looked at the files of a case"),
    "files.standing": N_("Looked at standing documents about a person"),
    "hand.recorded": N_("Recorded something by hand"),
    "hand.withdrawn": N_("Withdrew what was recorded by hand"),
    "identities.agreement": N_("Looked at how often judges agree"),
    "identities.chances": N_("Looked at how often pairs of records are one person"),
    "identities.check": N_("Asked whether somebody is known"),
    "identities.check_received": N_("Counted which records that came are of people who are known"),
    "identities.everyone": N_("Exported which records are one person"),
    "identities.explain": N_("Looked at why records are one person"),
    "identities.fingerprint": N_("Compared two builds by a digest"),
    "identities.give_ids": N_("Gave out ids"),
    "identities.history": N_("Looked at the history of an id"),
    "identities.if_answered": N_("Measured the list of pairs to judge against a known answer"),
    "identities.how_right": N_("Looked at how right the joins are"),
    "identities.keep_figures": N_("Measured how right the joins are against a known answer"),
    "identities.joined": N_("Counted how many people the records make"),
    "identities.adopt_model": N_("Adopted a linkage model"),
    "identities.compare_model": N_("Looked at what a linkage model would change"),
    "identities.keep_model": N_("Trained a linkage model"),
    "identities.model": N_("Looked at a linkage model and what it would change"),
    "identities.models": N_("Looked at the linkage models"),
    "identities.judge": N_("Judged whether two records are one person"),
    "identities.settle": N_("Had a build follow what was judged while it was being made"),
    "identities.judgement": N_("Looked at what was judged of two records"),
    "identities.judgements": N_("Looked at what was judged of two records"),
    "identities.person": N_("Looked up which records are a person"),
    "identities.person_of_record": N_("Looked up whose record it is"),
    "identities.queue": N_("Looked at the pairs to judge"),
    "identities.relied_on": N_("Looked up what relied on a judgement"),
    "identities.withdraw_judgement": N_("Took back a judgement"),
    "invitation.accepted": N_("Accepted an invitation"),
    "invitation.made": N_("Invited a worker"),
    "missing.check_struck": N_("Struck a check on a missing child"),
    "missing.checked": N_("Recorded a check on a missing child"),
    "missing.copy": N_("Kept a copy of who is missing"),
    "missing.episode": N_("Looked at a time of being missing"),
    "missing.print": N_("Printed who is missing"),
    "missing.together": N_("Looked at who was missing together"),
    "missing.view": N_("Looked at who is missing"),
    "people.named": N_("Saw how people are called"),
    "child.looked_at": N_("Looked at a child's new evidence, and said what came of it"),
    "indicator.said": N_("Said something of an indicator of a person"),
    "indicator.taken_back": N_("Took back what they said of an indicator"),
    "indicators.uses": N_("Looked at how indicators are used"),
    "indicators.view": N_("Looked at a person's indicators"),
    "case.move_refused": N_("Was refused a move of a case"),
    "case.opened": N_("Opened a case"),
    "case.part": N_("Brought an agency into a case, or let it leave"),
    "case.view": N_("Looked at a case"),
    "case.written": N_("Wrote in a case"),
    "case.written_about": N_("Looked at what was written about somebody outside a case"),
    "case.identified": N_("Said whom a case is about"),
    "cases.reckoned": N_("Worked out anew what is due in all cases"),
    "cases.list": N_("Looked at the list of cases"),
    "chart.annotated": N_("Wrote of a saved chart"),
    "chart.export": N_("Took a chart away as a file"),
    "chart.opened": N_("Opened a saved chart"),
    "chart.print": N_("Printed a chart"),
    "chart.saved": N_("Saved a chart"),
    "chart.view": N_("Looked at a chart"),
    "charts.list": N_("Looked at the saved charts"),
    "concern.export": N_("Took who and what is of concern away as a file"),
    "concern.linked": N_("Looked at who and what of concern somebody is linked to"),
    "concern.measured": N_("Measured what is of concern against a known answer"),
    "concern.closed": N_("Closed somebody or something that was open as of concern"),
    "concern.not_counted": N_("Looked at why somebody is not counted"),
    "concern.opened": N_("Opened somebody or something as of concern"),
    "concern.place_without_names": N_("Looked at a place without children's names"),
    "concern.subject": N_("Looked at what ties somebody or something to children"),
    "concern.view": N_("Looked at who and what is of concern"),
    "group.adopted": N_("Adopted a group"),
    "group.dropped": N_("Dropped an adopted group"),
    "groups.export": N_("Took groups away as a file"),
    "groups.found": N_("Wrote down which groups a build found"),
    "groups.view": N_("Looked at groups"),
    "hotspots.export": N_("Took hotspots away as a file"),
    "hotspots.opened": N_("Looked at the records behind a hotspot"),
    "hotspots.view": N_("Looked at hotspots"),
    "hotspots.without_names": N_("Looked at hotspots without names and small counts"),
    "screening.asked": N_("Asked to screen a list"),
    "screening.authorised": N_("Gave leave to screen a list"),
    "screening.cleared": N_("Removed what was kept of a screened list"),
    "screening.refused": N_("Refused leave to screen a list"),
    "screening.run": N_("Screened a list"),
    "screening.view": N_("Looked at a screening"),
    "screening.withdrawn": N_("Withdrew a screening"),
    "screenings.list": N_("Looked at their screenings"),
    "screenings.read": N_("Looked at what everybody screens"),
    "worklist.export": N_("Took the worklist away as a file"),
    "worklist.view": N_("Looked at the worklist"),
    "worklist.weeks": N_("Measured how many children come onto the worklist"),
    "people.search": N_("Searched for a person"),
    "reading.judged": N_("Said whether the software read a text rightly"),
    "texts.judged": N_("Looked at how often people said that texts were read wrongly"),
    "texts.told": N_("Measured what was read in texts against a known answer"),
    "texts.worded": N_("Looked at how often texts blame a child"),
    "texts.mentioned": N_("Measured whom and what texts name against a known answer"),
    "person.view": N_("Looked at a person"),
    "quality.view": N_("Looked at the quality of the data"),
    "referral.by_link": N_("A partner referred by a link"),
    "referral.fate": N_("A partner looked at what became of their referral"),
    "referral.link_made": N_("Made a link by which a partner refers"),
    "referral.link_withdrawn": N_("Withdrew a link by which a partner refers"),
    "referral.links": N_("Looked at the links for partners"),
    "referrals.mine": N_("Looked at what became of their own referrals"),
    "return.interviews": N_("Looked at what was learned from a child's return interviews"),
    "return.view": N_("Looked at a return and its interview"),
    "relationship.declared": N_("Declared a relationship"),
    "relationship.ended": N_("Ended a declared relationship"),
    "relationships.list": N_("Looked at declared relationships"),
    "relationships.read": N_("Looked at what relationships everybody declared"),
    "reason.ended": N_("Ended a reason to look"),
    "reason.given": N_("Gave a reason to look"),
    "reason.sought": N_("Looked for somebody with a reason, and found nobody exactly"),
    "rejects.list": N_("Looked at what could not be used"),
    "today.view": N_("Looked at their day"),
    "table.export": N_("Took a table away as a file"),
    "watch.ended": N_("Ended a watch"),
    "watch.made": N_("Began to watch"),
    "watch.renewed": N_("Renewed a watch"),
    "watch.seen": N_("Took what a watch told as seen"),
    "watches.read": N_("Looked at what everybody watches"),
    "watches.view": N_("Was told what is new of what they watch"),
}


# A move of a case is written in the log as this and its code.
CASE = "case."


def action(code: str) -> str:
    """What was done, in words; the code itself when it has none."""
    if code in _ACTIONS or not code.startswith(CASE):
        return _(_ACTIONS.get(code, code))
    moves = {move.code: move.title for life in lifecycles().values() for move in life.moves}
    title = moves.get(code.removeprefix(CASE))
    return _("Case: %(move)s") % {"move": _(title)} if title else code


def page_number(request: HttpRequest) -> int:
    """The page of a list that the address asks for, from 1; what is no number is the first."""
    asked = request.GET.get("page", "")
    return max(1, int(asked)) if asked.isdecimal() and len(asked) < 6 else 1


def log_pages(request: HttpRequest, number: int, *, has_more: bool) -> Pages:
    """The neighbours of this page of the log. How many there are in all is not counted: the log only grows."""

    def address(to: int) -> str:
        asked = request.GET.copy()
        asked["page"] = str(to)
        return "?" + asked.urlencode()

    return Pages(
        number,
        0,
        previous=address(number - 1) if number > 1 else "",
        next=address(number + 1) if has_more else "",
    )


def log_table(rows: Iterable[AuditRow], *, agencies: dict[str, str] | None = None) -> Table:
    """The log's rows, newest first; with `agencies` (titles by code) it says whose they are."""
    names = (_("Who"), _("Agency")) if agencies is not None else ()
    head = (
        _("When"),
        *names,
        _("What was done"),
        _("About"),
        _("What was shown"),
        _("Decision"),
        _("Purpose"),
    )
    lines = [(_when(row), *_whose(row, agencies), *_what(row)) for row in rows]
    return Table(_("Newest first"), head, lines, empty=_("Nothing yet."))


def _when(row: AuditRow) -> str:
    return date_format(localtime(row.at), "j F Y, H:i")


def _whose(row: AuditRow, agencies: dict[str, str] | None) -> tuple[str, ...]:
    return () if agencies is None else (row.actor, agencies.get(row.agency, row.agency))


def _what(row: AuditRow) -> tuple[Cell | str, ...]:
    return (
        action(row.action),
        Cell(row.subject, is_verbatim=True),
        Cell(", ".join(row.fields), is_verbatim=True),
        decision(row.decision),
        purpose_title(row.purpose) if row.purpose else "",
    )
