"""The reference page on clocks, from the catalogue."""

from __future__ import annotations

from engage.casework.clocks.calendars import CALENDARS, NATIONS
from engage.casework.clocks.catalogue import load
from engage.casework.clocks.rules import ABOUT, CERTAINTIES, Clock, Kind, Length, State, Unit, Which


KINDS = {
    Kind.DEADLINE: "to be done by then",
    Kind.AS_SOON_AS_POSSIBLE: "as soon as possible: what was used is shown, and an outer limit where there is one",
    Kind.NOT_BEFORE: "not before then",
    Kind.BEFORE: "so long before what is planned, counted backwards",
    Kind.EXPIRY: "an order or notice ends then, or when it says",
    Kind.WINDOW: "shown until then",
}
WHICH = {
    Which.EACH: "every start begins a run of its own",
    Which.FIRST: "the first start since the last ending counts",
    Which.LAST: "the last start counts, while time is not up",
}
STATES = {
    State.NOT_STARTED: "nothing began it",
    State.RUNNING: "it runs, and there is time",
    State.WARNING: "it runs, and time is up soon",
    State.OVERDUE: "time is up, and nothing that ends it was told",
    State.PAUSED: "it stands still, as a named person authorised",
    State.IN_TIME: "ended in time",
    State.LATE: "ended when time was up",
    State.ENDED: "ended; no limit says whether that was in time",
    State.TOO_EARLY: "done before it should have been",
    State.OPEN: "may be done from now on",
    State.OVER: "shown no longer",
    State.NOT_KNOWN: "the times that were told can mean both",
}
KEYS = {
    "code, title, means": "What it is called and what it is. An area's file with a code that is there names only what it wants otherwise.",
    "kind": "; ".join(f"`{kind}` {words}" for kind, words in KINDS.items()) + ".",
    "length": f"A number and one of {', '.join(f'`{unit}`' for unit in Unit)}, as `15 working_day`. Left out where there is none. `\"stated: return_interview\"`: as the list of missing children states it.",
    "starts, which, from_number": "The events that begin it. " + "; ".join(f"`{w}`: {words}" for w, words in WHICH.items()) + ". `from_number: 3`: from the third on.",
    "ends, needs_all, ends_every": "The events that end it; with `needs_all: true` every one of them has to be told. With `ends_every: true` one of them ends every run that began before it.",
    "stops": "Events after which there is nothing left to do: `C5` stops when enquiries end without a conference.",
    "pauses": "Rows of `event` and `until`. A pause counts only with a named authoriser, and only while time is not up.",
    "extensions": "Rows of `event`, `by` (a length in the same unit) and `at_most`. The same holds for them.",
    "warn": "How long ahead it warns: a length.",
    "about": "Which kinds of case or subject: " + ", ".join(f"`{code}` {words}" for code, words in ABOUT.items()) + ".",
    "calendar": f"Whose working days, where not the area's: {', '.join(f'`{code}`' for code in CALENDARS)} (`any_nation`: a bank holiday anywhere in the United Kingdom is no working day).",
    "nations": "The nations that it is a rule of; all, where it is left out.",
    "is_local, whose": "An area's rule says so, and whose it is.",
    "variant_of": "The clock that counts the same thing otherwise. Both are counted; an area says which is shown first.",
    "rolls": "`true`: a last day that is no working day gives way to the next working day.",
    "is_on": "`false`: not counted.",
    "source, certainty": "Where the rule is written, and how sure that is: " + " ".join(f"`{code}` {words}" for code, words in CERTAINTIES.items()),
    "not_here": "Why nothing in Engage tells it: then it is counted by nobody, and the reference says so.",
    "effective, until, note": "From which day, and before which day, it counts: what starts on a day counts by the version in force on it. A note is shown with the clock.",
}  # fmt: skip


