"""What was decided, as the access log says it in words."""

from __future__ import annotations

from django.utils.translation import gettext as _

from engage.vocabulary.words import N_


_DECISIONS = {
    "asked": N_("asked"),
    "decided": N_("decided"),
    "held": N_("held"),
    "issued": N_("issued"),
    "left out": N_("left out"),
    "not_held": N_("not held"),
    "planned": N_("planned"),
    "put on": N_("put on"),
    "said": N_("said"),
    "sent": N_("sent"),
    "signed": N_("signed"),
    "signed_off": N_("signed off"),
    "taken off": N_("taken off"),
    "accepted": N_("accepted"),
    "agreed": N_("agreed"),
    "chased": N_("chased"),
    "done": N_("done"),
    "escalated": N_("escalated"),
    "extended": N_("given more days"),
    "handed_over": N_("handed over"),
    "not_needed": N_("no longer needed"),
    "reopened": N_("opened again"),
    "allow": N_("shown"),
    "annotated": N_("annotated"),
    "asked_for": N_("asked for"),
    "authorised": N_("leave given"),
    "cleared": N_("removed"),
    "drawn": N_("drawn"),
    "not_wanted": N_("not wanted"),
    "wanted": N_("wanted"),
    "different": N_("judged different people"),
    "ended": N_("ended"),
    "found": N_("found"),
    "given": N_("given"),
    "confirmed": N_("confirmed"),
    "disputed": N_("disputed"),
    "explained": N_("explained"),
    "invited": N_("invited"),
    "looked_at": N_("looked at"),
    "not_known": N_("not known"),
    "not_present": N_("not present"),
    "present": N_("present"),
    "taken_back": N_("taken back"),
    "joined": N_("brought in"),
    "left": N_("let leave"),
    "written": N_("written"),
    "adopted": N_("adopted"),
    "closed": N_("closed"),
    "declared": N_("declared"),
    "dropped": N_("dropped"),
    "not_counted": N_("not counted"),
    "opened": N_("opened"),
    "kept": N_("kept"),
    "made": N_("made"),
    "nothing": N_("not shown"),
    "received": N_("received"),
    "recorded": N_("recorded"),
    "refused": N_("leave refused"),
    "run": N_("run"),
    "right": N_("said to be right"),
    "saved": N_("saved"),
    "same": N_("judged the same person"),
    "served": N_("served"),
    "signpost": N_("signpost only"),
    "unsure": N_("judged unsure"),
    "withdrawn": N_("withdrawn"),
    "wrong": N_("said to be wrong"),
}


def decision(code: str) -> str:
    """What was decided, in words; the code itself when it has none."""
    return _(_DECISIONS.get(code, code))
