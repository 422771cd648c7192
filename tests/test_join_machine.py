"""Joining as a machine: anything anybody may try, in any order, against a model of a page's length.

The model knows the programme's rules and nothing of the program: who holds which place, who stands in which
list, whose word a request has. After every step the store must say exactly what the model says.
"""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, ClassVar

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from models import join
from models.communities import CommunityRow, MembershipRow
from models.database import Store, open_store
from models.errors import Refused
from models.join.tables import ChangeRequestRow, WaitingRow
from models.journal import Actor, JournalRow, OperationRow

from .conftest import set_clock
from .factory import Division, division

CAPACITY = {"Land-Based Learning": 2, "Numeracy Talks": 3, "Band & Choir": 5}
PRINCIPAL_OF = {"Argyle": "Paula Principal", "Balfour": "Hugo Head", "Office": ""}
SCHOOL = {
    **{f"Teacher {n}": "Argyle" for n in ("One", "Two", "Three", "Four", "Five")},
    "Lea Lead": "Argyle", "Paula Principal": "Argyle", "High One": "Balfour", "Hugo Head": "Balfour",
    "Dana Division": "Office",
}  # fmt: skip
"""Everybody who joins, and their school."""
OFFICIALS = (
    "Paula Principal",
    "Hugo Head",
    "Dana Division",
    "Drew Division",
    "Lea Lead",
    "Teacher One",
)

people = st.sampled_from(sorted(SCHOOL))
titles = st.sampled_from(sorted(CAPACITY))
officials = st.sampled_from(OFFICIALS)


@dataclass
class Request:
    """An open request: where to, and who has given their word as what."""

    ident: int
    to: str
    words: dict[str, str] = field(default_factory=dict)


@dataclass
class Model:
    """What the programme's rules say."""

    is_open: bool = True
    held: dict[str, str] = field(default_factory=dict)
    lists: dict[str, list[str]] = field(default_factory=lambda: {title: [] for title in CAPACITY})
    requests: dict[str, Request] = field(default_factory=dict)

    def members(self, title: str) -> set[str]:
        return {who for who, where in self.held.items() if where == title}

    def is_free(self, title: str) -> bool:
        return len(self.members(title)) < CAPACITY[title]

    def waits_for(self, who: str) -> str:
        return next((title for title, line in self.lists.items() if who in line), "")

    def step_off(self, who: str) -> None:
        for line in self.lists.values():
            if who in line:
                line.remove(who)

    def enter(self, who: str, title: str) -> None:
        """Take a place; the one held before is given up, and goes down its list while Join is open."""
        left = self.held.get(who)
        self.held[who] = title
        if who in self.lists[title]:
            self.lists[title].remove(who)
        if left is not None:
            self.move_up(left)

    def move_up(self, title: str) -> None:
        if self.is_open and self.lists[title] and self.is_free(title):
            self.enter(self.lists[title][0], title)

    def principal_for(self, who: str) -> str:
        """The Principal who answers for somebody; nobody answers for themselves."""
        principal = PRINCIPAL_OF[SCHOOL[who]]
        return "" if principal == who else principal

    def word_of(self, by: str, who: str) -> str:
        """As what somebody may answer a person's request: 'principal', 'division' or not at all."""
        if by == who:
            return ""
        if by == self.principal_for(who):
            return "principal"
        return "division" if by in ("Dana Division", "Drew Division") else ""

    def words_missing(self, who: str) -> set[str]:
        wanted = {"principal", "division"} if self.principal_for(who) else {"division"}
        return wanted - set(self.requests[who].words)

    def registers(self, by: str, who: str, *, late: bool) -> bool:
        """Whether somebody may register somebody else, as Lead, Principal or Division Personnel."""
        if by == who:
            return False
        leads = not late and by == "Lea Lead" and SCHOOL[who] == "Argyle"
        return leads or by == PRINCIPAL_OF[SCHOOL[who]] or by in ("Dana Division", "Drew Division")


