"""THE TABLE: every action, its step, its duties, who may do it, when, and on what.

Nothing else decides a permission or a date. `available` and `judge` are pure and feed every screen, menu,
footer and the Today page; `require` reads the same rows and guards every write (see journal.Write).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from .errors import Refused
from .people import Standing
from .words import day
from .years import Step, Window, Year

# -- what an action is done to -----------------------------------------------------------------------


@dataclass(frozen=True)
class AtPerson:
    """One member of staff and how they stand in the year's joining."""

    person_id: int
    school_id: int
    school_level: str
    has_principal: bool
    """Whether the school has a known Principal; the division office has none."""
    is_active: bool = True
    community_id: int | None = None
    role: str = ""
    """'facilitator', 'member' or empty."""
    waits_for: int | None = None
    """The community on whose waiting list they are."""
    is_division: bool = False


@dataclass(frozen=True)
class AtPlace:
    """A person before one community: may they take, wait for, or give up its place?"""

    person: AtPerson
    community_id: int
    is_running: bool
    places_left: int

    @property
    def is_theirs(self) -> bool:
        return self.person.community_id == self.community_id


@dataclass(frozen=True)
class AtRequest:
    """A request for a change after the window."""

    person: AtPerson
    state: str
    principal_by: int | None
    division_by: int | None
    to_running: bool = True
    places_left: int = 1


@dataclass(frozen=True)
class AtSchool:
    """One school's list."""

    school_id: int
    school_level: str
    has_principal: bool


@dataclass(frozen=True)
class AtMeeting:
    """One meeting of a community and who belongs to it."""

    community_id: int
    is_running: bool
    held_on: date
    facilitators: frozenset[int]
    members: frozenset[int]
    is_published: bool = False
    has_news: bool = False
    """Whether notes are saved that the members do not read yet."""
    action_owner: int | None = None
    """The owner of the next action at hand, where one is."""
    is_required: bool = False
    """Whether it is one of the year's required half-days."""
    is_written: bool = False
    """Whether anything is kept or begun for it; looked at only where that matters."""


@dataclass(frozen=True)
class AtCommunity:
    """A community whose life its facilitators arrange."""

    community_id: int
    is_running: bool
    facilitators: frozenset[int]


@dataclass(frozen=True)
class AtProposal:
    """A proposal and its authors."""

    state: str
    authors: frozenset[int]


@dataclass(frozen=True)
class AtCode:
    """The person for whom an enrolment code is to be made, and what they are."""

    person_id: int
    school_id: int
    is_active: bool
    is_principal: bool
    is_leader: bool
    """Whether they are a Lead, Core Leader or administrator."""
    is_division: bool


Target = AtPerson | AtPlace | AtRequest | AtSchool | AtMeeting | AtCommunity | AtProposal | AtCode

SOMEBODY = Standing(-1, "Somebody", kind="teacher")
"""A teacher who has not signed in yet: what Welcome shows as possible."""

# -- who ------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Who:
    """Who may do it, in words and as two questions."""

    words: str
    might: Callable[[Standing], bool]
    """Whether somebody of this standing may ever do it, whatever the target."""
    may: Callable[[Standing, Any], bool]
    """Whether they may do it to this target."""


def _who(
    words: str,
    might: Callable[[Standing], bool],
    may: Callable[[Standing, Any], bool] | None = None,
) -> Who:
    return Who(words, might, may or (lambda standing, _target: might(standing)))


def _person_of(target: Any) -> AtPerson:
    person: AtPerson = target if isinstance(target, AtPerson) else target.person
    return person


def _is_self(standing: Standing, target: Any) -> bool:
    return standing.person_id is not None and standing.person_id == _person_of(target).person_id


def _principal_answers(standing: Standing, target: Any) -> bool:
    """The Principal of the person's or the school's school."""
    where = target if isinstance(target, AtSchool) else _person_of(target)
    return where.school_id in standing.principal_of


