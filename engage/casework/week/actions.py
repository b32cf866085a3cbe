"""The writing door of people's week: ask for the digest and have it sent, and draw cases for audit."""

from __future__ import annotations

from engage.casework.cases.seeing import Desk
from engage.casework.week import digest, mailing, sampling
from engage.casework.week.digest import AddressWrong
from engage.casework.week.mailing import Sent
from engage.casework.week.sampling import DrawRefused, Rule
from engage.governance import actions as governance
from engage.picture.seeing import sight
from engage.store.area import Area
from engage.store.warehouse import Build
from engage.vocabulary.access import Viewing


__all__ = ["AddressWrong", "DrawRefused", "Rule", "Sent", "choose_digest", "draw_cases", "send_digests"]
SUPERVISE, SEND = "supervise", "chase"


def choose_digest(*, viewing: Viewing, is_wanted: bool, address: str = "") -> None:
    """Say whether the viewer wants the digest of their day by e-mail, and where to. Audited. Raises AddressWrong."""
    digest.choose(viewing, is_wanted=is_wanted, address=address)


def send_digests(*, viewing: Viewing, build: Build, area: Area) -> Sent:
    """Send everybody who asked for it, and had none today, the numbers of their day. Says how many, and no names. Audited. Raises MayNotDo."""
    governance.check_may(viewing=viewing, what=SEND, subject="none")
    return mailing.send(digest.digests(viewing, build, area), area.name, viewing.at)


def draw_cases(*, viewing: Viewing, build: Build, rule: Rule) -> int:
    """Draw cases for audit by a rule; return the draw's number. Audited. Raises MayNotDo, DrawRefused."""
    governance.check_may(viewing=viewing, what=SUPERVISE, subject="none")
    return sampling.draw(Desk(sight(viewing, build)), rule)
