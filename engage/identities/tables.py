"""What are the tables that the joining of records leaves in a build?"""

from __future__ import annotations

from engage.identities.linking.comparisons import COMPARISONS
from engage.store.tables import Column, Table


def _personal(name: str, kind: str, meaning: str) -> Column:
    return Column(name, kind, meaning, handling="personal")


HANDLING = Column(
    "handling", "VARCHAR", "the strictest handling code of everything it was made from", required=True
)

LINK_RECORD = Table(
    "link_record",
    "one person record as it stood on the build's day (one that its source withdrew: as it last stood), made comparable",
    (
        Column("record_number", "BIGINT", "place in the order of record ids, from 1", required=True),
        Column("record_id", "VARCHAR", "the person record", required=True),
        Column("agency", "VARCHAR", "whose record it is", required=True),
        Column("file", "VARCHAR", "the mapping's name of the file it came in", required=True),
        _personal("forename", "VARCHAR", "first given name, plain letters"),
        _personal("given_names", "VARCHAR[]", "all given names, nicknames and aliases, plain letters"),
        _personal("forename_groups", "VARCHAR[]", "names of which the forename is a form, itself included"),
        _personal("forename_sound", "VARCHAR", "how the forename sounds (Metaphone)"),
        _personal("surname", "VARCHAR", "family name, plain letters without spaces"),
        _personal("surnames", "VARCHAR[]", "family names, their parts, former names and aliases"),
        _personal("surname_sound", "VARCHAR", "how the surname sounds (Metaphone)"),
        _personal(
            "surname_groups",
            "VARCHAR[]",
            "given names of which the surname would be a form, for names entered the wrong way round",
        ),
        _personal(
            "birth_on",
            "DATE",
            "day of birth, when recorded to the day and not on a day that systems fill in (1 January, or one that far too many families share)",
        ),
        _personal("birth_from", "DATE", "earliest day of birth"),
        _personal("birth_until", "DATE", "day after the latest day of birth"),
        _personal("sex", "VARCHAR", "female or male; empty when not known"),
        _personal("address_keys", "VARCHAR[]", "addresses in normal form"),
        _personal("postcodes", "VARCHAR[]", "postcodes in normal form"),
        _personal("phones", "VARCHAR[]", "telephone numbers in normal form"),
        Column("address_records", "BIGINT", "how many records share the least shared of its addresses"),
        _personal("emails", "VARCHAR[]", "e-mail addresses in small letters"),
        _personal("nhs_number", "VARCHAR", "valid NHS number"),
        _personal("upn", "VARCHAR", "valid unique pupil number"),
        _personal("pnc_id", "VARCHAR", "valid PNC id"),
        _personal("other_numbers", "VARCHAR[]", "other numbers, each with its kind and a colon before it"),
        Column("is_partial", "BOOLEAN", "too little of a name to be joined silently", required=True),
        HANDLING,
    ),
    ("record_id",),
)
_PAIR = (
    Column("left_record_id", "VARCHAR", "the record whose id sorts first", required=True),
    Column("right_record_id", "VARCHAR", "the other", required=True),
    Column(
        "weight",
        "DOUBLE",
        "evidence in bits that the two records are one person, chance of it included",
        required=True,
    ),
)
LINK_PAIR = Table(
    "link_pair",
    "two records that were compared and are worth a look: what each comparison found and what it weighs",
    (
        *_PAIR,
        *(
            column
            for comparison in COMPARISONS
            for column in (
                Column(
                    f"{comparison.name}_level",
                    "VARCHAR",
                    f"the level of “{comparison.words}”; empty when either is not known",
                ),
                Column(f"{comparison.name}_weight", "DOUBLE", f"what “{comparison.words}” weighs, in bits"),
            )
        ),
        Column(
            "household_weight",
            "DOUBLE",
            "bits taken off because two people of one household would agree on much of this too",
            required=True,
        ),
        Column(
            "refusal",
            "VARCHAR",
            "why these two may not be joined without a person: twin, generation, related, identifiers, born, thin; source, when their source found them to be one; sole, when registers know nobody else; or empty",
            required=True,
        ),
        HANDLING,
    ),
    ("left_record_id", "right_record_id"),
)
CLUSTER = Table(
    "cluster",
    "one record and the group of records joined with it in this build",
    (
        Column("record_id", "VARCHAR", "the person record", required=True),
        Column("cluster", "VARCHAR", "the record id that sorts first in its group", required=True),
    ),
    ("record_id",),
)
LINK_PROPOSAL = Table(
    "link_proposal",
    "two records that may be one person and that only a person may join",
    (
        *_PAIR,
        Column("reason", "VARCHAR", "partial, refused or unsure", required=True),
        Column(
            "place",
            "INTEGER",
            "order among the candidates of the partial or left record, from 1",
            required=True,
        ),
        HANDLING,
    ),
    ("left_record_id", "right_record_id"),
)
LINK_LEVEL = Table(
    "link_level",
    "one level of one comparison, as the model of this build weighs it",
    (
        Column("comparison", "VARCHAR", "the comparison", required=True),
        Column("level", "VARCHAR", "the level", required=True),
        Column("m", "DOUBLE", "share of pairs of one person at this level", required=True),
        Column("u", "DOUBLE", "share of pairs of two strangers at this level", required=True),
        Column("h", "DOUBLE", "share of pairs of two people of one household at this level", required=True),
        Column("weight", "DOUBLE", "log2(m/u), before any adjustment for how usual a name is", required=True),
        Column("source", "VARCHAR", "learnt, prior or pinned", required=True),
    ),
    ("comparison", "level"),
)
PERSON_OF_RECORD = Table(
    "person_of_record",
    "one record and the person id it was given; of what waits, records that say what the build does not",
    (
        Column("record_id", "VARCHAR", "the person record", required=True),
        Column("person_id", "VARCHAR", "the person", required=True),
    ),
    ("record_id",),
)

LINK_DROPPED_KEY = Table(
    "link_dropped_key",
    "one kind of key of which some values were shared by too many records to be compared",
    (
        Column("code", "VARCHAR", "the kind of key", required=True),
        Column("keys", "BIGINT", "values dropped", required=True),
        Column("records", "HUGEINT", "times that records held them", required=True),
    ),
    ("code",),
)

LINK_LEFT_OUT = Table(
    "link_left_out",
    "one kind of key that this area does not compare by, since nearly nothing that only it brings together is one person",
    (
        Column("code", "VARCHAR", "the kind of key", required=True),
        Column(
            "per_record", "DOUBLE", "pairs that it would have added for each record, estimated", required=True
        ),
        Column(
            "share", "DOUBLE", "share of those that the model held for one person, estimated", required=True
        ),
    ),
    ("code",),
)

DERIVED_TABLES: tuple[Table, ...] = (
    LINK_RECORD,
    LINK_PAIR,
    CLUSTER,
    LINK_PROPOSAL,
    LINK_LEVEL,
    LINK_DROPPED_KEY,
    LINK_LEFT_OUT,
    PERSON_OF_RECORD,
)
