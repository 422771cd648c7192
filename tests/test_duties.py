"""Every duty has an action or a page, every write stands in the table, and the house keeps its order."""

from __future__ import annotations

import ast
import importlib
import pkgutil
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest

import models
from models import journal
from models.actions import ACTIONS
from models.promote import FACTS, PURPOSE, facts_for
from models.years import Step

from .test_actions import ROLES

ROOT = Path(__file__).parent.parent
DUTIES = frozenset(
    {f"A{n}" for n in range(1, 7)}
    | {f"L{n}" for n in range(1, 8)}
    | {f"F{n}" for n in range(1, 9)}
    | {f"M{n}" for n in range(1, 6)}
    | {f"D{n}" for n in range(1, 6)}
)
"""The duties of administrators, Leads, facilitators, members and Division Personnel."""
TIMELINE = frozenset(
    f"T{step}.{n}"
    for step, most in ((1, 4), (2, 2), (3, 4), (4, 3), (5, 2), (6, 2))
    for n in range(1, most + 1)
)
"""The timeline's own actions."""
CODES = DUTIES | TIMELINE

# A page tells of each of these, and no action serves it yet.
TO_BUILD = frozenset({
    "T3.4",
    "A1", "A2", "A5", "A6", "L1", "L2", "L3", "L6", "L7", "F2", "F5", "F6", "M3", "D5",
    "T1.1", "T1.4", "T2.1", "T3.2", "T3.3", "T6.2",
})  # fmt: skip
"""The duties whose own actions are still to build. This list only ever shrinks."""


def of_actions() -> frozenset[str]:
    return frozenset(code for action in ACTIONS.values() for code in action.duties)


def of_pages() -> frozenset[str]:
    return frozenset(code for facts in FACTS.values() for fact in facts for code in fact.duties)


def test_every_duty_has_an_action_or_stands_among_those_to_build() -> None:
    assert of_actions() | TO_BUILD == CODES
    assert of_actions() & TO_BUILD == frozenset(), "built: take it off the list"


def test_no_duty_is_left_without_an_action_or_a_page() -> None:
    assert of_actions() | of_pages() == CODES
    assert of_pages() >= TO_BUILD


def test_every_step_says_its_purpose_and_everybodys_part() -> None:
    assert set(PURPOSE) == set(FACTS) == set(Step)
    for step in Step:
        for role in ("member", "facilitator", "lead", "principal", "division", "teacher"):
            said = facts_for(step, ROLES[role])
            assert said and all(f.words.endswith(".") for f in said)
    for role, part in (
        ("principal", "administrator"), ("lead", "lead"), ("core leader", "lead"),
        ("facilitator", "facilitator"), ("division", "division"), ("administrator", "administrator"),
    ):  # fmt: skip
        parts = {fact.of for step in Step for fact in facts_for(step, ROLES[role])}
        assert part in parts
    assert {f.of for step in Step for f in facts_for(step, ROLES["teacher"])} == {""}


def test_no_code_is_ever_shown() -> None:
    shown = [f.words for facts in FACTS.values() for f in facts] + list(PURPOSE.values())
    shown += [words for a in ACTIONS.values() for words in (a.title, a.who.words)]
    for words in shown:
        assert not CODES & set(words.replace(".", " ").replace(",", " ").split()), words


# -- the source, as it is written -------------------------------------------------------------------

CHANGES = {"insert", "insert_many", "insert_from", "update", "delete", "replace", "replace_many"}
ROW_CHANGES = {"save", "delete_instance", "create", "bulk_create", "bulk_update"}
AT_THE_EDGE = {"database", "migrations", "sample"}
"""Rooms that hold the engines, lay the tables, or play a sample into an empty store."""


@dataclass
class Function:
    """A function of `models` as its text shows it."""

    room: str
    name: str
    line: int
    takes_write: bool
    action: str = ""
    """The action of its @writes, empty without one."""
    changes: list[int] = field(default_factory=list)
    """Lines on which it changes the store itself."""
    calls: set[str] = field(default_factory=set)

    def __str__(self) -> str:
        return f"{self.room}:{self.line} {self.name}"


def sources(floor: str) -> Iterator[tuple[str, ast.Module]]:
    for path in sorted((ROOT / floor).rglob("*.py")):
        yield path.relative_to(ROOT).as_posix(), ast.parse(path.read_text(encoding="utf-8"))


def called(node: ast.Call) -> str:
    if isinstance(node.func, ast.Attribute):
        return node.func.attr
    return node.func.id if isinstance(node.func, ast.Name) else ""


def is_change(node: ast.Call) -> bool:
    """Whether a call changes the store: a query of a table's class, a row's save, raw SQL that writes."""
    if not isinstance(node.func, ast.Attribute):
        return False
    name, holder = node.func.attr, node.func.value
    if name in ROW_CHANGES:
        return True
    if name == "execute_sql":
        return not (
            node.args
            and isinstance(node.args[0], ast.Constant)
            and str(node.args[0].value).lstrip().upper().startswith(("SELECT", "PRAGMA", "SHOW"))
        )
    if name not in CHANGES or not isinstance(holder, ast.Name):
        return False
    return holder.id.endswith(("Row", "Table")) or holder.id in ("Setting", "table")


