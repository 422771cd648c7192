"""Submit: proposals for communities, the narrow path that the summer's own room will widen."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any

import peewee as pw

from . import text
from .actions.targets import AtProposal
from .communities import ACTIVITIES, CommunityRow, PriorityRow
from .database import Table
from .errors import BadText, NotFound, Refused
from .journal import Receipt, Write, writes
from .people import GRADES, PersonRow, SchoolRow
from .years import YearRow

TRANSITIONS: dict[str, tuple[str, ...]] = {
    "draft": ("submitted",),
    "submitted": ("approved",),
    "approved": (),
}
"""Which state of a proposal may follow which."""

LARGEST = 999


class ProposalRow(Table):
    id = pw.AutoField()
    year = pw.ForeignKeyField(YearRow)
    title = pw.TextField()
    description = pw.TextField()
    question = pw.TextField()
    audience = pw.TextField()
    audience_words = pw.TextField()
    place = pw.TextField()
    place_school = pw.ForeignKeyField(SchoolRow, null=True)
    needs = pw.TextField(default="")
    whats_new = pw.TextField(default="")
    capacity = pw.IntegerField()
    continues = pw.ForeignKeyField(CommunityRow, null=True, backref="continued_by")
    state = pw.TextField()
    reason = pw.TextField(default="")
    community = pw.ForeignKeyField(CommunityRow, null=True, backref="proposals")
    made_by = pw.ForeignKeyField(PersonRow, null=True, column_name="made_by")

    class Meta:
        table_name = "proposal"


class ProposalTagRow(Table):
    id = pw.AutoField()
    proposal = pw.ForeignKeyField(ProposalRow)
    kind = pw.TextField()
    value = pw.TextField()

    class Meta:
        table_name = "proposal_tag"


class ProposalAuthorRow(Table):
    id = pw.AutoField()
    proposal = pw.ForeignKeyField(ProposalRow)
    person = pw.ForeignKeyField(PersonRow)
    accepted = pw.BooleanField()

    class Meta:
        table_name = "proposal_author"


@dataclass(frozen=True)
class Proposal:
    """A proposal as it is written (domain.md, “Proposals, decided”)."""

    title: str
    description: str
    facilitators: tuple[int, ...]
    """Ids of people; the first one answers for it."""
    question: str = ""
    audience: str = "any"
    audience_words: str = "any"
    place: str = ""
    place_school_id: int | None = None
    needs: str = ""
    whats_new: str = ""
    capacity: int = 15
    continues_id: int | None = None
    priorities: tuple[str, ...] = ()
    activities: tuple[str, ...] = ()
    grades: tuple[str, ...] = ()
    subjects: tuple[str, ...] = ()
    roles: tuple[str, ...] = ()

    def cleaned(self, most_priorities: int) -> Proposal:
        """The same with its texts cleaned; raises BadText naming the first field that may not enter."""
        if not self.facilitators:
            raise BadText("Facilitator", "a proposal names at least one.")
        if self.audience not in ("any", "elementary", "high"):
            raise BadText("Audience", "elementary, high or any.")
        if not 1 <= self.capacity <= LARGEST:
            raise BadText("Size", f"a whole number from 1 to {LARGEST}.")
        if len(self.priorities) > most_priorities:
            raise BadText("Priorities", f"{most_priorities} at most.")
        unknown = [a for a in self.activities if a not in ACTIVITIES]
        if unknown:
            raise BadText(
                "Activities", f"“{unknown[0]}” is none; there are {', '.join(ACTIVITIES)}."
            )
        strange = [g for g in self.grades if g not in GRADES]
        if strange:
            raise BadText("Grades", f"“{strange[0]}” is none; there are {', '.join(GRADES)}.")
        return Proposal(
            title=text.line(self.title, "Title", text.TITLE),
            description=text.paragraph(self.description, "Description", required=True),
            facilitators=tuple(dict.fromkeys(self.facilitators)),
            question=text.line(self.question, "Question", 300, required=False),
            audience=self.audience,
            audience_words=text.line(self.audience_words, "Audience", 40, required=False) or "any",
            place=text.line(self.place, "Place", required=False) or "to be arranged",
            place_school_id=self.place_school_id,
            needs=text.paragraph(self.needs, "Needs"),
            whats_new=text.paragraph(self.whats_new, "What is new"),
            capacity=self.capacity,
            continues_id=self.continues_id,
            priorities=tuple(text.line(p, "Priority", 80) for p in dict.fromkeys(self.priorities)),
            activities=tuple(dict.fromkeys(self.activities)),
            grades=tuple(dict.fromkeys(self.grades)),
            subjects=tuple(text.line(s, "Subject", 60) for s in dict.fromkeys(self.subjects)),
            roles=tuple(text.line(r, "Role", 60) for r in dict.fromkeys(self.roles)),
        )

    def tags(self) -> tuple[tuple[str, str], ...]:
        """(kind, value) of everything it can be found by."""
        return tuple(
            (kind, value)
            for kind, values in (
                ("priority", self.priorities), ("activity", self.activities), ("grade", self.grades),
                ("subject", self.subjects), ("role", self.roles),
            )
            for value in values
        )  # fmt: skip


@writes("proposal.submit")
def submit(w: Write, proposal: Proposal) -> Receipt:
    """Submit a proposal (T3.1); its authors facilitate it. Raises BadText, or Refused after the deadline."""
    w.require(AtProposal("draft", frozenset(proposal.facilitators)))
    cleaned = proposal.cleaned(w.settings.most_priorities)
    ident = insert_proposal(w, cleaned, "submitted")
    w.journal(proposal=ident, title=cleaned.title)
    return w.receipt(f"“{cleaned.title}” is submitted.", ident)


def insert_proposal(w: Write, proposal: Proposal, state: str) -> int:
    """Insert a proposal with its tags and authors; its caller is the guarded write."""
    cleaned = proposal.cleaned(w.settings.most_priorities)
    check_free(cleaned.facilitators, w.this_year.id)
    fields = asdict(cleaned)
    kept = (
        "title", "description", "question", "audience", "audience_words", "place", "needs",
        "whats_new", "capacity",
    )  # fmt: skip
    ident: int = ProposalRow.insert(
        year=w.this_year.id, state=state, made_by=w.standing.person_id,
        place_school=cleaned.place_school_id, continues=cleaned.continues_id,
        **{name: fields[name] for name in kept},
    ).execute()  # fmt: skip
    tags = cleaned.tags()
    if tags:
        ProposalTagRow.insert_many(
            [{"proposal": ident, "kind": kind, "value": value} for kind, value in tags]
        ).execute()
    ProposalAuthorRow.insert_many(
        [{"proposal": ident, "person": p, "accepted": True} for p in cleaned.facilitators]
    ).execute()
    for name in cleaned.priorities:
        PriorityRow.insert(name=name, level="division").on_conflict_ignore().execute()
    return ident


def check_free(people: Sequence[int], year_id: int) -> None:
    """Raise NotFound for one who is not on the staff, Refused for one who already facilitates a proposal."""
    for ident in people:
        person: Any = PersonRow.get_or_none((PersonRow.id == ident) & PersonRow.active)
        if person is None:
            raise NotFound("A facilitator named is not on the staff (any more).")
        other = (
            ProposalRow.select(ProposalRow.title)
            .join(ProposalAuthorRow)
            .where((ProposalRow.year == year_id) & (ProposalAuthorRow.person == ident))
            .scalar()
        )
        if other is not None:
            raise Refused(f"{person.name} already facilitates “{other}”.", None,
                          "One community a person and year; name somebody else.")  # fmt: skip


def move(row: Any, state: str) -> None:
    """Bring a proposal into its next state; raises ValueError for one that may not follow."""
    if state not in TRANSITIONS[row.state]:
        raise ValueError(f"a proposal that is {row.state} cannot become {state}")
    ProposalRow.update(state=state).where(ProposalRow.id == row.id).execute()
