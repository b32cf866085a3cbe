"""What is compared between two records, at which levels, and what is each level worth before any data has been seen?

Every comparison is a list of levels, tried from the top; the first that holds is the pair's level. `m` is how often two
records of one person come out at that level, `u` how often two records of different people do; log2(m/u) is the weight
in bits. Ethnicity, nationality, religion and deprivation are no part of any level.

Where the m come from: error rates reported for administrative data (Splink's published examples on UK registers, the
FEBRL error model, Harron and others 2017 on NHS records: 3-6 % of names and 1-3 % of birth dates differ between two
records of one person; short forms and changed surnames are more usual in police and voluntary-sector records). They are
the prior of training, so that an area of a few hundred records works and a large one learns its own.
"""

from __future__ import annotations

from dataclasses import dataclass

from engage.vocabulary.words import N_


@dataclass(frozen=True)
class Level:
    """One level of a comparison. `sql` sees both records' columns with _l and _r; `u` None means that it is counted
    on random pairs; `pinned` says why m and u are fixed by hand instead of learnt."""

    code: str
    sql: str
    words: str
    m: float = 0.0
    u: float = 0.0
    frequency_of: str = ""
    pinned: str = ""


@dataclass(frozen=True)
class Comparison:
    """One field of evidence: its column-name stem, its words for a reader, the columns that it shows, its levels."""

    name: str
    words: str
    shows: tuple[str, ...]
    unknown: str
    levels: tuple[Level, ...]


_RARE = "too rare among random pairs to be counted; one in a million is the order at which two unrelated names cross"
_HOUSEHOLD = (
    "the people who are mistaken for one another share a home, and with it address, postcode and phone, so chance "
    "agreement among strangers overstates what sharing them is worth"
)
_NEUTRAL = "says nothing either way"
_IDENTIFIER = "two people sharing a valid number is a clerical error, about one in ten thousand"

_SWAPPED = (
    "(jaro_winkler_similarity(forename_l, surname_r) >= 0.9 or list_has_any(forename_groups_l, surname_groups_r))"
    " and (jaro_winkler_similarity(surname_l, forename_r) >= 0.9 or list_has_any(surname_groups_l, forename_groups_r))"
)

