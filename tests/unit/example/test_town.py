"""Is the town what its page says it is?"""

from collections import Counter, defaultdict
from datetime import date, timedelta

import pytest

from engage.example import naming
from engage.example.area import SEED
from engage.example.town import make_town
from tests.house.tree import ROOT


pytestmark = pytest.mark.slow

# The chi-squared value that chance passes once in a thousand, by degrees of freedom.
ONCE_IN_A_THOUSAND = {1: 10.83, 2: 13.82, 3: 16.27, 4: 18.47, 5: 20.52, 6: 22.46, 7: 24.32, 8: 26.12}


def _harm(town):
    return (
        {
            c.person_id: (c.exploited, c.onset_on, c.trouble, c.visibility, c.group_ids)
            for c in town.children.values()
        },
        {
            g.group_id: (g.kind, g.exploiters, g.victims, g.place_ids, g.vehicle_ids, g.numbers)
            for g in town.groups.values()
        },
    )


def test_the_same_seed_gives_the_same_town_and_another_does_not(town):
    assert make_town(seed=7, people=1500) == town
    assert _harm(make_town(seed=8, people=1500)) != _harm(town)


@pytest.mark.parametrize("people", [300, 900, 3000])
def test_any_size(people):
    made = make_town(seed=2, people=people)
    assert len(made.people) == people
    assert any(child.exploited for child in made.children.values())
    assert {"group", "relative", "staff", "peer"} <= {group.kind for group in made.groups.values()}


def test_too_small_a_town_is_refused():
    with pytest.raises(ValueError, match="at least 300"):
        make_town(seed=1, people=299)


def test_harm_is_drawn_before_origin_so_other_origins_give_the_same_harm(town, monkeypatch):
    monkeypatch.setattr(naming, "origin_shares", lambda: {"vietnamese": 0.5, "traveller": 0.5})
    other = make_town(seed=7, people=1500)
    assert {p.ethnicity for p in other.people.values()} != {p.ethnicity for p in town.people.values()}
    assert _harm(other) == _harm(town)
    assert {key: why for key, why in other.decoys.items() if "namesake" not in why} == {
        key: why for key, why in town.decoys.items() if "namesake" not in why
    }


@pytest.mark.parametrize("who", ["exploited", "exploiter", "in trouble"])
def test_harm_differs_between_ethnicities_by_chance_only(who):
    counts = defaultdict(Counter)
    for seed in range(30, 36):
        made = make_town(seed=seed, people=1200)
        harmful = {p for group in made.groups.values() for p in group.exploiters}
        for person in made.people.values():
            child = made.children.get(person.person_id)
            asked = {
                "exploited": child and child.exploited,
                "exploiter": person.person_id in harmful,
                "in trouble": child and child.trouble,
            }
            if child or who == "exploiter":
                counts[person.ethnicity][bool(asked[who])] += 1
    _assert_by_chance(counts)


def _assert_by_chance(counts):
    """A chi-squared test of no difference; ethnicities in which fewer than five are expected are taken together."""
    share = sum(c[True] for c in counts.values()) / sum(c.total() for c in counts.values())
    cells = Counter()
    for ethnicity, count in counts.items():
        key = ethnicity if count.total() * share >= 5 else "others"
        cells[key, True] += count[True]
        cells[key, False] += count[False]
    keys = {key for key, _ in cells}
    value = 0.0
    for key in keys:
        size = cells[key, True] + cells[key, False]
        for answer, part in ((True, share), (False, 1 - share)):
            value += (cells[key, answer] - size * part) ** 2 / (size * part)
    assert len(keys) > 1
    assert value < ONCE_IN_A_THOUSAND[len(keys) - 1]


def test_the_truth_holds_everybody_whom_the_page_promises():
    made = make_town(seed=11, people=3000)
    children = made.children.values()
    exploited = [c for c in children if c.exploited]
    assert 5 <= sum(bool(c.trouble) for c in children) / len(exploited) <= 6
    assert all(c.onset_on and c.group_ids and c.visibility for c in exploited)
    assert any(c.names_others for c in exploited)
    assert not any(c.trouble for c in exploited)
    assert {"twins", "father_son_same_name", "namesake_of_exploiter"} <= {why for _, _, why in made.namesakes}
    reasons = {why.split(":")[0] for why in made.decoys.values()}
    assert {
        "hub",
        "care_home_staff",
        "peer_of_exploited_child",
        "family_of_exploited_child",
        "venue_staff_reporter",
    } <= reasons


