"""The plan of the first child: goals in three lanes and their reviews, the safety plan and the missing plan, what she and her mother say, and who does not agree."""

from __future__ import annotations

from engage.casework.cases import queries as cases
from engage.example.week.office import Office


def write_plan(office: Office, case: int) -> None:
    """What was written in one case since its strategy discussion. Of the goal to pursue a review was written; of the others none yet."""
    office.at(16, 11).write(
        "parents", case, "communication_needs", child_how="At the drama club, with Joss. Not by phone.", language="English", safe_contact="Text her mother first, before seven in the evening.",
        never="No police car at the door.", trusted="Her aunt",
    )  # fmt: skip
    office.at(16, 12).write("social_worker", case, "childs_words", said_on=office.day(), words="“If somebody fetched me on Fridays I would just come home.”", asked="What would help on Fridays?", heard_by="Tomi Adeyinka")  # fmt: skip
    office.at(15, 9).write("nurse", case, "goal", lane="prevent", different="She sees the same nurse every second week, at a time she chose.", by_on=office.day(40), worker="marsh", agency="health", first="Ask her which day.")  # fmt: skip
    office.at(15, 14).write("social_worker", case, "goal", lane="protect", different="Her aunt, or somebody the aunt trusts, is at the school gate at three.", by_on=office.day(7), worker="adeyinka", agency="childrens_services", first="Agree the week with her aunt.")  # fmt: skip
    _safety(office.at(14, 10), case)
    office.at(9, 15).write("parents", case, "parents_view", said_on=office.day(), who="Her mother", worries="That nobody calls back about the car.", works="Supper together, phones in the kitchen.", differs="She thinks that six weeks are too short.")  # fmt: skip
    office.at(6, 10).write("parents", case, "disagreement", said_on=office.day(), who="Her mother", with_what="waiting for the conference", why="“You know where the flat is. Why does nobody go there?”", answered="Rowan Ellery called her: the landlord is asked first, by Friday.")  # fmt: skip
    _review(office.at(4, 11), case)


def _safety(office: Office, case: int) -> None:
    office.write(
        "social_worker", case, "safety_plan", from_on=office.day(), danger="Fridays after school: a silver car at the corner.", signs="A second phone, new shoes, a quarrel about nothing.",
        adults="Her aunt fetches her on Fridays.\nThe school calls her mother the same hour.\nRowan Ellery passes the corner at three.", call="Her aunt; by night the duty team.", child_agrees="yes", copies="Her, her mother, her aunt, the school.", review_on=office.day(28),
    )  # fmt: skip
    office.write(
        "missing", case, "missing_plan", report_when="At ten in the evening, or an hour after she said that she would be back.", reports="Her mother, by 101", likely="The flat where she was found twice, or the corner by the school.", first_hour="Call her aunt and the drama club; then the flat.", back="Food, and her aunt. Questions the next day.",
        review_on=office.day(10),
    )  # fmt: skip


def _review(office: Office, case: int) -> None:
    shown = cases.case(viewing=office.as_("detective"), **office.where, number=case)
    for goal in shown.plan.in_lane("pursue")[:1]:
        office.write("detective", case, "goal_review", goal=str(goal.entry.number), reviewed_on=office.day(), how_far="nearer", know="The landlord named the firm that rents it.", next="Rowan Ellery asks the firm by Friday.")  # fmt: skip
