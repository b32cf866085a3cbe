"""The reading door of the networks: what links children, as far as the viewer may see. One call, one audit row."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from engage.governance import actions as governance
from engage.governance import queries as access
from engage.identities.evaluating import Key
from engage.networks import seeing
from engage.networks.concern import Concern
from engage.networks.finding import children_of_concern, concern_seen, worked_out
from engage.networks.groups.rules import Group
from engage.networks.groups.seeing import groups_seen
from engage.picture.indicators.catalogue import of_area
from engage.picture.seeing import sight
from engage.store.area import Area
from engage.store.warehouse import Build
from engage.vocabulary.access import Viewing


def of_concern(*, viewing: Viewing, build: Build, area: Area) -> Concern:
    """All that separate records link to children with signs of harm or exposure, and who is not counted, on the viewing's day and as known then.
    Audited."""
    return _of_concern(viewing, build, area, "concern.view")


def of_concern_to_take_away(*, viewing: Viewing, build: Build, area: Area) -> Concern:
    """The same to take away as a file: an export, and audited as one. Raises MayNotDo, PurposeUnknown."""
    access.check_purpose(viewing.purpose)
    governance.check_may(viewing=viewing, what="export", subject="concern")
    return _of_concern(viewing, build, area, "concern.export")


def _of_concern(viewing: Viewing, build: Build, area: Area, action: str) -> Concern:
    found = concern_seen(sight(viewing, build), area)
    subjects = sorted({one.key for some in found.found.values() for one in some})
    governance.record_view(
        viewing=viewing, action=action, subject=",".join(subjects) or "none", fields=sorted(found.found), decision="allow"
    )  # fmt: skip
    return found


def groups(*, viewing: Viewing, build: Build, area: Area) -> list[Group]:
    """The groups that the viewer may see, those linked to most children of concern first: an analyst all, everybody else those that a lead adopted. Who
    of a group is shown is tied to somebody else of it by what the viewer may see. Audited."""
    return _groups(viewing, build, area, "groups.view")


def groups_to_take_away(*, viewing: Viewing, build: Build, area: Area) -> list[Group]:
    """The same to take away as a file: an export, and audited as one. Raises MayNotDo, PurposeUnknown."""
    access.check_purpose(viewing.purpose)
    governance.check_may(viewing=viewing, what="export", subject="groups")
    return _groups(viewing, build, area, "groups.export")


def _groups(viewing: Viewing, build: Build, area: Area, action: str) -> list[Group]:
    see = sight(viewing, build)
    found = groups_seen(see, children_of_concern(see, area))
    governance.record_view(
        viewing=viewing, action=action, subject=",".join(str(group.number) for group in found) or "none", fields=["members", "linked"], decision="allow"
    )  # fmt: skip
    return found


@dataclass(frozen=True)
class Measured:
    """All that was found, whoever may see it, to be held against a known answer: what is of concern, the members of each group, and the records of each
    place."""

    concern: Concern
    groups: Mapping[int, frozenset[str]]
    records_of_places: Mapping[str, tuple[Key, ...]]


def measured(*, viewing: Viewing, build: Build, area: Area) -> Measured:
    """For those who may evaluate, of towns whose truth is known: asks nothing of access. Audited. Raises MayNotDo."""
    access.check_can(viewer=viewing.viewer, what="evaluate")
    see, known = sight(viewing, build), of_area(area)
    children = seeing.all_children(see, {code: one.kind for code, one in known.items() if one.is_listed})
    found = worked_out(seeing.all_lines(see), seeing.all_kin(see), children)
    governance.record_view(
        viewing=viewing,
        action="concern.measured",
        subject="all",
        fields=sorted(found.found),
        decision="allow",
    )
    return Measured(found, seeing.all_groups(see), seeing.records_of_places(see))
