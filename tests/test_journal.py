"""The frame of every write: checked, recorded, whole or not at all, and the same operation done once."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest

from models import join, journal, promote
from models.actions import ACTIONS
from models.communities import CommunityRow, MembershipRow, NoticeRow
from models.database import Setting, Store, set_setting
from models.errors import ClockBehind, Conflict, NotFound, Refused
from models.journal import Actor, JournalRow, OperationRow, Receipt, Write
from models.promote import NewsRow

from .conftest import set_clock
from .factory import Division, division


@pytest.fixture
def argyle(store: Store) -> Division:
    return division(store)


def perform(
    store: Store, actor: Actor, work: Callable[..., Receipt], action: str = "news.post", *args: Any
) -> Receipt:
    """Run a write of the test's own in the frame of an action of the table."""
    return journal._perform(store, actor, ACTIONS[action], work, args, {})


def count(store: Store, table: Any) -> int:
    found: int = store.read(lambda: table.select().count())
    return found


def rows_of(store: Store, op: str) -> list[Any]:
    return store.read(
        lambda: list(JournalRow.select().where(JournalRow.op == op).order_by(JournalRow.id))
    )


# -- recorded with the change itself -----------------------------------------------------------------


def test_the_journal_says_who_did_what_to_what_and_when(argyle: Division) -> None:
    actor, land = argyle.actor("Teacher One"), argyle.communities["Land-Based Learning"]
    join.join(argyle.store, actor, land)
    [row] = rows_of(argyle.store, actor.op)
    assert (row.action, row.actor_id, row.person_id, row.community_id) == (
        "join.join", actor.person_id, actor.person_id, land,
    )  # fmt: skip
    assert row.at == datetime(2026, 9, 22, 18) and row.happened_on.isoformat() == "2026-09-22"


def test_what_is_done_for_somebody_says_by_whom(argyle: Division) -> None:
    actor, one = argyle.actor("Lea Lead"), argyle.people["Teacher One"]
    join.register(argyle.store, actor, [(one, argyle.communities["Numeracy Talks"])])
    [row] = rows_of(argyle.store, actor.op)
    assert (row.actor_id, row.person_id, row.action) == (actor.person_id, one, "join.register")
    operator = Actor.operator()
    promote.set_division(argyle.store, operator, "website", "https://cofp.example")
    [row] = rows_of(argyle.store, operator.op)
    assert row.actor_id is None and json.loads(row.what)["value"] == "https://cofp.example"


def test_whoever_moves_up_a_list_stands_in_the_journal_too(argyle: Division) -> None:
    land = argyle.communities["Land-Based Learning"]
    for name in ("Teacher One", "Teacher Two"):
        argyle.join(name, "Land-Based Learning")
    join.wait(argyle.store, argyle.actor("Teacher Three"), land)
    actor = argyle.actor("Teacher One")
    join.leave(argyle.store, actor, land)
    assert [(row.action, row.person_id) for row in rows_of(argyle.store, actor.op)] == [
        ("join.leave", argyle.people["Teacher One"]), ("join.wait", argyle.people["Teacher Three"]),
    ]  # fmt: skip


def test_every_write_that_counts_has_its_operation_and_its_journal_rows(argyle: Division) -> None:
    """Over everything that the division did so far."""
    argyle.join("Teacher One", "Numeracy Talks")

    def read() -> tuple[set[str], set[str]]:
        return ({r.op for r in OperationRow.select()}, {r.op for r in JournalRow.select()})

    operations, recorded = argyle.store.read(read)
    assert operations == recorded != set()


# -- checked, or it does not happen -------------------------------------------------------------------


def test_a_write_that_never_asked_the_table_leaves_nothing(argyle: Division) -> None:
    def unchecked(w: Write) -> Receipt:
        promote.put_news(w, "unchecked")
        w.journal()
        return w.receipt("Done.")

    before = count(argyle.store, JournalRow)
    with pytest.raises(RuntimeError, match="not checked"):
        perform(argyle.store, argyle.actor("Dana Division"), unchecked)
    assert count(argyle.store, JournalRow) == before
    assert not argyle.store.read(
        lambda: NewsRow.select().where(NewsRow.words == "unchecked").exists()
    )


def test_a_write_without_a_journal_row_leaves_nothing(argyle: Division) -> None:
    def silent(w: Write) -> Receipt:
        w.require()
        promote.put_news(w, "silent")
        return w.receipt("Done.")

    with pytest.raises(RuntimeError, match="nothing to the journal"):
        perform(argyle.store, argyle.actor("Dana Division"), silent)
    assert not argyle.store.read(lambda: NewsRow.select().where(NewsRow.words == "silent").exists())


