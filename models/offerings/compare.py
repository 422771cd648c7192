"""A sheet of offerings held against the store: what would be added, changed, refused."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from typing import TypeVar

from ..communities import ACTIVITIES, CommunityRow, MembershipRow
from ..database import read_settings
from ..errors import BadText
from ..people import GRADES, PersonRow, SchoolRow, grade_words, short_school
from ..roster.faults import nearest, shown
from ..roster.rows import RefusedRow
from ..submit import Proposal, ProposalAuthorRow, ProposalRow, ProposalTagRow
from ..text import fold
from ..words import count, listed
from ..years import Year, year_on
from .sheet import Sheet, SheetRow

T = TypeVar("T")

_ANYONE = ("", "any", "anyone", "anybody", "everyone", "everybody", "all", "all staff")
_LEVELS = {
    "elementary": "elementary", "elementary school": "elementary", "elementary staff": "elementary",
    "elementary school staff": "elementary", "high": "high", "high school": "high",
    "high school staff": "high", "secondary": "high",
}  # fmt: skip
_SPAN = re.compile(r"(?:grades?|gr)?\s*(pk|k|\d{1,2})(?:\s*(?:-|–|to)\s*(k|\d{1,2}))?")
_HIGH = GRADES[GRADES.index("9") :]


@dataclass(frozen=True)
class PlannedOffering:
    """One offering that the import would touch."""

    line: int
    title: str
    words: str
    """By whom, or what would change."""


@dataclass(frozen=True)
class OfferingsPlan:
    """What bringing in a sheet would do, and what it could not take in."""

    source_name: str
    added: tuple[PlannedOffering, ...]
    changed: tuple[PlannedOffering, ...]
    unchanged: int
    refused: tuple[RefusedRow, ...]
    notes: tuple[str, ...]

    @property
    def is_nothing(self) -> bool:
        """Whether it would change nothing at all."""
        return not (self.added or self.changed)

    @property
    def words(self) -> str:
        """The whole in a sentence or two."""
        said = [
            f"{count(len(rows), 'offering')} {what}"
            for rows, what in ((self.added, "added"), (self.changed, "changed"))
            if rows
        ]
        if said:
            parts = [f"{listed(said)}."]
        else:
            parts = ["Nothing changes: the store has it all already." if not self.refused
                     else "Nothing changes."]  # fmt: skip
        if said and self.unchanged:
            parts.append(f"{self.unchanged:,} stay as they are.")
        if self.refused:
            parts.append(f"{count(len(self.refused), 'row')} refused.")
        return " ".join(parts)


@dataclass
class Work:
    """What the import would write."""

    new: list[Proposal]
    changed: list[tuple[int, Proposal]]
    """With the id of the proposal that stands there."""


def plan_offerings(sheet: Sheet, on: date) -> OfferingsPlan:
    """The preview: what bringing in this sheet would do now. A read; raises NotFound without a year."""
    return compare(sheet, year_on(on))[0]


def waits_for_publishing(on: date) -> bool:
    """Whether something is approved and not out yet. A read."""
    query = ProposalRow.select().where(
        (ProposalRow.year == year_on(on).id)
        & (ProposalRow.state == "approved")
        & ProposalRow.community.is_null()
    )
    return bool(query.exists())


def compare(sheet: Sheet, year: Year) -> tuple[OfferingsPlan, Work]:
    """Hold a sheet against the store: the preview, and the work that it describes. A read."""
    return _Comparison(sheet, year).result()


@dataclass(frozen=True)
class _Stored:
    """A proposal that stands in the store."""

    id: int
    state: str
    is_out: bool
    proposal: Proposal


_FITTING = Proposal("title", "description", (0,))
"""What stands in for a field that is wrong, while the others are looked at."""
_FIELDS = {
    "Facilitator": "facilitators", "Audience": "audience_words", "Size": "capacity",
    "Priorities": "priorities", "Priority": "priorities", "Activities": "activities",
    "Grades": "grades", "Title": "title", "Description": "description", "Question": "question",
    "Place": "place", "Needs": "needs", "What is new": "whats_new", "Subject": "subjects",
}  # fmt: skip
"""A proposal's fields by the names under which they are refused."""


