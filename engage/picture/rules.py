"""What does a page of a person hold? Plain values, already cut to what the viewer may see."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from engage.picture.readings.rules import MentionRead, Reading
from engage.vocabulary.words import Sentence


@dataclass(frozen=True)
class Involved:
    """An agency that knows the person: which of its services or files, since and until when it had contact, whom to phone.

    `is_signpost` says that what it holds is not shown; `sentence` then says why. `is_unjudged`: it knows the person only through
    records that the software joined with the others and that nobody has judged.
    """

    agency: str
    title: str
    services: tuple[str, ...]
    last_contact_on: date | None
    contact: str
    phone: str
    is_signpost: bool
    sentence: Sentence | None = None
    is_unjudged: bool = False


@dataclass(frozen=True)
class Saying:
    """Who says so: the agency, its record, and from when until when it was known."""

    agency: str
    record_id: str
    known_from_on: str
    known_until_on: str | None


@dataclass(frozen=True)
class SaidValue:
    """One value with all who say so. `is_used` False: it was flagged and is not used to join. `is_current` False: a source
    said so once and says otherwise now."""

    value: str
    said_by: tuple[Saying, ...]
    is_used: bool
    is_current: bool


@dataclass(frozen=True)
class SaidField:
    """One thing said of the person, with every value. `is_conflict`: sources say different things today."""

    field: str
    values: tuple[SaidValue, ...]
    is_conflict: bool


@dataclass(frozen=True)
class Entry:
    """One line of the chronology, with its provenance. What the viewer may not see of it is None; `narrative_withheld` says
    that there is a text about which the viewer may ask. `is_fresh`: recorded by hand and not yet in a build; `is_unjudged`: known of
    the person only through a record that the software joined and nobody has judged."""

    event_record_id: str
    roles: tuple[str, ...]
    kind: str
    category: str | None
    title: str | None
    outcome: str | None
    recorded_by: str | None
    details: dict[str, Any]
    happened_from_at: datetime | None
    happened_until_at: datetime | None
    happened_precision: str
    happened_text: str | None
    place: str | None
    narrative: str | None
    narrative_withheld: bool
    grade: str | None
    handling: str
    agency: str
    file: str
    source_id: str
    delivery_id: str
    row_number: int
    received_on: date
    is_by_hand: bool = False
    is_fresh: bool = False
    is_unjudged: bool = False
    # How exactly the source said its end; None where it said none.
    until_precision: str | None = None
    # What was read in the text that is shown.
    told: tuple[Reading, ...] = ()
    mentions: tuple[MentionRead, ...] = ()
    # What its record calls the person's part, where a list does not call it so (picture/accused): to be quoted as that record's words, and nothing else.
    own_words: tuple[str, ...] = ()


@dataclass(frozen=True)
class Tied:
    """Another person, a place, a vehicle or a phone that records tie to this one; `ways` say how, `records` are behind it. `is_unjudged`:
    the person's only by joins that nobody has judged."""

    thing: str
    key: str
    label: str
    ways: tuple[str, ...]
    agencies: tuple[str, ...]
    records: tuple[str, ...]
    last_on: date | None
    is_unjudged: bool = False


@dataclass(frozen=True)
class Silence:
    """What is not shown, and whose silence it is: a kind that the agency's extracts cover for those days (`until_on` is the day
    after the last), or, without a kind, an agency that has sent nothing."""

    agency: str
    kind: str = ""
    whom: str = ""
    from_on: date | None = None
    until_on: date | None = None


@dataclass(frozen=True)
class Filters:
    """How the chronology is cut: by agencies, kinds and London days; empty means all. `page` counts from 1."""

    agencies: frozenset[str] = frozenset()
    kinds: frozenset[str] = frozenset()
    from_on: date | None = None
    until_on: date | None = None
    page: int = 1
    per_page: int = 50


@dataclass(frozen=True)
class Proposed:
    """A record that may be this person's and that nobody has joined: why not, by the code of what forbids it ("" for nothing) and the
    weight of the two in bits (None where they were not weighed)."""

    other_person_id: str
    left_record_id: str
    right_record_id: str
    reason: str
    refusal: str = ""
    weight: float | None = None


@dataclass(frozen=True)
class PersonPage:
    """Everything a page of a person shows. `person_id` is today's id; `asked_id` the one asked for; `unjudged` the records shown
    that the software joined with others and that nobody has judged; `workers` the named workers with an open safeguarding reason about the
    person, by sign-in name."""

    person_id: str
    asked_id: str
    name: str
    born: str
    involved: tuple[Involved, ...]
    said: tuple[SaidField, ...]
    entries: tuple[Entry, ...]
    entry_count: int
    kinds: tuple[str, ...]
    agencies: tuple[str, ...]
    tied: tuple[Tied, ...]
    household: tuple[Tied, ...]
    silences: tuple[Silence, ...]
    records: tuple[Saying, ...]
    proposals: tuple[Proposed, ...]
    is_judged: bool
    changed_since_build: bool
    unjudged: tuple[str, ...] = ()
    workers: tuple[str, ...] = ()
    filters: Filters = field(default_factory=Filters)


@dataclass(frozen=True)
class Found:
    """One person that a search found: how the person is called, what matched and who says so. `is_unjudged`: some of the records that say
    so the software joined with the others, and nobody has judged it."""

    person_id: str
    name: str
    born: str
    agencies: tuple[str, ...]
    matched: str
    matched_by: str
    closeness: float
    is_unjudged: bool = False


@dataclass(frozen=True)
class Named:
    """How a person is called and when born, as far as the viewer may know; "" where they may not."""

    name: str
    born: str


@dataclass(frozen=True)
class Sought:
    """Who is looked for: by words (a name, number, plate, phone or address) and what else is known. `born_from` and `born_until`
    are London days, half-open; `street` a street, address or postcode; `agency` a code: the person is known to that agency."""

    words: str = ""
    born_from: date | None = None
    born_until: date | None = None
    street: str = ""
    agency: str = ""

    @property
    def is_narrowed(self) -> bool:
        """More is known than words."""
        return bool(self.born_from or self.agency or self.has_street)

    @property
    def has_street(self) -> bool:
        """A street is known besides words; a street alone is words."""
        return bool(self.words and self.street)


@dataclass(frozen=True)
class SearchResult:
    """What a search found, closest to the words first; `is_cut` says that there is more than is shown. `unknown` are further people
    of whom it is not known whether they fit what was given besides words; `waiting` are found by what came since the build, a record
    that is of nobody yet as a person by itself, under its own id."""

    words: str
    found: tuple[Found, ...]
    is_cut: bool
    unknown: tuple[Found, ...] = ()
    waiting: tuple[Found, ...] = ()
