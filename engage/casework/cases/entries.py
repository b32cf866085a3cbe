"""What of an entry of a case is shown, by what was decided of it?"""

from __future__ import annotations

from typing import Any

from engage.casework.cases.models import CaseEntry
from engage.casework.cases.rules import EntryShown
from engage.vocabulary.access import Decision, Fact
from engage.vocabulary.words import N_, Sentence


_NOT_HERE = N_("Something is written here that is for others. Ask whoever wrote it: %(agency)s.")


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