def functions() -> list[Function]:
    found = []
    for room, tree in sources("models"):
        classes = [node for node in tree.body if isinstance(node, ast.ClassDef)]
        # A function inside a function belongs to it.
        for node in (*tree.body, *(method for made in classes for method in made.body)):
            if not isinstance(node, ast.FunctionDef):
                continue
            arguments = [a.annotation for a in node.args.args[:1]]
            takes = bool(arguments) and ast.unparse(arguments[0] or ast.Constant(0)) == "Write"
            made = Function(room, node.name, node.lineno, takes)
            for mark in node.decorator_list:
                if isinstance(mark, ast.Call) and called(mark) == "writes":
                    made.action = ast.literal_eval(mark.args[0])
            for inner in ast.walk(node):
                if isinstance(inner, ast.Call):
                    made.calls.add(called(inner))
                    # A function handed on (`store.unit(work)`) is called by whoever gets it.
                    made.calls |= {a.id for a in inner.args if isinstance(a, ast.Name)}
                    if is_change(inner):
                        made.changes.append(inner.lineno)
            found.append(made)
    return found


def rooms() -> Iterator[str]:
    for found in pkgutil.walk_packages(models.__path__, "models."):
        if not found.name.startswith("models.migrations"):
            yield found.name


def test_every_action_that_changes_something_has_exactly_one_write() -> None:
    for name in rooms():
        importlib.import_module(name)
    assert set(journal.WRITES) == {a.id for a in ACTIONS.values() if not a.is_read}
    assert sorted(f.action for f in functions() if f.action) == sorted(journal.WRITES)


def test_every_write_asks_the_table_and_tells_the_journal() -> None:
    """The frame enforces both at run time; here it is seen without running each."""
    helpers: dict[str, list[Function]] = defaultdict(list)
    for helper in functions():
        if helper.takes_write:
            helpers[helper.name].append(helper)

    def reaches(start: Function, wanted: str) -> bool:
        seen: set[str] = set()
        queue = [start]
        while queue:
            function = queue.pop()
            if wanted in function.calls:
                return True
            for name in function.calls - seen:
                seen.add(name)
                queue += helpers[name]
        return False

    for function in functions():
        if function.action:
            assert function.takes_write, function
            assert reaches(function, "require"), f"{function} never asks the table"
            quiet = ACTIONS[function.action].is_quiet
            assert quiet or reaches(function, "journal"), f"{function} leaves no journal row"


def test_only_the_frame_makes_a_write() -> None:
    makers = [
        f for f in functions() if "Write" in f.calls and f.room != "models/database/__init__.py"
    ]
    assert [str(f).split(":")[0] for f in makers] == ["models/journal.py"] * len(makers)


def test_nothing_changes_the_store_but_what_a_write_reaches() -> None:
    """Whoever inserts, updates or deletes is a write, is handed one, or is called by such alone."""
    everything = [f for f in functions() if f.room.split("/")[1] not in AT_THE_EDGE]
    callers: dict[str, list[Function]] = defaultdict(list)
    for function in everything:
        for name in function.calls:
            callers[name].append(function)
    # The frame itself writes the operation and the journal's rows; and the operator declares the
    # journal's moments wrong, which no action could: all are stopped by the very clock.
    framed = {"_perform", "journal", "accept_clock"}

    guarded = {id(f) for f in everything if f.takes_write or f.name in framed}
    while True:
        more = {
            id(f)
            for f in everything
            if id(f) not in guarded
            and (by := [c for c in callers[f.name] if c is not f])
            and all(id(c) in guarded for c in by)
        }
        if not more:
            break
        guarded |= more
    loose = [f"{f} (line {line})" for f in everything for line in f.changes if id(f) not in guarded]
    assert loose == [], "\n".join(loose)


def test_only_the_clock_asks_the_system_what_day_it_is() -> None:
    asks = {("date", "today"), ("datetime", "now"), ("datetime", "today"), ("datetime", "utcnow"),
            ("time", "time"), ("time", "localtime"), ("time", "gmtime"), ("time", "monotonic")}  # fmt: skip
    found = []
    for floor in ("models", "tui"):
        for room, tree in sources(floor):
            if room == "models/clock.py":
                continue
            for node in ast.walk(tree):
                if (
                    isinstance(node, ast.Attribute)
                    and isinstance(node.value, ast.Name)
                    and (node.value.id, node.attr)
                    in asks - ({("time", "monotonic")} if floor == "tui" else set())
                ):
                    found.append(f"{room}:{node.lineno} {node.value.id}.{node.attr}")
    assert found == []


def imported(tree: ast.Module) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.level == 0:
            yield node.module or ""


@pytest.mark.parametrize(
    ("floor", "strangers"),
    [
        ("tui", {"peewee", "playhouse", "sqlite3", "pysqlite3", "psycopg"}),
        ("models", {"textual", "rich", "tui"}),
    ],
)
def test_neither_floor_imports_what_is_the_others(floor: str, strangers: set[str]) -> None:
    found = [
        f"{room}: {name}"
        for room, tree in sources(floor)
        for name in imported(tree)
        if name.split(".")[0] in strangers
    ]
    assert found == []


def test_only_the_database_room_names_an_engine() -> None:
    engines = {"sqlite3", "pysqlite3", "psycopg"}
    found = [
        f"{room}: {name}"
        for room, tree in sources("models")
        for name in imported(tree)
        if name.split(".")[0] in engines and not room.startswith("models/database/")
    ]
    assert found == []
