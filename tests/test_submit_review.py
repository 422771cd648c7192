"""Submit and Review: proposals come in, are approved, and become this year's communities all at once."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from models import join, promote, review, submit, text
from models.communities import (
    CommunityRow,
    CommunityTagRow,
    MeetingRow,
    MembershipRow,
    PriorityRow,
    standing,
)
from models.database import Store
from models.errors import BadText, Conflict, NotFound, Refused
from models.journal import Actor
from models.submit import Proposal, ProposalRow

from .conftest import set_clock
from .factory import Division, division
from .hostile import HOSTILE, unfit

DANA = "Dana Division"


@pytest.fixture
def argyle(store: Store) -> Division:
    """The factory's division on 7 September, three proposals approved, nothing published."""
    made = division(store, published=False)
    set_clock(store, 2026, 9, 7)
    return made


@pytest.fixture
def open_door(sqlite_store: Store) -> Division:
    made = division(sqlite_store, published=False)
    set_clock(sqlite_store, 2026, 9, 7)
    return made


def wish(made: Division, *names: str, **more: Any) -> Proposal:
    proposal = Proposal("Creek Walks", "We walk our creeks.", tuple(made.people[n] for n in names))
    return replace(proposal, **more)


def state(made: Division, ident: int) -> str:
    return str(made.store.read(lambda: ProposalRow.get_by_id(ident).state))


# -- submit -----------------------------------------------------------------------------------------------


def test_staff_submit_directly_until_the_deadline(argyle: Division) -> None:
    set_clock(argyle.store, 2026, 9, 12, 5, 59)  # a minute to midnight of 11 September in Regina
    sent = submit.submit(argyle.store, argyle.actor("Teacher One"), wish(argyle, "Teacher One"))
    assert (
        sent.words == "“Creek Walks” is submitted." and state(argyle, sent.id or 0) == "submitted"
    )
    set_clock(argyle.store, 2026, 9, 12, 6, 0)
    with pytest.raises(Refused, match="Submit closed on Fri 11 Sep"):
        submit.submit(argyle.store, argyle.actor("Teacher Two"), wish(argyle, "Teacher Two"))


def test_nobody_submits_for_others_but_the_division(argyle: Division) -> None:
    for name in ("Teacher Two", "Adam Admin"):
        with pytest.raises(Refused, match="authors"):
            submit.submit(argyle.store, argyle.actor(name), wish(argyle, "Teacher One"))
    submit.submit(argyle.store, argyle.actor(DANA), wish(argyle, "Teacher One", "High One"))


def test_one_community_a_person_and_year(argyle: Division) -> None:
    submit.submit(argyle.store, argyle.actor("Teacher One"), wish(argyle, "Teacher One"))
    for names in (("Teacher One",), ("Teacher Two", "Fay Facilitator")):
        with pytest.raises(Refused, match="already facilitates"):
            submit.submit(argyle.store, argyle.actor(names[0]), wish(argyle, *names))
    assert argyle.store.read(lambda: ProposalRow.select().count()) == 4


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"title": "  "}, "Title"), ({"title": "x" * (text.TITLE + 1)}, "Title"),
        ({"description": "\u200b"}, "Description"), ({"facilitators": ()}, "Facilitator"),
        ({"capacity": 0}, "Size"), ({"capacity": submit.LARGEST + 1}, "Size"),
        ({"audience": "children"}, "Audience"), ({"priorities": ("a", "b", "c", "d")}, "Priorities"),
        ({"activities": ("juggling",)}, "Activities"), ({"grades": ("13",)}, "Grades"),
        ({"subjects": ("",)}, "Subject"), ({"question": "?" * 301}, "Question"),
    ],
)  # fmt: skip
def test_a_proposal_that_may_not_enter_names_the_field(
    open_door: Division, changes: dict[str, Any], field: str
) -> None:
    proposal = wish(open_door, "Teacher One", **changes)
    with pytest.raises(BadText) as refused:
        submit.submit(open_door.store, open_door.actor(DANA), proposal)
    assert refused.value.field == field
    assert open_door.store.read(lambda: ProposalRow.select().count()) == 3


@pytest.mark.parametrize("capacity", [1, submit.LARGEST])
def test_the_smallest_and_the_largest_size_are_taken(open_door: Division, capacity: int) -> None:
    proposal = wish(open_door, "Teacher One", capacity=capacity)
    submit.submit(open_door.store, open_door.actor("Teacher One"), proposal)


def test_a_facilitator_who_has_left_is_named_as_such(argyle: Division) -> None:
    with pytest.raises(NotFound, match="not on the staff"):
        submit.submit(argyle.store, argyle.actor(DANA), wish(argyle, facilitators=(999,)))


@pytest.mark.parametrize("number", range(len(HOSTILE)))
def test_hostile_text_enters_as_text_or_is_refused_in_words(
    open_door: Division, number: int
) -> None:
    value = HOSTILE[number]
    proposal = wish(
        open_door, "Teacher One", title=value[:100], description=value[:3000], question=value[:250],
        place=value[:150], needs=value[:3000],
    )  # fmt: skip
    try:
        sent = submit.submit(open_door.store, open_door.actor("Teacher One"), proposal)
    except BadText as refused:
        assert refused.field in ("Title", "Description")
        return
    row = open_door.store.read(lambda: ProposalRow.get_by_id(sent.id))
    for stored in (sent.words, row.title, row.question, row.place, *row.description.split("\n")):
        assert unfit(stored) == []
    if value[:100].isascii() and value[:100].isprintable():
        assert row.title == " ".join(value[:100].split())


