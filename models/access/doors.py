"""The ways in: by PIN, by code, and changing one's own PIN; with the lock-out around all three."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from .. import text
from ..database import Store, locked
from ..errors import SignInFailed
from ..journal import Actor, OperationRow, Receipt, Write, new_op, writes
from ..people import PersonRow
from . import pins
from .codes import make_code, take_note_of_code, who_makes_codes
from .tables import CredentialRow, EnrolmentCodeRow, TerminalFailureRow

FREE_FAILURES = 5
"""With this one in a row the waiting begins."""
MOST_FAILURES = 10
"""With this one in a row the PIN, or the code, is void."""
FIRST_WAIT = timedelta(seconds=30)
MOST_AT_TERMINAL = 20
"""Failures that one terminal allows in an hour, whoever they concern."""
TERMINAL_SPAN = timedelta(hours=1)

NO_MATCH = "That name and PIN do not go together."
NO_CODE = "That code does not fit, or is no longer good."


class MustWait(SignInFailed):
    """Too many failures: nothing was checked; the next try is possible at `until`."""

    def __init__(self, words: str, until: datetime, seconds: int) -> None:
        super().__init__(words)
        self.until = until
        """Naive UTC."""
        self.seconds = seconds
        """Seconds from now."""


class PinVoid(SignInFailed):
    """The PIN is void after too many failures: a new code is needed."""


class CodeVoid(SignInFailed):
    """The code is void after too many failures: a new one is needed."""


def wait_after(failures: int) -> timedelta:
    """How long to wait after that many failures in a row: 30 s at five, doubling each time."""
    if failures < FREE_FAILURES:
        return timedelta()
    return FIRST_WAIT * 2 ** (failures - FREE_FAILURES)


@dataclass(frozen=True)
class SignInState:
    """How a person can sign in at this moment, as the sign-in screen needs it."""

    person_id: int
    has_pin: bool
    """Whether they have a PIN that is good."""
    is_void: bool
    """Whether they had one that too many failures made void."""
    has_code: bool
    """Whether a code waits for them."""
    seconds_to_wait: int
    """Seconds until the next try; 0 when it is possible now."""
    tries_left: int
    """Wrong PINs that are still free of a wait."""
    who_helps: str
    """Who can make a code for them, by name and role."""

    @property
    def needs_code(self) -> bool:
        return not self.has_pin


def sign_in_state(person_id: int, year_id: int, at: datetime) -> SignInState:
    """How a person can sign in at a moment (naive UTC); the year tells who can help."""
    row: Any = (
        CredentialRow.select(CredentialRow.failures, CredentialRow.wait_until)
        .where(CredentialRow.person_id == person_id)
        .tuples()
        .first()
    )
    is_void = row is not None and row[0] >= MOST_FAILURES
    wait = _left(row[0], row[1], at) if row is not None and not is_void else timedelta()
    return SignInState(
        person_id,
        has_pin=row is not None and not is_void,
        is_void=is_void,
        has_code=_live_code(person_id, at) is not None,
        seconds_to_wait=_seconds(wait),
        tries_left=max(0, FREE_FAILURES - (row[0] if row is not None else 0)),
        who_helps=who_makes_codes(person_id, year_id),
    )


# -- by PIN ----------------------------------------------------------------------------------------


def sign_in(store: Store, person_id: int, pin: str, terminal: str) -> Receipt:
    """Let a person in by their PIN; the receipt's id is theirs (design, “A shared terminal”).

    Counted as a failure first, then checked, then cleared. `terminal` names where the keyboard is.
    The answer and its time are the same for a wrong PIN, no PIN and nobody. Raises SignInFailed,
    MustWait, PinVoid.
    """
    return _by_pin(store, person_id, pin, terminal)[0]


def _by_pin(store: Store, person_id: int, pin: str, terminal: str) -> tuple[Receipt, str]:
    """Sign in; also the hash that the PIN was checked against."""
    tried = _count_try(store, Actor.nobody(), person_id, _named(terminal), by_code=False)
    hashed = store.read(_hash_of, person_id)
    if not pins.pin_fits(hashed, pin):
        raise _failed(tried)
    fresh = pins.hash_pin(pins.normal_pin(pin)) if pins.is_outdated(hashed) else hashed
    receipt = _clear(store, Actor(person_id), tried.id or 0, hashed, fresh)
    return receipt, fresh


@writes("access.sign_in")
def _count_try(w: Write, person_id: int, terminal: str, by_code: bool) -> Receipt:
    """Count a failure, for the person or their code and for the terminal, before any check."""
    w.require()
    _check_terminal(w, terminal)
    facts = _count_code(w, person_id) if by_code else _count_pin(w, person_id)
    ident = TerminalFailureRow.insert(terminal=terminal, at=w.at).execute()
    return w.receipt("", ident, **facts)


def _check_terminal(w: Write, terminal: str) -> None:
    # What is older than the span says nothing any more.
    TerminalFailureRow.delete().where(TerminalFailureRow.at <= w.at - TERMINAL_SPAN).execute()
    latest: Any = (
        TerminalFailureRow.select(TerminalFailureRow.at)
        .where((TerminalFailureRow.terminal == terminal) & (TerminalFailureRow.at <= w.at))
        .order_by(TerminalFailureRow.at.desc())
        .limit(MOST_AT_TERMINAL)
    )
    recent: list[datetime] = [at for (at,) in latest.tuples()]
    if len(recent) < MOST_AT_TERMINAL:
        return
    until = recent[-1] + TERMINAL_SPAN
    local = w.clock.local(until)
    raise MustWait(
        f"Too many tries failed at this terminal. It takes new ones from {local:%H:%M} on; "
        "another terminal does now.",
        until,
        _seconds(until - w.at),
    )


def _count_pin(w: Write, person_id: int) -> dict[str, Any]:
    row: Any = locked(CredentialRow.select().where(CredentialRow.person_id == person_id)).first()
    if row is None or not _is_active(person_id):
        return {}
    helper = who_makes_codes(person_id, w.this_year.id)
    if row.failures >= MOST_FAILURES:
        raise PinVoid(_void_words(helper))
    left = _left(row.failures, row.wait_until, w.at)
    if left:
        seconds = _seconds(left)
        raise MustWait(f"Please wait {_span(seconds)} before the next try.", w.at + left, seconds)
    failures = row.failures + 1
    wait = wait_after(failures)
    CredentialRow.update(failures=failures, wait_until=w.at + wait if wait else None).where(
        CredentialRow.person_id == person_id
    ).execute()
    if failures == MOST_FAILURES:
        # This makes the PIN void, unless it proves right after all (`_clear` says that).
        w.journal(person_id=person_id, failures=failures)
    return {"failures": failures, "helper": helper}


def _failed(tried: Receipt) -> SignInFailed:
    """The answer to a wrong PIN, from what counting it said."""
    failures = tried.facts.get("failures", 0)
    if failures >= MOST_FAILURES:
        return PinVoid(_void_words(tried.facts["helper"]))
    wait = _seconds(wait_after(failures))
    if wait:
        return SignInFailed(f"{NO_MATCH} The next try is possible in {_span(wait)}.")
    return SignInFailed(f"{NO_MATCH} Please try again.")


def _void_words(helper: str) -> str:
    return f"After {MOST_FAILURES} tries this PIN is no longer good. Ask {helper} for a new code."


@writes("access.signed_in")
def _clear(w: Write, try_id: int, hashed: str, fresh: str) -> Receipt:
    """Take back the failure that was counted, now that the PIN was right."""
    w.require(w.me())
    mine: Any = locked(CredentialRow.select().where(CredentialRow.person_id == w.person_id)).first()
    if mine is not None and mine.failures >= MOST_FAILURES:
        w.journal(person_id=w.person_id, failures=0)
    # The PIN may have been chosen anew while it was being checked.
    changed = (
        CredentialRow.update(failures=0, wait_until=None, hashed=fresh)
        .where((CredentialRow.person_id == w.person_id) & (CredentialRow.hashed == hashed))
        .execute()
    )
    if not changed:
        raise SignInFailed(NO_MATCH)
    TerminalFailureRow.delete().where(TerminalFailureRow.id == try_id).execute()
    return w.receipt(f"You are signed in as {w.standing.name}.", w.person_id)


# -- by code ---------------------------------------------------------------------------------------


def choose_pin(store: Store, actor: Actor, code: str, pin: str, terminal: str) -> Receipt:
    """Choose the actor's own PIN by the code that was made for them, and be signed in.

    The code is used up and the PIN set in one transaction. Raises BadText for a PIN that others
    would guess (nothing is counted then), SignInFailed for a code that does not fit, MustWait,
    CodeVoid.
    """
    person_id = actor.person_id or 0
    secret = pins.check_pin(pin, store.read(_own_words, person_id))
    if store.read(_is_done, actor.op):
        # The same again, its answer lost: whoever knows the PIN that it set gets the answer.
        sign_in(store, person_id, secret, terminal)
        return _set_by_code(store, actor, 0, "", 0)
    tried = _count_try(store, Actor.nobody(), person_id, _named(terminal), by_code=True)
    code_id, hashed = store.read(_code_hash_of, person_id, store.clock.now())
    if not pins.code_fits(hashed, code):
        if tried.facts.get("failures", 0) >= MOST_FAILURES:
            raise CodeVoid(_code_void_words(tried.facts["helper"]))
        raise SignInFailed(f"{NO_CODE} Look again, or ask {tried.facts['helper']} for a new one.")
    return _set_by_code(store, actor, code_id, pins.hash_pin(secret), tried.id or 0)


def _count_code(w: Write, person_id: int) -> dict[str, Any]:
    helper = who_makes_codes(person_id, w.this_year.id)
    row = _live_code(person_id, w.at, lock=True)
    if row is None or not _is_active(person_id):
        return {"helper": helper}
    if row.failures >= MOST_FAILURES:
        raise CodeVoid(_code_void_words(helper))
    EnrolmentCodeRow.update(failures=row.failures + 1).where(
        EnrolmentCodeRow.id == row.id
    ).execute()
    return {"helper": helper, "failures": row.failures + 1}


def _code_void_words(helper: str) -> str:
    return f"After {MOST_FAILURES} tries this code is no longer good. Ask {helper} for a new one."


@writes("access.choose_pin")
def _set_by_code(w: Write, code_id: int, hashed: str, try_id: int) -> Receipt:
    w.require()
    used = (
        EnrolmentCodeRow.update(used_at=w.at)
        .where(
            (EnrolmentCodeRow.id == code_id)
            & (EnrolmentCodeRow.person_id == w.person_id)
            & EnrolmentCodeRow.used_at.is_null()
            & (EnrolmentCodeRow.expires_at > w.at)
        )
        .execute()
    )
    if not used or not w.standing.is_active:
        raise SignInFailed(NO_CODE)
    take_note_of_code(code_id, w.at)
    _set(w, hashed)
    TerminalFailureRow.delete().where(TerminalFailureRow.id == try_id).execute()
    return w.receipt("Your PIN is set. You are signed in.", w.person_id)


def _set(w: Write, hashed: str) -> None:
    fields = {"hashed": hashed, "set_at": w.at, "failures": 0, "wait_until": None}
    CredentialRow.insert(person_id=w.person_id, **fields).on_conflict(
        conflict_target=[CredentialRow.person_id],
        update={getattr(CredentialRow, name): value for name, value in fields.items()},
    ).execute()
    w.journal(person_id=w.person_id)


def set_sample_pin(
    store: Store, person_id: int, pin: str, hashed: str = "", op: str = ""
) -> Receipt:
    """Give somebody of a sample division a PIN by everybody's way: a code, then their choice.

    `hashed` is the PIN's hash where it was made beforehand (hashing several at once takes all cores),
    `op` the operation id, for a sample that is the same each time it is played.
    """
    op = op or new_op()
    secret = pins.check_pin(pin, store.read(_own_words, person_id))
    make_code(store, Actor(None, True, f"{op}-code"), person_id)
    code_id, _ = store.read(_code_hash_of, person_id, store.clock.now())
    return _set_by_code(
        store, Actor(person_id, op=f"{op}-pin"), code_id, hashed or pins.hash_pin(secret), 0
    )


# -- when signed in --------------------------------------------------------------------------------


def change_pin(store: Store, actor: Actor, old: str, new: str, terminal: str) -> Receipt:
    """Change the actor's own PIN; the old one is asked for, and a wrong one counts as a failure.

    Raises BadText, SignInFailed, MustWait, PinVoid.
    """
    person_id = actor.person_id or 0
    secret = pins.check_pin(new, store.read(_own_words, person_id))
    if store.read(_is_done, actor.op):
        sign_in(store, person_id, secret, terminal)
        return _change(store, actor, "", "")
    _, hashed = _by_pin(store, person_id, old, terminal)
    return _change(store, actor, hashed, pins.hash_pin(secret))


@writes("access.change_pin")
def _change(w: Write, old_hash: str, new_hash: str) -> Receipt:
    w.require(w.me())
    row: Any = locked(CredentialRow.select().where(CredentialRow.person_id == w.person_id)).first()
    if row is None or row.hashed != old_hash or row.failures >= MOST_FAILURES:
        raise SignInFailed(NO_MATCH)
    _set(w, new_hash)
    return w.receipt("Your PIN is changed. Use the new one from now on.", w.person_id)


# -- reads and small help --------------------------------------------------------------------------


def _own_words(person_id: int) -> tuple[str, ...]:
    query = PersonRow.select(PersonRow.name, PersonRow.email).where(PersonRow.id == person_id)
    row: Any = query.tuples().first()
    return tuple(row) if row else ()


def _is_active(person_id: int) -> bool:
    return bool(PersonRow.select(PersonRow.active).where(PersonRow.id == person_id).scalar())


def _is_done(op: str) -> bool:
    return OperationRow.select().where(OperationRow.op == op).exists()


def _hash_of(person_id: int) -> str:
    """The hash of an active person's PIN; empty without one."""
    if not _is_active(person_id):
        return ""
    query = CredentialRow.select(CredentialRow.hashed).where(CredentialRow.person_id == person_id)
    return query.scalar() or ""


