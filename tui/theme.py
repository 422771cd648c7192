"""Colours and glyphs: a night, a day, and a plain theme for terminals with sixteen colours and a
small font.

One accent for what matters now, one quiet blue for what is open, three strengths of text. No
meaning rests on colour alone: what is lit also has a marker, and what has the focus is bold or
reversed.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from textual.app import App
from textual.filter import Monochrome, NoColor
from textual.scrollbar import ScrollBar, ScrollBarRender
from textual.theme import Theme

NIGHT, DAY, PLAIN = "cofp-night", "cofp-day", "cofp-plain"

PALETTES: Mapping[str, Mapping[str, str]] = {
    NIGHT: {
        "ground": "#0f1620",
        "sheet": "#161d28",
        "bar": "#1b2a3d",
        "lit": "#1f3049",
        "rule": "#2c3d54",
        "ink": "#e6eaf0",
        "ink-2": "#b1bac7",
        "ink-3": "#949fae",
        "wheat": "#e3b04b",
        "sky": "#7fb4d6",
        "leaf": "#8cc084",
        "brick": "#f2958a",
    },
    DAY: {
        "ground": "#fcf9f2",
        "sheet": "#f6f2e7",
        "bar": "#ebe5d6",
        "lit": "#ece5d3",
        "rule": "#d3cab4",
        "ink": "#1b2430",
        "ink-2": "#47505d",
        "ink-3": "#5a626e",
        "wheat": "#8a5a00",
        "sky": "#1f5f8b",
        "leaf": "#2f6b2c",
        "brick": "#a5301f",
    },
    # The sixteen colours of a console, as they are, so that none is rounded into another.
    PLAIN: {
        "ground": "#000000",
        "sheet": "#000000",
        "bar": "#0000aa",
        "lit": "#0000aa",
        "rule": "#aaaaaa",
        "ink": "#ffffff",
        "ink-2": "#aaaaaa",
        "ink-3": "#aaaaaa",
        "wheat": "#ffff55",
        "sky": "#55ffff",
        "leaf": "#55ff55",
        "brick": "#ff55ff",
    },
}
"""Every colour by its name in `screens.css`: grounds (ground, sheet, bar, lit), rules, and what is
written on them."""

TONES = (
    "text", "strong", "muted", "faint", "accent", "title", "open", "good", "bad", "rule", "key",
    "off", "cursor", "lit", "bar", "here",
)  # fmt: skip
"""What a piece of a drawn widget may be; `screens.css` gives each its look as `.tone--NAME`."""

_FULL = {
    "cursor": "▸", "was_cursor": "›", "mark": "✓", "no_mark": "·", "lit": "●", "line": "━", "thin": "─",
    "rest": "─", "edge": "▎", "edge_lit": "▌", "today": "◂", "half_day": "◆", "optional": "◇",
    "deadline": "│", "upright": "│", "kept": "★", "enter": "⏎", "more": "…", "below": "▾",
    "spark": "▁▂▃▄▅▆▇█",
}  # fmt: skip
_ASCII = {
    "cursor": ">", "was_cursor": "-", "mark": "x", "no_mark": " ", "lit": "*", "line": "#", "thin": "-",
    "rest": "-", "edge": "|", "edge_lit": "|", "today": "<", "half_day": "#", "optional": "o",
    "deadline": "|", "upright": "|", "kept": "*", "enter": "enter", "more": "~", "below": "v",
    "spark": "_.:-=+*#",
}  # fmt: skip


def plain_terminal(environment: Mapping[str, str] | None = None) -> bool:
    """Whether the terminal has a small font or no UTF-8, so that only plain glyphs may be drawn.

    `environment` is the process's own unless a test gives another.
    """
    env = os.environ if environment is None else environment
    if env.get("TERM", "") in ("linux", "dumb", "vt100", "vt220"):
        return True
    locale = env.get("LC_ALL") or env.get("LC_CTYPE") or env.get("LANG") or ""
    if locale:
        return "utf" not in locale.lower() and not (locale in ("C", "POSIX") and _writes_utf8())
    return not _writes_utf8()


def _writes_utf8() -> bool:
    """Whether Python itself writes UTF-8 to the terminal (it does in the C locale, by its own
    decision)."""
    return "utf" in (getattr(sys.__stdout__, "encoding", "") or "").lower()


GLYPHS: dict[str, str] = dict(_ASCII if plain_terminal() else _FULL)
"""The glyphs that widgets draw with, by what they are for."""


def use_glyphs(plain: bool) -> None:
    """Draw with plain glyphs, or with the full set, from now on."""
    GLYPHS.update(_ASCII if plain else _FULL)


def variables(name: str) -> dict[str, str]:
    """The variables of a theme: the palette's, and Textual's own that its inputs and scrollbars
    use."""
    palette = PALETTES[name]
    return {
        **palette,
        "scrollbar": palette["rule"],
        "scrollbar-hover": palette["ink-3"],
        "scrollbar-active": palette["wheat"],
        "scrollbar-background": palette["ground"],
        "scrollbar-background-hover": palette["ground"],
        "scrollbar-background-active": palette["ground"],
        "scrollbar-corner-color": palette["ground"],
        "input-cursor-background": palette["ink"],
        "input-cursor-foreground": palette["ground"],
        "input-selection-background": palette["sky"] + " 40%",
        "border": palette["rule"],
        "border-blurred": palette["rule"],
    }


def _theme(name: str) -> Theme:
    palette = PALETTES[name]
    return Theme(
        name=name,
        primary=palette["sky"],
        secondary=palette["sky"],
        accent=palette["wheat"],
        warning=palette["wheat"],
        error=palette["brick"],
        success=palette["leaf"],
        foreground=palette["ink"],
        background=palette["ground"],
        surface=palette["sheet"],
        panel=palette["bar"],
        dark=name != DAY,
        variables=variables(name),
    )


THEMES = tuple(_theme(name) for name in PALETTES)


_LATER = "/* ==== after the first paint "
"""Where the second part of `screens.css` begins."""


class PlainBar(ScrollBarRender):
    """A scroll bar of whole cells: no half blocks, which small fonts do not have."""

    VERTICAL_BARS = [" "]
    HORIZONTAL_BARS = [" "]


def css_path() -> Path:
    """Where `screens.css` is: beside this package in the installed program, above it in a
    checkout."""
    here = Path(__file__).resolve().parent
    return next(p for p in (here / "screens.css", here.parent / "screens.css") if p.is_file())


def first_sheet() -> str:
    """The part of `screens.css` that the first paint needs."""
    return css_path().read_text(encoding="utf-8").partition(_LATER)[0]


def add_sheet(app: App[Any]) -> None:
    """Read the rest of `screens.css`, once: all that is on the screen is styled anew.

    Reading all of it before the first paint is a twentieth of the start.
    """
    path = css_path()
    _, mark, later = path.read_text(encoding="utf-8").partition(_LATER)
    if not app.stylesheet.has_source(str(path), "later"):
        app.stylesheet.add_source(mark + later, (str(path), "later"))
        app.stylesheet.parse()
        app.stylesheet.update(app)


def set_up(app: App[Any], *, plain: bool | None = None) -> None:
    """Give an application our themes, glyphs and scroll bars; call it in `__init__`, after
    Textual's own.

    With NO_COLOR no colour at all leaves the program (Textual alone would send greys). The
    application also has to return `variables(NIGHT)` from `get_theme_variable_defaults`, because
    the style sheet is read before a theme is set. `plain` is found out unless given.
    """
    small = plain_terminal() if plain is None else plain
    use_glyphs(small)
    ScrollBar.renderer = PlainBar
    for theme in THEMES:
        app.register_theme(theme)
    if app.no_color:
        app._filters[:] = [f for f in app._filters if not isinstance(f, Monochrome)] + [NoColor()]
    # Nothing slides: a scroll that takes its time delays every key that follows.
    app.animation_level = "none"
    app.theme = PLAIN if small else NIGHT


def next_theme(name: str) -> str:
    """The theme that the night-and-day key leads to; a plain terminal keeps its own."""
    return {NIGHT: DAY, DAY: NIGHT}.get(name, name)