@pytest.mark.parametrize(
    "failure", [Refused("No."), Conflict("Meanwhile."), NotFound("Gone."), ValueError("a fault")]
)
def test_a_write_that_fails_in_the_middle_leaves_nothing(
    argyle: Division, failure: Exception
) -> None:
    store, land = argyle.store, argyle.communities["Land-Based Learning"]

    def halfway(w: Write) -> Receipt:
        w.require()
        promote.put_news(w, "halfway")
        CommunityRow.update(taken=CommunityRow.taken + 1).where(CommunityRow.id == land).execute()
        w.journal(community_id=land)
        raise failure

    before = [count(store, t) for t in (NewsRow, JournalRow, OperationRow, NoticeRow)]
    actor = argyle.actor("Dana Division")
    with pytest.raises(type(failure)):
        perform(store, actor, halfway)
    assert [count(store, t) for t in (NewsRow, JournalRow, OperationRow, NoticeRow)] == before
    assert argyle.taken("Land-Based Learning") == 0
    # The operation did not happen, so the same one may be tried again.
    promote.post_news(store, actor, "after all")


def test_a_refused_join_leaves_no_trace(argyle: Division) -> None:
    for name in ("Teacher One", "Teacher Two"):
        argyle.join(name, "Land-Based Learning")
    before = [count(argyle.store, t) for t in (JournalRow, OperationRow, MembershipRow)]
    with pytest.raises(Refused):
        argyle.join("Teacher Three", "Land-Based Learning")
    assert [count(argyle.store, t) for t in (JournalRow, OperationRow, MembershipRow)] == before


def test_roles_are_read_afresh_in_the_write_itself(argyle: Division) -> None:
    """Who was a Lead when the screen was drawn is none when the write comes."""
    pairs = [(argyle.people["Teacher One"], argyle.communities["Numeracy Talks"])]
    promote.appoint(argyle.store, Actor.operator(), "lead", argyle.people["Lea Lead"], given=False)
    with pytest.raises(Refused, match="Leads and Principal"):
        join.register(argyle.store, argyle.actor("Lea Lead"), pairs)


def test_the_day_is_taken_inside_the_write(argyle: Division) -> None:
    set_clock(argyle.store, 2026, 9, 26, 5, 59)  # 23:59 on Friday in Regina
    argyle.join("Teacher One", "Numeracy Talks")
    set_clock(argyle.store, 2026, 9, 26, 6, 0)  # midnight
    with pytest.raises(Refused, match="closed on Fri 25 Sep"):
        argyle.join("Teacher Two", "Numeracy Talks")


def test_before_a_year_is_laid_out_only_the_operator_acts(store: Store) -> None:
    for actor in (Actor.nobody(), Actor.operator()):
        with pytest.raises(Refused, match="No year has been set up"):
            promote.post_news(store, actor, "Hello")
    promote.set_division(store, Actor.operator(), "division", "Regina Public")
    promote.lay_out(store, Actor.operator(), 2026)
    with pytest.raises(Conflict, match="set up already"):
        promote.lay_out(store, Actor.operator(), 2026)


def test_somebody_who_is_nobody_is_said_to_be_gone(argyle: Division) -> None:
    with pytest.raises(NotFound, match="not in the roster"):
        join.stop_waiting(argyle.store, Actor(999_999))
    with pytest.raises(TypeError, match="needs a person"):
        join.join(argyle.store, Actor.operator(), argyle.communities["Numeracy Talks"])


def test_a_write_inside_a_write_is_a_mistake_of_the_program(argyle: Division) -> None:
    def nested(_w: Write) -> Receipt:
        return promote.post_news(argyle.store, Actor.operator(), "inside")

    with pytest.raises(RuntimeError, match="inside"):
        perform(argyle.store, Actor.operator(), nested)
    assert argyle.store.read(lambda: argyle.store.read(lambda: 7)) == 7


# -- once -----------------------------------------------------------------------------------------------


def test_the_same_operation_again_gives_its_receipt_and_does_nothing(argyle: Division) -> None:
    actor = argyle.actor("Lea Lead")
    land = argyle.communities["Land-Based Learning"]
    pairs = [(argyle.people[f"Teacher {n}"], land) for n in ("One", "Two", "Three")]
    first = join.register(argyle.store, actor, pairs)
    before = [count(argyle.store, t) for t in (JournalRow, NoticeRow, MembershipRow)]
    for _ in range(2):
        again = join.register(argyle.store, actor, pairs)
        assert (again.words, again.id, again.action) == (first.words, first.id, first.action)
        assert json.dumps(dict(again.facts)) == json.dumps(dict(first.facts))
    assert [count(argyle.store, t) for t in (JournalRow, NoticeRow, MembershipRow)] == before


