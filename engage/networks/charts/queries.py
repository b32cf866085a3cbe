"""The reading door of charts: what is around, between, there, and with whom on a night, as far as the viewer may see. One call, one audit row."""

from __future__ import annotations

from dataclasses import replace

from engage.governance import actions as governance
from engage.governance import queries as access
from engage.identities import assignments
from engage.networks.charts import saved
from engage.networks.charts.addresses import question_in
from engage.networks.charts.asking import charted, may_ask_about
from engage.networks.charts.rules import BETWEEN, MOST_NIGHTS, NIGHTS, PERSON, STARTS, Chart, End, Question
from engage.networks.charts.saved import Saved
from engage.networks.rules import named_in_log
from engage.picture.seeing import sight
from engage.store.warehouse import Build
from engage.vocabulary.access import Viewing
from engage.vocabulary.words import N_, EngageError, Sentence


class ChartNotShown(EngageError):
    """Of somebody or something that is asked about nothing may be shown to this viewer, or there is none: the same words for both."""

    exit_code = 5


class QuestionIncomplete(EngageError):
    """A question lacks what it needs to be answered."""


EXPORT = "export_chart"


def chart(*, viewing: Viewing, build: Build, question: Question) -> Chart:
    """The chart that answers a question. Raises ChartNotShown, QuestionIncomplete. Audited either way."""
    return _chart(viewing, build, question, "chart.view")


def chart_to_print(*, viewing: Viewing, build: Build, question: Question) -> Chart:
    """The same on paper, and audited as such. Raises ChartNotShown, QuestionIncomplete."""
    return _chart(viewing, build, question, "chart.print")


def chart_to_take_away(*, viewing: Viewing, build: Build, question: Question) -> Chart:
    """The same as a file: an export, and audited as one. Raises MayNotDo, PurposeUnknown, ChartNotShown, QuestionIncomplete."""
    access.check_purpose(viewing.purpose)
    governance.check_may(viewing=viewing, what=EXPORT, subject="chart")
    return _chart(viewing, build, question, "chart.export")


def saved_charts(*, viewing: Viewing, build: Build) -> list[Saved]:
    """The charts that the viewer, or somebody of the viewer's agency, saved, those saved or annotated last first; of colleagues' those about whom and what
    the viewer may see something, because a title tells of them. Audited."""
    found = [one for one in saved.of_agency(viewing) if _is_told(viewing, build, one)]
    subject = ",".join(str(one.number) for one in found) or "none"
    governance.record_view(
        viewing=viewing, action="charts.list", subject=subject, fields=["title"], decision="allow"
    )
    return found


def saved_chart(*, viewing: Viewing, build: Build, number: int) -> Saved:
    """One of these. Raises ChartUnknown: in the same words whether there is none, or it is another agency's, or about somebody hidden. Audited."""
    try:
        found = saved.one(viewing, number)
        if not _is_told(viewing, build, found):
            raise saved.unknown()
    except saved.ChartUnknown:
        governance.record_view(
            viewing=viewing, action="chart.opened", subject=f"chart {number}", fields=[], decision="nothing"
        )  # fmt: skip
        raise
    governance.record_view(
        viewing=viewing, action="chart.opened", subject=f"chart {number}", fields=["title", "note"], decision="allow"
    )  # fmt: skip
    return found


def _is_told(viewing: Viewing, build: Build, one: Saved) -> bool:
    see, today = sight(viewing, build), _today(build, question_in(one.question))
    if one.owner == viewing.viewer.user_id:
        return today is None or not any(see.bars.hides_thing(*end) for end in (*today.about, *today.expand))
    return today is not None and may_ask_about(see, today.about)


def _chart(viewing: Viewing, build: Build, question: Question, action: str) -> Chart:
    check_complete(question)
    asked = sorted({named_in_log(*end) for end in question.about})
    see, today = sight(viewing, build), _today(build, question)
    found = charted(see, today) if today else None
    if found is None:
        governance.record_view(
            viewing=viewing, action=action, subject=",".join(asked) or "none", fields=[], decision="nothing"
        )
        raise ChartNotShown(
            N_(
                "There is nobody and nothing of that id or name, or nothing that your role may see for the purpose you gave."
            ),
            remedy=N_(
                "Check the id and the purpose. If you are worried about a child, speak to your team manager."
            ),
        )
    governance.record_view(
        viewing=viewing,
        action=action,
        subject=",".join((*found.people, *(one for one in asked if ":" in one))) or "none",
        fields=sorted({node.kind for node in found.nodes}),
        decision="allow",
        why=question.asks,
    )
    return found


def check_complete(question: Question) -> None:
    """Raise QuestionIncomplete, which says what is missing."""
    if any(kind not in STARTS or not key for kind, key in (*question.about, *question.expand)):
        raise QuestionIncomplete(
            N_("A chart starts from a person, place, vehicle, phone or account."), remedy=N_("Choose one.")
        )
    if question.asks == NIGHTS:
        _check_nights(question)
    if question.asks != NIGHTS and len(question.about) < (2 if question.asks == BETWEEN else 1):
        raise QuestionIncomplete(
            N_("It is not said whom or what the chart is about."),
            remedy=N_("Begin from somebody's page, or give the ids. Between two takes two."),
        )


def _check_nights(question: Question) -> None:
    first, last = question.from_on, question.until_on
    if first is None or last is None or not 0 <= (last - first).days < MOST_NIGHTS:
        raise QuestionIncomplete(
            Sentence(
                N_("It is not said which nights, or they are more than %(most)s."), {"most": str(MOST_NIGHTS)}
            ),
            remedy=N_("Give the first and the last night."),
        )


def _today(build: Build, question: Question) -> Question | None:
    """The question by the ids that people have today; None when an id was never given to anybody. To open such a one changes nothing, as nothing
    changes where somebody is hidden."""
    about = [_end_today(build, end) for end in question.about]
    expand = [_end_today(build, end) for end in question.expand]
    known = tuple(end for end in about if end)
    return (
        replace(question, about=known, expand=tuple(end for end in expand if end))
        if len(known) == len(about)
        else None
    )


def _end_today(build: Build, end: End) -> End | None:
    if end[0] != PERSON:
        return end
    try:
        return PERSON, assignments.current_id(build, end[1])
    except assignments.PersonUnknown:
        return None
