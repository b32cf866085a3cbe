"""How is no child named where none is to be? What people write is looked through before it is kept, and titles are struck out.

Only for names that the writer may know: else whoever is refused a name, or sees it struck out, would learn that somebody of that name has to do with the place.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from engage.casework.cases.models import Case
from engage.casework.cases.rules import OF_PEOPLE, Head
from engage.casework.meetings.kinds.rules import Kind
from engage.casework.meetings.rules import MeetingRefused
from engage.picture.search.called import called
from engage.picture.seeing import Sight, reasons_about
from engage.vocabulary.words import N_, Sentence


def check_nameless(see: Sight, kind: Kind, heads: Iterable[Head], texts: Iterable[str]) -> None:
    """Where no child is named, raise MeetingRefused for a text that names somebody whose name the viewer may know: of those tied to the places, and of children with a case."""
    if kind.names_children:
        return
    names = names_near(see, heads)
    for text in texts:
        plain = " ".join(text.split()).lower()
        found = next((n for n in names if re.search(rf"(?<!\w){re.escape(n.lower())}(?!\w)", plain)), None)
        if found:
            raise MeetingRefused(
                Sentence(N_("No child is named in this meeting. Take out “%(name)s”."), {"name": found}),
                remedy=N_("Say what happened without saying to whom: “a child of 14”, “two children”."),
            )


def names_near(see: Sight, heads: Iterable[Head]) -> list[str]:
    """The names that the viewer may know of people tied to these places, and of children who have a case; the longest first."""
    pages = see.build.pages()
    people = set(
        Case.objects.filter(kind__in=OF_PEOPLE).exclude(subject="").values_list("subject", flat=True)
    )
    for head in heads:
        rows = pages.execute(
            "select distinct person_id, person_record_id from tie where thing = 'place' and thing_key = ?", [head.subject]
        )  # fmt: skip
        people |= {see.today.person(record, person) for person, record in rows}
    found = called(pages, sorted(people), see, reasons_about(pages, people, see=see))
    names = {
        " ".join(row["value"].split())
        for one in found.values()
        for row in one.rows
        if row["field"] == "name" and row["value"] and " " in row["value"].strip()
    }
    return sorted(names, key=lambda name: (-len(name), name))
