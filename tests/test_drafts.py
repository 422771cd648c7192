"""Drafts: kept for their owner, whatever they hold, and read by nobody else."""

from __future__ import annotations

import json

import pytest

from models import drafts
from models.database import Store
from models.errors import BadText, Refused
from models.journal import Actor, JournalRow, OperationRow
from models.people import PersonRow

from .conftest import set_clock
from .factory import Division, division

HOSTILE = (
    "[@click=app.quit]Ann[/]", "[/]", "\x1b[31mred\x1b]52;c;x\x07", "‮evil", "a\0b", "\ud800 half",
    "'; DROP TABLE draft; --", "=1+1", "👩‍👩‍👧", "",
)  # fmt: skip


@pytest.fixture
def argyle(store: Store) -> Division:
    return division(store)


def counted(made: Division) -> tuple[int, int]:
    return made.store.read(lambda: (JournalRow.select().count(), OperationRow.select().count()))


def test_a_draft_is_kept_replaced_offered_and_dropped(argyle: Division) -> None:
    one = argyle.people["Teacher One"]
    store = argyle.store
    drafts.keep_draft(store, Actor(one), "session.notes", "7", "Notes of 9 Oct", '{"body": "a"}')
    set_clock(store, 2026, 9, 23)
    drafts.keep_draft(store, Actor(one), "join.request", "", "A change", '{"reason": "b"}')
    set_clock(store, 2026, 9, 24)
    drafts.keep_draft(store, Actor(one), "session.notes", "7", "Notes of 9 Oct", '{"body": "ab"}')
    kept = store.read(drafts.drafts_of, one)
    assert [(d.form, d.subject) for d in kept] == [("session.notes", "7"), ("join.request", "")]
    found = store.read(drafts.read_draft, one, "session.notes", "7")
    assert found is not None
    assert json.loads(found.body) == {"body": "ab"}
    assert found.saved_at == store.clock.now()
    drafts.drop_draft(store, Actor(one), "session.notes", "7")
    drafts.drop_draft(store, Actor(one), "session.notes", "7")
    assert store.read(drafts.read_draft, one, "session.notes", "7") is None
    assert [d.form for d in store.read(drafts.drafts_of, one)] == ["join.request"]


def test_nobody_meets_the_draft_of_another(argyle: Division) -> None:
    one, two = argyle.people["Teacher One"], argyle.people["Teacher Two"]
    drafts.keep_draft(argyle.store, Actor(one), "f", "1", "Mine", "{}")
    assert argyle.store.read(drafts.drafts_of, two) == ()
    assert argyle.store.read(drafts.read_draft, two, "f", "1") is None
    # Dropping and keeping reach only one's own, since the actor is the owner.
    drafts.drop_draft(argyle.store, Actor(two), "f", "1")
    drafts.keep_draft(argyle.store, Actor(two), "f", "1", "Other", "[]")
    kept = argyle.store.read(drafts.read_draft, one, "f", "1")
    assert kept is not None and (kept.title, kept.body) == ("Mine", "{}")


def test_nobody_and_the_operator_have_no_drafts(argyle: Division) -> None:
    for actor in (Actor.nobody(), Actor.operator()):
        with pytest.raises((Refused, TypeError)):
            drafts.keep_draft(argyle.store, actor, "f", "1", "t", "{}")


def test_a_draft_leaves_nothing_in_the_journal(argyle: Division) -> None:
    before = counted(argyle)
    drafts.keep_draft(argyle.store, argyle.actor("Teacher One"), "f", "1", "t", "private")
    drafts.drop_draft(argyle.store, argyle.actor("Teacher One"), "f", "1")
    assert counted(argyle) == before


@pytest.mark.parametrize("words", HOSTILE)
def test_whatever_was_typed_comes_back(argyle: Division, words: str) -> None:
    one = argyle.people["Teacher One"]
    body = json.dumps({"body": words})
    drafts.keep_draft(argyle.store, Actor(one), "f", "1", words, body)
    (kept,) = argyle.store.read(drafts.drafts_of, one)
    assert json.loads(kept.body) == {"body": words}
    assert "\x1b" not in kept.title and "\0" not in kept.title


def test_a_raw_body_never_fails_for_its_characters(argyle: Division) -> None:
    one = argyle.people["Teacher One"]
    drafts.keep_draft(argyle.store, Actor(one), "f", "1", "t" * 500, "a\0b\ud800c")
    (kept,) = argyle.store.read(drafts.drafts_of, one)
    assert kept.body == "ab?c"
    assert len(kept.title) <= 200


def test_too_long_is_said(argyle: Division) -> None:
    with pytest.raises(BadText, match="fit"):
        body = "x" * (drafts.MOST + 1)
        drafts.keep_draft(argyle.store, argyle.actor("Teacher One"), "f", "1", "t", body)


def test_what_two_terminals_keep_of_one_form_is_all_kept(argyle: Division) -> None:
    store, one = argyle.store, argyle.people["Teacher One"]
    form = ("session.notes", "7")

    def keep(body: str, *known: str) -> int:
        receipt = drafts.keep_draft(store, Actor(one), *form, "Notes", body, known)
        return int(receipt.facts["elsewhere"])

    def kept() -> tuple[str | None, list[str]]:
        draft = store.read(drafts.read_draft, one, *form)
        aside = store.read(drafts.drafts_aside, one, *form)
        return draft and draft.body, sorted(d.body for d in aside)

    assert keep("here 1") == 0 and keep("here 2", "here 1") == 0
    # A terminal that had read nothing comes second.
    assert keep("there 1") == 1
    assert kept() == ("there 1", ["here 2"])
    assert keep("here 3", "here 2") == 1
    assert kept() == ("here 3", ["there 1"])
    assert keep("a third") == 2
    assert kept() == ("a third", ["here 3", "there 1"])
    # A lost answer: it is not known which of the two was kept.
    assert keep("here 4", "here 3", "here 3b") == 2
    assert kept() == ("here 4", ["a third", "there 1"])
    # The offer at the next sign-in is one; nobody else meets any.
    assert [d.body for d in store.read(drafts.drafts_of, one)] == ["here 4"]
    two = argyle.people["Teacher Two"]
    assert store.read(drafts.drafts_aside, two, *form) == ()
    drafts.drop_draft(store, Actor(two), *form, ("here 4", "a third"))
    # What is saved is forgotten, and what another terminal kept is the draft then.
    drafts.drop_draft(store, Actor(one), *form, ("here 4",))
    body, aside = kept()
    assert sorted([body, *aside]) == ["a third", "there 1"]
    drafts.drop_draft(store, Actor(one), *form, ("there 1", "a third"))
    assert kept() == (None, [])


def test_whoever_has_left_the_staff_is_told_so_and_keeps_what_was_kept(argyle: Division) -> None:
    store, one = argyle.store, argyle.people["Teacher One"]
    drafts.keep_draft(store, Actor(one), "session.notes", "1", "Notes", "until then")
    store.unit(lambda: PersonRow.update(active=False).where(PersonRow.id == one).execute())
    with pytest.raises(Refused, match="You are not on the staff list any more"):
        drafts.keep_draft(store, Actor(one), "session.notes", "1", "Notes", "and later")
    draft = store.read(drafts.read_draft, one, "session.notes", "1")
    assert draft is not None and draft.body == "until then"
