"""What is compared between two records, at which levels, and what is each level worth before any data has been seen?

Every comparison is a list of levels, tried from the top; the first that holds is the pair's level. `m` is how often two
records of one person come out at that level, `u` how often two records of strangers do, `h` how often two records of two
people of one household or family do: they share surname, address and phone, so that for them those are no evidence.
log2(m/u) is what a level weighs, in bits; what the household explains just as well is taken off the sum (see `pairing`).
Ethnicity, nationality, religion and deprivation are no part of any level.

Where the values come from: error rates reported for administrative data (Splink's published examples on UK registers, the
FEBRL error model, Harron and others 2017 on NHS records: 3-6 % of names and 1-3 % of birth dates differ between two
records of one person; short forms and changed surnames are more usual in police and voluntary-sector records); one birth
in eighty is of twins (ONS, Birth characteristics in England and Wales). They are the prior of training, so that an area of
a few hundred records works and a large one learns its own.
"""

from __future__ import annotations

from engage.identities.linking.levels import (
    IDENTIFIER,
    NEUTRAL,
    ONCE,
    RARE,
    WRONG_NUMBER,
    Comparison,
    Level,
)
from engage.vocabulary.words import N_


def _alike(column: str, least: float) -> str:
    return f"jaro_winkler_similarity({column}_l, {column}_r) >= {least}"


def _initial(column: str) -> str:
    return f"(length({column}_l) = 1 or length({column}_r) = 1) and {column}_l[1] = {column}_r[1]"


def _sounds(column: str) -> str:
    return f"{_alike(column, 0.82)} or ({column}_sound_l = {column}_sound_r and length({column}_sound_l) > 1)"


_SWAPPED = (
    "(jaro_winkler_similarity(forename_l, surname_r) >= 0.9 or list_has_any(forename_groups_l, surname_groups_r))"
    " and (jaro_winkler_similarity(surname_l, forename_r) >= 0.9 or list_has_any(surname_groups_l, forename_groups_r))"
)
_FORMS = "list_has_any(forename_groups_l, forename_groups_r)"
_ALIAS = "list_contains(given_names_l, forename_r) or list_contains(given_names_r, forename_l)"

FORENAME = Comparison(
    "forename",
    N_("Forename"),
    ("forename", "given_names"),
    "forename_l is null or forename_r is null",
    (
        Level("same", "forename_l = forename_r", N_("the same"), 0.78, 0.006, 0.006, "forename"),
        Level("swapped", _SWAPPED, N_("forename and surname are swapped"), 0.01, 1e-6, 1e-6, pinned_u=RARE),
        Level("form", _FORMS, N_("forms of one name"), 0.06, 0.002, 0.004),
        Level("alias", _ALIAS, N_("one is a further name of the other"), 0.03, 0.002, 0.01),
        Level(
            "close",
            _alike("forename", 0.92),
            N_("spelt almost alike"),
            0.05,
            0.003,
            0.004,
            near_frequency_of="forename",
        ),
        Level("initial", _initial("forename"), N_("the initial fits"), 0.02, 0.004, 0.006),
        Level("alike", _sounds("forename"), N_("spelt or sounding alike"), 0.025, 0.012, 0.02),
        Level("different", "ELSE", N_("different"), 0.02, 0.97, 0.95),
    ),
)
SURNAME = Comparison(
    "surname",
    N_("Surname"),
    ("surname", "surnames"),
    "surname_l is null or surname_r is null",
    (
        Level("same", "surname_l = surname_r", N_("the same"), 0.81, 0.003, 0.72, "surname"),
        Level("swapped", _SWAPPED, N_("forename and surname are swapped"), 0.005, 0.005, 0.005, pinned=ONCE),
        Level("part", "list_has_any(surnames_l, surnames_r)", N_("one is a part or a further name of the other"), 0.04, 0.002, 0.05),
        Level("close", _alike("surname", 0.92), N_("spelt almost alike"), 0.05, 0.0015, 0.04, near_frequency_of="surname"),
        Level("initial", _initial("surname"), N_("the initial fits"), 0.015, 0.003, 0.012),
        Level("alike", _sounds("surname"), N_("spelt or sounding alike"), 0.02, 0.009, 0.02),
        Level("different", "ELSE", N_("different"), 0.06, 0.98, 0.16),
    ),
)  # fmt: skip

