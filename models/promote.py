"""Promote: the year's frame and roles, what each step's page says, and news for everyone."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

import peewee as pw

from . import text
from .actions.targets import AtSchool
from .clock import zone
from .communities import CommunityRow, MeetingRow
from .database import Settings, Table, set_setting
from .errors import Conflict, NotFound, Refused
from .journal import Receipt, Write, writes
from .people import (
    GRADES,
    KIND_WORDS,
    ROLE_WORDS,
    TREATED_AS_ELEMENTARY,
    AppointmentRow,
    PersonRow,
    SchoolRow,
    TeachesRow,
    grade_words,
    principals_of,
)
from .words import day, listed
from .years import (
    HalfDay,
    HalfDayRow,
    Step,
    StepWindowRow,
    Window,
    YearRow,
    check_year,
    get_year,
    laid_out,
    store_year,
)


class NewsRow(Table):
    id = pw.AutoField()
    year = pw.ForeignKeyField(YearRow)
    words = pw.TextField()
    from_words = pw.TextField()
    news_on = pw.DateField()
    at = pw.DateTimeField()

    class Meta:
        table_name = "news"


# -- the year's frame -------------------------------------------------------------------------------


@writes("year.lay_out")
def lay_out(w: Write, year: int) -> Receipt:
    """Open a year with the dates of the rule (D1); raises Conflict when it is there."""
    w.require()
    if YearRow.get_or_none(YearRow.id == year) is not None:
        raise Conflict(f"The year {year}–{(year + 1) % 100:02d} is set up already.")
    made = laid_out(year)
    store_year(made)
    w.journal(year=year)
    return w.receipt(f"The year {made.label} is laid out.", year)


@writes("year.set")
def set_year(
    w: Write,
    year_id: int,
    windows: dict[Step, Window] | None = None,
    half_days: Sequence[HalfDay] | None = None,
) -> Receipt:
    """Change windows or the half-days of a year (D1); meetings on a moved half-day move with it, and every
    running community meets on one that is required.

    `half_days` replaces the list; one whose id is known is changed, one left out is removed unless a
    community has written notes or attendance for it. Raises Refused when the dates contradict the programme.
    """
    w.require()
    before = get_year(year_id)
    after = replace(
        before,
        windows={**before.windows, **(windows or {})},
        half_days=tuple(sorted(half_days, key=lambda h: h.on))
        if half_days is not None
        else before.half_days,
    )
    check_year(after)
    for step, window in (windows or {}).items():
        StepWindowRow.update(opens=window.opens, closes=window.closes).where(
            (StepWindowRow.year == year_id) & (StepWindowRow.step == step.value)
        ).execute()
    if half_days is not None:
        _set_half_days(before.half_days, half_days, year_id)
        _tell_moved(w, before.half_days, half_days)
    w.journal(
        year=year_id,
        windows={s.value: [x.opens, x.closes] for s, x in (windows or {}).items()},
        half_days=[h.words for h in half_days or ()],
    )
    return w.receipt(f"The dates of {after.label} are set.", year_id)


def _tell_moved(w: Write, before: Sequence[HalfDay], after: Sequence[HalfDay]) -> None:
    """Everybody reads of a half-day that moved: it is their meeting."""
    known = {half.id: half for half in before}
    for half in after:
        old = known.get(half.id)
        if old is not None and (old.on, old.half) != (half.on, half.half):
            put_news(w, f"The half-day of {day(old.on)} moves to {day(half.on)}, {half.half}.")


def _set_half_days(before: Sequence[HalfDay], after: Sequence[HalfDay], year_id: int) -> None:
    kept = {half.id for half in after if half.id}
    if kept - {half.id for half in before}:
        raise NotFound("That half-day is not in this year any more. Look at the dates again.")
    for half in before:
        if half.id not in kept:
            _drop_half_day(half)
    for ident in kept:
        # Out of one another's way first: two may trade their dates.
        HalfDayRow.update(held_on=date(1900, 1, 1) + timedelta(days=ident)).where(
            HalfDayRow.id == ident
        ).execute()
    for half in after:
        row = {"held_on": half.on, "half": half.half, "required": half.required}
        ident = half.id
        if ident:
            HalfDayRow.update(**row).where(HalfDayRow.id == ident).execute()
            MeetingRow.update(**row).where(MeetingRow.half_day == ident).execute()
        else:
            ident = HalfDayRow.insert(year=year_id, **row).execute()
        if half.required:
            _meet(ident, row, year_id)


def _meet(half_day_id: int, row: dict[str, Any], year_id: int) -> None:
    """Let every running community meet on a required half-day, those that do not yet."""
    meets = MeetingRow.select(pw.SQL("1")).where(
        (MeetingRow.community == CommunityRow.id) & (MeetingRow.half_day == half_day_id)
    )
    missing = CommunityRow.select(CommunityRow.id, CommunityRow.place).where(
        (CommunityRow.year == year_id) & (CommunityRow.state == "running") & ~pw.fn.EXISTS(meets)
    )
    rows = [
        {"community": ident, "half_day": half_day_id, "place": place, **row}
        for ident, place in missing.order_by(CommunityRow.id).tuples()
    ]
    if rows:
        MeetingRow.insert_many(rows).execute()


def _drop_half_day(half: HalfDay) -> None:
    try:
        MeetingRow.delete().where(MeetingRow.half_day == half.id).execute()
    except pw.IntegrityError as error:
        raise Conflict(
            f"Communities have already written something for {day(half.on)}; it can be moved, not removed."
        ) from error
    HalfDayRow.delete().where(HalfDayRow.id == half.id).execute()


@writes("division.set")
def set_division(w: Write, key: str, value: str) -> Receipt:
    """Change one of the division's settings; a kind of staff set expected takes effect at once."""
    w.require()
    known = Settings.__dataclass_fields__
    if key not in known or key in ("sample_on", "clock_accepted"):
        names = [k for k in known if k not in ("sample_on", "clock_accepted")]
        raise NotFound(f"There is no setting “{key}”; there are {listed(names)}.")
    cleaned = _setting(key, value)
    set_setting(key, cleaned)
    if key == "expected_kinds":
        kinds = cleaned.split(", ")
        office = SchoolRow.select(SchoolRow.id).where(SchoolRow.level == "office")
        PersonRow.update(
            expected=PersonRow.kind.in_(kinds) & PersonRow.school.not_in(office)
        ).where(PersonRow.expected_reason == "").execute()
    w.journal(key=key, value=cleaned)
    return w.receipt(f"{key} is now “{cleaned}”.")


