"""Does the policy let each role see what the table says, and nothing else, whatever is asked of it?"""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engage.governance.policies import (
    ANY,
    HANDLING_ORDER,
    OF_A_CASE,
    OPEN_KINDS,
    OPEN_PURPOSES,
    OPEN_ROLES,
    SENSITIVITY_ORDER,
    AccessRule,
    decide,
    strictest,
)
from engage.governance.policies import KINDS as KINDS_KNOWN
from engage.governance.table import access_rules, codes
from engage.records.tables import EXCHANGE_TABLES
from engage.vocabulary.access import Cohort, Fact, Outcome, Subject, Viewer


ON = date(2026, 4, 7)
TABLE = access_rules()
AGENCIES = ["police", "childrens_services", "education", "health", "charity"]
KINDS = [
    "person_record",
    "person_name",
    "identifier",
    "event",
    "role",
    "narrative",
    "relationship",
    "location",
]


def see(role, agency, fact, *, reasons=(), purpose="safeguarding_child", table=TABLE, on=ON):
    viewer = Viewer(user_id="ana", name="Ana", agency=agency, role=role)
    return decide(
        viewer=viewer,
        subject=Subject("P1", frozenset(reasons)),
        fact=fact,
        purpose=purpose,
        on=on,
        table=table,
    ).outcome.value


@pytest.mark.parametrize(
    ("role", "agency", "of", "kind", "handling", "sensitivity", "sees"),
    [
        ("detective", "police", "police", "event", "", "standard", "allow"),
        ("detective", "police", "police", "event", "P", "standard", "allow"),
        ("education_lead", "education", "education", "event", "legacy-2", "standard", "allow"),
        ("detective", "police", "police", "event", "C", "standard", "allow"),
        ("detective", "police", "police", "event", "legacy-4", "standard", "allow"),
        ("parent_liaison", "charity", "police", "event", "P", "standard", "allow"),
        ("parent_liaison", "charity", "police", "event", "C", "standard", "nothing"),
        ("social_worker", "childrens_services", "police", "narrative", "C", "standard", "nothing"),
        ("social_worker", "childrens_services", "police", "event", "legacy-2", "standard", "allow"),
        ("social_worker", "childrens_services", "police", "event", "legacy-5", "standard", "nothing"),
        ("social_worker", "childrens_services", "police", "event", "legacy-1", "standard", "nothing"),
        ("nurse", "health", "health", "event", "", "health-specialist", "allow"),
        ("social_worker", "childrens_services", "health", "event", "", "health-specialist", "signpost"),
        ("detective", "police", "health", "narrative", "", "health-specialist", "nothing"),
        ("analyst", "police", "health", "event", "", "health-specialist", "nothing"),
        ("team_manager", "health", "health", "event", "", "health-specialist", "signpost"),
        ("detective", "police", "childrens_services", "event", "", "restricted", "nothing"),
        ("social_worker", "childrens_services", "childrens_services", "event", "", "restricted", "allow"),
        ("business_support", "childrens_services", "police", "event", "", "standard", "allow"),
        ("business_support", "childrens_services", "police", "narrative", "", "standard", "nothing"),
        ("business_support", "childrens_services", "police", "person_record", "", "standard", "allow"),
        (
            "business_support",
            "childrens_services",
            "police",
            "person_characteristic",
            "",
            "standard",
            "nothing",
        ),
        ("business_support", "police", "police", "person_characteristic", "", "standard", "nothing"),
        ("social_worker", "childrens_services", "police", "person_characteristic", "", "standard", "allow"),
        ("detective", "police", "childrens_services", "person_characteristic", "C", "standard", "nothing"),
        ("information_governance", "childrens_services", "police", "event", "", "standard", "nothing"),
        ("detective", "police", "charity", "event", "a code nobody knows", "standard", "nothing"),
        ("cleaner", "police", "police", "event", "", "standard", "nothing"),
    ],
)
def test_what_each_role_sees(role, agency, of, kind, handling, sensitivity, sees):
    assert see(role, agency, Fact(agency=of, kind=kind, handling=handling, sensitivity=sensitivity)) == sees


@pytest.mark.parametrize(
    ("reasons", "sees"),
    [
        ([], "nothing"),
        (["education"], "nothing"),
        (["police"], "allow"),
        (["worker:bea"], "allow"),
        (["education", "charity"], "allow"),
    ],
)
def test_a_register_shows_nothing_until_somebody_else_has_a_reason(reasons, sees):
    fact = Fact(agency="education", kind="person_record", cohort=Cohort.REGISTER)
    assert see("social_worker", "childrens_services", fact, reasons=reasons) == sees
    assert see("education_lead", "education", fact, reasons=reasons) == sees


