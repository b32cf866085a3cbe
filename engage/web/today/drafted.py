"""What is a draft of? Said by the page that it belongs to."""

from __future__ import annotations

from django.urls import Resolver404, resolve, reverse
from django.utils.translation import gettext as _

from engage.vocabulary.words import N_


# What a draft is of, by the name of the address of its page.
DRAFTS = {
    "cases_refer": N_("Referral"),
    "case_move": N_("A move of case %(number)s"),
    "case_write": N_("Something written in case %(number)s"),
    "action_new": N_("An action"),
    "action": N_("A word on action %(number)s"),
    "meeting_write": N_("Minutes of meeting %(number)s"),
    "meeting_decide": N_("A decision of meeting %(number)s"),
    "meeting_dissent": N_("That somebody does not agree, in meeting %(number)s"),
    "meeting_action": N_("An action of meeting %(number)s"),
    "meeting_said": N_("What somebody said in meeting %(number)s"),
    "meeting_answer": N_("What my agency holds, for meeting %(number)s"),
    "returns_one": N_("A return home interview"),
}


def draft_title(place: str) -> str:
    """What a draft is of, by the page it belongs to."""
    try:
        found = resolve(place.partition("?")[0].removeprefix(reverse("home").rstrip("/")) or "/")
    except Resolver404:
        return _("Something written")
    title = DRAFTS.get(str(found.url_name), N_("Something written"))
    return _(title) % {"number": found.kwargs.get("number", "")} if "%" in title else _(title)