class _Wrong:
    """All that is wrong with one row, so that whoever corrects it needs to look once."""

    def __init__(self) -> None:
        self.said: list[str] = []

    def ask(self, otherwise: T, read: Callable[..., T], *args: object) -> T:
        """What `read` makes of a cell; where it cannot, that is noted and `otherwise` taken."""
        try:
            return read(*args)
        except BadText as error:
            self.said.append(str(error))
            return otherwise


class _Comparison:
    """One sheet against one state of the store."""

    def __init__(self, sheet: Sheet, year: Year) -> None:
        self.sheet = sheet
        self.year = year
        self.most = read_settings().most_priorities
        self.stored = _stored(year.id)
        self.busy = {
            person: stored.proposal.title
            for stored in self.stored.values()
            for person in stored.proposal.facilitators
        }
        """Who facilitates a proposal of this year, and which."""
        self._read_people()
        self.schools = sorted(
            ((fold(short_school(name)), ident) for ident, name in SchoolRow.select(
                SchoolRow.id, SchoolRow.name).where(SchoolRow.active).tuples()),
            key=lambda pair: -len(pair[0]),
        )  # fmt: skip
        self.last_year: dict[str, int] = {
            fold(title): ident
            for ident, title in CommunityRow.select(CommunityRow.id, CommunityRow.title)
            .where(CommunityRow.year == year.id - 1)
            .tuples()
        }

    def _read_people(self) -> None:
        self.names: dict[int, str] = {}
        self.by_email: dict[str, list[int]] = {}
        self.by_name: dict[str, list[int]] = {}
        for ident, name, folded, email in (
            PersonRow.select(PersonRow.id, PersonRow.name, PersonRow.folded, PersonRow.email)
            .where(PersonRow.active)
            .tuples()
        ):
            self.names[ident] = name
            self.by_email.setdefault(email.lower(), []).append(ident)
            self.by_name.setdefault(folded, []).append(ident)
        self.members: dict[int, str] = dict(
            MembershipRow.select(MembershipRow.person, CommunityRow.title)
            .join(CommunityRow)
            .where((MembershipRow.year == self.year.id) & (MembershipRow.role == "member"))
            .tuples()
        )

    def result(self) -> tuple[OfferingsPlan, Work]:
        added: list[PlannedOffering] = []
        changed: list[PlannedOffering] = []
        refused: list[RefusedRow] = []
        work = Work([], [])
        unchanged = 0
        for row in self.sheet.rows:
            wrong = _Wrong()
            proposal = self._proposal(row, wrong)
            stored = self.stored.get(fold(proposal.title))
            self._check_facilitators(proposal, stored, wrong)
            what = _differences(stored.proposal, proposal) if stored is not None else []
            if stored is not None and not wrong.said:
                if not what:
                    unchanged += 1
                    continue
                wrong.ask(None, _check_open, stored)
            if wrong.said:
                refused.append(RefusedRow(self.sheet.source_name, row.line, " ".join(wrong.said)))
                continue
            if stored is not None:
                work.changed.append((stored.id, proposal))
                changed.append(PlannedOffering(row.line, proposal.title, listed(what)))
            else:
                work.new.append(proposal)
                by = listed([self.names[ident] for ident in proposal.facilitators])
                places = count(proposal.capacity, "place")
                added.append(PlannedOffering(row.line, proposal.title, f"{by}, {places}"))
            for person in proposal.facilitators:
                self.busy[person] = proposal.title
        notes: tuple[str, ...] = ()
        if self.sheet.passed_over:
            names = listed([shown(name) for name in self.sheet.passed_over], "and", 4)
            notes = (f"Not used: the columns {names}.",)
        plan = OfferingsPlan(
            self.sheet.source_name, tuple(added), tuple(changed), unchanged, tuple(refused), notes
        )
        return plan, work

    def _check_facilitators(
        self, proposal: Proposal, stored: _Stored | None, wrong: _Wrong
    ) -> None:
        """One community a person and year."""
        own = stored.proposal.title if stored else proposal.title
        for person in proposal.facilitators:
            other = self.busy.get(person, own)
            if other != own:
                wrong.said.append(
                    f"facilitators: {self.names[person]} facilitates “{other}” already; "
                    "one community a person and year."
                )
            elif person in self.members:
                wrong.said.append(
                    f"facilitators: {self.names[person]} is in “{self.members[person]}” "
                    "this year already."
                )

    # -- one row -----------------------------------------------------------------------------------

    def _proposal(self, row: SheetRow, wrong: _Wrong) -> Proposal:
        """The proposal that a row describes; what is wrong is noted, and something that fits taken."""
        none: tuple[str, ...] = ()
        grades = wrong.ask(none, self._grades, row.listed("grades"))
        audience, words, said = wrong.ask(("any", "any", none), self._audience, row["audience"])
        grades = grades or said
        if words == "any" and grades:
            words = grade_words(grades)
        proposal = Proposal(
            title=row["title"],
            description=row["description"],
            facilitators=wrong.ask((0,), self._facilitators, row["facilitators"]),
            question=row["question"],
            audience=audience,
            audience_words=words,
            place=row["place"],
            place_school_id=self._school(row["place"]),
            needs=row["needs"],
            whats_new=row["whats new"],
            capacity=wrong.ask(1, _size, row["size"]),
            continues_id=wrong.ask(None, self._continues, row["continues"]),
            priorities=row.listed("priorities"),
            activities=tuple(
                wrong.ask("other", _activity, word) for word in row.listed("activities")
            ),
            grades=grades,
            subjects=row.listed("subjects"),
        )
        while True:
            try:
                return proposal.cleaned(self.most)
            except BadText as error:
                wrong.said.append(str(error))
                name = _FIELDS[error.field]
                proposal = replace(proposal, **{name: getattr(_FITTING, name)})

    def _facilitators(self, cell: str) -> tuple[int, ...]:
        parts = [part.strip() for part in re.split(r"[;,\n]", cell) if part.strip()]
        if not parts:
            raise BadText("facilitators", "nobody is named; give at least one e-mail.")
        return tuple(dict.fromkeys(self._person(part) for part in parts))

    def _person(self, who: str) -> int:
        address = re.search(r"<([^<>]+)>", who)
        wanted = address.group(1) if address else who
        found = self.by_email.get(wanted.strip().lower()) or self.by_name.get(fold(wanted), [])
        if len(found) == 1:
            return found[0]
        if found:
            raise BadText(
                "facilitators", f"several people are called {shown(who)}; give the e-mail."
            )
        # The part after the @ is everybody's, so it would make strangers look alike.
        locals_ = {email.partition("@")[0]: email for email in self.by_email}
        near = nearest(wanted.partition("@")[0], locals_) if "@" in wanted else None
        hint = f" Did you mean {locals_[near]}?" if near else ""
        raise BadText("facilitators", f"nobody on the staff has {shown(who)}.{hint}")

    def _grades(self, parts: tuple[str, ...]) -> tuple[str, ...]:
        found: set[str] = set()
        for part in parts:
            span = _span(part)
            if not span:
                raise BadText("grades", f"{shown(part)} is none; write K–3, or 9; 10.")
            found.update(span)
        return tuple(sorted(found, key=GRADES.index))

    def _audience(self, cell: str) -> tuple[str, str, tuple[str, ...]]:
        """(audience, its words, the grades that it names)."""
        wanted = fold(cell)
        if wanted in _ANYONE:
            return "any", "any", ()
        if wanted in _LEVELS:
            level = _LEVELS[wanted]
            return level, level, ()
        grades = _span(wanted)
        if grades:
            level = "high" if set(grades) <= set(_HIGH) else "elementary"
            if set(grades) & set(_HIGH) and level == "elementary":
                level = "any"
            return level, grade_words(grades), grades
        raise BadText("audience", f"{shown(cell)} is not known; write elementary, high, anyone, "
                      "or grades as K–3.")  # fmt: skip

    def _school(self, place: str) -> int | None:
        """The school that a place names, for “nearest to my school”."""
        wanted = fold(place)
        return next((ident for name, ident in self.schools if name and name in wanted), None)

    def _continues(self, cell: str) -> int | None:
        if not cell:
            return None
        found = self.last_year.get(fold(cell))
        if found is None:
            raise BadText("continues", f"last year there was no community called {shown(cell)}.")
        return found


