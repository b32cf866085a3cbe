"""Words of declared relationships."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from engage.governance.relationships import ADDRESS, FIRM, PERSON


KINDS = {
    PERSON: gettext_lazy("A person"),
    ADDRESS: gettext_lazy("An address"),
    FIRM: gettext_lazy("A firm"),
}


def missing(kind: str) -> str:
    """What to write where nothing stands for the kind that was chosen."""
    return {
        PERSON: _("Give the person's number."),
        ADDRESS: _("Give the first line of the address."),
        FIRM: _("Give the name of the firm."),
    }[kind]
