"""What the programme's pages say of each step, and whose part it is."""

from __future__ import annotations

from dataclasses import dataclass

from ..people import Standing
from ..years import Step


@dataclass(frozen=True)
class Fact:
    """One sentence of the programme's pages, and the duties it tells of."""

    words: str
    duties: tuple[str, ...]
    """Codes of domain.md; never shown."""
    of: str = ""
    """Whose part it is: 'lead', 'facilitator', 'member', 'administrator', 'division'; empty: everyone's."""


PURPOSE: dict[Step, str] = {
    Step.PROMOTE: "Everyone learns what Communities of Practice are, and who leads them at their school.",
    Step.GENERATE: "Staff come up with ideas for communities, and find people to facilitate them.",
    Step.SUBMIT: "Whoever wishes to facilitate a community proposes it.",
    Step.JOIN: "Everyone chooses the one community they belong to this year.",
    Step.PARTICIPATE: "Communities meet, on the half-days and any time in between.",
    Step.SHARE: "Members share what they learned and reflect on their practice.",
}
"""Each step's purpose in one line."""

FACTS: dict[Step, tuple[Fact, ...]] = {
    Step.PROMOTE: (
        Fact("A community is a group of educators who choose each other around a shared "
             "concern, interest or passion.", ("D1", "T1.1")),
        Fact("It reaches beyond one school, everyone in it is active, and it goes on all year.", ("D1",)),
        Fact("Share these pages with your staff, and give them time to learn the "
             "roles.", ("A1", "A3"), "administrator"),
        Fact("Identify your school's Leads. A teacher is Lead only by volunteering.", ("A2", "T1.2"), "administrator"),
        Fact("Stand behind your Leads and Facilitators when they need a hand.", ("A5",), "administrator"),
        Fact("Be the one your colleagues can ask, and bring them what is new.", ("L5", "T1.3"), "lead"),
        Fact("Help sharing become a habit at your school.", ("L1",), "lead"),
        Fact("Support Administrators, Leads and Facilitators through the year.", ("D2", "T1.4"), "division"),
    ),
    Step.GENERATE: (
        Fact("A good idea fits your own learning goals, or what your school, the division or "
             "the province works on.", ("T2.1",)),
        Fact("Talk ideas over in your staff room: somebody else may be waiting for just that one.", ("A4",)),
        Fact("Give people time to come up with ideas.", ("A3",), "administrator"),
        Fact("Look out for possible communities, and for colleagues who would facilitate one.", ("L2", "T2.2"), "lead"),
    ),
    Step.SUBMIT: (
        Fact("A proposal needs a description and the name of a facilitator at least.", ("T3.1",)),
        Fact("Ask a Lead or Division Personnel to see the proposals submitted so far.", ("T3.4",)),
        Fact("Facilitators guide; nobody expects them to deliver training. The whole "
             "community shares the work.", ("F2",)),
        Fact("Encourage colleagues to facilitate, and help them with the proposal.", ("L2", "T3.2", "T3.3"), "lead"),
        Fact("Core Leaders and Division Personnel review the proposals once this step has closed.", ("L3", "D3")),
    ),
    Step.JOIN: (
        Fact("Pick what helps you and your students most; you may change your mind until Join closes.", ("M1", "T4.1")),
    ),
    Step.PARTICIPATE: (
        Fact("Everybody carries the direction and the plan together.", ("M2",)),
        Fact("Make it a place where people dare to try things.", ("M3", "F6")),
        Fact("Lead your community through at least two of the half-days.", ("F3",), "facilitator"),
        Fact("Find a place to meet in good time.", ("F5", "L7"), "facilitator"),
        Fact("Ask the Facilitators of your school what they need.", ("L6",), "lead"),
    ),
    Step.SHARE: (
        Fact("Share what you tried, what surprised you, and what changed for your students.", ("M5", "F8", "T6.1")),
        Fact("A few lines for yourself after each meeting are enough to see how far you came.", ("T6.2",)),
        Fact("Make room at a staff meeting for what communities have learned.", ("A6",), "administrator"),
        Fact("Create occasions at which communities show their learning.", ("D4", "D5"), "division"),
    ),
}  # fmt: skip
"""What the pages say about each step."""


def facts_for(step: Step, standing: Standing) -> tuple[Fact, ...]:
    """The facts of a step that concern everybody, then those of this person's roles."""
    roles = {
        "administrator": bool(standing.principal_of or standing.administrator_of),
        "lead": bool(standing.lead_of or standing.core_leader_of or standing.principal_of),
        "facilitator": standing.role == "facilitator",
        "member": standing.role == "member",
        "division": standing.is_division,
    }
    return tuple(f for f in FACTS[step] if not f.of or roles[f.of])