def test_the_purpose_is_part_of_the_question():
    fact = Fact(agency="police", kind="event")
    assert see("social_worker", "childrens_services", fact, purpose="audit") == "nothing"
    assert see("operator", "", fact, purpose="data_quality") == "allow"
    assert see("operator", "", fact, purpose="safeguarding_child") == "nothing"


def test_a_rule_is_in_force_between_its_days_only():
    row = AccessRule(
        "r", "nurse", ANY, ANY, ANY, ANY, ANY, Outcome.ALLOW, date(2026, 1, 1), date(2026, 4, 7), "test"
    )
    fact = Fact(agency="police", kind="event")
    seen = [see("nurse", "health", fact, table=[row], on=date(2026, m, d)) for m, d in ((4, 6), (4, 7))]
    assert seen == ["allow", "nothing"]
    assert see("nurse", "health", fact, table=[row], on=date(2025, 12, 31)) == "nothing"


roles = st.sampled_from(sorted(codes("roles")))
facts = st.builds(
    Fact, agency=st.sampled_from(AGENCIES), kind=st.sampled_from(KINDS), handling=st.sampled_from([*HANDLING_ORDER, "Z"]),
    sensitivity=st.sampled_from([*SENSITIVITY_ORDER, "cosmic"]), cohort=st.sampled_from(list(Cohort)),
)  # fmt: skip
purposes = st.sampled_from(sorted(codes("purposes")))
reasons = st.frozensets(st.sampled_from([*AGENCIES, "worker:bea"]))
agencies = st.sampled_from(AGENCIES)


@pytest.mark.slow
@given(roles, agencies, facts, purposes, reasons)
def test_without_a_table_nobody_sees_anything(role, agency, fact, purpose, why):
    assert see(role, agency, fact, purpose=purpose, reasons=why, table=[]) == "nothing"


@pytest.mark.slow
@given(roles, agencies, facts, purposes, reasons)
def test_guarded_handling_never_leaves_its_agency(role, agency, fact, purpose, why):
    if agency != fact.agency and fact.handling not in ("", "P", "legacy-2"):
        assert see(role, agency, fact, purpose=purpose, reasons=why) == "nothing"


@pytest.mark.slow
@given(roles, agencies, facts, purposes)
def test_specialist_health_content_is_the_nurses_alone(role, agency, fact, purpose):
    secret = replace(fact, sensitivity="health-specialist")
    if see(role, agency, secret, purpose=purpose, reasons=AGENCIES) == "allow":
        assert (role, agency) == ("nurse", fact.agency)


@pytest.mark.slow
@given(roles, agencies, facts, purposes, reasons)
def test_a_further_row_that_closes_never_opens(role, agency, fact, purpose, why):
    closing = AccessRule(
        "local", role, ANY, fact.kind, ANY, ANY, ANY, Outcome.NOTHING, date(2020, 1, 1), None, "test"
    )
    before = see(role, agency, fact, purpose=purpose, reasons=why)
    after = see(role, agency, fact, purpose=purpose, reasons=why, table=[*TABLE, closing])
    assert after in (before, "nothing")


@pytest.mark.slow
@given(st.text(), agencies, facts, purposes, reasons)
def test_an_unknown_role_sees_nothing(role, agency, fact, purpose, why):
    if role not in codes("roles"):
        assert see(role, agency, fact, purpose=purpose, reasons=why) == "nothing"


@pytest.mark.slow
@given(st.permutations(TABLE), roles, agencies, facts, purposes, reasons)
def test_the_order_of_rows_does_not_matter(table, role, agency, fact, purpose, why):
    assert see(role, agency, fact, purpose=purpose, reasons=why, table=table) == see(
        role, agency, fact, purpose=purpose, reasons=why
    )


@pytest.mark.slow
@given(st.lists(facts), st.lists(facts))
def test_the_strictest_of_all_is_the_strictest_of_the_parts(left, right):
    parts = [Fact("x", "x", *strictest(some)) for some in (left, right)]
    assert strictest([*left, *right]) == strictest(parts) == strictest([*right, *left])


