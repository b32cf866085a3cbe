"""The reading door of the networks: what links children, as far as the viewer may see. One call, one audit row."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from engage.governance import actions as governance
from engage.governance import queries as access
from engage.identities.evaluating import Key
from engage.networks import linked, remembering, seeing, showing
from engage.networks.concern import Concern
from engage.networks.finding import worked_out
from engage.networks.grouped import GroupShown
from engage.networks.grouped import shown as group_shown
from engage.networks.groups.rules import Group
from engage.networks.groups.seeing import groups_seen
from engage.networks.linked import Linked
from engage.networks.nameless import without_names
from engage.networks.rules import named_in_log
from engage.networks.showing import KINDS_OF, ConcernList, Part, Subject
from engage.picture.indicators.catalogue import of_area
from engage.picture.seeing import sight
from engage.store.area import Area
from engage.store.warehouse import Build
from engage.vocabulary.access import Viewing
from engage.vocabulary.words import N_, EngageError


class NothingToShow(EngageError):
    """There is no such person, place, vehicle, phone or group, or nothing of it may be shown: the same words for both."""

    exit_code = 5


def of_concern(*, viewing: Viewing, build: Build, area: Area) -> Concern:
    """All that separate records link to children with signs of harm or exposure, and who is not counted, on the viewing's day and as known then.
    Audited."""
    return _of_concern(viewing, build, area, "concern.view")


def concern_list(
    *, viewing: Viewing, build: Build, area: Area, family: str, part: Part, apart: Part
) -> ConcernList:
    """A part of what is of concern of a family (people, places, vehicles, phones) in its order, with names, what was decided, and (`apart`) a part of who is
    not counted. Audited."""
    found = showing.concern_list(sight(viewing, build), area, KINDS_OF[family], part, apart)
    things = (named_in_log(one.kind, one.key) for one in (*found.found, *found.opened))
    _looked(viewing, "concern.view", dict.fromkeys((*things, *found.people)), [family])
    return found


def subject(*, viewing: Viewing, build: Build, area: Area, family: str, code: str) -> Subject:
    """One of a family by its code: what ties it to children, with names, all its lines, and what was decided. Audited. Raises NothingToShow."""
    found = showing.subject(sight(viewing, build), area, KINDS_OF[family], code)
    if found is None:
        raise _nothing(viewing, "concern.subject", code)
    _looked(viewing, "concern.subject", dict.fromkeys((found.subject, *found.people)), [family])
    return found


def linked_to(*, viewing: Viewing, build: Build, area: Area, person_id: str) -> Linked:
    """Everybody and everything of concern that is linked to one person, as the lists of concern have them. Audited. Raises NothingToShow."""
    found = linked.linked_to(sight(viewing, build), area, person_id)
    if found is None:
        raise _nothing(viewing, "concern.linked", person_id)
    _looked(viewing, "concern.linked", dict.fromkeys((found.person_id, *found.people)), ["linked"])
    return found


def place_without_names(*, viewing: Viewing, build: Build, area: Area, code: str) -> Subject:
    """A place as `subject` gives it, and in it no name, id or record of a child. Audited. Raises NothingToShow."""
    found = showing.subject(sight(viewing, build), area, KINDS_OF["places"], code)
    if found is None:
        raise _nothing(viewing, "concern.place_without_names", code)
    shown = without_names(found)
    _looked(viewing, "concern.place_without_names", (shown.subject, *shown.people), ["places"])
    return shown


def _looked(viewing: Viewing, action: str, whom: Iterable[str], fields: list[str]) -> None:
    governance.record_view(
        viewing=viewing, action=action, subject=",".join(whom) or "none", fields=fields, decision="allow"
    )


def _nothing(viewing: Viewing, action: str, of: str) -> NothingToShow:
    governance.record_view(viewing=viewing, action=action, subject=of, fields=[], decision="nothing")
    return NothingToShow(
        N_(
            "There is nothing under this address, or nothing that your role may see for the purpose you gave."
        ),
        remedy=N_("Go back to the list, and check the purpose."),
    )


def of_concern_to_take_away(*, viewing: Viewing, build: Build, area: Area) -> Concern:
    """The same to take away as a file: an export, and audited as one. Raises MayNotDo, PurposeUnknown."""
    access.check_purpose(viewing.purpose)
    governance.check_may(viewing=viewing, what="export", subject="concern")
    return _of_concern(viewing, build, area, "concern.export")


def _of_concern(viewing: Viewing, build: Build, area: Area, action: str) -> Concern:
    found = remembering.seen(sight(viewing, build), area).concern
    listed = [one for some in (*found.found.values(), found.not_counted) for one in some]
    things = {named_in_log(one.kind, one.key) for one in listed}
    _looked(viewing, action, sorted(things | showing.on_page(listed)), sorted(found.found))
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
    found = groups_seen(see, remembering.seen(see, area).lit)
    subjects = [who for group in found for who in (f"group:{group.number}", *group.members, *group.linked)]
    _looked(viewing, action, dict.fromkeys(subjects), ["members", "linked"])
    return found


def group(*, viewing: Viewing, build: Build, area: Area, number: int) -> GroupShown:
    """One group that the viewer may see: with names, its history and what leads said of it. Audited. Raises NothingToShow."""
    see = sight(viewing, build)
    found = next(
        (one for one in groups_seen(see, remembering.seen(see, area).lit) if one.number == number), None
    )
    if found is None:
        raise _nothing(viewing, "groups.view", f"group:{number}")
    _looked(viewing, "groups.view", (f"group:{number}", *found.members, *found.linked), ["members", "linked"])
    return group_shown(see, found)


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
    children = seeing.all_children(see, {code: one.kind for code, one in known.items() if one.makes_concern})
    found = worked_out(seeing.all_lines(see), seeing.all_kin(see), children)
    governance.record_view(
        viewing=viewing,
        action="concern.measured",
        subject="all",
        fields=sorted(found.found),
        decision="allow",
    )
    return Measured(found, seeing.all_groups(see), seeing.records_of_places(see))