class Joining(RuleBasedStateMachine):
    """The program beside the model."""

    template: ClassVar[Path]
    made: ClassVar[Division]

    @initialize(
        order=st.permutations(sorted(SCHOOL)), wishes=st.lists(titles, min_size=10, max_size=10)
    )
    def begin(self, order: list[str], wishes: list[str]) -> None:
        """A morning of the join week: one after the other takes a place, or stands in line for it."""
        self.folder = Path(tempfile.mkdtemp(prefix="cofp-machine-"))
        path = self.folder / "cofp.db"
        shutil.copy(self.template, path)
        self.store: Store = open_store(str(path), flush=False)
        set_clock(self.store, 2026, 9, 22)
        self.model = Model()
        self.done = 0
        for who, title in zip(order, wishes, strict=True):
            if not self.join(who, title):
                self.wait(who, title)

    def teardown(self) -> None:
        if hasattr(self, "store"):
            self.store.close()
            shutil.rmtree(self.folder)

    def try_it(self, who: str, allowed: bool, write: Callable[..., Any], *args: Any) -> Any:
        """Do a write that the model allows or refuses; the program has to agree."""
        try:
            receipt = write(self.store, Actor(self.made.people[who]), *args)
        except Refused as refused:
            assert not allowed, f"{who}: {write.__name__}{args}: {refused}"
            assert refused.rule.endswith(".") or ":" in refused.rule
            return None
        assert allowed, f"{who} could {write.__name__}{args}"
        self.done += 1
        return receipt

    def community(self, title: str) -> int:
        return self.made.communities[title]

    # -- in the window ------------------------------------------------------------------------------

    @precondition(lambda self: self.model.is_open)
    @rule(who=people, title=titles)
    def try_to_join(self, who: str, title: str) -> None:
        self.join(who, title)

    def join(self, who: str, title: str) -> bool:
        m = self.model
        allowed = m.is_open and who not in m.held and m.is_free(title)
        done = self.try_it(who, allowed, join.join, self.community(title)) is not None
        if done:
            m.enter(who, title)
        return done

    @precondition(lambda self: self.model.is_open)
    @rule(data=st.data(), anybody=people, title=titles, really=st.integers(0, 4))
    def switch(self, data: st.DataObject, anybody: str, title: str, really: int) -> None:
        held = sorted(self.model.held)
        who = data.draw(st.sampled_from(held)) if held and really else anybody
        m = self.model
        allowed = m.is_open and m.held.get(who, title) != title and m.is_free(title)
        if self.try_it(who, allowed, join.switch, self.community(title)):
            m.enter(who, title)

    @precondition(lambda self: self.model.is_open and self.model.held)
    @rule(data=st.data(), elsewhere=titles, really=st.integers(0, 4))
    def leave(self, data: st.DataObject, elsewhere: str, really: int) -> None:
        m = self.model
        who = data.draw(st.sampled_from(sorted(m.held)))
        title = m.held[who] if really else elsewhere
        if self.try_it(who, m.is_open and m.held[who] == title, join.leave, self.community(title)):
            del m.held[who]
            m.move_up(title)

    @precondition(lambda self: self.model.is_open)
    @rule(who=people, title=titles)
    def try_to_wait(self, who: str, title: str) -> None:
        self.wait(who, title)

    def wait(self, who: str, title: str) -> None:
        m = self.model
        allowed = (
            m.is_open and m.held.get(who) != title and not m.is_free(title)
            and m.waits_for(who) != title
        )  # fmt: skip
        receipt = self.try_it(who, allowed, join.wait, self.community(title))
        if receipt:
            m.step_off(who)
            m.lists[title].append(who)
            assert receipt.facts["place"] == len(m.lists[title])

    @rule(data=st.data(), anybody=people, really=st.integers(0, 4))
    def stop_waiting(self, data: st.DataObject, anybody: str, really: int) -> None:
        waiting = [who for line in self.model.lists.values() for who in line]
        who = data.draw(st.sampled_from(waiting)) if waiting and really else anybody
        if self.try_it(who, bool(self.model.waits_for(who)), join.stop_waiting):
            self.model.step_off(who)

    @precondition(lambda self: self.model.is_open)
    @rule(by=officials, who=people, title=titles)
    def register(self, by: str, who: str, title: str) -> None:
        m = self.model
        allowed = (
            m.is_open
            and m.registers(by, who, late=False)
            and who not in m.held
            and m.is_free(title)
        )
        pairs = [(self.made.people[who], self.community(title))]
        if self.try_it(by, allowed, join.register, pairs):
            m.enter(who, title)

    @precondition(lambda self: self.model.is_open)
    @rule(
        by=officials,
        pairs=st.lists(st.tuples(people, titles), min_size=2, max_size=5, unique_by=lambda p: p[0]),
    )
    def register_several(self, by: str, pairs: list[tuple[str, str]]) -> None:
        m = self.model
        done = []
        for who, title in pairs:
            if m.registers(by, who, late=False) and who not in m.held and m.is_free(title):
                m.enter(who, title)
                done.append(self.made.people[who])
        named = [(self.made.people[who], self.community(title)) for who, title in pairs]
        receipt = self.try_it(by, bool(done), join.register, named)
        if receipt:
            assert receipt.facts["done"] == done
            assert len(receipt.facts["refused"]) == len(pairs) - len(done)

    @precondition(lambda self: self.model.is_open and self.done > 12)
    @rule()
    def close(self) -> None:
        self.model.is_open = False
        set_clock(self.store, 2026, 9, 28)

    # -- after it -----------------------------------------------------------------------------------

    @precondition(lambda self: not self.model.is_open)
    @rule(by=officials, who=people, title=titles)
    def register_late(self, by: str, who: str, title: str) -> None:
        m = self.model
        allowed = (
            not m.is_open and m.registers(by, who, late=True) and who not in m.held
            and m.is_free(title)
        )  # fmt: skip
        pairs = [(self.made.people[who], self.community(title))]
        if self.try_it(by, allowed, join.register_late, pairs, "back from leave"):
            m.enter(who, title)

    @precondition(lambda self: not self.model.is_open)
    @rule(who=people, title=titles)
    def too_late(self, who: str, title: str) -> None:
        """What the window allowed is refused now, whatever the state."""
        one, ident = [(self.made.people[who], self.community(title))], self.community(title)
        for write in (join.join, join.switch, join.leave, join.wait):
            self.try_it(who, False, write, ident)
        self.try_it("Lea Lead", False, join.register, one)

    @precondition(lambda self: self.model.is_open)
    @rule(who=people, title=titles)
    def too_early(self, who: str, title: str) -> None:
        one = [(self.made.people[who], self.community(title))]
        self.try_it(who, False, join.ask_change, self.community(title), "Please")
        self.try_it("Paula Principal", False, join.register_late, one, "Please")

    @precondition(lambda self: not self.model.is_open and self.model.held)
    @rule(data=st.data(), title=titles)
    def ask_change(self, data: st.DataObject, title: str) -> None:
        m = self.model
        who = data.draw(st.sampled_from(sorted(m.held)))
        receipt = self.try_it(
            who, m.held[who] != title, join.ask_change, self.community(title), "Please"
        )
        if receipt:
            m.requests[who] = Request(receipt.id, title)

    @precondition(lambda self: self.model.requests)
    @rule(data=st.data(), by=officials, to_free=st.booleans())
    def approve(self, data: st.DataObject, by: str, to_free: bool) -> None:
        m = self.model
        free = sorted(who for who, asked in m.requests.items() if m.is_free(asked.to))
        who = data.draw(st.sampled_from(free if to_free and free else sorted(m.requests)))
        asked, word = m.requests[who], m.word_of(by, who)
        allowed = (
            word in m.words_missing(who) and by not in asked.words.values() and m.is_free(asked.to)
        )
        receipt = self.try_it(by, allowed, join.approve_change, asked.ident)
        if receipt:
            asked.words[word] = by
            assert bool(receipt.facts.get("moved")) == (not m.words_missing(who))
            if not m.words_missing(who):
                m.enter(who, asked.to)
                del m.requests[who]

    @precondition(lambda self: self.model.requests)
    @rule(data=st.data(), by=officials)
    def decline(self, data: st.DataObject, by: str) -> None:
        m = self.model
        who = data.draw(st.sampled_from(sorted(m.requests)))
        allowed = bool(m.word_of(by, who))
        if self.try_it(by, allowed, join.decline_change, m.requests[who].ident, "Full year"):
            del m.requests[who]

    @precondition(lambda self: self.model.requests)
    @rule(data=st.data(), by=people)
    def withdraw(self, data: st.DataObject, by: str) -> None:
        m = self.model
        who = data.draw(st.sampled_from(sorted(m.requests)))
        if self.try_it(by, by == who, join.withdraw_request, m.requests[who].ident):
            del m.requests[who]

    # -- what must always hold ------------------------------------------------------------------------

    @invariant()
    def the_store_says_what_the_model_says(self) -> None:
        if not hasattr(self, "store"):
            return
        names = {ident: name for name, ident in self.made.people.items()}
        called = {ident: title for title, ident in self.made.communities.items()}

        def read() -> tuple[Any, ...]:
            return (
                list(MembershipRow.select(MembershipRow.person, MembershipRow.community)
                     .where(MembershipRow.role == "member").tuples()),
                list(WaitingRow.select(WaitingRow.community, WaitingRow.person)
                     .order_by(WaitingRow.id).tuples()),
                dict(CommunityRow.select(CommunityRow.id, CommunityRow.taken).tuples()),
                dict(ChangeRequestRow.select(
                    ChangeRequestRow.person, ChangeRequestRow.to_id)
                 .where(ChangeRequestRow.state == "open").tuples()),
                OperationRow.select().count(),
                JournalRow.select(JournalRow.op).distinct().count(),
            )  # fmt: skip

        members, waiting, taken, asked, operations, recorded = self.store.read(read)
        held = {names[person]: called[community] for person, community in members}
        assert len(held) == len(members), "somebody is in two communities"
        assert held == self.model.held
        lists: dict[str, list[str]] = {title: [] for title in CAPACITY}
        for community, person in waiting:
            lists[called[community]].append(names[person])
        assert lists == self.model.lists
        for title, capacity in CAPACITY.items():
            many = taken[self.community(title)]
            assert many == len(self.model.members(title)) and 0 <= many <= capacity
            if self.model.is_open and lists[title]:
                assert many == capacity, f"{title} has a place free and somebody waiting"
        assert {names[p]: called[to] for p, to in asked.items()} == {
            who: request.to for who, request in self.model.requests.items()
        }
        assert operations == recorded


@pytest.fixture(scope="module")
def machine(tmp_path_factory: pytest.TempPathFactory) -> Iterator[type[Joining]]:
    path = tmp_path_factory.mktemp("machine") / "template.db"
    store = open_store(str(path), flush=False)
    Joining.made = division(store, members=5)

    def resize() -> None:
        for title, capacity in CAPACITY.items():
            CommunityRow.update(capacity=capacity).where(CommunityRow.title == title).execute()

    store.unit(resize)
    store.close()
    Joining.template = path
    yield Joining


@pytest.mark.slow
def test_anything_in_any_order_keeps_the_rules(machine: type[Joining]) -> None:
    run_state_machine_as_test(
        machine,
        settings=settings(
            max_examples=35, stateful_step_count=50, deadline=None,
            suppress_health_check=list(HealthCheck),
        ),
    )  # fmt: skip