@pytest.mark.parametrize(
    ("handlings", "expected"),
    [
        ([], ""),
        (["", "P"], "P"),
        (["C", "P"], "C"),
        (["legacy-2", "legacy-5"], "legacy-5"),
        (["Z", "C"], "Z"),
    ],
)
def test_the_strictest_handling(handlings, expected):
    assert strictest(Fact("police", "event", h) for h in handlings)[0] == expected


def test_every_row_of_the_table_has_a_source_and_known_words():
    for row in TABLE:
        assert row.source
        assert row.role in {*codes("roles"), ANY}
        assert row.purpose in {*codes("purposes"), ANY}
        assert row.handling in {*HANDLING_ORDER, ANY}
        assert row.sensitivity in {*SENSITIVITY_ORDER, ANY}


OPEN_TO_ALL = [
    AccessRule(
        f"all-{handling}-{sensitivity}", ANY, ANY, ANY, handling, sensitivity, ANY, Outcome.ALLOW,
        date(2020, 1, 1), None, "a table written by mistake",
    )
    for handling in HANDLING_ORDER
    for sensitivity in SENSITIVITY_ORDER
]  # fmt: skip


@pytest.mark.parametrize(
    ("role", "agency", "handling", "sensitivity", "sees"),
    [
        ("detective", "police", "C", "standard", "signpost"),
        ("nurse", "charity", "legacy-4", "standard", "signpost"),
        ("nurse", "charity", "legacy-5", "standard", "signpost"),
        ("nurse", "charity", "legacy-1", "standard", "allow"),
        ("nurse", "charity", "", "health-specialist", "signpost"),
        ("nurse", "charity", "", "restricted", "nothing"),
        ("nurse", "charity", "", "restricted-health-specialist", "nothing"),
        ("nurse", "health", "C", "health-specialist", "allow"),
        ("nurse", "health", "C", "restricted-health-specialist", "allow"),
        ("team_manager", "health", "", "health-specialist", "signpost"),
        ("team_manager", "health", "C", "restricted", "allow"),
        ("team_manager", "health", "", "restricted-health-specialist", "signpost"),
    ],
)
def test_the_most_that_even_a_table_that_opens_everything_can_give(role, agency, handling, sensitivity, sees):
    fact = Fact(agency="health", kind="event", handling=handling, sensitivity=sensitivity)
    assert see(role, agency, fact, table=OPEN_TO_ALL) == sees


@pytest.mark.slow
@given(roles, agencies, facts, purposes, reasons)
def test_a_register_is_shut_whatever_the_table_says(role, agency, fact, purpose, why):
    register = replace(fact, cohort=Cohort.REGISTER)
    if not why - {fact.agency}:
        assert see(role, agency, register, purpose=purpose, reasons=why, table=OPEN_TO_ALL) == "nothing"


@pytest.mark.parametrize("cohort", ["register", "everyone", ""])
def test_a_cohort_read_from_a_build_or_not_known_is_a_register(cohort):
    fact = Fact(agency="education", kind="person_record", cohort=cohort)
    assert see("social_worker", "childrens_services", fact) == "nothing"
    assert see("social_worker", "childrens_services", fact, reasons=["police"]) == "allow"


def test_nobody_owns_what_names_no_agency():
    fact = Fact(agency="", kind="event", handling="C")
    assert see("detective", "", fact) == "nothing"


@pytest.mark.slow
@given(roles, agencies, facts, purposes, reasons)
def test_no_sentence_but_an_allowing_one_says_more_than_which_agency(role, agency, fact, purpose, why):
    viewer = Viewer(user_id="ana", name="Ana", agency=agency, role=role)
    for table in (TABLE, OPEN_TO_ALL):
        decision = decide(
            viewer=viewer, subject=Subject("P1", why), fact=fact, purpose=purpose, on=ON, table=table
        )
        assert str(decision.sentence)
        if decision.outcome is Outcome.NOTHING or fact.sensitivity != "standard":
            assert fact.agency not in str(decision.sentence) or decision.is_allowed
        assert set(decision.sentence.values) <= {"agency"}


@pytest.mark.slow
@given(roles, agencies, facts, facts)
def test_what_is_made_of_two_facts_opens_to_nobody_to_whom_either_is_shut(role, agency, one, other):
    # Within one agency and kind, which is where a join's own class is decided.
    one = replace(one, cohort=Cohort.CASE)
    other = replace(other, agency=one.agency, kind=one.kind, cohort=Cohort.CASE)
    handling, sensitivity = strictest([one, other])
    joined = replace(one, handling=handling, sensitivity=sensitivity)
    if see(role, agency, joined) == "allow":
        assert see(role, agency, one) == see(role, agency, other) == "allow"


