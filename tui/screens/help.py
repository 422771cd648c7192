"""Help: every key, from the one table of keys."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.containers import VerticalScroll

from ..house import House
from ..keys import ANSWER, KEYS, MOVE, NOT_IN_A_KIOSK, Key, groups
from ..widgets.lines import Fact, Facts, Say, Words
from ..widgets.section import Section

_MOVING = (
    Fact("↑ ↓ PgUp PgDn", "move in a list; Home and End go to its ends"),
    Fact("Tab", "to the next part of the screen; Shift+Tab back"),
    Fact("⏎", "open, or do what stands at the marker; a click does the same"),
)


_GROUPS = {name: keys for name, keys in groups().items() if name not in (MOVE, ANSWER)}
_BEFORE = frozenset({"travel", "set_up", "sign_in"})
"""The keys of Welcome that nobody has once they are signed in."""
_BY_ROLE = frozenset({"division", "codes", "profile"})
"""The keys of every screen that not everybody has."""


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
            yield Section("", id="here-title")
            yield Facts(id="here")
            for number, name in enumerate(_GROUPS):
                yield Section(name, id=f"group-{number}-title")
                yield Facts(id=f"group-{number}")
        yield from self.foot()

    async def load(self) -> None:
        """The keys that work on the screen under this one, then all the others."""
        under = [s for s in self.app.screen_stack if isinstance(s, House) and s is not self]
        here = under[-1].usable() if under else ()
        unsaid = _BEFORE if self.app.session is not None else frozenset()
        keys = [
            KEYS[ident]
            for ident in here
            if KEYS[ident].group not in (MOVE, ANSWER)
            and ident not in unsaid
            and not ident.startswith("step_")
        ]
        self._show("here", "Here, now", keys)
        for number, (name, group) in enumerate(_GROUPS.items()):
            self._show(f"group-{number}", name, [k for k in group if not self._is_said(k, here)])

    def _is_said(self, key: Key, here: tuple[str, ...]) -> bool:
        """Whether a key stands above already, or is none for whoever is here."""
        app = self.app
        is_missing = (
            (app.is_kiosk and key.id in NOT_IN_A_KIOSK)
            or (app.session is not None and key.id in _BEFORE)
            or (key.id in _BY_ROLE and app.check_action(key.id, ()) is False)
        )
        return is_missing or key.id in here

    def _show(self, ident: str, name: str, keys: list[Key]) -> None:
        self.query_one(f"#{ident}", Facts).show([Fact(k.shown, k.tip or k.words) for k in keys])
        title = self.query_one(f"#{ident}-title", Section)
        title.show(name)
        title.display = bool(keys)