def _leads(standing: Standing, target: Any) -> bool:
    where = target if isinstance(target, AtSchool) else _person_of(target)
    return where.school_id in (standing.principal_of | standing.lead_of | standing.core_leader_of)


def _sees_school(standing: Standing, target: Any) -> bool:
    where = target if isinstance(target, AtSchool) else _person_of(target)
    return standing.is_division or where.school_id in standing.answers_for


def _is_staff(standing: Standing) -> bool:
    return standing.person_id is not None and standing.is_active


def _may_answer(standing: Standing, target: AtRequest) -> bool:
    if _is_self(standing, target):
        return False
    return standing.is_division or _principal_answers(standing, target)


def _may_make_code(standing: Standing, target: AtCode) -> bool:
    if standing.is_operator:
        return True
    if standing.person_id == target.person_id or target.is_division:
        return False
    if standing.is_division:
        return True
    if target.is_principal:
        return False
    if target.school_id in standing.principal_of:
        return True
    leads = standing.lead_of | standing.core_leader_of
    return target.school_id in leads and not target.is_leader


ANYONE = _who("anyone", lambda _standing: True)
OPERATOR = _who("the operator", lambda s: s.is_operator)
DIVISION = _who("Division Personnel", lambda s: (s.is_division and s.is_active) or s.is_operator)
STAFF = _who("staff", _is_staff)
SELF = _who("the person themselves", _is_staff, lambda s, t: _is_staff(s) and _is_self(s, t))
LEADS = _who(
    "the school's Leads and Principal, or Division Personnel",
    lambda s: (
        _is_staff(s) and bool(s.is_division or s.principal_of or s.lead_of or s.core_leader_of)
    ),
    lambda s, t: (
        _is_staff(s)
        and (s.is_division or _leads(s, t))
        and not (isinstance(t, AtPlace) and _is_self(s, t))
    ),
)
SEES_SCHOOL = _who(
    "the school's Leads and administrators, or Division Personnel",
    lambda s: s.is_operator or (_is_staff(s) and bool(s.is_division or s.answers_for)),
    lambda s, t: s.is_operator or (_is_staff(s) and _sees_school(s, t)),
)
PRINCIPAL_OR_DIVISION = _who(
    "the school's Principal or Division Personnel",
    lambda s: _is_staff(s) and bool(s.is_division or s.principal_of),
    lambda s, t: (
        _is_staff(s)
        and (s.is_division or _principal_answers(s, t))
        and not (isinstance(t, AtPlace) and _is_self(s, t))
    ),
)
ANSWERS_REQUESTS = _who(
    "the Principal of the person's school and Division Personnel, never the person themselves",
    lambda s: _is_staff(s) and bool(s.is_division or s.principal_of),
    lambda s, t: _is_staff(s) and _may_answer(s, t),
)
FACILITATOR = _who(
    "the community's facilitators",
    lambda s: _is_staff(s) and s.role == "facilitator",
    lambda s, t: _is_staff(s) and s.person_id in t.facilitators,
)
COMMUNITY = _who(
    "the community's members and facilitators",
    lambda s: _is_staff(s) and bool(s.role),
    lambda s, t: _is_staff(s) and s.person_id in (t.facilitators | t.members),
)
FACILITATOR_OR_OWNER = _who(
    "the community's facilitators, or whoever took the action on",
    lambda s: _is_staff(s) and bool(s.role),
    lambda s, t: _is_staff(s) and (s.person_id in t.facilitators or s.person_id == t.action_owner),
)
AUTHOR = _who(
    "the proposal's authors, or Division Personnel",
    lambda s: s.is_operator or _is_staff(s),
    lambda s, t: s.is_operator or (_is_staff(s) and (s.is_division or s.person_id in t.authors)),
)
MAKES_CODES = _who(
    "a Lead for ordinary staff of their school, a Principal for all of it, Division Personnel for anyone below them",
    lambda s: (
        s.is_operator
        or (_is_staff(s) and bool(s.is_division or s.principal_of or s.lead_of or s.core_leader_of))
    ),
    lambda s, t: s.is_operator or (_is_staff(s) and _may_make_code(s, t)),
)

