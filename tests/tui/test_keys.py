"""The table of keys, the themes, and what becomes of text on its way to the terminal."""

from __future__ import annotations

import itertools
import pkgutil
from importlib import import_module

import pytest
from textual import events
from textual.binding import Binding
from textual.color import Color

import tui
from tests.hostile import HOSTILE, unfit
from tui import keys, safe, theme
from tui.keys import KEYS, Key, Keys


def test_a_key_has_one_meaning() -> None:
    with pytest.raises(ValueError, match="both 'join' and 'jump'"):
        Keys([Key("join", "j", "join", "a"), Key("jump", "j", "jump", "b")])


def test_the_second_of_several_keys_counts_too() -> None:
    with pytest.raises(ValueError):
        Keys([Key("sign_out", "q,f10", "sign out", "a"), Key("menu", "f10", "menu", "a")])


def test_an_id_is_given_once() -> None:
    with pytest.raises(ValueError):
        Keys([Key("join", "j", "join", "a"), Key("join", "k", "join", "a")])


def test_answers_of_a_question_stand_apart() -> None:
    assert Keys([Key("approve", "y", "approve", "a"), Key("yes", "y", "yes", keys.ANSWER)])


def test_no_key_is_one_that_terminals_take() -> None:
    for key in KEYS.values():
        assert not any(name.startswith(("ctrl", "alt")) for name in key.names)


def test_bindings_carry_id_and_tooltip() -> None:
    made = keys.binding("join")
    assert (made.key, made.action, made.id) == ("j", "join", "join")
    assert made.tooltip
    assert keys.binding("up", "move(-1)").action == "move(-1)"
    assert [b.id for b in keys.bindings("join", "leave")] == ["join", "leave"]
    with pytest.raises(KeyError):
        keys.binding("nothing")


def test_every_key_is_in_help_once() -> None:
    listed = [key.id for group in keys.groups().values() for key in group]
    assert sorted(listed) == sorted(KEYS)


def test_keys_are_shown_as_on_key_tops() -> None:
    assert keys.shown("search") == "/"
    assert keys.shown("back") == "Esc"
    assert keys.words("join") == "join"


# -- colours ---------------------------------------------------------------------------------------


def luminance(colour: str) -> float:
    """Relative luminance as WCAG 2 defines it."""
    parts = (part / 255 for part in Color.parse(colour).rgb)
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


GROUNDS = ("ground", "sheet", "bar", "lit")
INKS = ("ink", "ink-2", "ink-3", "wheat", "sky", "leaf", "brick")


@pytest.mark.parametrize("name", theme.PALETTES)
def test_every_text_can_be_read_on_every_ground(name: str) -> None:
    palette = theme.PALETTES[name]
    for ground, ink in itertools.product(GROUNDS, INKS):
        ratio = contrast(palette[ground], palette[ink])
        assert ratio >= 4.5, f"{ink} on {ground}: {ratio:.2f}"
    # Buttons and the text cursor reverse: ground on accent, ground on ink.
    for ink in ("wheat", "ink"):
        assert contrast(palette[ink], palette["ground"]) >= 4.5


def test_plain_terminals_get_plain_glyphs() -> None:
    assert theme.plain_terminal({"TERM": "linux", "LANG": "en_CA.UTF-8"})
    assert theme.plain_terminal({"TERM": "xterm-256color", "LC_ALL": "en_CA.ISO-8859-1"})
    assert not theme.plain_terminal({"TERM": "xterm-256color", "LANG": "en_CA.UTF-8"})
    theme.use_glyphs(True)
    try:
        assert all(glyph.isascii() for glyph in theme.GLYPHS.values())
        assert theme.GLYPHS.keys() == theme._FULL.keys()
    finally:
        theme.use_glyphs(False)


def test_night_and_day_lead_to_each_other() -> None:
    assert theme.next_theme(theme.NIGHT) == theme.DAY
    assert theme.next_theme(theme.DAY) == theme.NIGHT
    assert theme.next_theme(theme.PLAIN) == theme.PLAIN


