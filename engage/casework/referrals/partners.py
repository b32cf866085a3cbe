"""The door of partners without an account: a link opens a form, once; a second link tells what became of it. Whoever comes is known by the link alone.

What they do is in the log under the worker who made the link, with the partner's name beside it.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.core import signing
from django.core.exceptions import ObjectDoesNotExist
from django.db import IntegrityError, transaction

from engage.casework.cases import actions as cases
from engage.casework.cases import lasting
from engage.casework.cases.actions import About
from engage.casework.cases.models import CaseEntry
from engage.casework.cases.rules import REFERRER, Written
from engage.casework.lifecycles.states import CHILD
from engage.casework.referrals.fate import fates_of
from engage.casework.referrals.models import ReferralLink, ReferralLinkWord
from engage.casework.referrals.rules import USED, WITHDRAWN, Fate, LinkRefused
from engage.governance import actions as governance
from engage.governance import queries as access
from engage.store.area import Area
from engage.store.warehouse import Build
from engage.vocabulary.access import Viewer, Viewing
from engage.vocabulary.time import london_day
from engage.vocabulary.words import N_


_LINK, _STATUS = "engage.referral.link", "engage.referral.status"
PURPOSE = "safeguarding_child"
FORM = "referral"


def check_open(*, token: str, at: datetime) -> None:
    """The link may be used at that moment. It shows nothing of anybody. Raises LinkRefused."""
    _open(token, at)


def refer(
    *, token: str, build: Build, area: Area, at: datetime, written: Written, request_id: str = ""
) -> str:
    """Keep a partner's referral; the link is used up. Return the token of the page on which they read what becomes of it; whoever sends the same once more, because no answer came,
    is given it again. Raises LinkRefused, AnswersWrong."""
    if again := _sent_before(token, written):
        return again
    link = _open(token, at)
    viewing = _viewing(link, at, request_id)
    called = str(written.answers.get("child", ""))[:300]
    try:
        with transaction.atomic():
            number = cases.refer(
                viewing=viewing, build=build, area=area, about=About(CHILD, "", called), written=written
            )
            entry = CaseEntry.objects.filter(case=number, form=written.form).latest("seq")
            if link.partner_agency in area.agencies:
                # By its entry, so that workers of the partner's agency read it as their own.
                lasting.bring_in(
                    viewing, number, link.partner_agency, REFERRER, (lasting.REFERRAL, entry.seq)
                )
            # Of two who send at the same moment the second finds it used.
            word = ReferralLinkWord.objects.create(
                link=link.seq, says=USED, case=number, entry=entry.seq, said_by=link.made_by, said_at=at
            )
            governance.record_decision(
                viewing=viewing, action="referral.by_link", subject=f"case {number}", fields=[written.form], decision="received"
            )  # fmt: skip
    except IntegrityError:
        if again := _sent_before(token, written):
            return again
        raise not_usable() from None
    return signing.dumps(word.seq, salt=_STATUS)


def _sent_before(token: str, written: Written) -> str:
    """The token of the page of what was sent by that link, if these very words were; else ""."""
    link = ReferralLink.objects.filter(digest=digest(token)).first()
    words = {one.says: one for one in ReferralLinkWord.objects.filter(link=link.seq)} if link else {}
    word = words.get(USED)
    if word is None or WITHDRAWN in words:
        return ""
    kept, sent = (_filled(one) for one in (CaseEntry.objects.get(pk=word.entry or 0).answers, written.answers))  # fmt: skip
    return signing.dumps(word.seq, salt=_STATUS) if kept == sent else ""


def _filled(answers: Mapping[str, Any]) -> dict[str, str]:
    return {question: str(answer) for question, answer in answers.items() if answer not in (None, "", [], ())}


def fate(*, token: str, area: Area, at: datetime, request_id: str = "") -> Fate:
    """What became of the referral whose second link that is. Audited. Raises LinkRefused."""
    try:
        word = ReferralLinkWord.objects.filter(pk=signing.loads(token, salt=_STATUS), says=USED).first()
    except signing.BadSignature:
        word = None
    if word is None or ReferralLinkWord.objects.filter(link=word.link, says=WITHDRAWN).exists():
        raise not_usable()
    entry = CaseEntry.objects.get(pk=word.entry or 0)
    (found,) = fates_of(area, [entry])
    viewing = _viewing(ReferralLink.objects.get(pk=word.link), at, request_id)
    governance.record_view(
        viewing=viewing, action="referral.fate", subject=f"case {word.case}", fields=["referral"], decision="allow"
    )  # fmt: skip
    return found


def new_token(number: str) -> str:
    """A signed token for a link."""
    return signing.dumps(number, salt=_LINK)


def digest(token: str) -> str:
    """What is kept of a token."""
    return hashlib.sha256(token.encode()).hexdigest()


def _open(token: str, at: datetime) -> ReferralLink:
    try:
        signing.loads(token, salt=_LINK)
    except signing.BadSignature:
        raise not_usable() from None
    link = ReferralLink.objects.filter(digest=digest(token), expires_at__gt=at).first()
    if link is None or ReferralLinkWord.objects.filter(link=link.seq, says__in=(USED, WITHDRAWN)).exists():
        raise not_usable()
    return link


def _viewing(link: ReferralLink, at: datetime, request_id: str) -> Viewing:
    """The partner acts under the worker who made the link, and is named. A worker who is gone opens nothing any more."""
    try:
        worker = access.viewer_named(link.made_by)
    except ObjectDoesNotExist:
        raise not_usable() from None
    name = f"partner: {link.name} for {link.organisation}"[:150]
    return Viewing(
        Viewer(worker.user_id, name, link.agency, worker.role), PURPOSE, at, london_day(at), request_id
    )


def not_usable() -> LinkRefused:
    """The same words for a link that was never made, was used, is over or was withdrawn."""
    return LinkRefused(
        N_("This link cannot be used: it was used already, is over, was withdrawn, or is not whole."),
        remedy=N_("Ask whoever sent it for a new one. If a child is in danger now, call 999."),
    )