def _span(words: str) -> tuple[str, ...]:
    """The grades that “K–3”, “Grades 6 to 8” or “9” name; none for anything else."""
    match = _SPAN.fullmatch(fold(words).strip())
    if match is None:
        return ()
    first, last = (grade and grade.upper() for grade in match.groups())
    if first not in GRADES or (last and last not in GRADES):
        return ()
    start, end = GRADES.index(first), GRADES.index(last or first)
    return GRADES[start : end + 1]


def _size(cell: str) -> int:
    if not cell:
        return Proposal("", "", ()).capacity
    if not (cell.isascii() and cell.isdecimal()):
        raise BadText("size", f"{shown(cell)} is no whole number.")
    return int(cell[:6])


def _activity(word: str) -> str:
    """The key of an activity, written as a key, in its words or nearly so."""
    known = {fold(key): key for key in ACTIVITIES} | {fold(w): k for k, w in ACTIVITIES.items()}
    wanted = fold(word)
    if wanted in known:
        return known[wanted]
    near = nearest(word, known)
    if near is None:
        raise BadText("activities", f"{shown(word)} is not known; there are "
                      f"{listed(list(ACTIVITIES))}.")  # fmt: skip
    return known[near]


def _check_open(stored: _Stored) -> None:
    if stored.is_out:
        raise BadText(
            "title", f"“{stored.proposal.title}” is out already, so a sheet cannot change it; "
            "leave its row as it was.",
        )  # fmt: skip
    if stored.state != "approved":
        raise BadText("title", f"“{stored.proposal.title}” was proposed on the screens and is "
                      f"{stored.state}; it is decided there.")  # fmt: skip