def page() -> str:
    """The whole page."""
    catalogues = [load(nation=nation) for nation in NATIONS]
    clocks = {
        code: versions[-1]
        for catalogue in reversed(catalogues)
        for code, versions in catalogue.clocks.items()
    }
    ordered = sorted(clocks.values(), key=lambda one: (int("".join(filter(str.isdigit, one.code))), one.code))
    parts = [
        "# Clocks\n",
        (
            "By when something must be done, from what on, by which calendar, and who says so. [Why the clock says that](../explanation/why-the-clock-says-that.md). "
            "Rules change: this is data with a source, no legal advice, and whoever answers for a clock checks it in its source. A rule that is one area's says so. Where a source states "
            "no day from which its rule holds, it is counted from 4 July 2018, the day of the edition of Working Together to Safeguard Children that it rests on.\n"
        ),
        "## All clocks\n",
        "| code | title | length | from | to | whose rule |\n| --- | --- | --- | --- | --- | --- |",
    ]
    parts += [_row(one) for one in ordered]
    parts += ["", *(_clock(one) for one in ordered)]
    parts += [
        "## States\n",
        "| state | means |\n| --- | --- |",
        *(f"| `{state}` | {STATES[state]} |" for state in State),
    ]
    parts += [
        "\n## Clocks of an area\n",
        (
            "`AREA/clocks/*.yaml`: one clock a file. It says `code`, `is_local: true`, `whose`, `effective`, and what it has otherwise. `nation` in `area.yaml` is one of "
            f"{', '.join(f'`{nation}`' for nation in NATIONS)}; England unless it says otherwise. `AREA/clocks/settings.yaml` may hold:\n"
        ),
        "```yaml\nshown_first: {C5: C5a}     # which of those that count the same is shown first\nclosed:                    # days that are no working days of local clocks; national clocks are not made longer\n  - {day: 2026-12-29, why: Offices are closed between the holidays}\n```\n",
        "`engage clocks check AREA` says what is wrong in them.\n",
        "| key | says |\n| --- | --- |",
        *(f"| {', '.join(f'`{key}`' for key in keys.split(', '))} | {words} |" for keys, words in KEYS.items()),
        "\n## Events\n",
        "What forms, moves, meetings and extracts tell to clocks.\n",
        "| code | title | means |\n| --- | --- | --- |",
        *(f"| `{one.code}` | {one.title} | {' '.join(filter(None, (one.means, one.why)))} |" for one in catalogues[0].events.values()),
    ]  # fmt: skip
    return "\n".join(parts) + "\n"


def _row(one: Clock) -> str:
    return f"| {one.code} | {one.title} | {_length(one.length)} | {_codes(one.starts)} | {_codes(one.ends)} | {_whose(one)} |"


def _codes(codes: tuple[str, ...]) -> str:
    return ", ".join(f"`{code}`" for code in codes)


def _whose(one: Clock) -> str:
    nations = ", ".join(nation.replace("_", " ").title() for nation in one.nations) or "all nations"
    return f"local: {one.whose}" if one.is_local else nations


def _length(length: Length | None) -> str:
    if length is None:
        return ""
    return f"{length.count} {length.unit.replace('_', ' ')}{'' if length.count == 1 else 's'}"


def _clock(one: Clock) -> str:
    said = [KINDS[one.kind].capitalize() + "."]
    said += ["Needs all of its endings."] if one.needs_all else []
    said += ["One ending ends every run that began before it."] if one.ends_every else []
    said += [
        f"{WHICH[one.which].capitalize()}{f', from number {one.from_number} on' if one.from_number > 1 else ''}."
    ]
    said += [f"Nothing is left to do after {_codes(one.stops)}."] if one.stops else []
    said += [f"Stands still from `{p.event}` to `{p.until}`." for p in one.pauses]
    said += [f"Made longer by `{e.event}`{f' ({_length(e.by)}, {e.at_most} time{chr(115) if e.at_most > 1 else str()} at most)' if e.by.count else ''}." for e in one.extensions]  # fmt: skip
    said += [f"Warns {_length(one.warn)} ahead."] if one.warn else []
    said += [f"Counts the same thing as {one.variant_of}."] if one.variant_of else []
    said += ["Off by default."] if not one.is_on else []
    said += [one.note] if one.note else []
    said += [f"**Nothing tells it here.** {one.not_here}"] if one.not_here else []
    rule = f"a local rule ({one.whose}): no other area is bound by it" if one.is_local else _whose(one)
    return (
        f"### {one.code} {one.title}\n\n{one.means}\n\n{' '.join(said)}\n\n"
        f"For {', '.join(ABOUT[code] for code in one.about)}; {rule}. Source: {one.source}. {CERTAINTIES[one.certainty]} In force from {one.effective_on}.\n"
    )