def test_nobody_harmful_is_a_decoy(town):
    harmful = {p for group in town.groups.values() for p in group.exploiters}
    assert not harmful & {thing for kind, thing in town.decoys if kind == "person"}


def test_siblings_have_different_names(town):
    fathers = {pair[:2] for pair in town.namesakes if pair[2] == "father_son_same_name"}
    homes = defaultdict(list)
    for person in town.people.values():
        homes[person.home_id].append(person)
    for members in homes.values():
        children = [
            p for p in members if p.relation == "child" and not any(p.person_id in pair for pair in fathers)
        ]
        shared = [
            p for p in town.namesakes if p[2] != "twins" and {p[0], p[1]} & {c.person_id for c in children}
        ]
        if not shared:
            assert len({p.forename for p in children}) == len(children)


def test_everything_happened_in_the_two_years_and_was_heard_of_afterwards(town):
    assert town.from_on == town.until_on - timedelta(days=730)
    for event in town.events:
        assert town.from_on <= event.at.date() <= event.received_on <= town.until_on
        assert event.at.date() < town.until_on  # on the last day the demo's clock stands in the morning
        assert all(town.people[part.person_id].born_on <= event.at.date() for part in event.parts)
    assert max(event.received_on for event in town.events) >= town.until_on - timedelta(days=1)
    lags = [(event.received_on - event.at.date()).days for event in town.events]
    assert sum(lag > 0 for lag in lags) > len(lags) / 2


def test_what_drives_an_event_is_said_only_where_somebody_is_exploited(town):
    for event in town.events:
        for part in event.parts:
            child = town.children.get(part.person_id)
            if (
                part.driven
                and child
                and not any(part.person_id in g.exploiters for g in town.groups.values())
            ):
                assert child.exploited
                assert child.onset_on <= event.at.date()


def test_counting_events_does_not_find_the_exploited():
    """Children with other troubles are noticed at least as often, by every agency and by all together."""
    made = make_town(seed=12, people=6000)
    seen = defaultdict(Counter)
    for event in made.events:
        for part in event.parts:
            if part.person_id in made.children and part.role not in ("reporting person", "witness"):
                seen[event.agency][part.person_id] += 1
                seen["all"][part.person_id] += 1
    exploited = {c.person_id for c in made.children.values() if c.exploited}
    for counts in seen.values():
        top = {person for person, _ in counts.most_common(len(exploited))}
        assert len(top & exploited) < 0.4 * len(exploited)


def test_joined_evidence_suffices_for_most(town):
    exploited = [c for c in town.children.values() if c.exploited]
    enough = [c for c in exploited if c.evidence_on]
    assert len(enough) >= 0.5 * len(exploited)
    assert all(c.evidence_on >= c.onset_on for c in enough)


@pytest.mark.parametrize(("seed", "people"), [(7, 300), (20260407, 300), (7, 1500), (20260407, 6000)])
def test_on_the_last_morning_children_are_missing_and_back_and_some_went_together_before(seed, people):
    town = make_town(seed=seed, people=people)
    away, found = defaultdict(list), defaultdict(list)
    for event in town.events:
        if event.fields.get("kind") in ("missing", "found"):
            (away if event.fields["kind"] == "missing" else found)[event.parts[0].person_id].append(event)

    def is_away(child):
        return not any(f.at > away[child][-1].at for f in found[child])

    last = town.until_on - timedelta(days=4)
    missing = {
        c for c in away if away[c][-1].at.date() >= last and is_away(c) and town.age(c, town.until_on) < 18
    }
    back = {c for c in away if found[c] and found[c][-1].at.date() >= last and not is_away(c)}
    together = Counter(
        (f.at.date(), f.place_id)
        for events in found.values()
        for f in events
        if f.place_id and f.kind == "MISPER"
    )
    assert len(missing) >= 2
    assert back
    assert max(together.values()) >= 2