# -- when -----------------------------------------------------------------------------------------

When = Callable[[Year, date, Any], Refused | None]
"""None when the day is right; else the rule, the day on which it changes, and who can help."""


def always(_year: Year, _on: date, _target: Any) -> Refused | None:
    return None


def _not_yet(what: str, window: Window) -> Refused:
    return Refused(f"{what} opens on {day(window.opens)}.", window.opens)


def in_window(step: Step, after: str | Callable[[Any], str] = "") -> When:
    """While the step is open; `after` says, perhaps of the target, what to do once it has closed."""

    def when(year: Year, on: date, target: Any) -> Refused | None:
        window = year.window(step)
        if window.is_before(on):
            return _not_yet(step.title, window)
        if window.is_over(on):
            help = after(target) if callable(after) else after
            return Refused(f"{step.title} closed on {day(window.closes)}.", None, help)
        return None

    return when


def until_close(step: Step, after: str = "") -> When:
    """From the year's start until the step's last day."""

    def when(year: Year, on: date, _target: Any) -> Refused | None:
        window = year.window(step)
        if window.is_over(on):
            return Refused(f"{step.title} closed on {day(window.closes)}.", None, after)
        return None

    return when


def after_close(step: Step, before: str = "") -> When:
    """From the day after the step closed until the year ends."""

    def when(year: Year, on: date, _target: Any) -> Refused | None:
        window, end = year.window(step), year.whole.closes
        if not window.is_over(on):
            from datetime import timedelta

            return Refused(
                f"This begins when {step.title} has closed, on {day(window.closes)}.",
                window.closes + timedelta(days=1),
                before,
            )
        if on > end:
            return Refused(f"The year ended on {day(end)}.")
        return None

    return when


def in_year(year: Year, on: date, _target: Any) -> Refused | None:
    """While the year lasts."""
    end = year.whole.closes
    return Refused(f"The year ended on {day(end)}.") if on > end else None


def from_meeting_day(year: Year, on: date, target: Any) -> Refused | None:
    """From the day of the meeting on, until the year ends."""
    if target is not None and on < target.held_on:
        return Refused(
            f"This opens on the day of the meeting, {day(target.held_on)}.", target.held_on
        )
    if target is not None and target.held_on < year.whole.opens:
        return Refused("The year of this meeting has ended.")
    return in_year(year, on, target)


# -- on what state ---------------------------------------------------------------------------------

State = Callable[[Standing, Year, Any], Refused | None]
"""None when the thing at hand is in the right state; else why not, and what to do."""


def _ask(target: Any) -> str:
    """What to do instead of switching, in words to the person themselves."""
    return f"Ask for a change instead: {_deciders(target, 'and')} decide."


def _late(target: Any) -> str:
    """What to do instead of joining, in words to the person themselves."""
    who = _deciders(target, "or")
    return f"{who[0].upper()}{who[1:]} can register you."


def _deciders(target: Any, word: str) -> str:
    """Who decides after the window: a Principal, and whoever has none, has only the division."""
    has_principal = target is None or _person_of(target).has_principal
    return f"your Principal {word} Division Personnel" if has_principal else "Division Personnel"


def published(_standing: Standing, year: Year, _target: Any) -> Refused | None:
    if not year.is_published:
        return Refused(
            "This year's offerings are not out yet.", None, "Today will say when they are."
        )
    return None


def active(_standing: Standing, _year: Year, target: Any) -> Refused | None:
    if not _person_of(target).is_active:
        return Refused("This person is no longer on the staff.")
    return None


def on_the_staff(_standing: Standing, _year: Year, target: Any) -> Refused | None:
    if not target.is_active:
        return Refused("This person is no longer on the staff.")
    return None