FORENAME = Comparison(
    "forename",
    N_("Forename"),
    ("forename", "given_names"),
    "forename_l is null or forename_r is null",
    (
        Level("same", "forename_l = forename_r", N_("the same"), 0.78, 0.006, "forename"),
        Level("swapped", _SWAPPED, N_("forename and surname are swapped"), 0.005, 1e-6, pinned=_RARE),
        Level(
            "form", "list_has_any(forename_groups_l, forename_groups_r)", N_("forms of one name"), 0.06, 0.002
        ),
        Level(
            "alias",
            "list_contains(given_names_l, forename_r) or list_contains(given_names_r, forename_l)",
            N_("one is a further name of the other"),
            0.03,
            0.002,
        ),
        Level(
            "close",
            "jaro_winkler_similarity(forename_l, forename_r) >= 0.92",
            N_("spelt almost alike"),
            0.05,
            0.003,
        ),
        Level(
            "initial",
            "(length(forename_l) = 1 or length(forename_r) = 1) and forename_l[1] = forename_r[1]",
            N_("the initial fits"),
            0.02,
            0.004,
        ),
        Level(
            "alike",
            "jaro_winkler_similarity(forename_l, forename_r) >= 0.82 or (forename_sound_l = forename_sound_r and length(forename_sound_l) > 1)",
            N_("spelt or sounding alike"),
            0.025,
            0.012,
        ),
        Level("different", "ELSE", N_("different"), 0.03, 0.97),
    ),
)
SURNAME = Comparison(
    "surname",
    N_("Surname"),
    ("surname", "surnames"),
    "surname_l is null or surname_r is null",
    (
        Level("same", "surname_l = surname_r", N_("the same"), 0.81, 0.003, "surname"),
        Level(
            "swapped",
            _SWAPPED,
            N_("forename and surname are swapped"),
            0.005,
            0.005,
            pinned="counted once, under forename",
        ),
        Level(
            "part",
            "list_has_any(surnames_l, surnames_r)",
            N_("one is a part or a further name of the other"),
            0.04,
            0.002,
        ),
        Level(
            "close",
            "jaro_winkler_similarity(surname_l, surname_r) >= 0.92",
            N_("spelt almost alike"),
            0.05,
            0.0015,
        ),
        Level(
            "initial",
            "(length(surname_l) = 1 or length(surname_r) = 1) and surname_l[1] = surname_r[1]",
            N_("the initial fits"),
            0.015,
            0.003,
        ),
        Level(
            "alike",
            "jaro_winkler_similarity(surname_l, surname_r) >= 0.82 or (surname_sound_l = surname_sound_r and length(surname_sound_l) > 1)",
            N_("spelt or sounding alike"),
            0.02,
            0.009,
        ),
        Level("different", "ELSE", N_("different"), 0.06, 0.98),
    ),
)
_BOTH_DAYS = "birth_on_l is not null and birth_on_r is not null"
_SWAPPED_DAY = "year(birth_on_l) = year(birth_on_r) and day(birth_on_l) = month(birth_on_r) and month(birth_on_l) = day(birth_on_r)"
_TWO_OF_THREE = (
    "(year(birth_on_l) = year(birth_on_r))::int + (month(birth_on_l) = month(birth_on_r))::int + (day(birth_on_l) = day(birth_on_r))::int = 2"
    " and abs(year(birth_on_l) - year(birth_on_r)) in (0, 1, 2, 10)"
)
_OVERLAP = "birth_from_l < birth_until_r and birth_from_r < birth_until_l"
_NARROW = "greatest(birth_until_l - birth_from_l, birth_until_r - birth_from_r) <= 2200"
BIRTH = Comparison(
    "birth",
    N_("Date of birth or age"),
    ("birth_from", "birth_until"),
    "birth_from_l is null or birth_from_r is null",
    (
        Level("same", "birth_on_l = birth_on_r", N_("the same day"), 0.88, 0.0001),
        Level("day_month_swapped", _SWAPPED_DAY, N_("day and month are swapped"), 0.015, 0.00015),
        Level("one_part_off", _TWO_OF_THREE, N_("one of day, month and year differs"), 0.05, 0.006),
        Level(
            "fits_age",
            f"not ({_BOTH_DAYS}) and {_OVERLAP} and {_NARROW}",
            N_("the dates or ages fit"),
            0.04,
            0.06,
        ),
        Level(
            "not_excluded",
            f"not ({_BOTH_DAYS}) and {_OVERLAP}",
            N_("the ages do not exclude it"),
            0.05,
            0.05,
            pinned=_NEUTRAL,
        ),
        Level(
            "nearly_fits",
            f"not ({_BOTH_DAYS}) and birth_from_l < birth_until_r + 400 and birth_from_r < birth_until_l + 400",
            N_("the ages nearly fit"),
            0.008,
            0.03,
        ),
        Level("different", "ELSE", N_("different"), 0.012, 0.95),
    ),
)
SEX = Comparison(
    "sex",
    N_("Sex as recorded"),
    ("sex",),
    "sex_l is null or sex_r is null",
    (
        Level("same", "sex_l = sex_r", N_("the same"), 0.985, 0.5),
        Level("different", "ELSE", N_("different"), 0.015, 0.5),
    ),
)
PLACE = Comparison(
    "place",
    N_("Address, postcode and phone"),
    ("address_keys", "postcodes", "phones"),
    "not (coalesce(len(address_keys_l) > 0 and len(address_keys_r) > 0, false) or coalesce(len(postcodes_l) > 0 and len(postcodes_r) > 0, false)"
    " or coalesce(len(phones_l) > 0 and len(phones_r) > 0, false))",
    (
        Level(
            "phone_and_address",
            "list_has_any(phones_l, phones_r) and list_has_any(address_keys_l, address_keys_r)",
            N_("the same phone and address"),
            0.20,
            0.20 / 2**8,
            pinned=_HOUSEHOLD,
        ),
        Level(
            "phone",
            "list_has_any(phones_l, phones_r)",
            N_("the same phone"),
            0.12,
            0.12 / 2**7.5,
            pinned=_HOUSEHOLD,
        ),
        Level(
            "address",
            "list_has_any(address_keys_l, address_keys_r)",
            N_("the same address"),
            0.33,
            0.33 / 2**7,
            pinned=_HOUSEHOLD,
        ),
        Level(
            "postcode",
            "list_has_any(postcodes_l, postcodes_r)",
            N_("the same postcode"),
            0.05,
            0.05 / 2**5.5,
            pinned=_HOUSEHOLD,
        ),
        Level(
            "close",
            "jaro_winkler_similarity(address_keys_l[1], address_keys_r[1]) >= 0.95",
            N_("addresses written almost alike"),
            0.02,
            0.01,
        ),
        Level("different", "ELSE", N_("different"), 0.28, 0.96),
    ),
)


def _identifier(name: str, words: str) -> Comparison:
    return Comparison(
        name,
        words,
        (name,),
        f"{name}_l is null or {name}_r is null",
        (
            Level("same", f"{name}_l = {name}_r", N_("the same"), 0.93, 0.0001, pinned=_IDENTIFIER),
            Level(
                "different",
                "ELSE",
                N_("different"),
                0.07,
                0.9999,
                pinned="some are wrong: a difference counts, but does not decide",
            ),
        ),
    )


COMPARISONS: tuple[Comparison, ...] = (
    FORENAME,
    SURNAME,
    BIRTH,
    SEX,
    PLACE,
    _identifier("nhs_number", N_("NHS number")),
    _identifier("upn", N_("Unique pupil number")),
    _identifier("pnc_id", N_("PNC id")),
)
BY_NAME = {comparison.name: comparison for comparison in COMPARISONS}
