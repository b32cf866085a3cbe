"""The writing door of declared relationships: declare one, end one."""

from __future__ import annotations

from django.db import transaction

from engage.governance import actions as governance
from engage.governance import queries as access
from engage.governance.declared.rules import END_ANOTHERS, Declaring, RelationshipRefused
from engage.governance.models import DeclaredRelationship
from engage.governance.relationships import KINDS
from engage.vocabulary.access import Viewing
from engage.vocabulary.words import N_


__all__ = ["Declaring", "RelationshipRefused", "declare", "end"]


def declare(*, viewing: Viewing, declaring: Declaring) -> int:
    """Keep that the viewer has a relationship to somebody or something: from now on they see nothing of it. Return its number. Everybody may, and whether anything is held
    under that key is not told. Audited. Raises RelationshipRefused."""
    _check(declaring)
    who = viewing.viewer
    standing = DeclaredRelationship.objects.filter(
        user=who.user_id, kind=declaring.kind, key=declaring.key, ended_at=None
    )
    if standing.exists():
        raise RelationshipRefused(
            N_("You declared this already, and it stands."),
            remedy=N_("It is in the list of what you declared."),
        )
    with transaction.atomic():
        made = DeclaredRelationship.objects.create(
            user=who.user_id, kind=declaring.kind, key=declaring.key, called=declaring.called.strip(), nature=declaring.nature.strip(), since=declaring.since.strip(),
            agency=who.agency, declared_by=who.user_id, declared_at=viewing.at,
        )  # fmt: skip
        governance.record_decision(
            viewing=viewing,
            action="relationship.declared",
            subject=declaring.key,
            fields=[declaring.kind],
            decision="declared",
        )
    return int(made.pk)


def end(*, viewing: Viewing, number: int, reason: str) -> None:
    """End one: whoever declared it, or a manager of their agency, with a reason that is kept. Audited. Raises RelationshipRefused, in the same words where there is none and
    where it is not the viewer's to end."""
    who = viewing.viewer
    row = DeclaredRelationship.objects.filter(pk=number, ended_at=None).first()
    is_managers = row is not None and row.agency == who.agency and access.can(viewer=who, what=END_ANOTHERS)
    if row is None or not (row.user == who.user_id or is_managers):
        raise _none_to_end()
    if not reason.strip():
        raise RelationshipRefused(N_("Say why it ends."), remedy=N_("Write a reason."))
    with transaction.atomic():
        ended = DeclaredRelationship.objects.filter(pk=number, ended_at=None).update(
            ended_at=viewing.at, ended_by=who.user_id, ended_reason=reason.strip()
        )
        # Of two who end it at the same moment one finds it standing.
        if not ended:
            raise _none_to_end()
        governance.record_decision(
            viewing=viewing, action="relationship.ended", subject=row.key, fields=[row.kind], decision="ended", why=reason.strip()
        )  # fmt: skip


def _none_to_end() -> RelationshipRefused:
    return RelationshipRefused(
        N_("No relationship of that number stands that you may end."),
        remedy=N_("Look at the list again. Whoever declared it may end it, and a manager of their agency."),
    )


def _check(declaring: Declaring) -> None:
    if declaring.kind not in KINDS or not declaring.key.strip():
        raise RelationshipRefused(
            N_("Say to whom or what you have a relationship."),
            remedy=N_("Give the person's number, the first line of the address, or the name of the firm."),
        )
    if not declaring.nature.strip() or not declaring.since.strip():
        raise RelationshipRefused(
            N_("Say what the relationship is, and since when."),
            remedy=N_("A few words are enough: “my sister's son”, “since 2019”."),
        )
