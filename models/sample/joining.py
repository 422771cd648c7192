"""September: favourites, the join week, reminders; then changes asked for until spring."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from .. import join
from ..communities import CommunityRow, MembershipRow
from ..database.prepared import Prepared
from ..years import Step
from . import texts
from .cast import House, Player
from .summer import Planned, Summer, fit

FEW = 4
"""Members below which a community is in doubt."""
BATCH = 12
"""People whom a Lead registers in one go."""

_LEFT = Prepared(
    lambda year: CommunityRow.select(
        CommunityRow.id, CommunityRow.capacity - CommunityRow.taken
    ).where(CommunityRow.year == year),
    -1,
)


class Joining:
    """Plans and plays how the staff of one year find their communities."""

    def __init__(self, summer: Summer, last: Joining | None = None) -> None:
        self.stage = summer.stage
        self.cast = summer.cast
        self.summer = summer
        self.last = last
        self.rng = summer.stage.rng
        window = summer.frame.window(Step.JOIN)
        self.opens, self.closes = window.opens, window.closes
        self.was_in: dict[int, str] = {}
        """The key of the community that each person is in, as far as they chose here."""
        self._in: dict[int, int] = {}
        self._size: dict[int, int] = {}

    # -- a year long past: its Leads registered nearly everybody --------------------------------------

    def schedule_past(self) -> None:
        """Let a former year's staff be registered by their Leads, a few by themselves."""
        for number, house in enumerate(self.cast.schools):
            people = [p for p in house.teachers if p.id not in self._facilitators]
            by = house.principal or self.cast.division[0]
            themselves, rest = people[: len(people) // 16], people[len(people) // 16 :]
            for place, player in enumerate(themselves):
                self.stage.at(self.opens, 8 + place, self._join, player)
            for start in range(0, len(rest), BATCH):
                on = self.opens + timedelta(days=1 + start // BATCH % 4)
                self.stage.at(on, 9 + number % 7, self._register, by, rest[start : start + BATCH])

    # -- this year --------------------------------------------------------------------------------------

    def schedule(self) -> None:
        """Put this year's joining on the stage, day by day."""
        published = self.opens - timedelta(days=4)
        self.stage.at(published, 9.5, self._plan_week)
        self._schedule_changes()

    @property
    def _facilitators(self) -> frozenset[int]:
        return frozenset(i for p in self.summer.communities for i in p.facilitators)

    def _plan_week(self) -> None:
        """Decide who does what when; the same whatever day is played to."""
        reasons = list(texts.NOT_EXPECTED_REASONS)
        for number, house in enumerate(self.cast.schools):
            people = [p for p in house.teachers if p.id not in self._facilitators]
            special = {self.cast.registered.id, self.cast.unregistered.id}
            mixed = [p for p in people if p.id not in special]
            self.rng.shuffle(mixed)
            if reasons and house.principal and number % 2 and len(mixed) > 6:
                excused = mixed.pop()
                on = self.opens - timedelta(days=3)
                self.stage.at(on, 11 + number / 4, self._excuse, house, excused, reasons.pop(0))
            self._plan_school(house, mixed, number)
            for player in mixed[::9]:
                on = self.opens - timedelta(days=1 + self.rng.randrange(4))
                self.stage.at(on, 15 + self.rng.random(), self._mark, player)
        if self.cast.registered.id not in self._facilitators:
            self.stage.at(self.opens, 8.2, self._join, self.cast.registered)

    def _plan_school(self, house: House, people: list[Player], number: int) -> None:
        """One school's week: how far it is by Tuesday noon, and who is left at its end."""
        if house is self.cast.home:
            # Seven are missing on the Tuesday, the one of Welcome among them.
            early = max(0, len(people) - 6)
        else:
            early = round(len(people) * (0.22 + 0.5 * self.rng.random()))
        never = 1 if number % 3 == 1 else 0
        by_lead = early // 4
        tuesday = self.opens + timedelta(days=1)
        leaders = self.cast.leaders(house) or self.cast.division
        for player in people[by_lead:early]:
            on, hour = self._early_hour()
            self.stage.at(on, hour, self._join, player)
        if by_lead:
            self.stage.at(tuesday, 10.25, self._register, leaders[-1], people[:by_lead])
        late = people[early : len(people) - never]
        half = len(late) // 2
        for player in late[:half]:
            on = tuesday + timedelta(days=self.rng.choice((0, 1, 1, 2, 2, 3)))
            self.stage.at(on, 12.3 + 4 * self.rng.random(), self._join, player)
        thursday = self.opens + timedelta(days=3)
        if number % 2 == 0:
            self.stage.at(tuesday, 8.5, self._remind, leaders[0], people[early:][:4], number)
        self.stage.at(thursday, 14, self._remind, leaders[-1], late[half:], number + 1)
        for start in range(half, len(late), BATCH):
            batch = late[start : start + BATCH]
            self.stage.at(self.closes, 9 + start / 20, self._register, leaders[0], batch)

    def _early_hour(self) -> tuple[date, float]:
        """A moment before Tuesday noon: before school, at recess, at lunch, after school."""
        hours = ((0, 8), (0, 10.3), (0, 12), (0, 15.2), (0, 15.6), (1, 7.8), (1, 8.3), (1, 10.3))
        days, hour = self.rng.choice(hours)
        return self.opens + timedelta(days=days), hour + 0.6 * self.rng.random()

    # -- what people do -------------------------------------------------------------------------------

    def _wishes(self, player: Player, most: int = 4) -> list[Planned]:
        """The communities that somebody would like best, by weight and by luck."""
        house = self.cast.houses[player.school_id]
        scored = []
        for planned in self.summer.communities:
            if not house.serves(planned.text.audience) or not planned.id:
                continue
            # On the first day people run for what everybody talks about.
            rush = 7 if self.last is not None and self.stage.on == self.opens else 2.5
            weight = planned.text.popularity**rush * 1.25 ** fit(player, planned.text)
            if planned.text.popularity > 3 and self._size.get(planned.id, 0) < FEW:
                # People talk: one that needs a few more finds them.
                weight *= 5
            if self.last is not None and planned.text.continues == self.last.was_in.get(player.id):
                weight *= 4
            if planned.place_school_id == player.school_id:
                weight *= 1.5
            scored.append((self.rng.random() ** (1 / weight), planned.id, planned))
        return [planned for _, _, planned in sorted(scored, reverse=True)[:most]]

    def _left(self, wishes: Sequence[Planned]) -> dict[int, int]:
        left: dict[int, int] = dict(self.stage.store.read(_LEFT, self.summer.year))
        return {planned.id: left[planned.id] for planned in wishes}

    def _join(self, player: Player) -> None:
        wishes = self._wishes(player)
        left = self._left(wishes)
        chosen = next((p for p in wishes if left[p.id] > 0), None)
        if chosen is None:
            return
        if self.stage.attempt(player.id, join.join, chosen.id) is None:
            return
        self._now_in(player, chosen)
        if chosen is not wishes[0]:
            if self.stage.chance(0.85):
                self.stage.attempt(player.id, join.wait, wishes[0].id)
        elif self.last is not None and self.stage.chance(0.1):
            on = min(self.stage.on + timedelta(days=1), self.closes)
            self.stage.at(on, 8.4 + 7 * self.rng.random(), self._switch, player)

    def _now_in(self, player: Player, planned: Planned) -> None:
        before = self._in.get(player.id)
        if before is not None:
            self._size[before] -= 1
        self._size[planned.id] = self._size.get(planned.id, 0) + 1
        self._in[player.id] = planned.id
        self.was_in[player.id] = planned.text.key

    def _switch(self, player: Player) -> None:
        wishes = [p for p in self._wishes(player) if p.id != self._in.get(player.id)]
        left = self._left(wishes)
        chosen = next((p for p in wishes if left[p.id] > 0), None)
        if chosen is not None and self.stage.attempt(player.id, join.switch, chosen.id):
            self._now_in(player, chosen)

    def _register(self, by: int, players: Sequence[Player]) -> None:
        """A Lead registers colleagues, each in what suits them."""
        wishes = {p.id: self._wishes(p) for p in players if p.id not in self._in}
        left = self._left([w for each in wishes.values() for w in each])
        pairs: list[tuple[int, int]] = []
        for player in players:
            if player.id == by:
                self._join(player)
                continue
            chosen = next((w for w in wishes.get(player.id, ()) if left[w.id] > 0), None)
            if chosen is not None:
                left[chosen.id] -= 1
                pairs.append((player.id, chosen.id))
                self._now_in(player, chosen)
        if pairs:
            self.stage.attempt(by, join.register, pairs)

    def _remind(self, by: int, players: Sequence[Player], number: int) -> None:
        idents = [p.id for p in players if p.id not in self._in and p.id != by]
        if idents:
            words = texts.REMINDERS[number % len(texts.REMINDERS)]
            self.stage.attempt(by, join.remind, idents, words)

    def _excuse(self, house: House, player: Player, reason: str) -> None:
        self.stage.do(house.principal, join.expect, player.id, False, reason)

    def _mark(self, player: Player) -> None:
        for planned in self._wishes(player, 1 + player.id % 2):
            self.stage.attempt(player.id, join.keep, planned.id, True)

    # -- after the window -----------------------------------------------------------------------------

    def _schedule_changes(self) -> None:
        first = self.closes + timedelta(days=19)
        for number, reason in enumerate(texts.CHANGE_REASONS):
            on = first + timedelta(days=24 * number)
            self.stage.at(on, 12.2, self._ask, number, reason)
        self.stage.at(self.closes + timedelta(days=6), 13, self._register_late)

    def _ask(self, number: int, reason: str) -> None:
        """Somebody asks to change; first at Welcome's school, then all over the division."""
        schools = self.cast.schools
        house = self.cast.home if number % 4 == 0 else schools[(number * 5 + 1) % len(schools)]
        members = self._members(house)
        for player in members[number:] + members[:number]:
            for planned in self._wishes(player, 6):
                if planned.id == self._in.get(player.id):
                    continue
                if not self._left([planned]).get(planned.id):
                    continue
                sent = self.stage.attempt(player.id, join.ask_change, planned.id, reason)
                if sent is not None:
                    self._answer(house, number, sent.id or 0)
                    return

    def _members(self, house: House) -> list[Player]:
        """Those of a school who hold a place, Welcome's people left in peace."""
        special = {self.cast.registered.id, *house.core_leaders, house.lead}
        query = MembershipRow.select(MembershipRow.person, MembershipRow.community).where(
            (MembershipRow.year == self.summer.year)
            & (MembershipRow.role == "member")
            & MembershipRow.person.in_([p.id for p in house.teachers])
        )
        self._in.update(self.stage.store.read(lambda: dict(query.tuples())))
        return [p for p in house.teachers if p.id in self._in and p.id not in special]

    def _answer(self, house: House, number: int, request: int) -> None:
        asked = self.stage.on
        if house.principal:
            self.stage.at(asked + timedelta(days=6), 16, self._approve, house.principal, request)
        if number % 3 == 2:
            why = texts.DECLINE_REASONS[number % len(texts.DECLINE_REASONS)]
            self.stage.at(asked + timedelta(days=13), 10, self._decline, request, why)
        else:
            by = self.cast.division[0]
            self.stage.at(asked + timedelta(days=13), 10, self._approve, by, request)

    def _approve(self, by: int, request: int) -> None:
        self.stage.attempt(by, join.approve_change, request)

    def _decline(self, request: int, why: str) -> None:
        self.stage.attempt(self.cast.division[0], join.decline_change, request, why)

    def _register_late(self) -> None:
        """Principals register who was left, but for Welcome's own."""
        for house in self.cast.schools[1::4]:
            missing = [
                p for p in house.teachers
                if p.id not in self._in and p.id not in self._facilitators
                and p.id != self.cast.unregistered.id
            ]  # fmt: skip
            if not missing or not house.principal:
                continue
            wishes = self._wishes(missing[0])
            left = self._left(wishes)
            chosen = next((w for w in wishes if left[w.id] > 0), None)
            if chosen is not None:
                reason = "Came back from leave after the window had closed."
                pair = [(missing[0].id, chosen.id)]
                if self.stage.attempt(house.principal, join.register_late, pair, reason):
                    self._now_in(missing[0], chosen)
