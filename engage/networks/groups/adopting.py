"""Which groups has a named lead adopted, by the viewing's day?"""

from __future__ import annotations

from engage.networks.models import GroupAdoption
from engage.picture.indicators.decided import counts
from engage.picture.seeing import Sight


def adopted(see: Sight) -> dict[int, str]:
    """The name of each group whose last word is that it is adopted."""
    last = {row.number: row for row in GroupAdoption.objects.order_by("seq") if counts(see, row.said_at)}
    return {number: row.name for number, row in sorted(last.items()) if row.is_adopted}
