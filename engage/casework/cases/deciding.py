"""What is checked before something is kept in a case, and what follows from a move?"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace

from engage.casework.cases import plan as plans
from engage.casework.cases import policies, subjects
from engage.casework.cases.models import Case, CaseEntry
from engage.casework.cases.parts import parts_of
from engage.casework.cases.rules import (
    LEAD,
    OF_PEOPLE,
    REFERRER,
    TEAM,
    AnswersWrong,
    CaseNotShown,
    EntryShown,
    Head,
    MoveRefused,
    Written,
    log_name,
)
from engage.casework.cases.seeing import Desk
from engage.casework.cases.writing import Opening
from engage.casework.forms import happening
from engage.casework.forms import rules as forms
from engage.casework.forms.reading import form_of
from engage.casework.forms.rules import Form
from engage.casework.lifecycles.states import PERSON_OF_CONCERN, Move, forms_of_moves, lifecycle
from engage.casework.tasks.standing import open_counts
from engage.governance import actions as governance
from engage.governance import queries as access
from engage.identities import assignments
from engage.picture.search.called import called
from engage.picture.seeing import Sight, reasons_about, sight
from engage.store.area import Area
from engage.store.warehouse import Build
from engage.vocabulary.access import Fact, Outcome, Subject, Viewing
from engage.vocabulary.time import london_day
from engage.vocabulary.words import N_, Sentence


# Which kind of agency leads a case where an area's settings say nothing else (casework: {lead: {place: police}}).
LEADS = {PERSON_OF_CONCERN: "police"}
LEADS_ELSE = "childrens_services"
JOINED = "joined"


def case_seen(viewing: Viewing, build: Build, number: int) -> tuple[Desk, Case, Head]:
    """The case of that number, where the viewer may know of it. Raises CaseNotShown, which the log tells of."""
    desk = Desk(sight(viewing, build))
    row = Case.objects.filter(pk=number).first()
    head = desk.head(row) if row else None
    if row is None or head is None:
        raise not_shown(viewing, log_name(number))
    return desk, row, head


def not_shown(viewing: Viewing, subject: str) -> CaseNotShown:
    """The error of whoever asked for a case that is not there or not theirs to see; the log tells that they asked."""
    governance.record_view(
        viewing=viewing, action="case.view", subject=subject, fields=[], decision="nothing"
    )
    return CaseNotShown(
        N_("There is no case under this address, or none that you may see for the purpose you gave."),
        remedy=N_("Go back to the list of cases, and check the purpose."),
    )


def person_seen(see: Sight, person_id: str) -> str:
    """Today's id of a person whom the viewer may know. Raises CaseNotShown."""
    now = Desk(see).now([person_id])[person_id]
    pages = see.build.pages()
    found = called(pages, [now], see, reasons_about(pages, [now], see=see)).get(now)
    if found is None or not found.rows:
        raise not_shown(see.viewing, person_id)
    return now


def case_about(see: Sight, kind: str, subject: str) -> Case | None:
    """The newest case of that kind about the same person, place or group, of which the viewer may know; None where there is none."""
    if not subject:
        return None
    ids = (
        assignments.ids_ever(see.build, Desk(see).now([subject])[subject]) if kind in OF_PEOPLE else {subject}
    )
    rows = Case.objects.filter(kind=kind, subject__in=ids).exclude(state=JOINED)
    row = rows.order_by("-seq").first()
    return row if row and Desk(see).may_refer_to(row) else None


def referred_again(viewing: Viewing, area: Area, head: Head) -> Move:
    """The move that a new referral about the same makes of a case that has ended. Raises MoveRefused."""
    made, viewer = head.lifecycle.move("referred_again"), viewing.viewer
    if made is None:
        raise MoveRefused(N_("This has ended, and is not opened again by a referral."))
    facts = policies.Facts(head.state, has_subject=True, has_worker=bool(head.worker))
    refused = policies.refusal(
        viewer, kind_of_agency(area, viewer.agency), head.lifecycle, made, facts, door="referral"
    )
    if refused:
        raise MoveRefused(refused)
    return made


