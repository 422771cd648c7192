"""What is asked before somebody is registered or reminded: in which community, and whether to."""

from __future__ import annotations

from collections.abc import Sequence

from models import join
from models.actions import judge
from models.people import person
from models.words import count, day, listed
from tui.house import House
from tui.unfinished import Unfinished
from tui.widgets.confirm import Confirm
from tui.widgets.lines import Fact
from tui.widgets.prompt import Prompt

from .people import People
from .picker import EACH, ConfirmList, Picker, each_own, suggested

Pairs = list[tuple[int, int]]
"""(person, community)."""


def _people(number: int) -> str:
    return count(number, "person", "people")


def telling(screen: House, sheet: join.Sheet) -> str:
    """Whose word it is, and what it leaves open, before somebody else is registered."""
    if judge("join.register_late", screen.standing, screen.year, screen.on).is_allowed:
        return "They read on Today that you registered them, and why."
    return (
        "They read on Today that you registered them, and may switch freely "
        f"until {day(sheet.closes)}."
    )


def doubts(found: join.Fitting, people: int) -> list[str]:
    """What to think about once more: whom the community is for, and that it is full then."""
    said = []
    if found.others:
        who = "them" if len(found.others) == people else listed(found.others, "and", 3)
        said.append(f"It is for {found.audience_words}, which does not seem to be {who}.")
    left = found.places_left
    if left == people == 1:
        said.append("They take its last place.")
    elif left == people:
        said.append(f"They take its last {left:,} places.")
    return said


async def pick_one(
    screen: House, people: People, sheet: join.Sheet, row: join.UnregisteredLine
) -> Pairs:
    """A community for one person, their own suggestions first; empty when one went back.

    What was chosen is named once more: a letter too many in the search would place them elsewhere.
    """
    found = await screen.read(
        join.suggestions_for, [row.id], screen.standing, screen.year, screen.on
    )
    if found is None:
        return []
    who = await screen.read(person, row.id)
    if who is None:
        return []
    words = [telling(screen, sheet)]
    if row.waits_for:
        words.append(f"They wait for a place in {row.waits_for}, and keep waiting.")
    choice = await screen.ask(
        Picker(
            f"Register {who.name} in …", words, screen.app.lanes, screen.year.id, screen.standing,
            suggested(found.get(row.id, ())),
        )
    )  # fmt: skip
    if choice is None:
        return []
    suits = await screen.read(join.fitting, choice.community_id, [row.id])
    if suits is None:
        return []
    title = f"Register {who.name} in {choice.title}?"
    words = [*doubts(suits, 1), telling(screen, sheet)]
    sure = await screen.ask(Confirm(title, words, yes="register"))
    return [(row.id, choice.community_id)] if sure else []


async def pick_many(
    screen: House, people: People, sheet: join.Sheet, marked: Sequence[int]
) -> Pairs:
    """Each in their own best suggestion, or all in one community; shown before it is done."""
    choice = await screen.ask(
        Picker(
            f"Register {_people(len(marked))} in …", [telling(screen, sheet)], screen.app.lanes,
            screen.year.id, screen.standing, (each_own(),),
        )
    )  # fmt: skip
    if choice is None:
        return []
    proposed = await screen.read(join.best_choices, marked, screen.standing, screen.year, screen.on)
    if proposed is None:
        return []
    if choice.community_id == EACH:
        return await _each(screen, sheet, proposed)
    suits = await screen.read(join.fitting, choice.community_id, [p.person_id for p in proposed])
    if suits is None:
        return []
    words = [*doubts(suits, len(proposed)), telling(screen, sheet)]
    if 0 < suits.places_left < len(proposed):
        words.append(f"Only {suits.places_left:,} of them find a place; the rest stay on the list.")
    title = f"Register {_people(len(proposed))} in {choice.title}?"
    named = [Fact("", p.name) for p in proposed]
    if not await screen.ask(ConfirmList(title, words, named, yes="register")):
        return []
    return [(p.person_id, choice.community_id) for p in proposed]


async def _each(screen: House, sheet: join.Sheet, proposed: Sequence[join.Proposed]) -> Pairs:
    pairs = [(p.person_id, p.community_id) for p in proposed if p.community_id is not None]
    if not pairs:
        screen.said.warn("No community with a place left suits them; choose one for them.")
        return []
    named = [
        Fact(p.name, f"{p.title}\n{' · '.join(p.reasons)}")
        if p.community_id is not None
        else Fact(p.name, "nothing with a place left suits them", "muted")
        for p in proposed
    ]
    title = f"Register {_people(len(pairs))}, each in their own suggestion?"
    sure = await screen.ask(ConfirmList(title, [telling(screen, sheet)], named, yes="register"))
    return pairs if sure else []


async def reason_for_late(screen: House, people: int, school_id: int | None) -> str | None:
    """Why somebody is registered after the window; None when one went back."""
    return await screen.ask(
        Prompt(
            f"Register {_people(people)} after the window?",
            ("The reason is kept, and those registered read it on Today.",),
            ok="register",
            draft=Unfinished("join.register_late", str(school_id or ""), "A reason to register"),
        )
    )


async def word_of_reminder(screen: House, whom: str, school_id: int | None) -> str | None:
    """A word of one's own to go with a reminder, possibly empty; None when one went back."""
    return await screen.ask(
        Prompt(
            f"Remind {whom}?",
            ("They read on Today that you remind them to choose a community.",),
            label="A word of your own, if you like",
            ok="remind",
            required=False,
            draft=Unfinished("join.remind", str(school_id or ""), "A word with a reminder"),
        )
    )


async def reason_for_expecting(
    screen: House, row: join.UnregisteredLine | join.Excused
) -> str | None:
    """Why somebody is not expected to register, or expected again; None when one went back."""
    who = await screen.read(person, row.id)
    if who is None:
        return None
    if isinstance(row, join.Excused):
        title = f"Is {who.name} expected to register again?"
        words = f"{row.by} said: {row.reason}"
    else:
        title = f"Is {who.name} not expected to register?"
        words = "On leave, part time … They no longer count as missing, and may still join."
    what = Unfinished("join.expect", str(row.id), f"A reason about {who.name}")
    return await screen.ask(Prompt(title, (words,), ok="save", draft=what))
