"""What somebody has begun to write and not sent: kept for them alone, restored when they come back, thrown away by them or after 30 days.

That something is kept meanwhile is in no log: it would tell of every pause in writing, and nobody else can see it. That it was shown again is.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import QuerySet

from engage.casework.cases.models import Draft
from engage.governance import actions as governance
from engage.vocabulary.access import Viewing
from engage.vocabulary.words import N_, EngageError


# The class `draft` of governance/retention.yaml.
KEPT = timedelta(days=30)
PLACE_LENGTH = 200
# As much as the site takes from one page: what it would take if it were sent is not lost where it is only kept.
_MOST_LETTERS, _MOST_ANSWERS = 2_500_000, 1_000
Content = Mapping[str, list[str]]


class DraftRefused(EngageError):
    """This cannot be kept as a draft: it is of no page, or too long."""


@dataclass(frozen=True)
class DraftShown:
    """What was begun: the page it belongs to, what stood in each field of it, and when it was kept last."""

    place: str
    content: Content
    saved_at: datetime


def save_draft(*, viewing: Viewing, place: str, content: Content) -> None:
    """Keep what somebody has written so far on a page, in the place of what they kept of it before. Raises DraftRefused."""
    letters = sum(len(one) for name, some in content.items() for one in (name, *some))
    if not place.startswith("/") or len(place) > PLACE_LENGTH or len(content) > _MOST_ANSWERS:
        raise DraftRefused(N_("This page keeps no drafts."))
    if letters > _MOST_LETTERS:
        raise DraftRefused(
            N_("This is too long to be kept as a draft."), remedy=N_("Send it, or keep it in parts.")
        )
    kept = {name: list(some) for name, some in content.items()}
    Draft.objects.update_or_create(
        user=viewing.viewer.user_id, place=place, defaults={"content": kept, "saved_at": viewing.at}
    )


def has_draft(*, viewing: Viewing, place: str) -> datetime | None:
    """When the viewer last kept a draft of this page; None when there is none that is to be kept still."""
    row = _standing(viewing).filter(place=place).first()
    return row.saved_at if row else None


def draft(*, viewing: Viewing, place: str) -> DraftShown | None:
    """The viewer's draft of a page; None when there is none. Audited."""
    row = _standing(viewing).filter(place=place).first()
    if row is None:
        return None
    governance.record_view(
        viewing=viewing, action="draft.view", subject=viewing.viewer.user_id, fields=["draft"], decision="allow"
    )  # fmt: skip
    return DraftShown(row.place, row.content, row.saved_at)


def drafts(*, viewing: Viewing) -> tuple[tuple[str, datetime], ...]:
    """The pages of which the viewer has a draft, and when each was kept last, the newest first. Of what stands in them nothing."""
    return tuple(_standing(viewing).order_by("-saved_at", "place").values_list("place", "saved_at"))


def throw_away(*, viewing: Viewing, place: str) -> None:
    """Throw the viewer's draft of a page away: it was sent, or is not wanted."""
    Draft.objects.filter(user=viewing.viewer.user_id, place=place).delete()


def clear_drafts(*, viewing: Viewing) -> int:
    """Throw away what was last kept more than 30 days ago, of everybody; return how many. Audited."""
    with transaction.atomic():
        count, _ = Draft.objects.filter(saved_at__lt=viewing.at - KEPT).delete()
        if count:
            governance.record_decision(
                viewing=viewing, action="drafts.cleared", subject="none", fields=["draft"], decision="cleared"
            )
    return count


def _standing(viewing: Viewing) -> QuerySet[Draft]:
    return Draft.objects.filter(user=viewing.viewer.user_id, saved_at__gte=viewing.at - KEPT)