MOST = {"minimum_size": 99, "most_priorities": 9, "idle_seconds": 3600, "session_hours": 24}
"""The largest value of each setting that is a number."""


def _setting(key: str, value: str) -> str:
    """A setting's value as it may be stored; raises Refused or CofpError saying what it takes."""
    cleaned = text.line(value, key, required=key in ("division", "zone", "expected_kinds"))
    if key in MOST:
        number = (
            int(cleaned) if cleaned.isascii() and cleaned.isdecimal() and len(cleaned) < 9 else 0
        )
        if not 1 <= number <= MOST[key]:
            raise Refused(
                f"{key} takes a whole number from 1 to {MOST[key]:,}; “{cleaned}” is none."
            )
        return str(number)
    if key == "zone":
        zone(cleaned)
    if key == "expected_kinds":
        kinds = list(dict.fromkeys(k.strip() for k in cleaned.split(",") if k.strip()))
        unknown = [k for k in kinds if k not in KIND_WORDS]
        if unknown or not kinds:
            raise Refused(
                f"“{unknown[0] if unknown else cleaned}” is no kind of staff; there are {listed(list(KIND_WORDS))}."
            )
        return ", ".join(kinds)
    return cleaned


@writes("school.set_level")
def set_level(w: Write, school_id: int, level: str) -> Receipt:
    """Say what kind of school it is, where the roster leaves it open (domain.md, “Who is who”)."""
    row: Any = SchoolRow.get_or_none(SchoolRow.id == school_id)
    if row is None:
        raise NotFound("That school is not there any more.")
    w.require(AtSchool(school_id, row.level, bool(principals_of([school_id])[school_id])))
    if level not in ("elementary", "high", "combined"):
        raise Refused("A school is elementary, high or combined.")
    SchoolRow.update(level=level, level_by="division").where(SchoolRow.id == school_id).execute()
    w.journal(school_id=school_id, level=level)
    return w.receipt(f"{row.name} is now {level}.", school_id)


# -- roles ------------------------------------------------------------------------------------------


