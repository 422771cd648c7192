"""Who did what to what, written with the change itself; and the frame in which every write runs.

A write is a function `def name(w: Write, …) -> Receipt` decorated with `@writes("its.action")`. Callers see
`name(store, actor, …)`: it runs in one transaction behind the gate, with the day taken from the store's
clock inside it, and the same operation id never does a thing twice.
"""

from __future__ import annotations

import json
import uuid
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from functools import wraps
from typing import Any, Concatenate, ParamSpec

import peewee as pw

from . import actions, communities
from .actions import targets
from .clock import Clock
from .database import Settings, Store, Table, set_setting
from .database.prepared import Prepared, PreparedWrite
from .errors import ClockBehind, Conflict, Refused
from .people import NOBODY, OPERATOR, PersonRow, Standing
from .years import Year, year_on

P = ParamSpec("P")

MOST_BEHIND = timedelta(minutes=10)
"""How far the system's clock may stand behind the journal before writes stop."""


class OperationRow(Table):
    op = pw.TextField(primary_key=True)
    action = pw.TextField()
    actor = pw.ForeignKeyField(PersonRow, null=True)
    at = pw.DateTimeField()
    receipt = pw.TextField()

    class Meta:
        table_name = "operation"


class JournalRow(Table):
    id = pw.AutoField()
    op = pw.TextField()
    at = pw.DateTimeField()
    happened_on = pw.DateField()
    actor = pw.ForeignKeyField(PersonRow, null=True)
    action = pw.TextField()
    person_id = pw.BigIntegerField(null=True)
    community_id = pw.BigIntegerField(null=True)
    school_id = pw.BigIntegerField(null=True)
    what = pw.TextField()

    class Meta:
        table_name = "journal"


def new_op() -> str:
    """A fresh operation id."""
    return uuid.uuid4().hex


@dataclass(frozen=True)
class Actor:
    """Who acts, and under which operation id; the same Actor twice is the same operation again."""

    person_id: int | None = None
    """None for the operator, or for nobody (sign-in)."""
    is_operator: bool = False
    op: str = field(default_factory=new_op)

    @classmethod
    def operator(cls) -> Actor:
        """The command line."""
        return cls(None, True)

    @classmethod
    def nobody(cls) -> Actor:
        """Before sign-in."""
        return cls(None, False)


@dataclass(frozen=True)
class Receipt:
    """What a write did, as the screen says it."""

    action: str
    words: str
    """“You are in Land-Based Learning.”"""
    id: int | None = None
    """The thing made or changed."""
    facts: Mapping[str, Any] = field(default_factory=dict)
    """More for the caller, plain JSON values."""


@dataclass
class Write:
    """What a write has in hand: who acts, on which day, and the means to be checked and recorded."""

    settings: Settings
    """The division's, as the transaction read them."""
    clock: Clock
    """The division's, as it follows from them."""
    action: str
    actor: Actor
    on: date
    """The division's day, taken inside the transaction."""
    at: datetime
    """The moment, naive UTC."""
    year: Year | None
    standing: Standing
    _was_required: bool = False
    _rows: int = 0

    @property
    def this_year(self) -> Year:
        """The year at hand; raises NotFound when none has been set up."""
        return self.year if self.year is not None else year_on(self.on)

    @property
    def person_id(self) -> int:
        """The acting person's id; raises TypeError for the operator."""
        if self.standing.person_id is None:
            raise TypeError(f"{self.action} needs a person")
        return self.standing.person_id

    def me(self) -> targets.AtPerson:
        """The acting person as a target, for what is their own."""
        return targets.AtPerson(
            self.person_id, self.standing.school_id or 0, self.standing.school_level,
            has_principal=False, is_active=self.standing.is_active,
            community_id=self.standing.community_id, role=self.standing.role,
        )  # fmt: skip

    def require(self, target: targets.Target | None = None, action: str = "") -> None:
        """Raise Refused unless the table allows this write to this target."""
        self._was_required = True
        actions.require(action or self.action, self.standing, self.year, self.on, target)

    def journal(
        self,
        *,
        person_id: int | None = None,
        community_id: int | None = None,
        school_id: int | None = None,
        action: str = "",
        **what: Any,
    ) -> None:
        """Write one row: what was done, to whom; `what` holds plain values, never private text."""
        self._rows += 1
        _NOTE(
            self.actor.op, self.at, self.on, self.actor.person_id, action or self.action,
            person_id, community_id, school_id, json.dumps(what, ensure_ascii=False, default=str),
        )  # fmt: skip

    def receipt(self, words: str, ident: int | None = None, **facts: Any) -> Receipt:
        """The receipt of this write."""
        return Receipt(self.action, words, ident, facts)


WRITES: dict[str, Callable[..., Receipt]] = {}
"""Every public write by its action id."""


def writes(
    action_id: str,
) -> Callable[
    [Callable[Concatenate[Write, P], Receipt]], Callable[Concatenate[Store, Actor, P], Receipt]
]:
    """Register a public write under its action and give it its frame (see the module's words)."""
    action = actions.ACTIONS[action_id]

    def register(
        work: Callable[Concatenate[Write, P], Receipt],
    ) -> Callable[Concatenate[Store, Actor, P], Receipt]:
        @wraps(work)
        def run(store: Store, actor: Actor, *args: P.args, **kwargs: P.kwargs) -> Receipt:
            return _perform(store, actor, action, work, args, kwargs)

        if action_id in WRITES:
            raise ValueError(f"{action_id} has two writes")
        WRITES[action_id] = run
        return run  # type: ignore[return-value]  # wraps keeps the frame's own signature

    return register


