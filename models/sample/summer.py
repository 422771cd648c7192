"""From June to September: the year's frame, roles, news, proposals, and the offerings' publication."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from .. import promote, review, submit
from ..communities import CommunityRow
from ..offerings import Sheet, SheetRow, import_offerings
from ..people import short_school
from ..submit import ProposalRow
from ..years import Step, laid_out
from . import texts
from .cast import Cast, House, Player
from .stage import Stage
from .texts import SampleCommunity

PEOPLE_A_COPY = 260
"""Expected staff for whom the texts' communities suffice; a larger division repeats them."""


@dataclass
class Planned:
    """A community of one year, from its text to its place in the store."""

    text: SampleCommunity
    copy: int
    title: str
    facilitators: tuple[int, ...]
    place: str
    place_school_id: int
    id: int = 0
    """The community's id, once the offerings are out."""

    @property
    def key(self) -> tuple[str, int]:
        return self.text.key, self.copy


class Summer:
    """Plans and plays one year's way to its offerings."""

    def __init__(self, stage: Stage, cast: Cast, year: int, before: Summer | None = None) -> None:
        """`before`: the year before; None for the first one, which is told in less detail."""
        self.stage = stage
        self.cast = cast
        self.year = year
        self.before = before
        self.frame = laid_out(year)
        self.communities: list[Planned] = []
        self._used: set[int] = set(cast.reserved())
        self._turn = 0
        self._hosts: dict[str, set[int]] = {}
        self._titles: set[str] = set()

    def schedule(self) -> None:
        """Put the summer's events on the stage."""
        stage, year = self.stage, self.year
        if self.before is not None:
            stage.at(date(year, 6, 1), 8, self._lay_out)
        if self.is_near:
            stage.at(date(year, 6, 3), 9, self._appoint)
        self._plan()
        opens = self.frame.window(Step.JOIN).opens
        closes = self.frame.window(Step.SUBMIT).closes
        span = (closes - date(year, 6, 5)).days
        if self.before is None:
            stage.at(closes + timedelta(days=3), 10, self._bring_in)
        for number, planned in enumerate(self.communities if self.before is not None else ()):
            # Two thirds come in June, the rest in the last days, as everywhere.
            days = number % 18 if number % 3 else span - number % 6
            on = date(year, 6, 5) + timedelta(days=max(0, days))
            stage.at(on, 8 + number % 9 * 0.9, self._submit, planned)
        stage.at(opens - timedelta(days=4), 9, self._publish)
        if self.before is not None:
            self._schedule_news()

    @property
    def is_near(self) -> bool:
        """Whether the sample stands in this year, or in one before it."""
        return self.stage.until.date() < date(self.year + 1, 6, 1)

    def _lay_out(self) -> None:
        self.stage.do(self.cast.division[0], promote.lay_out, self.year)

    def _appoint(self) -> None:
        """This year's Leads and Core Leaders, named by Division Personnel."""
        by = self.cast.division[0]
        for house in self.cast.schools:
            if house.lead:
                self.stage.do(by, promote.appoint, "lead", house.lead, house.id)
            for leader in house.core_leaders:
                self.stage.do(by, promote.appoint, "core_leader", leader, house.id)

    def _schedule_news(self) -> None:
        for item in texts.NEWS:
            window = self.frame.window(Step(item.step))
            edge = window.opens if item.edge == "opens" else window.closes
            self.stage.at(edge + timedelta(days=item.days), 8.25, self._post, item.text)

    def _post(self, words: str) -> None:
        self.stage.do(self.cast.division[-1], promote.post_news, words)

    # -- proposals -----------------------------------------------------------------------------------

    def _plan(self) -> None:
        expected = sum(len(house.teachers) for house in self.cast.schools)
        copies = max(1, round(expected / PEOPLE_A_COPY))
        for copy in range(copies):
            for text in texts.COMMUNITIES[self.year]:
                planned = self._planned(text, copy)
                if planned is not None:
                    self.communities.append(planned)

    def _planned(self, text: SampleCommunity, copy: int) -> Planned | None:
        """A community with people to facilitate it; None where nobody is left who could."""
        houses = [self._house(key, text) for key in text.facilitators_from]
        again = None
        if self.before is not None and text.continues:
            again = next(
                (p for p in self.before.communities if p.key == (text.continues, copy)), None
            )
        if again is not None:
            facilitators = [i for i in again.facilitators if i not in self._used]
            self._used.update(facilitators)
            houses = [self.cast.houses[self.cast.players[i].school_id] for i in facilitators]
            if not facilitators:
                return None
        else:
            found = [self._facilitator(text, house) for house in houses]
            facilitators = [ident for ident in found if ident is not None]
            if not facilitators:
                return None
        place = self.cast.school(text.place.school)
        host = place or houses[0]
        title = self._title(text.title, short_school(host.name) if copy else "")
        room = text.place.room if place else "library"
        return Planned(
            text, copy, title, tuple(facilitators), f"{short_school(host.name)}, {room}", host.id
        )

    def _title(self, title: str, where: str) -> str:
        """The title, with the place of a further copy, and a number where that is not enough."""
        wanted = f"{title} ({where})" if where else title
        number = 2
        while wanted in self._titles:
            wanted = f"{title} ({where} {number})"
            number += 1
        self._titles.add(wanted)
        return wanted

    def _house(self, key: str, text: SampleCommunity) -> House:
        """The school of a text, or in a division of others the next one that it fits."""
        named = self.cast.school(key)
        if named is not None:
            return named
        schools = self.cast.schools
        hosts = self._hosts.setdefault(text.key, set())
        fitting = [h for h in schools if h.serves(text.audience)] or schools
        self._turn += 1
        for step in range(len(fitting)):
            house = fitting[(self._turn + step) % len(fitting)]
            if house.id not in hosts:
                hosts.add(house.id)
                return house
        return fitting[self._turn % len(fitting)]

    def _facilitator(self, text: SampleCommunity, house: House) -> int | None:
        """Somebody there who teaches what it is about, and facilitates nothing yet."""
        pool: list[Player] = house.teachers or house.others
        free = [p for p in pool if p.id not in self._used]
        if not free:
            return None
        best = max(free, key=lambda p: (fit(p, text), -p.id))
        self._used.add(best.id)
        return best.id

    def _submit(self, planned: Planned) -> None:
        text = planned.text
        continues = None
        if self.before is not None and text.continues:
            continues = next(
                (p.id for p in self.before.communities if p.key == (text.continues, planned.copy)),
                None,
            )
        proposal = submit.Proposal(
            title=planned.title,
            description=text.description,
            facilitators=planned.facilitators,
            question=text.question,
            audience=text.audience,
            audience_words=text.audience_words,
            place=planned.place,
            place_school_id=planned.place_school_id,
            whats_new=text.whats_new if continues else "",
            capacity=text.size,
            continues_id=continues,
            priorities=text.priorities,
            activities=text.activities,
            grades=text.grades,
            subjects=text.subjects,
            roles=text.roles,
        )
        sent = self.stage.do(planned.facilitators[0], submit.submit, proposal)
        reviewed = self.frame.window(Step.SUBMIT).closes + timedelta(days=4)
        self.stage.at(reviewed, 10, self._approve, sent.id)

    def _bring_in(self) -> None:
        """The first year's proposals came in a sheet, as they do where no program gathered them."""
        rows = [
            SheetRow(number, self._cells(planned))
            for number, planned in enumerate(self.communities, 2)
        ]
        sheet = Sheet("proposals.csv", tuple(rows), ())
        self.stage.do(self.cast.division[0], import_offerings, sheet)

    def _cells(self, planned: Planned) -> dict[str, str]:
        text = planned.text
        return {
            "title": planned.title,
            "description": text.description,
            "facilitators": ";".join(self.cast.players[i].email for i in planned.facilitators),
            "audience": text.audience,
            "priorities": ";".join(text.priorities),
            "activities": ";".join(text.activities),
            "question": text.question,
            "size": str(text.size),
            "place": planned.place,
            "grades": ";".join(text.grades),
            "subjects": ";".join(text.subjects),
        }

    def _approve(self, proposal_id: int) -> None:
        self.stage.do(self.cast.division[0], review.approve, proposal_id)

    def _publish(self) -> None:
        self.stage.do(self.cast.division[0], review.publish)
        made = self.stage.store.read(
            lambda: dict(
                CommunityRow.select(CommunityRow.title, CommunityRow.id)
                .join(ProposalRow, on=(ProposalRow.community == CommunityRow.id))
                .where(CommunityRow.year == self.year)
                .tuples()
            )
        )
        for planned in self.communities:
            planned.id = made[planned.title]


def fit(player: Player, text: SampleCommunity) -> int:
    """How well a community suits somebody: what they teach in common, in points."""
    points = 0
    if text.grades and player.grades:
        points += 2 if player.grades & set(text.grades) else -3
        # Somebody with one grade of a narrow community is meant more than one with all grades.
        points += len(player.grades) < 4
    if text.subjects and player.subjects:
        points += 3 if player.subjects & set(text.subjects) else -3
    return points