_BOTH_DAYS = "birth_on_l is not null and birth_on_r is not null"
_SWAPPED_DAY = "year(birth_on_l) = year(birth_on_r) and day(birth_on_l) = month(birth_on_r) and month(birth_on_l) = day(birth_on_r)"
_DIGITS = "levenshtein(strftime(birth_on_l, '%Y%m%d'), strftime(birth_on_r, '%Y%m%d'))"
_SAME_PARTS = "(year(birth_on_l) = year(birth_on_r))::int + (month(birth_on_l) = month(birth_on_r))::int + (day(birth_on_l) = day(birth_on_r))::int"
_NEARLY = (
    "abs(year(birth_on_l) - year(birth_on_r)) in (0, 1, 10) and abs(month(birth_on_l) - month(birth_on_r)) in (0, 1, 11)"
    " and abs(day(birth_on_l) - day(birth_on_r)) <= 6"
)
_GENERATION = "abs(date_diff('day', birth_from_l, birth_from_r)) >= 3650"
BIRTH = Comparison(
    "birth",
    N_("Date of birth"),
    ("birth_from", "birth_until"),
    f"not coalesce({_BOTH_DAYS}, false)",
    (
        Level("same", "birth_on_l = birth_on_r", N_("the same day"), 0.90, 0.0001, 0.015),
        Level("day_month_swapped", _SWAPPED_DAY, N_("day and month are swapped"), 0.015, 0.00005, 0.0002),
        Level(
            "digit",
            f"{_DIGITS} = 1 or ({_DIGITS} = 2 and {_SAME_PARTS} = 2)",
            N_("one part is written differently"),
            0.05,
            0.004,
            0.006,
        ),
        Level(
            "near",
            _NEARLY,
            N_("each part is the same or nearly so, or the decade is another"),
            0.01,
            0.01,
            0.01,
        ),
        Level("generation", _GENERATION, N_("ten years or more apart"), 0.004, 0.55, 0.60),
        Level("different", "ELSE", N_("different"), 0.02, 0.43, 0.37),
    ),
)
_OVERLAP = "birth_from_l < birth_until_r and birth_from_r < birth_until_l"
_WIDTH = "greatest(birth_until_l - birth_from_l, birth_until_r - birth_from_r)"
AGE = Comparison(
    "age",
    N_("Age, or year of birth"),
    ("birth_from", "birth_until"),
    f"({_BOTH_DAYS}) or birth_from_l is null or birth_from_r is null",
    (
        Level("fits_a_year", f"{_OVERLAP} and {_WIDTH} <= 400", N_("fit, within a year"), 0.45, 0.03, 0.03),
        Level("fits_two", f"{_OVERLAP} and {_WIDTH} <= 800", N_("fit, within two years"), 0.20, 0.04, 0.04),
        Level(
            "fits_few", f"{_OVERLAP} and {_WIDTH} <= 2200", N_("fit, within a few years"), 0.15, 0.07, 0.07
        ),
        Level(
            "not_excluded",
            _OVERLAP,
            N_("the ages do not exclude it"),
            0.05,
            0.05,
            0.05,
            pinned=NEUTRAL,
        ),
        Level(
            "nearly_fits",
            "birth_from_l < birth_until_r + 400 and birth_from_r < birth_until_l + 400",
            N_("the ages nearly fit"),
            0.11,
            0.06,
            0.06,
        ),
        Level(
            "generation",
            "birth_from_l > birth_until_r + 3650 or birth_from_r > birth_until_l + 3650",
            N_("ten years or more apart"),
            0.004,
            0.45,
            0.50,
        ),
        Level("different", "ELSE", N_("different"), 0.036, 0.30, 0.25),
    ),
)
SEX = Comparison(
    "sex",
    N_("Sex as recorded"),
    ("sex",),
    "sex_l is null or sex_r is null",
    (
        Level("same", "sex_l = sex_r", N_("the same"), 0.985, 0.5, 0.5),
        Level("different", "ELSE", N_("different"), 0.015, 0.5, 0.5),
    ),
)