# -- approve and publish ------------------------------------------------------------------------------


def test_only_the_division_approves_and_only_once(argyle: Division) -> None:
    sent = submit.submit(argyle.store, argyle.actor("Teacher One"), wish(argyle, "Teacher One"))
    for name in ("Teacher One", "Paula Principal", "Cora Core"):
        with pytest.raises(Refused, match="Only Division Personnel"):
            review.approve(argyle.store, argyle.actor(name), sent.id or 0)
    review.approve(argyle.store, argyle.actor(DANA), sent.id or 0)
    with pytest.raises(Refused, match="approved already"):
        review.approve(argyle.store, argyle.actor(DANA), sent.id or 0)
    with pytest.raises(NotFound):
        review.approve(argyle.store, argyle.actor(DANA), 999)


@pytest.mark.parametrize("before", sorted(submit.TRANSITIONS))
@pytest.mark.parametrize("after", sorted(submit.TRANSITIONS))
def test_no_state_follows_but_what_the_table_lets(
    open_door: Division, before: str, after: str
) -> None:
    def change() -> None:
        row = ProposalRow.select().first()
        row.state = before
        row.save()
        submit.move(row, after)

    if (before, after) in {("draft", "submitted"), ("submitted", "approved")}:
        open_door.store.unit(change)
    else:
        with pytest.raises(ValueError, match=before):
            open_door.store.unit(change)


def test_offerings_come_out_together_with_all_that_belongs_to_them(argyle: Division) -> None:
    store = argyle.store
    pair = wish(
        argyle, "Teacher One", "High One", capacity=7, question="What lives here?", grades=("3", "4"),
        subjects=("Science",), priorities=("Land",), activities=("visits",), place="",
    )  # fmt: skip
    sent = submit.submit(store, argyle.actor("Teacher One"), pair)
    review.approve(store, argyle.actor(DANA), sent.id or 0)
    waits = submit.submit(
        store, argyle.actor("Teacher Two"), wish(argyle, "Teacher Two", title="Not yet")
    )
    set_clock(store, 2026, 9, 17)
    said = review.publish(store, argyle.actor(DANA))
    assert said.words == "Offerings are out: 4 communities, 22 places."
    assert store.read(promote.news, 2026, date(2026, 9, 17))[0].words.startswith(
        "Offerings are out"
    )
    walks = store.read(lambda: CommunityRow.get(CommunityRow.title == "Creek Walks"))
    assert (walks.capacity, walks.taken, walks.place) == (7, 0, "to be arranged")
    authors = {argyle.people["Teacher One"], argyle.people["High One"]}
    members = store.read(lambda: list(MembershipRow.select(
        MembershipRow.person, MembershipRow.role).where(
        MembershipRow.community == walks.id).tuples()))  # fmt: skip
    assert set(members) == {(ident, "facilitator") for ident in authors}
    one = store.read(standing, argyle.people["Teacher One"], 2026)
    assert one.facilitates == walks.id
    tags = store.read(lambda: {(t.kind, t.value) for t in CommunityTagRow.select().where(
        CommunityTagRow.community == walks.id)})  # fmt: skip
    assert tags == {("grade", "3"), ("grade", "4"), ("subject", "Science"), ("priority", "Land"),
                    ("activity", "visits")}  # fmt: skip
    assert store.read(lambda: PriorityRow.select().where(PriorityRow.name == "Land").count()) == 1
    meets = store.read(lambda: [m.held_on for m in MeetingRow.select().where(
        MeetingRow.community == walks.id).order_by(MeetingRow.held_on)])  # fmt: skip
    assert meets == [date(2026, 10, 9), date(2027, 3, 12)]
    assert state(argyle, waits.id or 0) == "submitted"
    with pytest.raises(Conflict, match="nothing new"):
        review.publish(store, argyle.actor(DANA))


def test_what_is_approved_later_joins_the_offerings(argyle: Division) -> None:
    store = argyle.store
    late = submit.submit(store, argyle.actor("Teacher One"), wish(argyle, "Teacher One"))
    set_clock(store, 2026, 9, 17)
    review.publish(store, argyle.actor(DANA))
    set_clock(store, 2026, 9, 18)
    review.approve(store, argyle.actor(DANA), late.id or 0)
    said = review.publish(store, argyle.actor(DANA))
    assert said.facts["communities"] == 1
    assert store.read(promote.news, 2026, date(2026, 9, 18))[0].words.startswith("New offerings")


def test_a_facilitator_who_joined_elsewhere_meanwhile_stops_the_publishing(
    argyle: Division,
) -> None:
    store = argyle.store
    late = submit.submit(store, argyle.actor("Teacher One"), wish(argyle, "Teacher One"))
    set_clock(store, 2026, 9, 17)
    review.publish(store, argyle.actor(DANA))
    talks = store.read(lambda: CommunityRow.get(CommunityRow.title == "Numeracy Talks").id)
    set_clock(store, 2026, 9, 22)
    join.join(store, argyle.actor("Teacher One"), talks)
    review.approve(store, argyle.actor(DANA), late.id or 0)
    with pytest.raises(Conflict, match=r"Teacher One is in another community already"):
        review.publish(store, argyle.actor(DANA))
    assert store.read(lambda: CommunityRow.select().count()) == 3


def test_offerings_come_out_all_year_and_not_after_it(argyle: Division) -> None:
    set_clock(argyle.store, 2027, 6, 1)
    with pytest.raises(Refused, match="ended on Mon 31 May"):
        review.publish(argyle.store, Actor.operator())
    set_clock(argyle.store, 2027, 5, 31)
    review.publish(argyle.store, Actor.operator())
