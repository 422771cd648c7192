"""Forty processes at once for the last places, on both engines: every round exactly full, none oversold."""

from __future__ import annotations

import threading
from collections import Counter
from contextlib import suppress
from typing import Any

import pytest

from models import join, participate
from models.communities import CommunityRow, MeetingRow, MembershipRow, NoticeRow
from models.database import Store
from models.join import requests
from models.join.tables import ChangeRequestRow, WaitingRow
from models.journal import JournalRow, OperationRow
from models.participate import meetings, notes
from models.people import PersonRow

from . import racing
from .conftest import set_clock
from .factory import Division, add_person, division

PROCESSES, ROUNDS, PLACES = 40, 5, 15

pytestmark = pytest.mark.slow


@pytest.fixture
def argyle(store: Store) -> Division:
    return division(store, members=2)


def add_people(made: Division, many: int) -> list[int]:
    return [add_person(made.store, f"Racer {n:03}", made.schools["Argyle"]) for n in range(many)]


def add_communities(made: Division, many: int, capacity: int) -> list[int]:
    """Communities beside the factory's own, straight into the store."""

    def insert() -> list[int]:
        fields = {
            "year": 2026, "description": "", "question": "", "audience": "any", "place": "here",
            "audience_words": "any", "capacity": capacity,
        }  # fmt: skip
        return [
            CommunityRow.insert(title=f"Race {n}", sort_title=f"race {n}", **fields).execute()
            for n in range(many)
        ]

    return made.store.unit(insert)


def check_whole(store: Store) -> None:
    """Hold what must be true whatever raced."""

    def read() -> dict[str, Any]:
        return {
            "communities": {c.id: c for c in CommunityRow.select()},
            "members": list(MembershipRow.select().where(MembershipRow.role == "member")),
            "waiting": list(WaitingRow.select().order_by(WaitingRow.id)),
            "operations": {r.op for r in OperationRow.select()},
            "recorded": {r.op for r in JournalRow.select()},
        }

    found = store.read(read)
    people = [m.person_id for m in found["members"]]
    assert len(people) == len(set(people)), "somebody is in two communities"
    members = Counter(m.community_id for m in found["members"])
    for ident, community in found["communities"].items():
        assert 0 <= community.taken <= community.capacity
        assert community.taken == members[ident], community.title
    waits = [w.person_id for w in found["waiting"]]
    assert len(waits) == len(set(waits)), "somebody stands in two lists"
    for entry in found["waiting"]:
        community = found["communities"][entry.community_id]
        assert community.taken == community.capacity, f"{community.title} has a place and a list"
        assert entry.person_id not in {
            m.person_id for m in found["members"] if m.community_id == entry.community_id
        }
    assert found["operations"] == found["recorded"]


def test_forty_processes_race_for_the_last_places(
    argyle: Division, record_property: Any, capsys: pytest.CaptureFixture[str]
) -> None:
    store = argyle.store
    everyone = add_people(argyle, PROCESSES * ROUNDS)
    rounds = [
        (community_id, everyone[n * PROCESSES : (n + 1) * PROCESSES])
        for n, community_id in enumerate(add_communities(argyle, ROUNDS, PLACES))
    ]
    store.close_connection()
    told = racing.together(racing.race, PROCESSES, store.url, rounds)
    for number, (community_id, people) in enumerate(rounds):
        outcomes = [one[number] for one in told]
        winners = {o.person_id for o in outcomes if o.done}
        assert len(winners) == PLACES, f"round {number}: {len(winners)} of {PLACES}"
        for loser in (o for o in outcomes if not o.done):
            assert loser.kind == "Refused" and "This community is full." in loser.words, loser

        def members(community_id: int = community_id) -> set[int]:
            rows = MembershipRow.select().where(MembershipRow.community == community_id)
            return {row.person_id for row in rows}

        assert store.read(members) == winners
        assert sorted(o.person_id for o in outcomes) == sorted(people)
    check_whole(store)
    longest = max(o.seconds for one in told for o in one)
    record_property("longest wait, seconds", round(longest, 3))
    with capsys.disabled():
        print(f" longest wait {longest * 1000:.0f} ms", end="")


def test_switching_leaving_and_waiting_at_once_keeps_every_rule(argyle: Division) -> None:
    store = argyle.store
    people = add_people(argyle, 12)
    communities = add_communities(argyle, 3, 3)
    store.close_connection()
    told = racing.together(racing.wander, 8, store.url, people, communities, 40)
    kinds = Counter(o.kind for one in told for o in one)
    assert set(kinds) <= {"Receipt", "Refused", "Conflict"}, kinds
    assert kinds["Receipt"] > 20
    check_whole(store)


def test_a_conflict_says_what_to_do(argyle: Division) -> None:
    """Whatever a loser is told is a sentence, and never the engine's own."""
    store = argyle.store
    people = add_people(argyle, 2)
    communities = add_communities(argyle, 2, 1)
    store.close_connection()
    told = racing.together(racing.wander, 6, store.url, people, communities, 25)
    for outcome in (o for one in told for o in one if not o.done):
        assert outcome.words.endswith((".", "!"))
        for foreign in ("UNIQUE", "constraint", "SQL", "psycopg", "Error", "DETAIL"):
            assert foreign not in outcome.words
    check_whole(store)
    assert store.read(lambda: PersonRow.select().count()) > 2