@pytest.mark.parametrize(
    ("sensitivities", "expected"),
    [
        (["standard", "restricted"], "restricted"),
        (["restricted", "health-specialist"], "restricted-health-specialist"),
        (["health-specialist", "standard"], "health-specialist"),
        (["restricted", "standard", "health-specialist"], "restricted-health-specialist"),
        (["restricted-health-specialist", "standard"], "restricted-health-specialist"),
        (["cosmic", "restricted"], "cosmic"),
    ],
)
def test_the_strictest_sensitivity(sensitivities, expected):
    assert strictest(Fact("police", "event", "", s) for s in sensitivities)[1] == expected


def test_a_reason_of_nobody_is_no_reason():
    fact = Fact(agency="education", kind="person_record", cohort=Cohort.REGISTER)
    assert see("social_worker", "childrens_services", fact, reasons=["", "worker:"]) == "nothing"


@pytest.mark.parametrize(
    ("agency", "handling", "sensitivity", "table", "sentence", "rule"),
    [
        ("charity", "", "standard", TABLE, "This is your own agency's.", "own-open"),
        ("police", "P", "standard", TABLE, "police shares this with your role", "partners-open"),
        ("police", "C", "standard", TABLE, "No rule lets your role see this", ""),
        ("police", "C", "standard", OPEN_TO_ALL, "police knows this person. Phone them", "ceiling-originator"),
        ("police", "Z", "standard", TABLE, "No rule lets your role see this", ""),
        ("health", "", "health-specialist", TABLE, "Health, specialist nurse, knows", "specialist-health-signpost"),
        ("health", "", "health-specialist", OPEN_TO_ALL, "Health, specialist nurse, knows", "ceiling-specialist"),
        ("police", "", "restricted", OPEN_TO_ALL, "A rule keeps this from your role", "ceiling-restricted"),
    ],
)  # fmt: skip
def test_what_is_said_and_which_rule_said_it(agency, handling, sensitivity, table, sentence, rule):
    decision = decide(
        viewer=Viewer("ana", "Ana", "charity", "parent_liaison"),
        subject=Subject("P1"),
        fact=Fact(agency, "event", handling, sensitivity),
        purpose="safeguarding_child",
        on=ON,
        table=table,
    )
    assert str(decision.sentence).startswith(sentence)
    assert decision.rule.startswith(rule)
    assert bool(decision.rule) is bool(rule)


@pytest.mark.parametrize(
    ("row", "sees"),
    [
        ({"outcome": Outcome.SIGNPOST}, "signpost"),
        ({"outcome": Outcome.NOTHING}, "nothing"),
        ({"outcome": Outcome.NOTHING, "role": ANY}, "allow"),
    ],
)
def test_of_equally_specific_rows_the_strictest_wins_and_a_more_specific_one_before_it(row, sees):
    opening = AccessRule("a", "nurse", ANY, ANY, ANY, ANY, ANY, Outcome.ALLOW, date(2020, 1, 1), None, "test")
    fact = Fact(agency="police", kind="event")
    for table in ([opening, replace(opening, **row)], [replace(opening, **row), opening]):
        assert see("nurse", "health", fact, table=table) == sees


def test_healths_own_nurse_is_told_that_it_is_her_own_agencys():
    decision = decide(
        viewer=Viewer("ana", "Ana", "health", "nurse"),
        subject=Subject("P1"),
        fact=Fact("health", "event", "", "health-specialist"),
        purpose="safeguarding_child",
        on=ON,
        table=TABLE,
    )
    assert str(decision.sentence) == "This is your own agency's."


ALL_OPEN = [
    AccessRule("all", ANY, ANY, ANY, ANY, ANY, ANY, Outcome.ALLOW, date(2020, 1, 1), None, "test"),
]