def running(_standing: Standing, _year: Year, target: Any) -> Refused | None:
    if not target.is_running:
        return Refused("This community does not run this year.", None, "Choose another one.")
    return None


def no_community(_standing: Standing, _year: Year, target: Any) -> Refused | None:
    person = _person_of(target)
    if person.role == "facilitator":
        return Refused("They facilitate a community, so they belong to it.")
    if person.community_id is not None:
        return Refused("They are in a community already.", None, "A change is for them to choose.")
    return None


def not_facilitating(_standing: Standing, _year: Year, target: Any) -> Refused | None:
    if _person_of(target).role == "facilitator":
        return Refused("You facilitate a community, so you belong to it.")
    return None


def elsewhere(_standing: Standing, _year: Year, target: Any) -> Refused | None:
    if target.is_theirs:
        return Refused("You are in this community already.")
    return None


def has_place(_standing: Standing, _year: Year, target: Any) -> Refused | None:
    """They are in a community, so that there is one to change from."""
    if _person_of(target).community_id is None:
        return Refused(
            "You are in no community yet.",
            None,
            f"While Join is open you can join one; after it: {_late(target)}",
        )
    return None


def in_this_one(_standing: Standing, _year: Year, target: Any) -> Refused | None:
    if not target.is_theirs:
        return Refused("You are not in this community.")
    return None


def has_no_place(_standing: Standing, _year: Year, target: Any) -> Refused | None:
    if _person_of(target).community_id is not None:
        return Refused("You are in a community already.", None, "Switch instead: it is one step.")
    return None


def places(standing: Standing, _year: Year, target: Any) -> Refused | None:
    """A place is free."""
    if target.places_left < 1:
        mine = _is_self(standing, target)
        return Refused("This community is full.", None, "You can wait for a place." if mine else "")
    return None


def full(_standing: Standing, _year: Year, target: Any) -> Refused | None:
    if target.places_left > 0:
        return Refused("There is a place free.", None, "Take it.")
    return None


def waiting(_standing: Standing, _year: Year, target: Any) -> Refused | None:
    if _person_of(target).waits_for is None:
        return Refused("You are on no waiting list.")
    return None


def not_waiting_here(_standing: Standing, _year: Year, target: Any) -> Refused | None:
    if _person_of(target).waits_for == target.community_id:
        return Refused("You are on this waiting list already.")
    return None


def request_open(_standing: Standing, _year: Year, target: Any) -> Refused | None:
    if target.state != "open":
        return Refused("This request has been settled already.")
    return None


def own_word_missing(standing: Standing, _year: Year, target: Any) -> Refused | None:
    if standing.person_id in (target.principal_by, target.division_by):
        return Refused("You have approved it; the other approval is still to come.")
    slots = approvals_missing(target)
    mine = ("principal" in slots and _principal_answers(standing, target)) or (
        "division" in slots and standing.is_division
    )
    return None if mine else Refused("Your approval is given; the other one is still to come.")


def request_can_be_met(_standing: Standing, _year: Year, target: Any) -> Refused | None:
    if not target.to_running:
        return Refused(
            "The community asked for no longer runs.", None, "Decline with a word about it."
        )
    if target.places_left < 1:
        return Refused("The community asked for is full.", None, "Decline, or wait for a place.")
    return None


def can_be_moved(_standing: Standing, _year: Year, target: Any) -> Refused | None:
    """Whoever asked still holds a member's place that can be changed."""
    if _person_of(target).role != "member":
        return Refused(
            "The person who asked holds no member's place any more.",
            None,
            "Decline with a word about it.",
        )
    return None


def notes_published(_standing: Standing, _year: Year, target: Any) -> Refused | None:
    if not target.is_published:
        return Refused("The notes of this meeting are not published yet.")
    return None