def _perform(
    store: Store, actor: Actor, action: actions.Action, work: Any, args: Any, kwargs: Any
) -> Receipt:
    def unit() -> Receipt:
        if not action.is_quiet:
            done = _done_already(actor, action.id)
            if done is not None:
                return done
        settings, clock = store.take_settings()
        at = clock.now()
        on = clock.day_of(at)
        year = _year(on)
        write = Write(settings, clock, action.id, actor, on, at, year, _standing(actor, year))
        if not action.is_quiet:
            _check_clock(settings, at)
        receipt: Receipt = work(write, *args, **kwargs)
        if not write._was_required:
            raise RuntimeError(f"{action.id} was not checked against the table")
        if action.is_quiet:
            return receipt
        if not write._rows:
            raise RuntimeError(f"{action.id} wrote nothing to the journal")
        _DONE(
            actor.op, action.id, actor.person_id, at,
            json.dumps([receipt.words, receipt.id, dict(receipt.facts)], default=str),
        )  # fmt: skip
        return receipt

    try:
        return store.unit(unit)
    except (Refused, Conflict):
        # With many writers at once the same operation may have been done at another place meanwhile.
        done = None if action.is_quiet else store.read(_done_already, actor, action.id)
        if done is None:
            raise
        return done


def _year(on: date) -> Year | None:
    from .errors import NotFound

    try:
        return year_on(on)
    except NotFound:
        return None


def _standing(actor: Actor, year: Year | None) -> Standing:
    if actor.is_operator:
        return OPERATOR
    if actor.person_id is None:
        return NOBODY
    return communities.standing(actor.person_id, year.id if year else 0)


_SOME_TIME = datetime.fromisoformat("2000-01-01T00:00:00")
_NOTE = PreparedWrite(
    lambda op, at, on, actor, action, person, community, school, what: JournalRow.insert(
        op=op, at=at, happened_on=on, actor=actor, action=action, person_id=person,
        community_id=community, school_id=school, what=what,
    ),
    "an op", _SOME_TIME, date.min, -1, "an action", -2, -3, -4, "what",
)  # fmt: skip
_DONE = PreparedWrite(
    lambda op, action, actor, at, receipt: OperationRow.insert(
        op=op, action=action, actor=actor, at=at, receipt=receipt
    ),
    "an op", "an action", -1, _SOME_TIME, "a receipt",
)  # fmt: skip
_OPERATION = Prepared(
    lambda op: OperationRow.select(
        OperationRow.action, OperationRow.actor, OperationRow.receipt
    ).where(OperationRow.op == op),
    "an op",
)
_LAST = Prepared(
    lambda: OperationRow.select(OperationRow.at).order_by(OperationRow.at.desc()).limit(1)
)


def _done_already(actor: Actor, action_id: str) -> Receipt | None:
    row = _OPERATION.first(actor.op)
    if row is None:
        return None
    action, by, receipt = row
    if action != action_id or by != actor.person_id:
        raise Conflict("This operation id was used for something else.")
    words, ident, facts = json.loads(receipt)
    return Receipt(action_id, words, ident, facts)


def last_written() -> datetime | None:
    """The latest moment (naive UTC) that the journal holds."""
    row = _LAST.first()
    at: datetime | None = row[0] if row is not None else None
    return at


def is_behind(settings: Settings, at: datetime, last: datetime) -> bool:
    """Whether a moment lies so far before the journal's latest that the clock must be wrong."""
    return at < last - MOST_BEHIND and last.isoformat() > settings.clock_accepted


def _check_clock(settings: Settings, at: datetime) -> None:
    last = last_written()
    if last is not None and is_behind(settings, at, last):
        raise ClockBehind(
            f"This computer's clock says {at:%Y-%m-%d %H:%M} UTC, but the journal already holds "
            f"{last:%Y-%m-%d %H:%M} UTC. Nothing was written. Set the clock right; if the journal is wrong, "
            "the operator can run `cofp check --accept-clock`."
        )


def accept_clock(store: Store) -> str:
    """Go on though the journal holds later moments than the clock: the operator says it is right.

    No action of the table: every one of them would be stopped by the very clock. Returns what was
    done, in words.
    """

    def unit() -> str:
        last = last_written()
        settings, clock = store.take_settings()
        at = clock.now()
        if last is None or not is_behind(settings, at, last):
            return "The clock agrees with the journal; there is nothing to accept."
        set_setting("clock_accepted", last.isoformat())
        JournalRow.insert(
            op=new_op(),
            at=at,
            happened_on=clock.day_of(at),
            actor=None,
            action="division.set",
            what=json.dumps({"key": "clock_accepted", "value": last.isoformat()}),
        ).execute()
        return (
            f"Accepted: what the journal holds up to {last:%Y-%m-%d %H:%M} UTC stops nothing now."
        )

    words = store.unit(unit)
    store.reload_settings()
    return words
