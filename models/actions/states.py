"""On what it may be done: the state that the thing at hand must be in, with the way out where it is not."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from ..errors import Refused
from ..people import Standing
from ..years import Year
from .targets import approvals_missing, person_of
from .who import is_self, principal_answers

State = Callable[[Standing, Year | None, Any], Refused | None]
"""None when the thing at hand is in the right state; else why not, and what to do."""


def instead_of_switching(target: Any) -> str:
    """What to do instead of switching, in words to the person themselves."""
    return f"Ask for a change instead: {_deciders(target, 'and')} decide."


def instead_of_joining(target: Any) -> str:
    """What to do instead of joining, in words to the person themselves."""
    who = _deciders(target, "or")
    return f"{who[0].upper()}{who[1:]} can register you."


def _deciders(target: Any, word: str) -> str:
    """Who decides after the window: a Principal, and whoever has none, has only the division."""
    has_principal = target is None or person_of(target).has_principal
    return f"your Principal {word} Division Personnel" if has_principal else "Division Personnel"


def published(_standing: Standing, year: Year | None, _target: Any) -> Refused | None:
    """This year's offerings are out."""
    if year is None or not year.is_published:
        return Refused(
            "This year's offerings are not out yet.", None, "Today will say when they are."
        )
    return None


def active(_standing: Standing, _year: Year | None, target: Any) -> Refused | None:
    """The person whom it concerns is on the staff."""
    if not person_of(target).is_active:
        return Refused("This person is no longer on the staff.")
    return None


def on_the_staff(_standing: Standing, _year: Year | None, target: Any) -> Refused | None:
    """The person for whom a code is made is on the staff."""
    if not target.is_active:
        return Refused("This person is no longer on the staff.")
    return None


def running(_standing: Standing, _year: Year | None, target: Any) -> Refused | None:
    """The community runs this year."""
    if not target.is_running:
        return Refused("This community does not run this year.", None, "Choose another one.")
    return None


def no_community(_standing: Standing, _year: Year | None, target: Any) -> Refused | None:
    """The person registered by somebody else is in no community yet."""
    person = person_of(target)
    if person.role == "facilitator":
        return Refused("They facilitate a community, so they belong to it.")
    if person.community_id is not None:
        return Refused("They are in a community already.", None, "A change is for them to choose.")
    return None


def somebody_else(standing: Standing, _year: Year | None, target: Any) -> Refused | None:
    """It is not the very person who does it."""
    if is_self(standing, target):
        return Refused("A reminder is for somebody else.", None, "Choose a community yourself.")
    return None


def not_facilitating(_standing: Standing, _year: Year | None, target: Any) -> Refused | None:
    """They facilitate none: a facilitator belongs to their own community."""
    if person_of(target).role == "facilitator":
        return Refused("You facilitate a community, so you belong to it.")
    return None


def elsewhere(_standing: Standing, _year: Year | None, target: Any) -> Refused | None:
    """It is not the community that they are in."""
    if target.is_theirs:
        return Refused("You are in this community already.")
    return None


def has_place(_standing: Standing, _year: Year | None, target: Any) -> Refused | None:
    """They are in a community, so that there is one to change from."""
    if person_of(target).community_id is None:
        return Refused(
            "You are in no community yet.",
            None,
            f"While Join is open you can join one; after it: {instead_of_joining(target)}",
        )
    return None


def in_this_one(_standing: Standing, _year: Year | None, target: Any) -> Refused | None:
    """It is the community that they are in."""
    if not target.is_theirs:
        return Refused("You are not in this community.")
    return None


def has_no_place(_standing: Standing, _year: Year | None, target: Any) -> Refused | None:
    """They are in no community yet."""
    if person_of(target).community_id is not None:
        return Refused("You are in a community already.", None, "Switch instead: it is one step.")
    return None


def places(standing: Standing, _year: Year | None, target: Any) -> Refused | None:
    """A place is free."""
    if target.places_left < 1:
        mine = is_self(standing, target)
        return Refused("This community is full.", None, "You can wait for a place." if mine else "")
    return None


def full(_standing: Standing, _year: Year | None, target: Any) -> Refused | None:
    """No place is free, so that there is something to wait for."""
    if target.places_left > 0:
        return Refused("There is a place free.", None, "Take it.")
    return None


def waiting(_standing: Standing, _year: Year | None, target: Any) -> Refused | None:
    """They are on a waiting list."""
    if person_of(target).waits_for is None:
        return Refused("You are on no waiting list.")
    return None


def not_waiting_here(_standing: Standing, _year: Year | None, target: Any) -> Refused | None:
    """They are not on this community's waiting list already."""
    if person_of(target).waits_for == target.community_id:
        return Refused("You are on this waiting list already.")
    return None


def request_open(_standing: Standing, _year: Year | None, target: Any) -> Refused | None:
    """The request has not been settled."""
    if target.state != "open":
        return Refused("This request has been settled already.")
    return None


def own_word_missing(standing: Standing, _year: Year | None, target: Any) -> Refused | None:
    """This very person's approval is still to come."""
    if standing.person_id in (target.principal_by, target.division_by):
        return Refused("You have approved it; the other approval is still to come.")
    slots = approvals_missing(target)
    mine = ("principal" in slots and principal_answers(standing, target)) or (
        "division" in slots and standing.is_division
    )
    return None if mine else Refused("Your approval is given; the other one is still to come.")


def request_can_be_met(_standing: Standing, _year: Year | None, target: Any) -> Refused | None:
    """The community asked for runs and has a place."""
    if not target.to_running:
        return Refused(
            "The community asked for no longer runs.", None, "Decline with a word about it."
        )
    if target.places_left < 1:
        return Refused("The community asked for is full.", None, "Decline, or wait for a place.")
    return None


def can_be_moved(_standing: Standing, _year: Year | None, target: Any) -> Refused | None:
    """Whoever asked still holds a member's place that can be changed."""
    if person_of(target).role != "member":
        return Refused(
            "The person who asked holds no member's place any more.",
            None,
            "Decline with a word about it.",
        )
    return None


def notes_published(_standing: Standing, _year: Year | None, target: Any) -> Refused | None:
    """The members may read the meeting's notes."""
    if not target.is_published:
        return Refused("The notes of this meeting are not published yet.")
    return None


def something_to_publish(_standing: Standing, _year: Year | None, target: Any) -> Refused | None:
    """There are notes that the members do not read yet."""
    if not target.has_news:
        if target.is_published:
            return Refused("The members read these notes already.")
        return Refused("There are no notes to publish yet.", None, "Write a few lines first.")
    return None


def not_required(_standing: Standing, _year: Year | None, target: Any) -> Refused | None:
    """It is no required half-day."""
    if target.is_required:
        return Refused(
            "Every community meets on the required half-days.", None, "Division Personnel set them."
        )
    return None


def nothing_written(_standing: Standing, _year: Year | None, target: Any) -> Refused | None:
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

    def state(_standing: Standing, _year: Year | None, target: Any) -> Refused | None:
        if target.state not in states:
            return Refused(f"The proposal is {target.state} already.")
        return None

    return state
