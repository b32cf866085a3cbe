"""The reading door: the policy of a day, who the operator is, why somebody may look, and what everybody did."""

from __future__ import annotations

import getpass
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from functools import lru_cache
from pathlib import Path
from typing import Any

from django.conf import settings

from engage.governance import audit, policies
from engage.governance.audit import decided_so_far
from engage.governance.looks import AuditRow, Looks, Often, among, by_agency, looked_at, not_barred, rows_of
from engage.governance.models import AuditEvent, User
from engage.governance.policies import WORKER, AccessRule
from engage.governance.reasons import open_reasons
from engage.governance.table import access_files, access_rules, codes
from engage.governance.workers import last_here, workers_of, workers_of_any, workers_who_may
from engage.store.area import open_area
from engage.vocabulary.access import Decision, Fact, Outcome, Subject, Viewer, Viewing
from engage.vocabulary.time import london_day
from engage.vocabulary.words import N_, EngageError, Sentence
from engage.vocabulary.written import Stamped


__all__ = [
    "AccessPolicy",
    "AuditRow",
    "Looks",
    "MayNotDo",
    "MayNotSee",
    "PurposeUnknown",
    "acting",
    "audit_events",
    "can",
    "check_can",
    "check_may_audit",
    "check_purpose",
    "decided_so_far",
    "last_here",
    "looks_at",
    "number_decided",
    "operator",
    "own_access_log",
    "policy",
    "purposes",
    "reasons_for",
    "roles",
    "viewer_named",
    "was_decided",
    "workers_of",
    "workers_of_any",
    "workers_who_may",
]
OPERATOR_ROLE = "operator"
_MOST_REMEMBERED = 20_000


class MayNotSee(EngageError):
    """The viewer's role may not see this at all; the sentence says why."""

    exit_code = 5


class MayNotDo(EngageError):
    """The viewer's role may not do this."""

    exit_code = 5


class PurposeUnknown(EngageError):
    """Nobody looks for a reason of that name."""


@dataclass(frozen=True, eq=False)
class AccessPolicy:
    """The access table as it stands on one London day, with the agencies' names for its sentences. Another one when a file changes.

    Decisions are remembered: a page asks the same question of the same few access classes many times.
    """

    on: date
    rules: tuple[AccessRule, ...]
    titles: Mapping[str, str] = field(default_factory=dict)
    _remembered: dict[tuple[object, ...], Decision] = field(default_factory=dict, compare=False, repr=False)

    def decide(self, *, viewer: Viewer, subject: Subject, fact: Fact, purpose: str) -> Decision:
        """Allow, signpost or nothing for one fact."""
        key = (viewer.agency, viewer.role, subject.told_apart_for(viewer), fact, purpose)
        decision = self._remembered.get(key)
        if decision is None:
            if len(self._remembered) > _MOST_REMEMBERED:
                self._remembered.clear()
            seen = replace(subject.seen_by(viewer), person_id="")
            decision = policies.decide(
                viewer=viewer, subject=seen, fact=fact, purpose=purpose, on=self.on, table=self.rules
            )
            decision = replace(decision, sentence=_named(decision.sentence, self.titles))
            self._remembered[key] = decision
        return decision

    def decide_classes(
        self, *, viewer: Viewer, subject: Subject, facts: Mapping[int, Fact], purpose: str
    ) -> dict[int, Decision]:
        """The decision for each access class of a build. Rows are many and classes few, so doors decide once a class."""
        return {
            number: self.decide(viewer=viewer, subject=subject, fact=fact, purpose=purpose)
            for number, fact in facts.items()
        }


def policy(*, on: date, area_folder: Path | None = None) -> AccessPolicy:
    """The access table of a day: what ships, and the area's own rows (of the area being served when none is named)."""
    if area_folder is None and settings.ENGAGE_AREA:
        area_folder = Path(settings.ENGAGE_AREA)
    titles: tuple[tuple[str, str], ...] = ()
    if area_folder is not None and (area_folder / "area.yaml").is_file():
        titles = _titles(area_folder, (area_folder / "area.yaml").stat().st_mtime_ns)
    return _policy(on, access_files(area_folder), titles)


