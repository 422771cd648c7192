"""Plays a sample division from its first day to a given one, through the public operations alone."""

from __future__ import annotations

import gc
import tempfile
from concurrent.futures import Future, ThreadPoolExecutor
from datetime import date, datetime, time, timedelta
from pathlib import Path

from .. import access, promote, today
from ..communities import NoticeRow
from ..database import Setting, Store, set_setting
from ..roster import Roster, import_roster, read_roster
from ..years import year_of
from . import texts
from .cast import Cast
from .demo import PIN, keep_demo
from .joining import Joining
from .roster import write_roster
from .sessions import Sessions
from .stage import Stage
from .summer import Summer

LAST_YEAR, THIS_YEAR = 2025, 2026
FIRST_DAY, LAST_DAY = date(2025, 6, 2), date(2027, 5, 31)
"""The days on which a sample can stand."""
NOON = time(12)
"""Until when the last day is played: its afternoon is the visitor's."""


def play(store: Store, on: date, roster: Path | None = None) -> None:
    """Play into an empty store until noon of a day; afterwards its clock stands on that day.

    `roster`: a OneRoster zip or folder whose people play; None for the invented division. The same
    arguments give the same store, but for the salts of PINs and codes.
    """
    collecting = gc.isenabled()
    gc.disable()
    try:
        # Everybody's PIN is the same and stands on Welcome, so it is hashed once; on the other core.
        with ThreadPoolExecutor(1) as pool:
            _play(store, on, roster, pool.submit(access.hash_pin, PIN))
    finally:
        if collecting:
            gc.enable()


def _play(store: Store, on: date, path: Path | None, hashed: Future[str]) -> None:
    stage = Stage(store, datetime.combine(on, NOON), seed=LAST_YEAR)
    roster = _roster(path)
    division = texts.DIVISION if path is None else _division_of(roster)
    stage.at(FIRST_DAY, 7, _set_up, stage, roster, division)
    stage.run()
    cast = store.read(Cast)
    for ident in cast.division:
        stage.do(None, promote.appoint, "division", ident)
    for house in cast.schools:
        if house.principal and path is not None:
            stage.do(None, promote.appoint, "principal", house.principal, house.id)
    before = Summer(stage, cast, LAST_YEAR)
    before.schedule()
    joined = Joining(before)
    joined.schedule_past()
    Sessions(before).schedule()
    summer = Summer(stage, cast, THIS_YEAR, before)
    stage.at(date(THIS_YEAR, 6, 1), 7, _next_year, summer, joined)
    stage.run()
    _introduce(stage, cast, summer if summer.communities else before, hashed.result())
    store.unit(lambda: _stand_on(on))
    store.reload_settings()


def _roster(path: Path | None) -> Roster:
    if path is not None:
        return read_roster(path)
    with tempfile.TemporaryDirectory(prefix="cofp-") as temporary:
        # The journal keeps the folder's name, so it is the same each time.
        folder = Path(temporary) / "sample-roster"
        folder.mkdir()
        write_roster(folder)
        return read_roster(folder)


def _division_of(roster: Roster) -> str:
    return next((s.name for s in roster.schools if s.is_division), "Sample division")


def _set_up(stage: Stage, roster: Roster, division: str) -> None:
    stage.do(None, promote.set_division, "division", division)
    stage.do(None, import_roster, roster, accept_refused=True, yes=True)
    stage.do(None, promote.lay_out, LAST_YEAR)


def _next_year(summer: Summer, joined: Joining) -> None:
    summer.schedule()
    Joining(summer, joined).schedule()
    Sessions(summer).schedule()


def _introduce(stage: Stage, cast: Cast, summer: Summer, hashed: str) -> None:
    """Give Welcome's people their PIN, and let them have read what lies further back."""
    facilitator = next(
        (i for p in summer.communities for i in p.facilitators
         if cast.players[i].school_id == cast.home.id),
        summer.communities[0].facilitators[0] if summer.communities else 0,
    )  # fmt: skip
    wanted = [
        cast.division[0], cast.home.principal, cast.home.lead, facilitator, cast.registered.id,
        cast.unregistered.id, cast.high.principal, *cast.high.core_leaders[:1],
    ]  # fmt: skip
    idents = list(dict.fromkeys(ident for ident in wanted if ident))
    for ident in idents:
        access.set_sample_pin(stage.store, ident, PIN, hashed, stage.new_op())
    for ident in idents:
        old = stage.store.read(_old_notices, ident, stage.until - timedelta(days=4))
        if old:
            stage.do(ident, today.take_note, old)
    stage.store.unit(lambda: keep_demo(idents, year_of(stage.until.date())))


def _old_notices(person_id: int, before: datetime) -> tuple[int, ...]:
    query = NoticeRow.select(NoticeRow.id).where(
        (NoticeRow.person == person_id) & ((NoticeRow.at < before) | (NoticeRow.kind == "code"))
    )
    return tuple(ident for (ident,) in query.order_by(NoticeRow.id).tuples())


def _stand_on(on: date) -> None:
    set_setting("sample_on", on.isoformat())
    # A sample's day never ends: its hours may lie before those of the last visit.
    Setting.insert(key="clock_accepted", value="9999-12-31").execute()
