"""The reading door: the policy of a day, who the operator is, why somebody may look, and what everybody did."""

from __future__ import annotations

import getpass
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from django.conf import settings

from engage.governance import audit, policies
from engage.governance.models import AuditEvent, SafeguardingReason, User
from engage.governance.policies import AccessRule
from engage.governance.table import access_rules, codes
from engage.vocabulary.access import Decision, Fact, Outcome, Subject, Viewer, Viewing
from engage.vocabulary.words import N_, EngageError


OPERATOR_ROLE = "operator"


class MayNotSee(EngageError):
    """The viewer's role may not see this at all; the sentence says why."""

    exit_code = 5


@dataclass(frozen=True)
class AccessPolicy:
    """The access table as it stands on one London day."""

    on: date
    rules: tuple[AccessRule, ...]

    def decide(self, *, viewer: Viewer, subject: Subject, fact: Fact, purpose: str) -> Decision:
        """Allow, signpost or nothing for one fact."""
        return policies.decide(
            viewer=viewer, subject=subject, fact=fact, purpose=purpose, on=self.on, table=self.rules
        )

    def decide_classes(
        self, *, viewer: Viewer, subject: Subject, facts: Mapping[int, Fact], purpose: str
    ) -> dict[int, Decision]:
        """The decision for each access class of a build. Rows are many and classes few, so doors decide once a class."""
        return {
            number: self.decide(viewer=viewer, subject=subject, fact=fact, purpose=purpose)
            for number, fact in facts.items()
        }


@dataclass(frozen=True)
class AuditRow:
    """One line of the audit log, as a page shows it."""

    at: datetime
    actor: str
    agency: str
    role: str
    purpose: str
    action: str
    subject: str
    fields: list[str]
    decision: str
    why: str


def policy(*, on: date, area_folder: Path | None = None) -> AccessPolicy:
    """The access table of a day: what ships, and the area's own rows (of the area being served when none is named)."""
    if area_folder is None and settings.ENGAGE_AREA:
        area_folder = Path(settings.ENGAGE_AREA)
    rules = tuple(
        r for r in access_rules(area_folder) if r.from_on <= on and (r.until_on is None or on < r.until_on)
    )
    return AccessPolicy(on=on, rules=rules)


def roles() -> dict[str, dict[str, str]]:
    """The roles by code: title and meaning."""
    return codes("roles")


def purposes() -> dict[str, dict[str, str]]:
    """The purposes by code: title and meaning."""
    return codes("purposes")


def operator(*, name: str = "") -> Viewer:
    """The named operator of the command line: `name`, or the sign-in name on this machine."""
    who = name or getpass.getuser()
    return Viewer(user_id=who, name=who, agency="", role=OPERATOR_ROLE)


def viewer_named(username: str) -> Viewer:
    """The signed-up worker of that name as a viewer. Raises User.DoesNotExist."""
    user = User.objects.get(username=username)
    return Viewer(
        user_id=user.username, name=user.get_full_name() or user.username, agency=user.agency, role=user.role
    )


def reasons_for(person_ids: Iterable[str]) -> dict[str, frozenset[str]]:
    """For each person id with one, which named workers have an open safeguarding reason, as "worker:<user>"."""
    found: dict[str, set[str]] = {}
    rows = SafeguardingReason.objects.filter(person_id__in=list(person_ids), ended_at=None)
    for person_id, who in rows.values_list("person_id", "recorded_by"):
        found.setdefault(person_id, set()).add(f"worker:{who}")
    return {person_id: frozenset(who) for person_id, who in found.items()}


def own_access_log(*, viewing: Viewing, limit: int = 200) -> list[AuditRow]:
    """What the viewer did, newest first."""
    return _rows(AuditEvent.objects.filter(actor=viewing.viewer.user_id).order_by("-id")[:limit])


def audit_events(*, viewing: Viewing, actor: str = "", subject: str = "", limit: int = 200) -> list[AuditRow]:
    """Who looked at what and why, newest first, for those whose role is to ask. Raises MayNotSee. Audited itself."""
    fact = Fact(agency="", kind="audit")
    on = viewing.at.date()
    decision = policy(on=on).decide(
        viewer=viewing.viewer, subject=Subject(subject), fact=fact, purpose=viewing.purpose
    )
    audit.record_view(
        viewing=viewing,
        action="audit.read",
        subject=subject or actor or "all",
        fields=["audit"],
        decision=decision.outcome.value,
    )
    if decision.outcome is not Outcome.ALLOW:
        raise MayNotSee(
            N_(
                "Only an information governance officer, for the purpose of audit, sees what others looked at."
            )
        )
    rows = AuditEvent.objects.order_by("-id")
    rows = rows.filter(actor=actor) if actor else rows
    rows = rows.filter(subject=subject) if subject else rows
    return _rows(rows[:limit])


def _rows(events: Iterable[AuditEvent]) -> list[AuditRow]:
    return [
        AuditRow(
            e.at, e.actor, e.agency, e.role, e.purpose, e.action, e.subject, list(e.fields), e.decision, e.why
        )
        for e in events
    ]