def can(*, viewer: Viewer, what: str) -> bool:
    """The viewer's role may do this; roles.yaml lists what each role may do besides reading."""
    return what in roles().get(viewer.role, {}).get("may", [])


def check_can(*, viewer: Viewer, what: str) -> None:
    """Raise MayNotDo, which says who may, unless the viewer's role may do this: invite (workers of one's own agency),
    invite_any, give_reason, record, watch, receive, build, export, evaluate, adopt_model, judge, withdraw_any
    (another's judgement), see_groups (all of them), adopt_group, open_concern, export_chart, screen (a list),
    authorise_screening (somebody else's), refer, write_case, agree_action, chase (somebody else's action), convene (a meeting, and be told which
    agencies hold records of whom it is about), guardian (reads what is sealed to chair and guardian),
    supervise (an agency's caseload), end_relationship (somebody else's), invite_referral.
    """
    if not can(viewer=viewer, what=what):
        titles = [str(row["title"]) for row in roles().values() if what in row["may"]]
        raise MayNotDo(
            Sentence(N_("Your role does not include this (%(what)s)."), {"what": what}),
            remedy=Sentence(
                N_("Ask somebody whose role does: %(who)s. The roles are described in “Who can see what”."),
                {"who": ", ".join(titles) or "-"},
            ),
        )


def roles() -> dict[str, dict[str, Any]]:
    """The roles by code: title and meaning."""
    return codes("roles")


def purposes() -> dict[str, dict[str, Any]]:
    """The purposes by code: title and meaning."""
    return codes("purposes")


def operator(*, name: str = "") -> Viewer:
    """The named operator of the command line: `name`, or the sign-in name on this machine.

    The operator belongs to no agency, so nothing is the operator's own: reading obeys the table like anyone's.
    """
    who = name or _login_name()
    return Viewer(user_id=who, name=who, agency="", role=OPERATOR_ROLE)


def acting(*, name: str = "") -> Viewer:
    """Who acts on the command line: the signed-up worker whose sign-in name is given, with agency and role, so that the command
    line opens no more to a worker than the pages do; by any other name the operator on this machine.
    """
    user = User.objects.filter(username__iexact=name).first() if name else None
    return viewer_named(user.username) if user else operator(name=name)


def check_purpose(purpose: str) -> None:
    """Raise PurposeUnknown, which names those that there are, unless purposes.yaml lists the purpose."""
    if purpose not in purposes():
        raise PurposeUnknown(
            Sentence(N_("There is no purpose “%(purpose)s”."), {"purpose": purpose}),
            remedy=Sentence(N_("Use one of %(known)s."), {"known": ", ".join(purposes())}),
        )


def viewer_named(username: str) -> Viewer:
    """The signed-up worker of that name as a viewer. Raises User.DoesNotExist."""
    user = User.objects.get(username=username)
    return Viewer(
        user_id=user.username, name=user.get_full_name() or user.username, agency=user.agency, role=user.role
    )


def reasons_for(
    person_ids: Iterable[str] | None = None, *, at: datetime | None = None
) -> dict[str, frozenset[str]]:
    """For each person id with one (of these, or of all), which named workers have an open safeguarding reason, as "worker:<user>".

    With `at`, those that were open at that moment. To these the caller adds the agencies that hold the person in a case
    cohort.
    """
    found: dict[str, set[str]] = {}
    for person_id, who in open_reasons(person_ids, at):
        found.setdefault(person_id, set()).add(WORKER + who)
    return {person_id: frozenset(who) for person_id, who in found.items()}


def own_access_log(*, viewing: Viewing, limit: int = 200, skip: int = 0) -> list[AuditRow]:
    """What the viewer did, newest first, without the newest `skip`. Audited."""
    mine = not_barred(AuditEvent.objects.filter(actor=viewing.viewer.user_id), viewing.viewer.user_id)
    rows = rows_of(mine.order_by("-id")[skip : skip + limit])
    audit.record_view(viewing=viewing, action="audit.own", subject=viewing.viewer.user_id, fields=["audit"], decision="allow")  # fmt: skip
    return rows