def opening(see: Sight, area: Area, kind: str, subject: str, how: str) -> Opening:
    """A case to be opened: about whom the viewer may know, led by the agency that the area's settings name for its kind. Raises CaseNotShown, MoveRefused."""
    if kind in OF_PEOPLE and subject:
        subject = person_seen(see, subject)
    if not subject and not how.strip():
        raise MoveRefused(
            N_("Say whom or what this is about."), remedy=N_("Write a name, or find the person first.")
        )
    settings = area.settings.get("casework") or {}
    lead = str((settings.get("lead") or {}).get(kind) or _first_of_kind(area, LEADS.get(kind, LEADS_ELSE)))
    team = [area.agency(code).code for code in settings.get("team") or ()]
    mine = see.viewing.viewer.agency
    parts = ((lead, LEAD), *((code, TEAM) for code in team), *(((mine, REFERRER),) if mine else ()))
    return Opening(kind, subject, how.strip(), lifecycle(kind).first.code, lead, parts)


def _first_of_kind(area: Area, kind: str) -> str:
    found = [agency.code for agency in area.agencies.values() if agency.kind == kind]
    return found[0] if found else next(iter(area.agencies))


def check_written(
    viewing: Viewing, area: Area, kind: str, written: Written, *, expected: str = ""
) -> tuple[Form, Written]:
    """The form that was filled in, and its answers as they are kept. Raises AnswersWrong, FormUnknown, MoveRefused."""
    form = form_of(area, written.form, on=london_day(viewing.at))
    if (expected and form.code != expected) or (form.of and kind not in form.of):
        raise MoveRefused(Sentence(N_("The form “%(form)s” does not belong here."), {"form": form.title}))
    if not expected and written.replaces is None:
        _check_stands_alone(form)
    if form.who and viewing.viewer.role not in form.who:
        raise MoveRefused(Sentence(N_("Your role does not fill in “%(form)s”."), {"form": form.title}))
    checked = forms.check(form, written.answers)
    if wrong := {**happening.faults(form, checked.answers, viewing.at), **checked.faults}:
        raise AnswersWrong(wrong)
    _check_guarded(viewing, written)
    return form, replace(written, answers=checked.answers)


def _check_stands_alone(form: Form) -> None:
    """It is no form that a door of its own or a move writes. Raises MoveRefused."""
    if form.by:
        raise MoveRefused(Sentence(N_("“%(form)s” is not written from here."), {"form": form.title}))
    if form.code in forms_of_moves():
        raise MoveRefused(
            Sentence(N_("“%(form)s” is filled in with a move of the case only."), {"form": form.title}),
            remedy=N_("Make the move, or write a note."),
        )


def _check_guarded(viewing: Viewing, written: Written) -> None:
    """Nobody writes what they could not read again."""
    fact = Fact(viewing.viewer.agency, "case_entry", written.handling, written.sensitivity)
    policy = access.policy(on=london_day(viewing.at))
    if not policy.decide(
        viewer=viewing.viewer, subject=Subject(""), fact=fact, purpose=viewing.purpose
    ).is_allowed:
        raise MoveRefused(
            N_("Your role could not read this again, guarded as you chose; so it cannot write it.")
        )


def check_move(desk: Desk, area: Area, head: Head, code: str, *, door: str = "") -> Move:
    """The move of that code, if this viewer, whose agency takes part, may make it now. Raises MoveRefused, which the log tells of."""
    life = head.lifecycle
    made = life.move(code)
    if made is None:
        unknown = Sentence(N_("There is no move “%(code)s”."), {"code": code})
        _refused(desk, head, code, unknown)
        raise MoveRefused(unknown)
    facts = subjects.facts(desk, area, head)
    viewer = desk.see.viewing.viewer
    refused = policies.refusal(viewer, kind_of_agency(area, viewer.agency), life, made, facts, door=door)
    if refused:
        _refused(desk, head, code, refused)
        raise MoveRefused(refused)
    return made


def check_actions_ended(head: Head, made: Move) -> None:
    """Within the transaction, once the head is changed and so held: no action was agreed or opened again while this was being decided. Raises MoveRefused."""
    if policies.NO_OPEN_ACTION in made.needs and open_counts([head.number])[head.number]:
        raise MoveRefused(Sentence(policies.NEEDS[policies.NO_OPEN_ACTION][1]))


