"""What of an entry of a case is shown, by what was decided of it?"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from engage.casework.cases.models import CaseEntry
from engage.casework.cases.referred import APART
from engage.casework.cases.rules import EntryShown
from engage.vocabulary.access import Decision, Fact
from engage.vocabulary.words import N_, Sentence


_NOT_HERE = N_("Something is written here that is for others. Ask whoever wrote it: %(agency)s.")

_OF_ANOTHER = N_("This stood here until somebody said that it belongs to another case after all. Whoever takes part in that case reads it there.")  # fmt: skip


def fact_of(row: CaseEntry) -> Fact:
    """What access to an entry is decided on."""
    return Fact(row.agency, "case_entry", row.handling, row.sensitivity)


def shown(
    row: CaseEntry, decision: Decision, replaced_by: int | None, kept_back: frozenset[str]
) -> EntryShown:
    """An entry as far as that decision lets it be seen, without the answers to these questions."""
    is_shown = decision.is_allowed
    answers = {code: answer for code, answer in row.answers.items() if code not in kept_back}
    values: dict[str, Any] = {
        "answers": answers if is_shown else None,
        "kept_back": kept_back,
        "evidence": tuple(row.evidence) if is_shown else (),
        "why_not": None if is_shown else decision.sentence or Sentence(_NOT_HERE, {"agency": row.agency}),
    }
    return EntryShown(
        number=row.seq, case=row.case, form=row.form, form_version=row.form_version, replaces=row.replaces, replaced_by=replaced_by, handling=row.handling,
        sensitivity=row.sensitivity, by=row.written_by, by_name=row.written_by_name, agency=row.agency, at=row.written_at, **values,
    )  # fmt: skip


def of_another_case(written: Sequence[CaseEntry]) -> frozenset[int]:
    """Of what was written in a case, the numbers of the copies of referrals that belong to another case after all, with what corrected them here: they are about somebody else."""
    replaces = {row.seq: row.replaces for row in written}
    found: set[int] = set()
    for row in written:
        number = row.replaces if row.form == APART else None
        while number is not None and number not in found:
            found.add(number)
            number = replaces.get(number)
    return frozenset(found)


def without_content(one: EntryShown) -> EntryShown:
    """That there was such an entry, by whom and when, and not what it said."""
    return replace(one, answers=None, evidence=(), why_not=Sentence(_OF_ANOTHER))
