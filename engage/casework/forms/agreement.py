"""Does a filled form about somebody under 18 let them be looked at as a person of concern? That it was filled in is not enough: it may say no."""

from __future__ import annotations

from engage.casework.forms.rules import YES, Answers


FORM = "young_person_of_concern"
# Social care agrees, and what may have been done to the child was considered (Modern Slavery Act 2015, sections 45 and 52).
_SAID_YES = ("agreed", "nrm", "section_45")


def lets_go_on(answers: Answers) -> bool:
    """Social care agreed, and the National Referral Mechanism and the section 45 defence were both considered. What is not known or was not asked is no yes."""
    return all(answers.get(question) == YES for question in _SAID_YES) and bool(answers.get("worker"))
