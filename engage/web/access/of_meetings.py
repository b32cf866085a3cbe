"""What was done with meetings, in the words of the access log."""

from __future__ import annotations

from engage.vocabulary.words import N_


ACTIONS = {
    "decisions.list": N_("Looked at the register of decisions"),
    "meeting.attendance": N_("Said who came to a meeting"),
    "meeting.changed": N_("Put a meeting off"),
    "meeting.convened": N_("Called a meeting"),
    "meeting.held": N_("Marked a meeting as held"),
    "meeting.invited": N_("Invited to a meeting"),
    "meeting.issued": N_("Issued the minutes of a meeting"),
    "meeting.item": N_("Changed the agenda of a meeting"),
    "meeting.left_out": N_("Left somebody out of a meeting"),
    "meeting.not_held": N_("Said that a meeting is not held"),
    "meeting.pack": N_("Made the pack of a meeting"),
    "meeting.proposed": N_("Looked at who holds records and so is proposed for a meeting"),
    "meeting.refused": N_("Was refused something in a meeting"),
    "meeting.signed": N_("Signed that somebody is left out of a meeting"),
    "meeting.signed_off": N_("Signed the minutes of a meeting off"),
    "meeting.view": N_("Looked at a meeting"),
    "meeting.word": N_("Said something of somebody's part in a meeting"),
    "meetings.list": N_("Looked at the list of meetings"),
    "meetings.measured": N_("Measured whether everybody who holds records is proposed"),
    "minutes.decided": N_("Recorded a decision of a meeting"),
    "minutes.dissent": N_("Recorded that somebody does not agree with a decision"),
    "minutes.view": N_("Looked at the record of a meeting"),
    "minutes.written": N_("Wrote in the minutes of a meeting"),
    "round.asked": N_("Asked agencies what they hold"),
    "round.chased": N_("Chased agencies that had not answered"),
    "round.returned": N_("Sent a return"),
    "round.to_answer": N_("Looked at what their agency is asked for a meeting"),
    "round.view": N_("Looked at the information round of a meeting"),
}
DECISIONS = {
    "asked": N_("asked"),
    "chased": N_("chased"),
    "decided": N_("decided"),
    "held": N_("held"),
    "issued": N_("issued"),
    "joined": N_("takes part"),
    "left": N_("takes part no longer"),
    "left out": N_("left out"),
    "not_held": N_("not held"),
    "planned": N_("planned"),
    "put on": N_("put on"),
    "said": N_("said"),
    "sent": N_("sent"),
    "signed": N_("signed"),
    "signed_off": N_("signed off"),
    "taken off": N_("taken off"),
    "written": N_("written"),
}
