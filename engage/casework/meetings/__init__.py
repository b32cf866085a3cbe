"""Meetings: what is sat down for together, who holds records and so is invited, who came, what was decided, and what went out. Invitations come from who holds records;
nobody is left out without a reason that the chair signs. Nothing is written over."""
