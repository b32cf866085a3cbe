"""As what does the log of who looks at what name cases? Each by its number, and whom it is about by today's id: whoever asks the log for a person or a case finds what was decided of it."""

from __future__ import annotations

from collections.abc import Iterable

from engage.casework.cases.models import Case
from engage.casework.cases.rules import OF_PEOPLE, log_name
from engage.identities import assignments


def named(cases: Iterable[int | None]) -> dict[int | None, list[str]]:
    """The names of each of these cases and of whom it is about; none of no case. The number of queries does not grow with them."""
    wanted = {one for one in cases if one}
    rows = list(Case.objects.filter(pk__in=wanted).values_list("seq", "kind", "subject")) if wanted else []
    people = {subject for _seq, kind, subject in rows if kind in OF_PEOPLE and subject}
    today = assignments.today(None, people) if people else {}
    return {
        seq: [log_name(seq), *([today[subject]] if subject in people else [])] for seq, _kind, subject in rows
    }


def log_names(first: str, cases: Iterable[int | None]) -> str:
    """What was decided on (a meeting, an action, a file), with the cases and whom they are about: one subject of the log."""
    return ",".join(dict.fromkeys((first, *(name for names in named(cases).values() for name in names))))
