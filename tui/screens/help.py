"""Help: every key, from the one table of keys."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.containers import VerticalScroll

from ..house import House
from ..keys import ANSWER, MOVE, NOT_IN_A_KIOSK, groups
from ..widgets.lines import Fact, Facts, Say, Words
from ..widgets.section import Section

_MOVING = (
    Fact("↑ ↓ PgUp PgDn", "move in a list; Home and End go to its ends"),
    Fact("Tab", "to the next part of the screen; Shift+Tab back"),
    Fact("⏎", "open, or do what stands at the marker; a click does the same"),
)


class HelpScreen(House):
    """What the program is, then every key under its heading."""

    NAME = "help"

    def compose(self) -> ComposeResult:
        yield from self.head()
        with VerticalScroll(classes="body", id="page"):
            yield Section("Help")
            yield Words(
                Say(
                    "Every educator of the division belongs to one Community of Practice each year. "
                    "This program takes you through it: Today says what you can do now; the numbers "
                    "1 to 6 open the steps of the year."
                )
            )
            yield Section("Getting about")
            yield Facts(_MOVING)
            for name, keys in groups().items():
                shown = [k for k in keys if not (self.app.is_kiosk and k.id in NOT_IN_A_KIOSK)]
                if name in (MOVE, ANSWER) or not shown:
                    continue
                yield Section(name)
                yield Facts([Fact(k.shown, k.tip or k.words) for k in shown])
        yield from self.foot()