@pytest.mark.parametrize(
    ("role", "kind", "purpose", "handling", "sensitivity", "sees"),
    [
        ("detective", "event", "disruption", "P", "standard", "allow"),
        ("business_support", "event", "data_quality", "", "standard", "allow"),
        ("cleaner", "event", "disruption", "", "standard", "nothing"),
        ("", "event", "disruption", "", "standard", "nothing"),
        ("operator", "event", "disruption", "", "standard", "nothing"),
        ("information_governance", "event", "disruption", "", "standard", "nothing"),
        ("detective", "audit", "disruption", "", "standard", "nothing"),
        ("detective", "blood_test", "disruption", "", "standard", "nothing"),
        ("detective", "event", "curiosity", "", "standard", "nothing"),
        ("detective", "event", "", "", "standard", "nothing"),
        ("detective", "event", "audit", "", "standard", "nothing"),
        ("detective", "event", "disruption", "legacy-1", "standard", "nothing"),
        ("detective", "event", "disruption", "Z", "standard", "nothing"),
        ("detective", "event", "disruption", "", "restricted", "nothing"),
    ],
)
def test_a_row_of_stars_opens_only_what_is_known_and_unguarded(
    role, kind, purpose, handling, sensitivity, sees
):
    fact = Fact(agency="police", kind=kind, handling=handling, sensitivity=sensitivity)
    assert see(role, "police", fact, purpose=purpose, table=ALL_OPEN) == sees


def test_what_a_star_stands_for_are_codes_of_the_tables():
    assert set(codes("roles")) - {"operator", "information_governance", "guardian"} == OPEN_ROLES
    assert set(codes("purposes")) - {"audit"} == OPEN_PURPOSES
    parts_of_them = {"person_characteristic"}
    assert (
        {table.name for table in EXCHANGE_TABLES} | parts_of_them | {"case", *OF_A_CASE}
        == OPEN_KINDS
        == set(KINDS_KNOWN) - {"audit"}
    )


@pytest.mark.slow
@given(roles, agencies, facts, purposes, reasons)
def test_nothing_is_seen_before_the_first_day_of_the_table(role, agency, fact, purpose, why):
    first = min(rule.from_on for rule in TABLE)
    assert see(role, agency, fact, purpose=purpose, reasons=why, on=first - timedelta(days=1)) == "nothing"


OPENNESS = ["nothing", "signpost", "allow"]


@pytest.mark.slow
@settings(max_examples=400)
@given(roles, agencies, facts, purposes, reasons, st.sampled_from([*HANDLING_ORDER, "Z"]))
def test_a_stricter_handling_is_never_seen_by_more(role, agency, fact, purpose, why, other):
    order = [*HANDLING_ORDER, "Z"]
    looser, stricter = sorted((fact.handling, other), key=order.index)
    for table in (TABLE, OPEN_TO_ALL, ALL_OPEN):
        seen = [
            see(role, agency, replace(fact, handling=code), purpose=purpose, reasons=why, table=table)
            for code in (looser, stricter)
        ]
        assert OPENNESS.index(seen[1]) <= OPENNESS.index(seen[0])


@pytest.mark.slow
@settings(max_examples=400)
@given(roles, agencies, facts, purposes, reasons)
def test_a_guarded_sensitivity_is_never_seen_by_more(role, agency, fact, purpose, why):
    for table in (TABLE, OPEN_TO_ALL, ALL_OPEN):
        plain = see(
            role, agency, replace(fact, sensitivity="standard"), purpose=purpose, reasons=why, table=table
        )
        if plain == "allow" or table is ALL_OPEN:
            guarded = see(role, agency, fact, purpose=purpose, reasons=why, table=table)
            assert OPENNESS.index(guarded) <= OPENNESS.index(plain)


@pytest.mark.slow
@given(roles, agencies, facts, purposes, reasons, reasons)
def test_to_take_a_reason_away_never_opens(role, agency, fact, purpose, why, fewer):
    for table in (TABLE, OPEN_TO_ALL):
        more = see(role, agency, fact, purpose=purpose, reasons=why | fewer, table=table)
        less = see(role, agency, fact, purpose=purpose, reasons=why & fewer, table=table)
        assert OPENNESS.index(less) <= OPENNESS.index(more)


@pytest.mark.slow
@given(roles, agencies, st.lists(facts, min_size=1), facts, purposes)
def test_to_join_one_more_never_opens(role, agency, joined, more, purpose):
    def opens(parts):
        handling, sensitivity = strictest(parts)
        made = replace(joined[0], handling=handling, sensitivity=sensitivity, cohort=Cohort.CASE)
        return see(role, agency, made, purpose=purpose) == "allow"

    assert opens(joined) or not opens([*joined, more])