@contextmanager
def refusals_logged(desk: Desk, head: Head, code: str) -> Iterator[None]:
    """Around a transaction: the log tells of what is refused within it, which is taken back with everything else."""
    try:
        yield
    except MoveRefused as error:
        _refused(desk, head, code, Sentence(str(error.sentence)))
        raise


def check_needs(desk: Desk, area: Area, head: Head, form: Form, written: Written) -> None:
    """What a form needs of the case that it is written in is so; a correction of what was written is none the less taken. Raises MoveRefused, which the log tells of."""
    needs = form.needs.get(head.kind, ())
    refused = (
        policies.lacking(subjects.facts(desk, area, head), needs) if needs and not written.replaces else None
    )
    if refused:
        _refused(desk, head, form.code, refused)
        raise MoveRefused(refused)


def kind_of_agency(area: Area, code: str) -> str:
    """The kind of an agency of the area; "" of one that it does not have."""
    return area.agencies[code].kind if code in area.agencies else ""


def check_takes_part(desk: Desk, head: Head) -> None:
    """Raise CaseNotShown unless the viewer's agency takes part in the case: others know of it and whom to ask."""
    subject = desk.subject_of(head, parts_of([head.number], desk.see.viewing.at).get(head.number, ()))
    viewer = desk.see.viewing.viewer
    if desk.decide(subject, Fact(viewer.agency, "case_entry")).outcome is not Outcome.ALLOW:
        raise not_shown(desk.see.viewing, head.log_name)


def _refused(desk: Desk, head: Head, code: str, why: Sentence) -> None:
    governance.record_view(
        viewing=desk.see.viewing, action="case.move_refused", subject=head.log_name, fields=[code], decision="nothing", why=str(why)
    )  # fmt: skip


def check_corrects(desk: Desk, area: Area, head: Head, written: Written) -> None:
    """What is corrected is an entry of this case that the viewer may read, all of it, of the same form. Raises CaseNotShown, MoveRefused."""
    if written.replaces is None:
        return
    rows = CaseEntry.objects.filter(pk=written.replaces, case=head.number)
    parts = parts_of([head.number], desk.see.viewing.at).get(head.number, ())
    found = desk.entries(desk.subject_of(head, parts), rows, desk.kept_back(area, parts))
    _check_corrected(desk, found, written, head.log_name)


def check_goals(desk: Desk, head: Head, form: Form, written: Written) -> None:
    """A goal that is named stands in the plan of this case, as far as the viewer may read it. Raises AnswersWrong."""
    if not any(question.kind is forms.Kind.GOAL for question in form.questions):
        return
    subject = desk.subject_of(head, parts_of([head.number], desk.see.viewing.at).get(head.number, ()))
    rows = CaseEntry.objects.filter(case=head.number, form__in=plans.FORMS).order_by("seq")
    known = plans.plan_of(desk.entries(subject, rows))
    wrong = plans.names_no_goal(known, form, written.answers)
    if wrong:
        faults = {code: Sentence(N_("Choose a goal of the plan.")) for code in wrong}
        raise AnswersWrong(faults)


def check_corrects_about(see: Sight, subject: str, written: Written) -> None:
    """The same of what is written about a person without a case."""
    if written.replaces is None:
        return
    desk, ids = Desk(see), assignments.ids_ever(see.build, subject)
    rows = [
        row
        for row in CaseEntry.objects.filter(pk=written.replaces, case=None, subject__in=ids)
        if desk.now([row.subject])[row.subject] == subject
    ]
    _check_corrected(desk, desk.entries(Subject(subject), rows), written, subject)


def _check_corrected(desk: Desk, found: list[EntryShown], written: Written, about: str) -> None:
    if not found or found[0].answers is None:
        raise not_shown(desk.see.viewing, about)
    if found[0].kept_back:
        raise MoveRefused(
            N_("Only those who read all of an entry correct it."),
            remedy=N_("Write a note, and say in it what is wrong."),
        )
    if found[0].form != written.form:
        raise MoveRefused(N_("A correction is made on the form that it corrects."))
