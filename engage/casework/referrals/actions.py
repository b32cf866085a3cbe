"""The writing door of referrals: answer one by itself; make a link for a named partner, withdraw one."""

from __future__ import annotations

import secrets
from datetime import timedelta
from functools import cache
from pathlib import Path

from django.db import IntegrityError, transaction

from engage.casework.cases.rules import Written, log_name
from engage.casework.referrals import answering, partners
from engage.casework.referrals.models import ReferralLink, ReferralLinkWord
from engage.casework.referrals.rules import INVITE, WITHDRAWN, LinkRefused, Partner
from engage.governance import actions as governance
from engage.store.area import Area
from engage.store.warehouse import Build
from engage.vocabulary.access import Viewing
from engage.vocabulary.words import N_
from engage.vocabulary.written import read_yaml


__all__ = ["answer", "make_link", "stated", "withdraw_link"]
WRITE = "write_case"


@cache
def stated() -> dict[str, int]:
    """How long links last and how often pages without sign-in are answered, as shipped."""
    return dict(read_yaml((Path(__file__).parent / "stated.yaml").read_text(encoding="utf-8")))


def answer(*, viewing: Viewing, build: Build, area: Area, number: int, entry: int, written: Written) -> int:
    """Answer one referral of a case, by its entry: that it has arrived, is taken into the case, or is declined with the reason that its referrer reads; return the number of
    the answer's entry. Audited. Raises MayNotDo, CaseNotShown, MoveRefused, AnswersWrong."""
    governance.check_may(viewing=viewing, what=WRITE, subject=log_name(number))
    return answering.answer(viewing, build, area, (number, entry), written)


def make_link(*, viewing: Viewing, area: Area, partner: Partner) -> str:
    """Make a link by which a named partner refers once; return its token, which is shown once. Audited. Raises MayNotDo, LinkRefused, AreaSettingsWrong."""
    governance.check_may(viewing=viewing, what=INVITE, subject="referral link")
    if not all(part.strip() for part in (partner.name, partner.organisation, partner.reach)):
        raise LinkRefused(
            N_("Say who the partner is, where they work and how they are reached."),
            remedy=N_("Fill in all three."),
        )
    agency = area.agency(partner.agency).code if partner.agency else ""
    days = int((area.settings.get("casework") or {}).get("referral_link_days", stated()["link_days"]))
    token, who = partners.new_token(secrets.token_urlsafe(24)), viewing.viewer
    with transaction.atomic():
        link = ReferralLink.objects.create(
            digest=partners.digest(token), name=partner.name.strip(), organisation=partner.organisation.strip(), reach=partner.reach.strip(), partner_agency=agency,
            made_by=who.user_id, made_by_name=who.name, agency=who.agency, made_at=viewing.at, expires_at=viewing.at + timedelta(days=days), request_id=viewing.request_id,
        )  # fmt: skip
        governance.record_decision(
            viewing=viewing, action="referral.link_made", subject=f"referral link {link.seq}", fields=["name", "organisation"], decision="invited"
        )  # fmt: skip
    return token


def withdraw_link(*, viewing: Viewing, number: int) -> None:
    """Withdraw a link that a worker of the viewer's agency made: nobody refers by it any more, and of one that was used nobody reads what becomes of the referral. Audited. Raises MayNotDo,
    LinkRefused."""
    governance.check_may(viewing=viewing, what=INVITE, subject=f"referral link {number}")
    link = ReferralLink.objects.filter(pk=number, agency=viewing.viewer.agency).first()
    if link is None or ReferralLinkWord.objects.filter(link=number, says=WITHDRAWN).exists():
        raise _none_open()
    try:
        with transaction.atomic():
            ReferralLinkWord.objects.create(
                link=number, says=WITHDRAWN, said_by=viewing.viewer.user_id, said_at=viewing.at
            )
            governance.record_decision(
                viewing=viewing, action="referral.link_withdrawn", subject=f"referral link {number}", fields=["link"], decision="withdrawn"
            )  # fmt: skip
    except IntegrityError:
        raise _none_open() from None


def _none_open() -> LinkRefused:
    return LinkRefused(
        N_("No link of that number stands that your agency made."),
        remedy=N_("Look at the list of links again."),
    )
