"""What of a referral is its referrer told? Steps with fixed words, the coded reason's words and what was written to the referrer; never a state, a name or a date of anything else."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from engage.vocabulary.words import EngageError


INVITE = "invite_referral"
USED, WITHDRAWN = "used", "withdrawn"
RECEIVED, ACKNOWLEDGED, ACCEPTED, DECLINED = "received", "acknowledged", "accepted", "declined"


class LinkRefused(EngageError):
    """The link cannot be made, used, read or withdrawn: in the same words whether there is none, it was used, is over or was withdrawn."""

    exit_code = 5


@dataclass(frozen=True)
class Partner:
    """Whom a link is for: a name, an organisation, an e-mail address or phone, and the code of an agency of the area ("" for another)."""

    name: str
    organisation: str
    reach: str
    agency: str = ""


@dataclass(frozen=True)
class Step:
    """One step that the referrer may know of: when, the words of a coded reason, and what was written to them ("" for none)."""

    what: str
    at: datetime
    reason: str = ""
    to_referrer: str = ""


@dataclass(frozen=True)
class Fate:
    """One referral: its number for its referrer (of the entry), what the referrer called its subject, and its steps, the last one last."""

    number: int
    called: str
    at: datetime
    steps: tuple[Step, ...]
    by_link_of: str = ""


@dataclass(frozen=True)
class LinkShown:
    """One link that a worker of the agency made. `state`: open, used, withdrawn or over."""

    number: int
    partner: Partner
    made_by_name: str
    made_at: datetime
    expires_at: datetime
    state: str
    is_mine: bool