@writes("people.appoint")
def appoint(
    w: Write, role: str, person_id: int, school_id: int | None = None, given: bool = True
) -> Receipt:
    """Give somebody a role, or take it back (T1.2). Division Personnel has no school; others do.

    Raises Refused for a role that does not fit the school (Core Leaders lead in high schools only).
    """
    w.require()
    if role not in ROLE_WORDS:
        raise NotFound(f"There is no role “{role}”; there are {listed(list(ROLE_WORDS))}.")
    person: Any = PersonRow.get_or_none((PersonRow.id == person_id) & PersonRow.active)
    if person is None:
        raise NotFound("That person is not on the staff (any more).")
    home: int | None = None if role == "division" else (school_id or person.school_id)
    at_school = ""
    if home is not None:
        where: Any = SchoolRow.get_or_none((SchoolRow.id == home) & SchoolRow.active)
        if where is None:
            raise NotFound("That school is not there any more.")
        level, at_school = where.level, f" at {where.name}"
        if role == "core_leader" and level in TREATED_AS_ELEMENTARY:
            raise Refused("Core Leaders are the heads of subject areas in high schools.", None,
                          "Appoint a Lead, or say that it is a high school (`cofp school`).")  # fmt: skip
        if level == "office":
            raise Refused("The division office has no Principal, administrators or Leads.")
    year: int | None = w.this_year.id if role in ("lead", "core_leader") else None
    mine = (AppointmentRow.person == person_id) & (AppointmentRow.role == role)
    mine &= AppointmentRow.school.is_null() if home is None else AppointmentRow.school == home
    mine &= AppointmentRow.year.is_null() if year is None else AppointmentRow.year == year
    there = AppointmentRow.get_or_none(mine) is not None
    if given and not there and role == "principal" and home is not None:
        _refuse_second_principal(home, at_school)
    if given and not there:
        AppointmentRow.insert(
            person=person_id, role=role, school=home, year=year, source="person"
        ).execute()
    elif not given:
        AppointmentRow.delete().where(mine).execute()
    w.journal(person_id=person_id, school_id=home, role=role, given=given)
    is_now = "is" if given else "is no longer"
    return w.receipt(f"{person.name} {is_now} {ROLE_WORDS[role]}{at_school}.", person_id)


def _refuse_second_principal(school_id: int, at_school: str) -> None:
    """A school has one Principal (domain.md, “Schools and people”)."""
    present = principals_of([school_id])[school_id]
    if present:
        name = PersonRow.get_by_id(present[0]).name
        raise Refused(
            f"{name} is Principal{at_school}.", None, "Take the role back from them first."
        )


@writes("people.say_teaches")
def say_teaches(w: Write, grades: Sequence[str], subjects: Sequence[str]) -> Receipt:
    """Say what one teaches, where the roster does not; replaces what was said before."""
    w.require(w.me())
    unknown = [g for g in grades if g not in GRADES]
    if unknown:
        raise NotFound(f"“{unknown[0]}” is no grade; there are {listed(list(GRADES))}.")
    rows = [("grade", g) for g in dict.fromkeys(grades)]
    named = list(dict.fromkeys(text.line(s, "Subject", 60) for s in subjects))
    rows += [("subject", s) for s in named]
    TeachesRow.delete().where(TeachesRow.person == w.person_id).execute()
    if rows:
        TeachesRow.insert_many(
            [{"person": w.person_id, "kind": k, "value": v, "said_by": "person"} for k, v in rows]
        ).execute()
    w.journal(person_id=w.person_id, count=len(rows))
    said = listed([*([f"grades {grade_words(grades)}"] if grades else []), *named]) or "nothing yet"
    return w.receipt(f"You teach: {said}.", w.person_id)


# -- news -------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class News:
    """One piece of news on everybody's Today."""

    words: str
    from_words: str
    on: date


@writes("news.post")
def post_news(w: Write, words: str) -> Receipt:
    """Tell everyone something on Today (T1.3)."""
    w.require()
    said = text.line(words, "News", 300)
    put_news(w, said)
    w.journal(words=said)
    return w.receipt("It is on everybody's Today page.")


def put_news(w: Write, words: str) -> None:
    """Insert a piece of news; its caller is the guarded write."""
    NewsRow.insert(
        year=w.this_year.id, words=words, from_words="Division", news_on=w.on, at=w.at
    ).execute()


def news(year_id: int, on: date, most: int = 3) -> tuple[News, ...]:
    """The latest news of the year, newest first."""
    query = (
        NewsRow.select(NewsRow.words, NewsRow.from_words, NewsRow.news_on)
        .where((NewsRow.year == year_id) & (NewsRow.news_on <= on))
        .order_by(NewsRow.id.desc())
        .limit(most)
    )
    return tuple(News(*row) for row in query.tuples())


# -- what the pages say of each step ---------------------------------------------------------------


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


def facts_for(step: Step, standing: Any) -> tuple[Fact, ...]:
    """The facts of a step that concern everybody, then those of this person's roles."""
    roles = {
        "administrator": bool(standing.principal_of or standing.administrator_of),
        "lead": bool(standing.lead_of or standing.core_leader_of or standing.principal_of),
        "facilitator": standing.role == "facilitator",
        "member": standing.role == "member",
        "division": standing.is_division,
    }
    return tuple(f for f in FACTS[step] if not f.of or roles[f.of])
