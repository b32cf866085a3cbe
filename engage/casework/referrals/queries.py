"""The reading door of referrals as their referrers see them, and of the links that an agency made. One call, one line in the log."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from engage.casework.cases.models import CaseEntry
from engage.casework.cases.seeing import Desk
from engage.casework.referrals.fate import called_by_referrer, fate_of
from engage.casework.referrals.models import ReferralLink, ReferralLinkWord
from engage.casework.referrals.rules import INVITE, USED, Fate, LinkShown, Partner
from engage.governance import actions as governance
from engage.picture.seeing import sight
from engage.store.area import Area
from engage.store.warehouse import Build
from engage.vocabulary.access import Viewing


__all__ = ["Fate", "LinkShown", "links", "mine"]
MOST = 200


def mine(*, viewing: Viewing, build: Build, area: Area) -> tuple[Fate, ...]:
    """What the viewer referred, or a partner by a link of theirs, newest first, each with what became of it: also where their agency takes part in the case no more. Of what they
    declared a relationship to since nothing. Audited."""
    hidden = Desk(sight(viewing, build)).hidden_cases
    rows = CaseEntry.objects.filter(form__startswith="referral", written_by=viewing.viewer.user_id, replaces=None).exclude(case=None)  # fmt: skip
    shown = [row for row in rows.order_by("-seq")[:MOST] if row.case not in hidden]
    used = {word.entry: word.link for word in ReferralLinkWord.objects.filter(says=USED, entry__in=[row.seq for row in shown])}  # fmt: skip
    names = {one.seq: f"{one.name}, {one.organisation}" for one in ReferralLink.objects.filter(pk__in=used.values())}  # fmt: skip
    found = tuple(
        replace(fate_of(area, row, called_by_referrer(row)), by_link_of=names.get(used.get(row.seq, 0), ""))
        for row in shown
    )
    told = ",".join(dict.fromkeys(f"case {row.case}" for row in shown)) or "none"
    governance.record_view(
        viewing=viewing, action="referrals.mine", subject=told[:1000], fields=["referral"], decision="allow"
    )
    return found


def links(*, viewing: Viewing) -> tuple[LinkShown, ...]:
    """The links that workers of the viewer's agency made for partners, newest first; of what was written by them nothing. Audited. Raises MayNotDo."""
    governance.check_may(viewing=viewing, what=INVITE, subject="referral links")
    rows = list(ReferralLink.objects.filter(agency=viewing.viewer.agency).order_by("-seq")[:MOST])
    said = dict(ReferralLinkWord.objects.filter(link__in=[row.seq for row in rows]).values_list("link", "says"))  # fmt: skip
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
