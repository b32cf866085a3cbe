"""The lives of cases as practice describes them, written down a second time: the proofs hold what the product does against these tables, never against its own files.

Source: the flow of a case in multi-agency exploitation teams. A child's case is answered, screened, discussed daily, then ended with a reason, handed to early help, allocated, or
brought to a strategy discussion; it comes to a plan with goals, is stepped down, closed after the closing check, and can be opened again. A person of concern, a place
and a peer group each have a life of their own: answered, looked into by a named worker, acted on, reviewed, closed.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from tests.spec.identities.towns import drawn


# One letter or two for each role that practises.
ROLES = {
    "D": "detective", "S": "social_worker", "N": "nurse", "E": "education_lead", "P": "parent_liaison", "C": "missing_coordinator", "T": "team_manager",
    "A": "analyst", "B": "business_support", "I": "information_governance",
}  # fmt: skip
# Who reads what is written in a case in which their agency takes part, and so may act in it.
READERS = frozenset("DSNEPCTA")
# Who decides whether somebody who may be under 18 is looked at as a person of concern.
DECIDERS = frozenset("DST")
# In each kind of case: the state of a new one, and the states that nobody has to do anything in.
FIRST = {"child": "referred", "person_of_concern": "proposed", "place": "proposed", "peer_group": "proposed"}
ENDED = frozenset({"declined", "transferred", "closed"})

MOVES_OF_A_CHILD = drawn("""
    move          | from                                                                | to           | who     | only of            | needs
    acknowledge   | referred                                                            | acknowledged | STC     |                    |
    accept        | referred acknowledged reopened                                      | accepted     | ST      | childrens_services |
    decline       | referred acknowledged accepted reopened                             | declined     | T       | childrens_services |
    discuss       | accepted held allocated plan reopened                               | discussion   | DSNEPCT |                    |
    allocate      | accepted discussion held reopened allocated plan step_down transferring | allocated    | T       |                    | subject
    hand_over     | discussion strategy held allocated plan step_down transferring      | same         | T       | lead childrens_services | worker
    call_strategy | accepted discussion held allocated plan step_down transferring reopened | strategy     | DST     |                    | subject
    strategy_held | strategy                                                            | held         | DST     |                    | meeting
    strategy_elsewhere | strategy                                                       | held         | ST      | childrens_services | elsewhere
    withdraw_strategy | strategy                                                        | discussion   | T       | childrens_services |
    agree_plan    | held allocated                                                      | plan         | ST      |                    | worker goal
    step_down     | discussion held allocated plan                                      | step_down    | T       |                    |
    back_to_plan  | step_down transferring                                              | plan         | T       |                    | worker goal
    transfer      | held allocated plan step_down                                       | transferring | T       |                    |
    handed_over   | transferring                                                        | transferred  | T       |                    | only_a_child
    close         | accepted discussion held allocated plan step_down reopened          | closed       | T       | lead childrens_services | actions only_a_child
    reopen        | declined transferred closed                                         | reopened     | DSNEPCT |                    |
""")  # fmt: skip
MOVES_OF_A_PERSON_OF_CONCERN = drawn("""
    move           | from                                              | to         | who  | only of | needs
    acknowledge    | proposed                                          | same       | DST  |         |
    take_on        | proposed reopened                                 | looked_into | DT  |         | subject grown_up
    decline        | proposed reopened                                 | declined   | T    | lead police |
    hand_over      | looked_into disruption watched                    | same       | DT   | lead police | worker
    agree_measures | looked_into watched                               | disruption | DT   |         | worker grown_up
    review         | looked_into disruption                            | watched    | DT   |         |
    close          | proposed looked_into disruption watched reopened  | closed     | T    | lead police | actions
    reopen         | declined closed                                   | reopened   | DSTA |         |
""")  # fmt: skip
MOVES_OF_A_PLACE = drawn("""
    move       | from                                        | to          | who      | only of | needs
    acknowledge | proposed                                   | same        | DST      |         |
    take_on    | proposed reopened                           | looked_into | DST      |         |
    decline    | proposed reopened                           | declined    | T        | lead childrens_services |
    hand_over  | looked_into plan watched                    | same        | DST      | lead childrens_services | worker
    agree_plan | looked_into watched                         | plan        | DST      |         | worker
    review     | looked_into plan                            | watched     | DST      |         |
    close      | proposed looked_into plan watched reopened  | closed      | T        | lead childrens_services | actions
    reopen     | declined closed                             | reopened    | DSNEPCTA |         |