# -- text ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_is_drawn_as_text(text: str) -> None:
    assert not unfit(safe.shown(text))
    assert not unfit(safe.content(text).plain.replace("\n", ""))
    assert not unfit(safe.rich_text(text).plain)
    for cells in (0, 1, 2, 7, 40):
        assert safe.width(safe.cut(text, cells)) <= cells
        assert safe.width(safe.fit(text, cells)) == cells
        assert safe.width(safe.fit(text, cells, "right")) == cells
    for cells in (1, 2, 9, 40):
        lines = safe.wrap(text, cells)
        assert all(safe.width(line) <= max(2, cells) for line in lines)
        assert not any(unfit(line) for line in lines)
        assert len(safe.wrap(text, cells, 3)) <= 3


@pytest.mark.parametrize(
    "text", ["Marie-Ève", "漢字", "👩‍👩‍👧‍👦", "क्षत्रिय", "don’t", "  in  ", "e\u0301"]
)
def test_real_text_stays_as_it_is(text: str) -> None:
    assert safe.shown(text) in (text, "é")


def test_piles_of_marks_are_thinned() -> None:
    assert len(safe.shown("Z" + "\u0301" * 60)) <= 1 + safe.MOST_MARKS


def test_the_brackets_at_the_end_of_a_text_outlast_its_middle() -> None:
    """Communities of one name are told apart by their school."""
    title = "Band, Choir and Everything Loud (Argyle)"
    assert safe.cut(title, 40) == title
    assert safe.cut(title, 30) == "Band, Choir and Ever… (Argyle)"
    assert safe.cut(title, 20) == "Band, Choi… (Argyle)"
    assert safe.cut(title, 12) == "Band, Choir…"
    assert (
        safe.cut("Braided Reading (École Harbour Landing)", 30) == "Braided Reading (École Harbou…"
    )
    for cells in range(50):
        assert safe.width(safe.cut(title, cells)) <= cells


def test_text_that_is_cut_says_so() -> None:
    assert safe.cut("Outdoor Learning", 8) == "Outdoor…"
    assert safe.cut("Band, Choir and Everything Loud", 21) == "Band, Choir and Ever…"
    assert safe.wrap("one two three", 7) == ["one two", "three"]
    assert safe.wrap("abcdefgh", 3) == ["abc", "def", "gh"]
    assert safe.wrap("one two three four", 7, 1)[0].endswith("…")


# -- pastes ----------------------------------------------------------------------------------------


def _parsed(*chunks: str) -> list[events.Event]:
    parser = safe.GuardedParser()
    found: list[events.Event] = []
    for chunk in chunks:
        found += [event for event in parser.feed(chunk) if isinstance(event, events.Event)]
    return found


PASTE = "\x1b[200~a\x1bb\x1b[31mc\x1b]52;c;eA==\x07d\x1b[201~"


def test_an_escape_inside_a_paste_is_no_key() -> None:
    found = _parsed(PASTE)
    assert [type(event) for event in found] == [events.Paste]
    assert isinstance(found[0], events.Paste) and "\x1b" not in found[0].text
    assert found[0].text.startswith("ab")


@pytest.mark.parametrize("cut", range(1, len(PASTE)))
def test_a_paste_may_come_in_chunks(cut: int) -> None:
    found = _parsed(PASTE[:cut], PASTE[cut:])
    assert [type(event) for event in found] == [events.Paste], cut


def test_keys_around_a_paste_stay_keys() -> None:
    found = _parsed("x" + PASTE + "y\x1b[A")
    assert [event.key for event in found if isinstance(event, events.Key)] == ["x", "y", "up"]


def bound() -> set[str]:
    """The id of every key that some screen, widget or the application binds."""
    found: set[str] = set()
    for module in pkgutil.walk_packages(tui.__path__, "tui."):
        if module.name == "tui.__main__":
            continue
        for kind in vars(import_module(module.name)).values():
            if isinstance(kind, type):
                given = getattr(kind, "BINDINGS", ())
                found |= {b.id for b in given if isinstance(b, Binding) and b.id}
    return found


def test_every_key_is_bound_somewhere() -> None:
    assert set(KEYS) - bound() == set()
