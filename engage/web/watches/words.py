"""How watches are said, in the reader's language."""

from __future__ import annotations

from django.utils.translation import gettext as _

from engage.picture.watching.rules import Arrived, Watched
from engage.vocabulary.words import N_
from engage.web.people import words


_KINDS = {
    "person": N_("Person"),
    "place": N_("Place"),
    "vehicle": N_("Vehicle"),
    "phone": N_("Phone or account"),
    "name": N_("Name"),
}


def kind(code: str) -> str:
    """What kind of thing is watched; the code itself where it is none."""
    return _(_KINDS.get(code, code))


def title(watched: Watched) -> str:
    """What is watched, in one line."""
    label = watched.label or (watched.key if watched.kind == "person" else "")
    return _("%(kind)s: %(what)s") % {"kind": kind(watched.kind), "what": label}


def what(one: Arrived) -> str:
    """What kind of thing arrived."""
    if one.table == "text":
        return _("Named, or perhaps named, in a text (%(kind)s)") % {"kind": words.kind(one.what)}
    if one.table == "said":
        return words.field(one.what)
    return words.kind(one.what) if one.table == "event" else words.thing(one.what)