def _live_code(person_id: int, at: datetime, *, lock: bool = False) -> Any:
    query = EnrolmentCodeRow.select().where(
        (EnrolmentCodeRow.person_id == person_id)
        & EnrolmentCodeRow.used_at.is_null()
        & (EnrolmentCodeRow.expires_at > at)
    )
    return (locked(query) if lock else query).first()


def _code_hash_of(person_id: int, at: datetime) -> tuple[int, str]:
    """The id and the hash of an active person's good code; (0, '') without one."""
    row = _live_code(person_id, at)
    return (row.id, row.hashed) if row is not None and _is_active(person_id) else (0, "")


def _left(failures: int, wait_until: datetime | None, at: datetime) -> timedelta:
    """How much of the wait is left."""
    if wait_until is None or wait_until <= at:
        return timedelta()
    # Longer than it can be means that the computer's clock was set back meanwhile.
    return min(wait_until - at, wait_after(failures))


def _seconds(span: timedelta) -> int:
    return -(-span // timedelta(seconds=1))


def _span(seconds: int) -> str:
    """“30 seconds”, “2 minutes”; a begun minute counts."""
    if seconds < 120:
        return "1 second" if seconds == 1 else f"{seconds} seconds"
    return f"{-(-seconds // 60)} minutes"


def _named(terminal: str) -> str:
    """A terminal's name, fit for the store."""
    return text.clean(terminal).text[: text.NAME] or "unknown"
