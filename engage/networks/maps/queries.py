"""The reading door of the map: counts by area, place and month, and the records behind one, as far as the viewer may see. One call, one audit row."""

from __future__ import annotations

from engage.governance import actions as governance
from engage.governance import queries as access
from engage.networks.maps import showing
from engage.networks.maps.rules import Asked
from engage.networks.maps.showing import Hotspots, Opened
from engage.picture.seeing import sight
from engage.store.area import Area
from engage.store.warehouse import Build
from engage.vocabulary.access import Viewing
from engage.vocabulary.words import N_, EngageError


class HotspotNotShown(EngageError):
    """There is no such area or place on the map, or nothing of it may be shown: the same words for both."""

    exit_code = 5


EXPORT = "export"


def hotspots(*, viewing: Viewing, build: Build, area: Area, asked: Asked) -> Hotspots:
    """How many of one kind by area, place and month. Audited."""
    found = showing.hotspots(sight(viewing, build), area, asked)
    _looked(viewing, "hotspots.view", asked)
    return found


def hotspots_without_names(*, viewing: Viewing, build: Build, area: Area, asked: Asked) -> Hotspots:
    """The same to give to others: without small counts and private addresses. Audited as such."""
    found = showing.without_names(sight(viewing, build), area, asked)
    _looked(viewing, "hotspots.without_names", asked)
    return found


def hotspots_to_take_away(
    *, viewing: Viewing, build: Build, area: Area, asked: Asked, is_nameless: bool = False
) -> Hotspots:
    """The one or the other as a file: an export, and audited as one. Raises MayNotDo, PurposeUnknown."""
    access.check_purpose(viewing.purpose)
    governance.check_may(viewing=viewing, what=EXPORT, subject="hotspots")
    return hotspots_to_keep(viewing=viewing, build=build, area=area, asked=asked, is_nameless=is_nameless)


def hotspots_to_keep(
    *, viewing: Viewing, build: Build, area: Area, asked: Asked, is_nameless: bool = False
) -> Hotspots:
    """What the page of the one or the other shows, as a file: whoever may see the page may keep it. An export, and audited as one."""
    see = sight(viewing, build)
    found = showing.without_names(see, area, asked) if is_nameless else showing.hotspots(see, area, asked)
    _looked(viewing, "hotspots.export", asked)
    return found


def hotspot(*, viewing: Viewing, build: Build, area: Area, asked: Asked, code: str) -> Opened:
    """The records behind one count of the map, with the children they are about. Audited. Raises HotspotNotShown."""
    found = showing.opened(sight(viewing, build), area, asked, code)
    if found is None:
        governance.record_view(
            viewing=viewing, action="hotspots.opened", subject=code, fields=[], decision="nothing"
        )
        raise HotspotNotShown(
            N_(
                "There is nothing under this address, or nothing that your role may see for the purpose you gave."
            ),
            remedy=N_("Go back to the map, and check the months and the purpose."),
        )
    governance.record_view(
        viewing=viewing, action="hotspots.opened", subject=",".join(sorted(found.people)) or "none", fields=[asked.kind, "name", "places"],
        decision="allow", why=f"{code} {asked.first:%Y-%m} {asked.last:%Y-%m}",
    )  # fmt: skip
    return found


def _looked(viewing: Viewing, action: str, asked: Asked) -> None:
    """Counts name nobody: whose records they are of is written when one is opened."""
    governance.record_view(
        viewing=viewing, action=action, subject="hotspots", fields=[asked.kind], decision="allow", why=f"{asked.first:%Y-%m} {asked.last:%Y-%m}"
    )  # fmt: skip