def something_to_publish(_standing: Standing, _year: Year, target: Any) -> Refused | None:
    if not target.has_news:
        if target.is_published:
            return Refused("The members read these notes already.")
        return Refused("There are no notes to publish yet.", None, "Write a few lines first.")
    return None


def not_required(_standing: Standing, _year: Year, target: Any) -> Refused | None:
    """It is no required half-day."""
    if target.is_required:
        return Refused(
            "Every community meets on the required half-days.", None, "Division Personnel set them."
        )
    return None


def nothing_written(_standing: Standing, _year: Year, target: Any) -> Refused | None:
    """Nobody has kept or begun anything for the meeting."""
    is_noted = target.is_published or target.has_news or target.action_owner is not None
    if target.is_written or is_noted:
        return Refused(
            "Something is written or begun for this meeting, so it stays.",
            None,
            "Change its day or place instead.",
        )
    return None


def in_state(*states: str) -> State:
    """The proposal is in one of these states."""

    def state(_standing: Standing, _year: Year, target: Any) -> Refused | None:
        if target.state not in states:
            return Refused(f"The proposal is {target.state} already.")
        return None

    return state


def approvals_missing(target: AtRequest) -> frozenset[str]:
    """Whose word a request still needs: 'principal', 'division' (domain.md).

    Where no Principal is known, or the Principal is the one who asks, Division Personnel decide alone.
    """
    missing = set()
    if target.person.has_principal and target.principal_by is None:
        missing.add("principal")
    if target.division_by is None:
        missing.add("division")
    return frozenset(missing)


# -- the table ------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Action:
    """One row: what may be done, by whom, when, on what."""

    id: str
    step: Step | None
    title: str
    """What a menu, a footer and a refusal call it."""
    duties: tuple[str, ...]
    """The codes of domain.md that it serves; never shown."""
    who: Who
    when: When = always
    on: type | None = None
    """The kind of target; None for actions on nothing in particular."""
    states: tuple[State, ...] = ()
    is_read: bool = False
    """Whether it only shows; reads have no write registered to them."""
    is_quiet: bool = False
    """Whether it leaves no journal row: private drafts, and looks that change nothing that counts."""


@dataclass(frozen=True)
class Verdict:
    """What the table says of one action, for one standing, on one day, to one target."""

    action: Action
    refusal: Refused | None = None
    is_theirs: bool = True
    """Whether the role fits; where it does not, screens leave the action out altogether."""

    @property
    def is_allowed(self) -> bool:
        return self.refusal is None


J = Step.JOIN
P = Step.PARTICIPATE
_IN_JOIN = in_window(J, _late)
_IN_JOIN_FOR_OTHERS = in_window(
    J, "The school's Principal or Division Personnel can, with a reason."
)