def test_an_operation_id_serves_one_action_of_one_person(argyle: Division) -> None:
    actor = argyle.actor("Teacher One")
    join.join(argyle.store, actor, argyle.communities["Numeracy Talks"])
    with pytest.raises(Conflict, match="operation id"):
        join.leave(argyle.store, actor, argyle.communities["Numeracy Talks"])
    other = Actor(argyle.people["Teacher Two"], op=actor.op)
    with pytest.raises(Conflict, match="operation id"):
        join.join(argyle.store, other, argyle.communities["Numeracy Talks"])
    assert argyle.taken("Numeracy Talks") == 1


def test_the_same_operation_at_two_places_at_once_is_done_once(argyle: Division) -> None:
    """A retry that overtakes the first try: both hear the same receipt."""
    actor, talks = argyle.actor("Teacher One"), argyle.communities["Numeracy Talks"]
    start, heard = threading.Barrier(4), []

    def run() -> None:
        try:
            start.wait()
            heard.append(join.join(argyle.store, actor, talks))
        except Exception as error:
            heard.append(error)
        finally:
            argyle.store.close_connection()

    threads = [threading.Thread(target=run) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert heard == [Receipt("join.join", "You are in Numeracy Talks.", talks)] * 4
    assert argyle.taken("Numeracy Talks") == 1


# -- the clock ----------------------------------------------------------------------------------------


def test_a_clock_behind_the_journal_stops_writes_until_the_operator_accepts(
    argyle: Division,
) -> None:
    store = argyle.store
    argyle.join("Teacher One", "Numeracy Talks")
    at = datetime(2026, 9, 22, 18)

    def stands(moment: datetime) -> None:
        set_clock(store, moment.year, moment.month, moment.day, moment.hour, moment.minute)

    stands(at - journal.MOST_BEHIND)
    argyle.join("Teacher Two", "Numeracy Talks")
    stands(at - journal.MOST_BEHIND - timedelta(minutes=1))
    with pytest.raises(ClockBehind, match=r"2026-09-22 17:49 UTC.*2026-09-22 18:00 UTC") as behind:
        argyle.join("Teacher Three", "Numeracy Talks")
    assert "--accept-clock" in str(behind.value)
    assert argyle.taken("Numeracy Talks") == 2

    said = journal.accept_clock(store)
    assert said
    argyle.join("Teacher Three", "Numeracy Talks")
    # It was accepted up to the moment that the journal held then, not for good.
    stands(at + timedelta(hours=2))
    argyle.join("Teacher Four", "Numeracy Talks")
    stands(at)
    with pytest.raises(ClockBehind):
        argyle.join("Teacher Five", "Numeracy Talks")
    assert argyle.taken("Numeracy Talks") == 4


def test_a_clock_that_agrees_needs_no_accepting(argyle: Division) -> None:
    assert "nothing to accept" in journal.accept_clock(argyle.store)
    assert argyle.store.settings.clock_accepted == ""


# -- settings -----------------------------------------------------------------------------------------


def test_settings_come_back_as_they_were_set(store: Store) -> None:
    assert store.settings.minimum_size == 4 and not store.settings.is_sample

    def put() -> None:
        set_setting("minimum_size", 6)
        set_setting("minimum_size", 7)
        set_setting("division", "Regina")
        Setting.insert(key="of_a_newer_program", value="x").execute()

    store.unit(put)
    store.reload_settings()
    assert (store.settings.minimum_size, store.settings.division) == (7, "Regina")
    with pytest.raises(KeyError):
        store.unit(lambda: set_setting("of_nobody", 1))


def test_a_samples_clock_stands_on_its_day(store: Store) -> None:
    store.unit(lambda: set_setting("sample_on", "2026-09-22"))
    store.reload_settings()
    assert store.clock.fixed is not None and store.clock.fixed.isoformat() == "2026-09-22"


# -- the day and the settings ------------------------------------------------------------------------


def test_a_write_keeps_the_day_that_its_own_transaction_read(
    argyle: Division, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The reading lane may take an older snapshot's settings while a write is under way."""
    store, take = argyle.store, argyle.store.take_settings

    def overtaken() -> Any:
        mine = take()
        store.clock = replace(store.clock, zone_name="Pacific/Kiritimati")
        store.settings = replace(store.settings, most_priorities=1)
        return mine

    monkeypatch.setattr(store, "take_settings", overtaken)
    seen: list[Any] = []

    def work(w: Write) -> Receipt:
        w.require()
        w.journal(seen=True)
        seen.extend((w.on.isoformat(), w.clock.zone_name, w.settings.most_priorities))
        return w.receipt("Done.")

    perform(store, Actor.operator(), work)
    assert seen == ["2026-09-22", "America/Regina", 3]