""")  # fmt: skip
MOVES_OF_A_PEER_GROUP = drawn("""
    move       | from                                   | to       | who     | only of | needs
    acknowledge | proposed                              | same     | DSET    |         |
    take_on    | proposed reopened                      | mapped   | DSET    |         |
    decline    | proposed reopened                      | declined | T       | lead childrens_services |
    hand_over  | mapped plan watched                    | same     | DSET    | lead childrens_services | worker
    agree_plan | mapped watched                         | plan     | ST      |         | worker
    review     | mapped plan                            | watched  | ST      |         |
    close      | proposed mapped plan watched reopened  | closed   | T       | lead childrens_services | actions
    reopen     | declined closed                        | reopened | DSNEPCT |         |
""")  # fmt: skip


@dataclass(frozen=True)
class Row:
    """One row of a table above. `to_state`: "same" where the case stays; `only_of`: the agencies whose workers may (all, where empty), "lead" the one that leads the case."""

    code: str
    from_states: frozenset[str]
    to_state: str
    who: frozenset[str]
    only_of: frozenset[str]
    needs: frozenset[str]


def rows(kind: str) -> dict[str, Row]:
    """The moves of a kind of case by their code."""
    table = {
        "child": MOVES_OF_A_CHILD, "person_of_concern": MOVES_OF_A_PERSON_OF_CONCERN, "place": MOVES_OF_A_PLACE, "peer_group": MOVES_OF_A_PEER_GROUP,
    }[kind]  # fmt: skip
    return {
        row["move"]: Row(
            row["move"], frozenset(row["from"].split()), row["to"], frozenset(row["who"]), frozenset(row["only of"].split()), frozenset(row["needs"].split())
        )
        for row in table
    }  # fmt: skip


@dataclass(frozen=True)
class Life:
    """What the model knows of one case. `moves`: each as (move, from, to), the opening first; `goals`: entries with a goal that nothing corrects."""

    kind: str
    state: str
    subject: str
    agencies: frozenset[str]
    worker: str = ""
    lead: str = ""
    open_actions: int = 0
    goals: int = 0
    is_grown_up: bool = True
    is_agreed: bool = False
    has_a_worker_as_a_child: bool = False
    moves: tuple[tuple[str, str, str], ...] = field(default=())

    @property
    def version(self) -> int:
        """The number of the last move."""
        return len(self.moves) - 1

    def reads(self, letter: str, agency: str) -> bool:
        """Somebody in this role of this agency reads what is written here, and so may act. A question about somebody who may be under 18 is there for those who decide it alone."""
        decides = not self.is_question or letter in DECIDERS
        return letter in READERS and agency in self.agencies and decides

    @property
    def is_question(self) -> bool:
        """It would be a person of concern who is not known to have been grown up, and social care has not agreed."""
        return self.kind == "person_of_concern" and not (
            (self.subject and self.is_grown_up) or self.is_agreed
        )

    def has(self, need: str) -> bool:
        """What a move needs first is there."""
        return {
            "subject": bool(self.subject) or self.kind not in ("child", "person_of_concern"),
            "worker": bool(self.worker),
            "goal": self.goals > 0,
            "actions": self.open_actions == 0,
            "grown_up": bool(self.subject) and (self.is_grown_up or (self.is_agreed and self.has_a_worker_as_a_child)),
            # No course opens a case about the same child as a person of concern; that is drawn in test_rights.
            "only_a_child": True,
            "meeting": True,
            # No course has such a record; that is drawn in test_held_elsewhere.
            "elsewhere": False,
        }[need]  # fmt: skip

    def may(self, row: Row, letter: str, agency: str) -> bool:
        """The move can be made by that role of that agency now."""
        is_theirs = letter in row.who and (not row.only_of or agency in self.those(row))
        return is_theirs and self.state in row.from_states and all(self.has(need) for need in row.needs)

    def those(self, row: Row) -> frozenset[str]:
        """The agencies whose workers may make a move that is not everybody's."""
        return frozenset(self.lead if one == "lead" else one for one in row.only_of)

    def moved(self, code: str, to_state: str) -> Life:
        """After a move."""
        return replace(self, state=to_state, moves=(*self.moves, (code, self.state, to_state)))