def test_an_own_restricted_record_that_is_only_signposted_is_not_called_the_nurses():
    signpost = AccessRule(
        "own", "analyst", "own", ANY, ANY, "restricted", ANY, Outcome.SIGNPOST, date(2020, 1, 1), None, "test"
    )
    decision = decide(
        viewer=Viewer("ana", "Ana", "police", "analyst"), subject=Subject("P1"), fact=Fact("police", "event", "", "restricted"),
        purpose="disruption", on=ON, table=[signpost],
    )  # fmt: skip
    assert str(decision.sentence).startswith("police knows this person")


@pytest.mark.parametrize(
    ("column", "named"),
    [
        ("role", "nurse"),
        ("agency", "other"),
        ("kind", "event"),
        ("handling", "P"),
        ("sensitivity", "standard"),
        ("purpose", "safeguarding_child"),
    ],
)
@pytest.mark.parametrize("outcome", [Outcome.ALLOW, Outcome.SIGNPOST, Outcome.NOTHING])
def test_a_row_that_names_a_column_comes_before_one_that_does_not(column, named, outcome):
    general = AccessRule("z", ANY, ANY, ANY, ANY, ANY, ANY, Outcome.NOTHING, date(2020, 1, 1), None, "test")
    named_row = replace(general, rule="a", outcome=outcome, **{column: named})
    fact = Fact(agency="police", kind="event", handling="P")
    assert see("nurse", "health", fact, table=[general, named_row]) == outcome.value


def test_a_row_is_in_force_on_its_first_day():
    row = AccessRule("r", "nurse", ANY, ANY, ANY, ANY, ANY, Outcome.ALLOW, date(2026, 1, 1), None, "test")
    assert see("nurse", "health", Fact("police", "event"), table=[row], on=date(2026, 1, 1)) == "allow"


def test_a_code_nobody_knows_is_the_originators_even_when_a_row_names_it():
    row = AccessRule("r", "nurse", ANY, ANY, "Z", ANY, ANY, Outcome.ALLOW, date(2020, 1, 1), None, "test")
    assert see("nurse", "health", Fact("police", "event", "Z"), table=[row]) == "signpost"
    assert see("nurse", "health", Fact("health", "event", "Z"), table=[row]) == "allow"


def test_of_rows_alike_the_same_is_named_whatever_their_order():
    first = AccessRule("a", "nurse", ANY, ANY, ANY, ANY, ANY, Outcome.ALLOW, date(2020, 1, 1), None, "test")
    rows = [first, replace(first, rule="b")]
    asked = {"viewer": Viewer("ana", "Ana", "health", "nurse"), "subject": Subject("P1"), "fact": Fact("police", "event")}  # fmt: skip
    named = {decide(**asked, purpose="disruption", on=ON, table=t).rule for t in (rows, rows[::-1])}
    assert named == {"b"}


def test_of_two_codes_nobody_knows_the_same_is_the_strictest_whatever_their_order():
    parts = [Fact("police", "event", "Y", "cosmic"), Fact("police", "event", "Z", "eldritch")]
    assert strictest(parts) == strictest(parts[::-1]) == ("Z", "eldritch")


@pytest.mark.parametrize(
    ("subject", "kind", "sees", "rule"),
    [
        ({}, "meeting", "allow", "all"),
        ({"barred": {"bo"}, "sealed_to": {"ana"}, "parts": {"police"}}, "meeting", "allow", "all"),
        (
            {"barred": {"ana"}, "sealed_to": {"ana"}, "parts": {"police"}},
            "event",
            "nothing",
            "ceiling-relationship",
        ),
        ({"sealed_to": {"bo"}, "parts": {"police"}}, "meeting", "nothing", "ceiling-sealed"),
        ({"sealed_to": set()}, "event", "nothing", "ceiling-sealed"),
        ({"parts": {"health"}}, "meeting", "signpost", "ceiling-case"),
        ({"parts": {"health"}}, "case_entry", "signpost", "ceiling-case"),
        ({"parts": set()}, "case_entry", "signpost", "ceiling-case"),
        # That there is a case is told more widely.
        ({"parts": {"health"}}, "case", "allow", "all"),
    ],
)
def test_who_is_barred_who_takes_part_and_to_whom_it_is_sealed_holds_whatever_the_table_says(
    subject, kind, sees, rule
):
    decision = decide(
        viewer=Viewer("ana", "Ana", "police", "detective"),
        subject=Subject(
            "P1", frozenset({"health"}), **{key: frozenset(some) for key, some in subject.items()}
        ),
        fact=Fact("police", kind),
        purpose="safeguarding_child",
        on=ON,
        table=ALL_OPEN,
    )
    assert (decision.outcome.value, decision.rule) == (sees, rule)