_ROWS = (
    # The year's frame
    Action("year.lay_out", None, "open a year", ("D1",), DIVISION),
    Action("year.set", None, "set the year's dates", ("D1",), DIVISION),
    Action("division.set", None, "change a setting", ("D2",), DIVISION),
    Action("school.set_level", None, "say what kind of school it is", ("D2",), DIVISION, on=AtSchool),
    Action("roster.import", None, "bring in the roster", ("D2",), DIVISION),
    Action("people.appoint", Step.PROMOTE, "give a role", ("T1.2",), DIVISION),
    Action("news.post", Step.PROMOTE, "tell everyone", ("T1.3", "D4"), DIVISION, in_year),
    Action("people.say_teaches", None, "say what you teach", (), SELF, on=AtPerson),
    # Sign-in and what is one's own
    Action("access.make_code", None, "make an enrolment code", ("D2",), MAKES_CODES, on=AtCode,
           states=(on_the_staff,)),
    Action("access.choose_pin", None, "choose a PIN", (), ANYONE),
    Action("access.change_pin", None, "change your PIN", (), SELF, on=AtPerson),
    Action("access.sign_in", None, "sign in", (), ANYONE, is_quiet=True),
    Action("access.signed_in", None, "be signed in", (), SELF, on=AtPerson, is_quiet=True),
    Action("draft.keep", None, "keep a draft", (), SELF, on=AtPerson, is_quiet=True),
    Action("draft.drop", None, "drop a draft", (), SELF, on=AtPerson, is_quiet=True),
    Action("notice.seen", None, "take note", (), SELF, on=AtPerson, is_quiet=True),
    # Generate and Submit, Review (their own rooms come later; these are the narrow path)
    Action("proposal.submit", Step.SUBMIT, "submit a proposal", ("T3.1", "T2.2", "F1"), AUTHOR,
           in_window(Step.SUBMIT), AtProposal, (in_state("draft", "changes asked for"),)),
    Action("offerings.import", Step.SUBMIT, "bring in the offerings", ("D3",), DIVISION, in_year),
    Action("proposal.approve", None, "approve a proposal", ("D3",), DIVISION, in_year, AtProposal,
           (in_state("submitted"),)),
    Action("offerings.publish", None, "publish the offerings", ("D3", "A3"), DIVISION, in_year),
    # Join
    Action("join.browse", J, "browse the offerings", ("A3",), ANYONE, is_read=True, states=(published,)),
    Action("join.keep", J, "mark as a favourite", ("M1",), SELF, until_close(J), AtPlace, (published, running)),
    Action("join.join", J, "join", ("M1", "T4.1"), SELF, _IN_JOIN, AtPlace,
           (published, active, running, not_facilitating, has_no_place, places)),
    Action("join.switch", J, "switch", ("M1", "T4.1"), SELF, in_window(J, _ask), AtPlace,
           (published, active, running, not_facilitating, has_place, elsewhere, places)),
    Action("join.leave", J, "leave", ("T4.1",), SELF, in_window(J, _ask), AtPlace,
           (not_facilitating, in_this_one)),
    Action("join.wait", J, "wait for a place", ("T4.1",), SELF, in_window(J, _late), AtPlace,
           (published, active, running, not_facilitating, elsewhere, full, not_waiting_here)),
    Action("join.stop_waiting", J, "stop waiting", ("T4.1",), SELF, in_year, AtPerson, (waiting,)),
    Action("join.see_unregistered", J, "see who is unregistered", ("L4", "T4.3"), SEES_SCHOOL, in_year,
           AtSchool, is_read=True),
    Action("join.see_schools", J, "see every school", ("T4.3", "D2"), DIVISION, in_year, is_read=True),
    Action("join.register", J, "register", ("L4", "T4.2"), LEADS, _IN_JOIN_FOR_OTHERS,
           AtPlace, (published, active, running, no_community, places)),
    Action("join.register_late", J, "register, with a reason", ("L4", "T4.3"), PRINCIPAL_OR_DIVISION,
           after_close(J, "Until then everybody chooses freely."), AtPlace,
           (published, active, running, no_community, places)),
    Action("join.expect", J, "say who is expected", ("L4", "T4.3"), PRINCIPAL_OR_DIVISION, in_year, AtPerson,
           (active,)),
    Action("join.remind", J, "remind", ("L4", "A4", "L5"), SEES_SCHOOL, until_close(J), AtPerson,
           (published, active, no_community)),
    Action("join.ask_change", J, "ask for a change", ("M1",), SELF, after_close(J, "Until then you can simply switch."),
           AtPlace, (published, active, running, not_facilitating, has_place, elsewhere)),
    Action("join.release_gone", J, "free the places of those who left", ("T4.3",), DIVISION, in_year),
    Action("join.withdraw_request", J, "take back the request", ("M1",), SELF, in_year, AtRequest, (request_open,)),
    Action("join.approve_change", J, "approve", ("T4.3",), ANSWERS_REQUESTS, in_year, AtRequest,
           (request_open, active, can_be_moved, own_word_missing, request_can_be_met)),
    Action("join.decline_change", J, "decline", ("T4.3",), ANSWERS_REQUESTS, in_year, AtRequest, (request_open,)),
    # Participate
    Action("meeting.add", P, "add a meeting", ("F3", "T5.1", "T5.2"), FACILITATOR, in_year, AtCommunity, (running,)),
    Action("meeting.change", P, "change a meeting", ("F4",), FACILITATOR, in_year, AtMeeting, (running,)),
    Action("meeting.remove", P, "remove a meeting", ("F4",), FACILITATOR, in_year, AtMeeting,
           (running, not_required, nothing_written)),
    Action("session.attend", P, "take attendance", ("M4", "T5.1"), FACILITATOR, from_meeting_day, AtMeeting),
    Action("session.attend_all", P, "mark everyone present", ("M4", "T5.1"), FACILITATOR, from_meeting_day, AtMeeting),
    Action("session.write", P, "write notes", ("F7",), FACILITATOR, from_meeting_day, AtMeeting),
    Action("session.publish", P, "publish notes", ("F8", "T6.1"), FACILITATOR, from_meeting_day, AtMeeting,
           (something_to_publish,)),
    Action("session.add_action", P, "add a next action", ("F7", "M2"), FACILITATOR, from_meeting_day, AtMeeting),
    Action("session.tick_action", P, "tick an action off", ("M2",), FACILITATOR_OR_OWNER, in_year, AtMeeting),
    Action("session.read", P, "read the notes", ("M4", "M5"), COMMUNITY, on=AtMeeting, is_read=True,
           states=(notes_published,)),
)  # fmt: skip