def test_the_tutorial_tells_of_the_town_that_the_demo_makes():
    text = " ".join(
        (ROOT / "docs" / "tutorials" / "from-a-missing-report.md").read_text(encoding="utf-8").split()
    )
    town = make_town(seed=SEED, people=6000)
    named = {f"{p.forename} {p.surname}": p.person_id for p in town.people.values()}
    told = defaultdict(list)
    for event in town.events:
        for part in event.parts:
            if event.fields.get("kind") in ("missing", "found"):
                told[part.person_id].append((event, part.role))
    paige, ruby, molly = (told[named[name]] for name in ("Paige Jones", "Ruby King", "Molly Jones"))

    for name, events in (("Paige Jones", paige), ("Ruby King", ruby)):
        assert f"**{name}**" in text
        assert (events[-1][0].fields["kind"], events[-1][0].at.date()) == (
            "missing",
            town.until_on - timedelta(days=1),
        )
    assert "**Molly Jones**" in text
    assert (molly[-1][0].fields["kind"], molly[-1][0].at.date()) == ("found", date(2026, 3, 28))
    assert town.age(named["Paige Jones"], town.until_on) == 12
    assert town.age(named["Ruby King"], town.until_on) == 17
    places = [town.places[event.place_id].line for event, _role in paige if event.place_id]
    assert places[-2:] == ["24 Beech Drive"] * 2
    assert "**24 Beech Drive**" in text
    assert "companion" in {role for _event, role in paige}
    vehicles = {town.vehicles[v].plate for event, _role in paige for v, _use in event.vehicles}
    assert "QQ58RDP" in {plate.replace(" ", "") for plate in vehicles}


def test_the_tutorial_of_two_girls_tells_of_the_town_that_the_demo_makes():
    text = " ".join(
        (ROOT / "docs" / "tutorials" / "from-two-missing-girls.md").read_text(encoding="utf-8").split()
    )
    town = make_town(seed=SEED, people=6000)
    named = defaultdict(set)
    for person in town.people.values():
        named[f"{person.forename} {person.surname}"].add(person.person_id)
    events = {
        name: [event for event in town.events for part in event.parts if part.person_id in named[name]]
        for name in ("Florence Robinson", "Grace Moore", "Chioma Warsame")
    }
    away = {
        name: {event.at.date() for event in some if event.fields.get("kind") == "missing"}
        for name, some in events.items()
    }
    assert all(f"**{name}**" in text for name in events)
    assert away["Florence Robinson"] == {date(2025, 9, 21)}
    assert len(away["Grace Moore"]) == 4
    assert max(away["Grace Moore"]) == date(2025, 12, 9)
    assert away["Chioma Warsame"] == set()
    both = [event for event in events["Grace Moore"] if event in events["Florence Robinson"]]
    assert [(event.at.date(), town.places[event.place_id].name) for event in both] == [
        (date(2025, 12, 20), "Lighthouse Kebabs")
    ]


def test_two_girls_share_no_school_and_were_twice_found_at_one_flat_of_which_the_charity_heard(town):
    noted = [one for one in town.events if one.table == "casework" and one.told and "nobody there is of" in one.told.text]  # fmt: skip
    girls = {one.parts[0].person_id for one in noted}
    (flat,) = {one.told.mentions[-1][4] for one in noted}
    assert len(girls) == 2
    assert town.places[flat].kind == "flat"
    found = Counter(one.parts[0].person_id for one in town.events if one.place_id == flat and one.parts[0].role == "missing person")  # fmt: skip
    assert all(found[girl] >= 2 for girl in girls)
    schools = {town.people[girl].school for girl in girls}
    assert len(schools) == 2
    # Of the one no school holds anything.
    assert "" in schools
    on_no_roll = {girl for girl in girls if not town.people[girl].school}
    assert not [one for one in town.events if one.agency == "education" and on_no_roll & {part.person_id for part in one.parts}]  # fmt: skip
