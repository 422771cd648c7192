"""Hostile texts through the store into every screen: shown as text; nothing runs, nothing leaves raw."""

from __future__ import annotations

import unicodedata
from typing import Any

import pytest

from models import communities, participate, promote, text
from models.communities import CommunityRow
from models.database import Store
from models.errors import BadText
from models.people import PersonRow, SchoolRow
from tests import hostile
from tests.conftest import set_clock
from tests.factory import Division, division
from tui.app import SCREENS

from .app import press, running, settled

ROLES = ("Dana Division", "Paula Principal", "Fay Facilitator", "Teacher One")


@pytest.fixture
def nasty(sqlite_store: Store) -> Division:
    """A division in which every name and text is hostile, as cleaned by the program's own doors."""
    made = division(sqlite_store)
    made.join("Teacher One", "Land-Based Learning")
    texts = [cleaned for raw in hostile.HOSTILE if (cleaned := text.clean(raw).text[:100])]

    def spoil() -> None:
        for place, row in enumerate(CommunityRow.select()):
            for name in ("title", "description", "question", "audience_words", "place"):
                setattr(row, name, texts[(place * 5 + len(name)) % len(texts)])
            row.save()
            communities.index_community(row.id)
        for place, person in enumerate(PersonRow.select()):
            person.given = texts[place % len(texts)]
            person.family = texts[(place + 7) % len(texts)]
            person.name = f"{person.given} {person.family}"
            person.save()
        for place, school in enumerate(SchoolRow.select()):
            school.name = texts[(place + 3) % len(texts)]
            school.save()

    sqlite_store.unit(spoil)
    for words in texts[:6]:
        promote.post_news(sqlite_store, made.actor("Dana Division"), words)
    return made


def bad_characters(screen: Any) -> set[str]:
    """What must never be drawn: control and bidirectional characters."""
    return {
        char
        for strip in screen._compositor.render_strips()
        for char in strip.text
        if unicodedata.category(char) in ("Cc", "Cs")
        or char in "\u202a\u202b\u202d\u202e\u2066\u2067\u2068"
    }


@pytest.mark.parametrize("who", ROLES)
@pytest.mark.parametrize("size", [(80, 24), (120, 36)])
async def test_every_screen_draws_hostile_texts_as_text(
    nasty: Division, who: str, size: tuple[int, int]
) -> None:
    async with running(nasty.store, nasty.people[who], size) as (app, pilot):
        for name in SCREENS:
            if name == "welcome":
                continue
            app.go(name)
            await settled(pilot)
            assert not bad_characters(app.screen), name
            await press(pilot, "down", "enter")
            assert not bad_characters(app.screen), name
            await press(pilot, "escape", "escape")
        assert app.is_running and app.return_value is None


async def test_welcome_draws_hostile_texts_as_text(nasty: Division) -> None:
    async with running(nasty.store) as (app, pilot):
        assert not bad_characters(app.screen)
        await press(pilot, "down", "enter")
        assert not bad_characters(app.screen)


async def test_notes_hold_hostile_texts_as_text(nasty: Division) -> None:
    set_clock(nasty.store, 2026, 10, 9)
    who = nasty.people["Fay Facilitator"]
    community = nasty.communities["Land-Based Learning"]
    meeting = nasty.store.read(communities.meetings_of, community)[0]
    body = "\n\n".join(raw for raw in hostile.HOSTILE)[: text.NOTES]
    participate.write_notes(nasty.store, nasty.actor("Fay Facilitator"), meeting.id, body, 0)
    participate.publish_notes(nasty.store, nasty.actor("Fay Facilitator"), meeting.id, 1)
    for person in (who, nasty.people["Teacher One"]):
        async with running(nasty.store, person) as (app, pilot):
            await press(pilot, "5", "enter")
            assert not bad_characters(app.screen)
            await press(pilot, "tab", "tab")
            assert not bad_characters(app.screen)


@pytest.mark.parametrize("raw", hostile.HOSTILE)
def test_what_enters_a_line_is_clean_or_refused(raw: str) -> None:
    try:
        line = text.line(raw, "Field")
    except BadText as error:
        assert error.field == "Field"
        return
    assert not any(unicodedata.category(c) in ("Cc", "Cs") for c in line)
    assert line == text.line(line, "Field")
    assert line == unicodedata.normalize("NFC", line)
