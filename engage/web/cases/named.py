"""Who else was named in a child's case? A row each, from which the check is asked for: the row leads to the form of an action that says so already, and somebody agrees it or not."""

from __future__ import annotations

from django.utils.translation import gettext as _

from engage.casework.cases.plan import said, standing
from engage.casework.cases.queries import CaseShown
from engage.casework.cases.rules import EntryShown
from engage.casework.forms.rules import YES
from engage.web.cases.plan import Writing
from engage.web.components import Cell, Table
from engage.web.filling.presenters import cells


FORM = "named_other"


def table(shown: CaseShown, at: Writing) -> Table | None:
    """Those who were named, in the order in which they were written down; None where nobody was. Whoever may write of them asks for checks."""
    form = at.forms.get(FORM)
    some = [one for one in standing(shown.entries) if one.form == FORM]
    if form is None or not some:
        return None
    links = (_("What you can do"),) if at.link(FORM) else ()
    head = (_("Who"), _("Child or adult"), _("Number"), _("How they come into it"), _("Check"), *links)
    return Table(_("Others who were named"), head, [_line(one, at, has_link=bool(links)) for one in some])


def _line(one: EntryShown, at: Writing, *, has_link: bool) -> tuple[Cell | str, ...]:
    person = said(one, "person").strip().upper()
    is_linked = person.isascii() and person.isalnum() and not at.is_printed
    number = Cell(person or "-", href=at.reader.link("people_person", person) if is_linked else "")
    told = [_answer(one, code, at) for code in ("check", "check_what", "check_not")]
    line = (
        Cell(said(one, "name")),
        _answer(one, "who", at),
        number,
        Cell(said(one, "how"), is_text=True),
        ": ".join(part for part in told if part),
    )
    return (*line, _ask(one, at)) if has_link else line


def _answer(one: EntryShown, code: str, at: Writing) -> str:
    question = at.forms[FORM].question(code)
    return cells(question, said(one, code), at.people)[0].text if question and said(one, code) else ""


def _ask(one: EntryShown, at: Writing) -> Cell | str:
    """Where the check is agreed as an action."""
    if said(one, "check") != YES:
        return ""
    query = f"case={at.number}&named={one.number}"
    return Cell(_("Ask for the check"), href=at.reader.link("action_new", query=query), heard=said(one, "name"))  # fmt: skip


def what_to_check(shown: CaseShown, number: str) -> str:
    """What an action says that asks for the check of somebody named; "" where there is nobody to check under that number."""
    found = next((one for one in standing(shown.entries) if one.form == FORM and str(one.number) == number), None)  # fmt: skip
    if found is None or said(found, "check") != YES:
        return ""
    values = {"name": said(found, "name"), "what": said(found, "check_what")}
    if values["what"]:
        return _("Check %(name)s, and write down what is not known: %(what)s") % values
    return _("Check what each agency holds of %(name)s, and write down what is not known.") % values