ACTIONS: dict[str, Action] = {row.id: row for row in _ROWS}
if len(ACTIONS) != len(_ROWS):
    raise ValueError("an action stands twice in the table")


def judge(
    action_id: str, standing: Standing, year: Year, on: date, target: Target | None = None
) -> Verdict:
    """What the table says: pure, on exactly what it is given.

    Without a target it answers for the role and the day alone. Raises KeyError for an unknown action.
    """
    action = ACTIONS[action_id]
    fits = action.who.might(standing) if target is None else action.who.may(standing, target)
    if not fits:
        words = action.who.words
        return Verdict(
            action,
            Refused(f"Only {words} can {action.title}.", None, "", action.id),
            is_theirs=False,
        )
    refusal = action.when(year, on, target)
    if refusal is None:
        for state in action.states:
            if target is None and state is not published:
                continue
            refusal = state(standing, year, target)
            if refusal is not None:
                break
    if refusal is not None:
        refusal = Refused(refusal.rule, refusal.changes_on, refusal.help, action.id)
    return Verdict(action, refusal)


def fits(action_id: str, standing: Standing, target: Target) -> bool:
    """Whether the role alone fits the target, whatever the day and its state."""
    return ACTIONS[action_id].who.may(standing, target)


def available(
    standing: Standing, year: Year, on: date, target: Target | None = None
) -> tuple[Verdict, ...]:
    """Every action whose role fits, allowed or not yet, in the table's order.

    With a target: the actions on that kind of thing; without: all, judged by role and day alone.
    """
    return tuple(_available(standing, year, on, target))


def _available(
    standing: Standing, year: Year, on: date, target: Target | None
) -> Iterator[Verdict]:
    for action in _ROWS:
        if target is not None and (action.on is None or not isinstance(target, action.on)):
            continue
        verdict = judge(action.id, standing, year, on, target)
        if verdict.is_theirs:
            yield verdict


def require(
    action_id: str, standing: Standing, year: Year, on: date, target: Target | None = None
) -> None:
    """Raise Refused unless the table allows it; called inside the write's own transaction."""
    action = ACTIONS[action_id]
    if action.on is not None and not isinstance(target, action.on):
        raise TypeError(f"{action_id} needs a target of {action.on.__name__}")
    verdict = judge(action_id, standing, year, on, target)
    if verdict.refusal is not None:
        raise verdict.refusal
