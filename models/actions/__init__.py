"""THE TABLE: every action, its step, its duties, who may do it, when, and on what.

Nothing else decides a permission or a date. `available` and `judge` are pure and feed every screen, menu,
footer and the Today page; `require` reads the same rows and guards every write (see journal.Write).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from ..errors import Refused
from ..people import Reach, Standing
from ..years import Step, Year
from .states import (
    State,
    active,
    can_be_moved,
    elsewhere,
    full,
    has_no_place,
    has_place,
    in_state,
    in_this_one,
    instead_of_joining,
    instead_of_switching,
    no_community,
    not_facilitating,
    not_required,
    not_waiting_here,
    notes_published,
    nothing_written,
    on_the_staff,
    own_word_missing,
    places,
    published,
    request_can_be_met,
    request_open,
    running,
    somebody_else,
    something_to_publish,
    waiting,
)
from .targets import (
    AtCode,
    AtCommunity,
    AtMeeting,
    AtPerson,
    AtPlace,
    AtProposal,
    AtRequest,
    AtSchool,
    Target,
)
from .when import (
    When,
    after_close,
    always,
    from_meeting_day,
    from_opening,
    in_window,
    in_year,
    until_close,
)
from .who import (
    ANSWERS_REQUESTS,
    ANYONE,
    AUTHOR,
    COMMUNITY,
    DIVISION,
    FACILITATOR,
    FACILITATOR_OR_OWNER,
    LEADS,
    MAKES_CODES,
    PRINCIPAL_OR_DIVISION,
    SEES_SCHOOL,
    SELF,
    Who,
)


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
    """Whether it need leave no journal row: private drafts, and what changes nothing that counts."""
    before_years: bool = False
    """Whether the operator does it before the first year is laid out, when nobody else does anything."""


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
_IN_JOIN = in_window(J, instead_of_joining)
_IN_JOIN_FOR_OTHERS = in_window(
    J, "The school's Principal or Division Personnel can, with a reason."
)

_ROWS = (
    # The year's frame
    Action("year.lay_out", None, "open a year", ("D1",), DIVISION, before_years=True),
    Action("year.set", None, "set the year's dates", ("D1",), DIVISION),
    Action("division.set", None, "change a setting", ("D2",), DIVISION, before_years=True),
    Action("school.set_level", None, "say what kind of school it is", ("D2",), DIVISION, on=AtSchool,
           before_years=True),
    Action("roster.import", None, "bring in the roster", ("D2",), DIVISION, before_years=True),
    Action("people.appoint", Step.PROMOTE, "give a role", ("T1.2",), DIVISION, before_years=True),
    Action("news.post", Step.PROMOTE, "tell everyone", ("T1.3", "D4"), DIVISION, in_year),
    Action("people.say_teaches", None, "say what you teach", (), SELF, on=AtPerson),
    # Sign-in and what is one's own
    Action("access.make_code", None, "make an enrolment code", ("D2",), MAKES_CODES, on=AtCode,
           states=(on_the_staff,), before_years=True),
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
    Action("join.switch", J, "switch", ("M1", "T4.1"), SELF, in_window(J, instead_of_switching), AtPlace,
           (published, active, running, not_facilitating, has_place, elsewhere, places)),
    Action("join.leave", J, "leave", ("T4.1",), SELF, in_window(J, instead_of_switching), AtPlace,
           (not_facilitating, in_this_one)),
    Action("join.wait", J, "wait for a place", ("T4.1",), SELF, in_window(J, instead_of_joining), AtPlace,
           (published, active, running, not_facilitating, elsewhere, full, not_waiting_here)),
    Action("join.stop_waiting", J, "stop waiting", ("T4.1",), SELF, in_year, AtPerson, (waiting,)),
    Action("join.see_unregistered", J, "see who is unregistered", ("L4", "T4.3"), SEES_SCHOOL,
           on=AtSchool, is_read=True),
    Action("join.see_schools", J, "see every school", ("T4.3", "D2"), DIVISION, is_read=True),
    Action("join.follow", J, "follow how registration goes", ("L4", "T4.3"), SEES_SCHOOL, from_opening(J),
           AtSchool, (published,), is_read=True),
    Action("join.follow_schools", J, "follow how every school's registration goes", ("T4.3", "D2"), DIVISION,
           from_opening(J), states=(published,), is_read=True),
    Action("join.register", J, "register", ("L4", "T4.2"), LEADS, _IN_JOIN_FOR_OTHERS,
           AtPlace, (published, active, running, no_community, places)),
    Action("join.register_late", J, "register, with a reason", ("L4", "T4.3"), PRINCIPAL_OR_DIVISION,
           after_close(J, "Until then everybody chooses freely."), AtPlace,
           (published, active, running, no_community, places)),
    Action("join.expect", J, "say who is expected", ("L4", "T4.3"), PRINCIPAL_OR_DIVISION, in_year, AtPerson,
           (active,)),
    Action("join.remind", J, "remind", ("L4", "A4", "L5"), SEES_SCHOOL, until_close(J), AtPerson,
           (published, active, no_community, somebody_else)),
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
    Action("session.hold", P, "hold the session", ("F3",), FACILITATOR, on=AtMeeting, is_read=True),
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


NO_YEAR = "No year has been set up yet."
NOT_STAFF = "You are not on the staff list any more."


def judge(
    action_id: str, standing: Standing, year: Year | None, on: date, target: Target | None = None
) -> Verdict:
    """What the table says: pure, on exactly what it is given.

    Without a target it answers for the role and the day alone; `year` is None before the first one
    is laid out. Raises KeyError for an unknown action.
    """
    action = ACTIONS[action_id]
    fits = action.who.might(standing) if target is None else action.who.may(standing, target)
    if year is None and not (action.before_years and standing.is_operator):
        missing = Refused(NO_YEAR, None, "`cofp init` lays one out.", action.id)
        return Verdict(action, missing, is_theirs=fits)
    if not fits and standing.person_id is not None and not standing.is_active:
        gone = Refused(NOT_STAFF, None, "If that is not right, ask Division Personnel.", action.id)
        return Verdict(action, gone, is_theirs=False)
    if not fits:
        words = action.who.words
        return Verdict(
            action,
            Refused(f"Only {words} can {action.title}.", None, "", action.id),
            is_theirs=False,
        )
    refusal = action.when(year, on, target) if year is not None else None
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


def reach(action_id: str, standing: Standing) -> Reach:
    """The schools to whose people somebody may do it at all: what lists are narrowed by.

    Raises TypeError for an action that does not go by schools.
    """
    reached = ACTIONS[action_id].who.reach
    if reached is None:
        raise TypeError(f"{action_id} does not go by schools")
    return reached(standing)


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
    action_id: str, standing: Standing, year: Year | None, on: date, target: Target | None = None
) -> None:
    """Raise Refused unless the table allows it; called inside the write's own transaction."""
    action = ACTIONS[action_id]
    if action.on is not None and not isinstance(target, action.on):
        raise TypeError(f"{action_id} needs a target of {action.on.__name__}")
    verdict = judge(action_id, standing, year, on, target)
    if verdict.refusal is not None:
        raise verdict.refusal
