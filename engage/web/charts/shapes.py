"""The shape of each kind of node, around its middle. Told apart by outline alone, so that paper and forced colours keep them."""

from __future__ import annotations

from django.utils.safestring import SafeString


_EVENT = SafeString('<path d="M0 -20 L20 0 L0 20 L-20 0 Z"/>')
_SHAPES = {
    "person-child": SafeString('<circle r="20"/><circle r="13"/>'),
    "person-grown": SafeString('<rect x="-18" y="-18" width="36" height="36"/>'),
    "person-not_known": SafeString(
        '<path class="engage-net__dashed" d="M-20 0 L-10 -18 L10 -18 L20 0 L10 18 L-10 18 Z"/>'
    ),
    "place": SafeString('<path d="M-18 18 V-4 L0 -20 L18 -4 V18 Z"/>'),
    "vehicle": SafeString(
        '<rect x="-22" y="-9" width="44" height="18" rx="9"/><circle cx="-11" cy="11" r="6"/><circle cx="11" cy="11" r="6"/>'
    ),
    "phone": SafeString('<rect x="-11" y="-20" width="22" height="40" rx="4"/><path d="M-5 14 H5"/>'),
    "account": SafeString('<path d="M-18 -14 H18 V10 H-4 L-12 18 V10 H-18 Z"/>'),
}


def drawn(shape: str) -> SafeString:
    """The outline of a shape by its name; of an event's a diamond."""
    return _SHAPES.get(shape, _EVENT)