def test_two_approvals_at_the_same_moment_both_count(
    argyle: Division, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The Principal and Division Personnel press Enter together: neither word is lost."""
    store = argyle.store
    argyle.join("Teacher One", "Numeracy Talks")
    set_clock(store, 2026, 10, 1)
    asked = join.ask_change(
        store, argyle.actor("Teacher One"), argyle.communities["Band & Choir"], "Please"
    )
    both, hold = threading.Barrier(2), requests.hold

    def hold_together(*communities: int | None) -> None:
        # Wait here, once the request was read, for the other one to have read it too.
        with suppress(threading.BrokenBarrierError):
            both.wait(0.7)
        hold(*communities)

    monkeypatch.setattr(requests, "hold", hold_together)
    told: list[racing.Outcome] = []

    def approve(name: str) -> None:
        actor = argyle.actor(name)
        told.append(racing.attempt(0, join.approve_change, store, actor, asked.id or 0))
        store.close_connection()

    threads = [
        threading.Thread(target=approve, args=(name,))
        for name in ("Paula Principal", "Dana Division")
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [o.kind for o in told] == ["Receipt", "Receipt"], told
    row = store.read(lambda: ChangeRequestRow.get_by_id(asked.id))
    assert (row.principal_by, row.division_by, row.state) == (
        argyle.people["Paula Principal"], argyle.people["Dana Division"], "approved",
    )  # fmt: skip
    check_whole(store)


# -- two facilitators at once ---------------------------------------------------------------------


@pytest.fixture
def team(argyle: Division) -> Division:
    """Land-Based Learning facilitated by two, Fay and Teacher Two, with Teacher One its member."""
    argyle.join("Teacher One", "Land-Based Learning")

    def insert() -> None:
        MembershipRow.insert(
            year=2026, community=argyle.communities["Land-Based Learning"],
            person=argyle.people["Teacher Two"], role="facilitator", since=racing.AT,
            registered_on=racing.AT.date(), how="facilitates",
        ).execute()  # fmt: skip

    argyle.store.unit(insert)
    return argyle


def meet(
    team: Division, monkeypatch: pytest.MonkeyPatch, where: Any, name: str, write: Any, *args: Any,
    **named: Any,
) -> list[racing.Outcome]:  # fmt: skip
    """Both facilitators do the same thing, each having read with `where.name` before either writes."""
    both, real = threading.Barrier(2), getattr(where, name)

    def together(*found: Any, **more: Any) -> Any:
        done = real(*found, **more)
        # Here both have read what stands, unless one of them holds it and the other waits for it.
        with suppress(threading.BrokenBarrierError):
            both.wait(0.7)
        return done

    monkeypatch.setattr(where, name, together)
    told: list[racing.Outcome] = []

    def run(who: str) -> None:
        actor = team.actor(who)
        told.append(racing.attempt(0, lambda: write(team.store, actor, *args, **named)))
        team.store.close_connection()

    threads = [
        threading.Thread(target=run, args=(who,)) for who in ("Fay Facilitator", "Teacher Two")
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return told


def half_day_meeting(team: Division) -> int:
    """Land-Based Learning's meeting of the first half-day."""
    query = MeetingRow.select(MeetingRow.id).where(
        MeetingRow.community == team.communities["Land-Based Learning"]
    )
    found: int = team.store.read(lambda: query.order_by(MeetingRow.held_on).scalar())
    return found


def test_notes_published_by_two_at_once_are_told_of_once(
    team: Division, monkeypatch: pytest.MonkeyPatch
) -> None:
    set_clock(team.store, 2026, 10, 9)
    meeting = half_day_meeting(team)
    participate.write_notes(team.store, team.actor("Fay Facilitator"), meeting, "We walked.", 0)
    told = meet(team, monkeypatch, notes, "_check_version", participate.publish_notes, meeting, 1)
    assert sorted(o.kind for o in told) == ["Receipt", "Refused"], told
    assert "The members read these notes already." in [o.words for o in told]

    def notices() -> int:
        query = NoticeRow.select().where(
            (NoticeRow.person == team.people["Teacher One"]) & (NoticeRow.kind == "notes")
        )
        found: int = query.count()
        return found

    assert team.store.read(notices) == 1


def test_notes_begun_by_two_at_once_are_both_kept(
    team: Division, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whoever comes second is shown the first one's text, not a sentence about a conflict alone."""
    set_clock(team.store, 2026, 10, 9)
    meeting = half_day_meeting(team)
    bodies = iter(("We walked.", "We talked."))

    def write(store: Store, actor: Any, meeting_id: int) -> Any:
        return participate.write_notes(store, actor, meeting_id, next(bodies), 0)

    told = meet(team, monkeypatch, notes, "_check_version", write, meeting)
    assert sorted(o.kind for o in told) == ["ChangedMeanwhile", "Receipt"], told


@pytest.mark.parametrize("half", ["morning", "other"])
def test_a_meeting_added_by_two_at_once_is_added_once(
    team: Division, monkeypatch: pytest.MonkeyPatch, half: str
) -> None:
    community = team.communities["Land-Based Learning"]
    on = racing.AT.date().replace(month=11, day=3)
    told = meet(
        team, monkeypatch, meetings, "_check_free", participate.add_meeting, community,
        held_on=on, half=half,
    )  # fmt: skip
    assert sorted(o.kind for o in told) == ["Conflict", "Receipt"], told
    assert any("Your community meets on Tue 3 Nov" in o.words for o in told), told

    def added() -> int:
        found: int = (
            MeetingRow.select()
            .where((MeetingRow.community == community) & (MeetingRow.held_on == on))
            .count()
        )
        return found

    assert team.store.read(added) == 1
