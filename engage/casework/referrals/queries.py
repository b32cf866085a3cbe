"""The reading door of referrals as their referrers see them, and of the links that an agency made. One call, one line in the log."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from engage.casework.cases.models import CaseEntry
from engage.casework.cases.referred import REFERRALS
from engage.casework.cases.seeing import Desk
from engage.casework.referrals.fate import fates_of
from engage.casework.referrals.models import ReferralLink, ReferralLinkWord
from engage.casework.referrals.rules import INVITE, USED, Fate, LinkShown, Partner
from engage.governance import actions as governance
from engage.picture.seeing import sight
from engage.store.area import Area
from engage.store.warehouse import Build
from engage.vocabulary.access import Viewing


__all__ = ["Fate", "LinkShown", "Referred", "links", "mine"]
MOST, ROWS = 200, 30


@dataclass(frozen=True)
class Referred:
    """A page of what somebody referred, and how many pages there are."""

    fates: tuple[Fate, ...]
    page_count: int


def mine(*, viewing: Viewing, build: Build, area: Area, page: int = 1) -> Referred:
    """A page of what the viewer referred, or a partner by a link of theirs, newest first, each with what became of it: also where their agency takes part in the case no more. Of
    what they declared a relationship to since nothing. Audited."""
    hidden = Desk(sight(viewing, build)).hidden_cases
    # One that went into another case stands there as well, and is one referral.
    rows = CaseEntry.objects.filter(form__in=REFERRALS, written_by=viewing.viewer.user_id, replaces=None, copy_of=None).exclude(case=None)  # fmt: skip
    rows = rows.exclude(case__in=hidden) if hidden else rows
    pages = max(1, -(-rows.count() // ROWS))
    first = (min(max(page, 1), pages) - 1) * ROWS
    shown = list(rows.order_by("-seq")[first : first + ROWS])
    used = {word.entry: word.link for word in ReferralLinkWord.objects.filter(says=USED, entry__in=[row.seq for row in shown])}  # fmt: skip
    names = {one.seq: f"{one.name}, {one.organisation}" for one in ReferralLink.objects.filter(pk__in=used.values())}  # fmt: skip
    found = tuple(
        replace(one, by_link_of=names.get(used.get(one.number, 0), "")) for one in fates_of(area, shown)
    )
    told = ",".join(dict.fromkeys(f"case {row.case}" for row in shown)) or "none"
    governance.record_view(
        viewing=viewing, action="referrals.mine", subject=told, fields=["referral"], decision="allow"
    )
    return Referred(found, pages)


def links(*, viewing: Viewing) -> tuple[LinkShown, ...]:
    """The links that workers of the viewer's agency made for partners, newest first; of what was written by them nothing. Audited. Raises MayNotDo."""
    governance.check_may(viewing=viewing, what=INVITE, subject="referral links")
    rows = list(ReferralLink.objects.filter(agency=viewing.viewer.agency).order_by("-seq")[:MOST])
    # One that was used and withdrawn since is withdrawn: the last word counts.
    words = ReferralLinkWord.objects.filter(link__in=[row.seq for row in rows]).order_by("seq")
    said = dict(words.values_list("link", "says"))
    governance.record_view(
        viewing=viewing, action="referral.links", subject="referral links", fields=["name"], decision="allow"
    )
    return tuple(_link(row, said.get(row.seq, ""), viewing.at, viewing.viewer.user_id) for row in rows)


def _link(row: ReferralLink, said: str, at: datetime, user: str) -> LinkShown:
    partner = Partner(row.name, row.organisation, row.reach, row.partner_agency)
    state = said or ("open" if row.expires_at > at else "over")
    return LinkShown(
        row.seq, partner, row.made_by_name, row.made_at, row.expires_at, state, row.made_by == user
    )