def audit_events(
    *, viewing: Viewing, actor: str = "", subject: str = "", limit: int = 200, skip: int = 0
) -> list[AuditRow]:
    """Who looked at what and why, newest first, for those whose role is to ask. Raises MayNotSee. Audited itself.

    A search counts as looking at everybody it found.
    """
    check_may_audit(viewing=viewing, action="audit.read", subject=subject or actor or "all")
    rows = not_barred(AuditEvent.objects.order_by("-id"), viewing.viewer.user_id)
    rows = rows.filter(actor=actor) if actor else rows
    rows = rows.filter(among(subject)) if subject else rows
    return rows_of(rows[skip : skip + limit])


def check_may_audit(*, viewing: Viewing, action: str, subject: str) -> None:
    """Raise MayNotSee unless the viewer's role and purpose are to see what others do. That they looked, or were refused, is in the log."""
    decision = policy(on=london_day(viewing.at)).decide(
        viewer=viewing.viewer,
        subject=Subject(subject),
        fact=Fact(agency="", kind="audit"),
        purpose=viewing.purpose,
    )
    audit.record_view(
        viewing=viewing, action=action, subject=subject, fields=["audit"], decision=decision.outcome.value
    )
    if decision.outcome is not Outcome.ALLOW:
        raise MayNotSee(
            N_(
                "Only an information governance officer, for the purpose of audit, sees what others looked at."
            )
        )


def looks_at(subjects: Iterable[str], where: Looks) -> list[AuditRow]:
    """Who looked at any of these people or records in that part of the log, or took a table away that tells of everybody whose records
    are whose, newest first: for the door that lists what relied on a join, which audits itself."""
    return looked_at(subjects, where)


def number_decided(*, action: str, subject: str) -> int | None:
    """The number of the first line of the log that says this was decided about that subject; None when there is none."""
    return AuditEvent.objects.filter(among(subject), action=action).values_list("pk", flat=True).order_by("pk").first()  # fmt: skip


def count_decided_since(*, after: str, actions: Collection[str]) -> int:
    """How many lines of the log tell of these actions after the last that tells of `after`: in their order, for a clock may stand still."""
    last = AuditEvent.objects.filter(action=after).order_by("-pk").values_list("pk", flat=True).first()
    return AuditEvent.objects.filter(action__in=actions, pk__gt=last).count() if last else 0


def decided_by_agency(*, viewing: Viewing, actions: Collection[str], since: datetime) -> list[Often]:
    """How often workers of each agency did one of these things after a moment: of nobody by name, nor of whom. Without lines about anybody to whom the viewer declared a relationship."""
    rows = AuditEvent.objects.filter(action__in=actions, at__gt=since)
    return by_agency(not_barred(rows, viewing.viewer.user_id))


def was_decided(*, action: str, subject: str) -> bool:
    """The log says that this was decided about that subject."""
    return AuditEvent.objects.filter(action=action, subject=subject).exists()


@lru_cache(maxsize=16)
def _policy(on: date, files: tuple[Stamped, ...], titles: tuple[tuple[str, str], ...]) -> AccessPolicy:
    in_force = tuple(
        r for r in access_rules(files) if r.from_on <= on and (r.until_on is None or on < r.until_on)
    )
    return AccessPolicy(on=on, rules=in_force, titles=dict(titles))


@lru_cache(maxsize=16)
def _titles(area_folder: Path, _changed: int) -> tuple[tuple[str, str], ...]:
    return tuple((code, agency.title) for code, agency in open_area(area_folder).agencies.items())


def _named(sentence: Sentence, titles: Mapping[str, str]) -> Sentence:
    code = sentence.values.get("agency")
    return replace(sentence, values={"agency": titles.get(code, code)}) if code else sentence


def _login_name() -> str:
    try:
        return getpass.getuser()
    except (OSError, KeyError):
        return OPERATOR_ROLE