# An address with more records than this is a home for many, a hospital, or no more than a town's name.
BUSY_ADDRESS = 30
_PHONE = "list_has_any(phones_l, phones_r)"
_ADDRESS = "list_has_any(address_keys_l, address_keys_r)"
_QUIET = f"least(address_records_l, address_records_r) <= {BUSY_ADDRESS}"
_POSTCODE = "list_has_any(postcodes_l, postcodes_r)"
_LINES = "jaro_winkler_similarity(address_keys_l[1], address_keys_r[1])"
_WRITTEN_ALIKE = f"({_POSTCODE} and {_LINES} >= 0.9) or {_LINES} >= 0.95"
PLACE = Comparison(
    "place",
    N_("Address, postcode and phone"),
    ("address_keys", "postcodes", "phones"),
    "not (coalesce(len(address_keys_l) > 0 and len(address_keys_r) > 0, false) or coalesce(len(postcodes_l) > 0 and len(postcodes_r) > 0, false)"
    " or coalesce(len(phones_l) > 0 and len(phones_r) > 0, false))",
    (
        Level("phone_and_address", f"{_PHONE} and {_ADDRESS} and {_QUIET}", N_("the same phone and address"), 0.20, 1e-5, 0.18),
        Level("phone", _PHONE, N_("the same phone"), 0.12, 1e-4, 0.10),
        Level("address", f"{_ADDRESS} and {_QUIET}", N_("the same address"), 0.33, 5e-4, 0.42),
        Level("close", _WRITTEN_ALIKE, N_("addresses written almost alike"), 0.05, 1e-3, 0.06),
        Level("postcode", _POSTCODE, N_("the same postcode"), 0.03, 1e-3, 0.04),
        Level("busy_address", _ADDRESS, N_("the same address, at which many are recorded"), 0.02, 0.01, 0.02),
        Level("different", "ELSE", N_("different"), 0.25, 0.98, 0.18),
    ),
)  # fmt: skip


def _number(name: str, words: str) -> Comparison:
    return Comparison(
        name,
        words,
        (name,),
        f"{name}_l is null or {name}_r is null",
        (
            Level("same", f"{name}_l = {name}_r", N_("the same"), 0.93, 1e-4, 1e-4, pinned=IDENTIFIER),
            Level("close", f"levenshtein({name}_l, {name}_r) <= 2", N_("nearly the same"), 0.02, 2e-4, 2e-3, pinned=WRONG_NUMBER),
            Level("different", "ELSE", N_("different"), 0.05, 0.9997, 0.9979, pinned=WRONG_NUMBER),
        ),
    )  # fmt: skip


OTHER_NUMBER = Comparison(
    "other_number",
    N_("Other number"),
    ("other_numbers",),
    # a kind of number that both have
    "not coalesce(list_has_any(list_transform(other_numbers_l, lambda n: split_part(n, ':', 1)), list_transform(other_numbers_r, lambda n: split_part(n, ':', 1))), false)",
    (
        Level("same", "list_has_any(other_numbers_l, other_numbers_r)", N_("the same"), 0.9, 1e-4, 1e-3, pinned=IDENTIFIER),
        Level("close", "levenshtein(other_numbers_l[1], other_numbers_r[1]) <= 2", N_("nearly the same"), 0.03, 2e-4, 2e-3, pinned=WRONG_NUMBER),
        Level("different", "ELSE", N_("different"), 0.07, 0.9997, 0.9979, pinned=WRONG_NUMBER),
    ),
)  # fmt: skip
EMAIL = Comparison(
    "email",
    N_("E-mail"),
    ("emails",),
    "coalesce(len(emails_l) = 0 or len(emails_r) = 0, true)",
    (
        Level("same", "list_has_any(emails_l, emails_r)", N_("the same"), 0.7, 1e-4, 0.02),
        Level(
            "name",
            "split_part(emails_l[1], '@', 1) = split_part(emails_r[1], '@', 1)",
            N_("the same before the @"),
            0.1,
            5e-4,
            0.005,
        ),
        Level(
            "close",
            "jaro_winkler_similarity(emails_l[1], emails_r[1]) >= 0.9 and levenshtein(emails_l[1], emails_r[1]) <= 4",
            N_("written almost alike"),
            0.1,
            5e-4,
            0.005,
        ),
        Level("different", "ELSE", N_("different"), 0.1, 0.9988, 0.97),
    ),
)
SOURCE = Comparison(
    "source",
    N_("Where they come from"),
    ("agency", "file"),
    "false",
    (
        Level("one_file", "agency_l = agency_r and file_l = file_r", N_("one file, whose sender keeps them as two"), 0.15, 0.3, 0.3),
        Level("two_files", "ELSE", N_("two files"), 0.85, 0.7, 0.7),
    ),
)  # fmt: skip

COMPARISONS: tuple[Comparison, ...] = (
    FORENAME,
    SURNAME,
    BIRTH,
    AGE,
    SEX,
    PLACE,
    EMAIL,
    _number("nhs_number", N_("NHS number")),
    _number("upn", N_("Unique pupil number")),
    _number("pnc_id", N_("PNC id")),
    OTHER_NUMBER,
    SOURCE,
)
BY_NAME = {comparison.name: comparison for comparison in COMPARISONS}