_WORDS = {
    "continues_id": "continues", "place_school_id": "place", "whats_new": "what is new",
    "audience_words": "audience", "capacity": "size",
}  # fmt: skip


def _differences(before: Proposal, after: Proposal) -> list[str]:
    """What the sheet says otherwise than the store, each once, in words."""
    found = [
        _WORDS.get(name, name)
        for name in Proposal.__dataclass_fields__
        if _value(before, name) != _value(after, name)
    ]
    return list(dict.fromkeys(found))


def _value(proposal: Proposal, name: str) -> object:
    value = getattr(proposal, name)
    return frozenset(value) if isinstance(value, tuple) else value


def _stored(year_id: int) -> dict[str, _Stored]:
    """The year's proposals by folded title, in three queries."""
    tags: dict[int, dict[str, list[str]]] = {}
    for proposal_id, kind, value in (
        ProposalTagRow.select(ProposalTagRow.proposal, ProposalTagRow.kind, ProposalTagRow.value)
        .join(ProposalRow)
        .where(ProposalRow.year == year_id)
        .order_by(ProposalTagRow.id)
        .tuples()
    ):
        tags.setdefault(proposal_id, {}).setdefault(kind, []).append(value)
    authors: dict[int, list[int]] = {}
    for proposal_id, person in (
        ProposalAuthorRow.select(ProposalAuthorRow.proposal, ProposalAuthorRow.person)
        .join(ProposalRow)
        .where(ProposalRow.year == year_id)
        .order_by(ProposalAuthorRow.id)
        .tuples()
    ):
        authors.setdefault(proposal_id, []).append(person)
    found = {}
    for row in ProposalRow.select().where(ProposalRow.year == year_id).order_by(ProposalRow.id):
        mine = tags.get(row.id, {})
        proposal = Proposal(
            title=row.title, description=row.description,
            facilitators=tuple(authors.get(row.id, ())), question=row.question,
            audience=row.audience, audience_words=row.audience_words, place=row.place,
            place_school_id=row.place_school_id, needs=row.needs, whats_new=row.whats_new,
            capacity=row.capacity, continues_id=row.continues_id,
            priorities=tuple(mine.get("priority", ())), activities=tuple(mine.get("activity", ())),
            grades=tuple(mine.get("grade", ())), subjects=tuple(mine.get("subject", ())),
            roles=tuple(mine.get("role", ())),
        )  # fmt: skip
        found[fold(row.title)] = _Stored(row.id, row.state, row.community_id is not None, proposal)
    return found
