"""Every key once: bindings, footer, help and palette all come from this table.

A single letter means the same thing everywhere. In a question `y` and `n` are its answers, as on
any terminal; they stand in the group ANSWER, the only one whose letters may also mean something
outside of it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from textual.binding import Binding

GO, LIST, JOIN, STAFF, NOTES, YEAR, PROGRAM, ANSWER, MOVE = (
    "Go", "In a list", "Join", "Staff", "Session notes", "Proposals and requests", "The program",
    "In a question", "Move",
)  # fmt: skip


@dataclass(frozen=True)
class Key:
    """One key, or several that do the same, and its one meaning."""

    id: str
    """The name by which screens ask for it; also the id of its binding and, by default, its
    action."""
    key: str
    """Textual's names of the keys, comma separated: the first is the one shown."""
    words: str
    """What it does, in the footer: a word or two."""
    group: str
    """The heading under which help lists it."""
    keep: int = 5
    """How long it stays in a footer that is too narrow: those with the lowest number go first."""
    tip: str = ""
    """One sentence for help; empty when `words` say it all."""

    @property
    def names(self) -> tuple[str, ...]:
        """The keys one by one."""
        return tuple(name.strip() for name in self.key.split(","))

    @property
    def shown(self) -> str:
        """The key as a person reads it on a key top."""
        return _SHOWN.get(self.names[0], self.names[0])


_SHOWN = {
    "slash": "/", "colon": ":", "comma": ",", "question_mark": "?", "escape": "Esc", "enter": "⏎", "space": "space",
    "tab": "Tab", "f10": "F10", "up": "↑", "down": "↓", "left": "←", "right": "→",
    "pageup": "PgUp", "pagedown": "PgDn", "home": "Home", "end": "End",
    "minus": "-", "delete": "Del",
}  # fmt: skip


class Keys(dict[str, Key]):
    """The table by id. Raises ValueError for an id given twice, or one key with two meanings."""

    def __init__(self, keys: Iterable[Key]) -> None:
        super().__init__()
        meant: dict[tuple[bool, str], str] = {}
        for key in keys:
            if key.id in self:
                raise ValueError(f"The key id {key.id!r} is given twice.")
            for name in key.names:
                other = meant.setdefault((key.group == ANSWER, name), key.id)
                if other != key.id:
                    raise ValueError(f"The key {name!r} would mean both {other!r} and {key.id!r}.")
            self[key.id] = key


KEYS: Final = MappingProxyType(
    Keys(
        [
            Key("today", "0", "Today", GO, 4, "What you can or must do now."),
            Key("step_1", "1", "Promote", GO, 3),
            Key("step_2", "2", "Generate", GO, 3),
            Key("step_3", "3", "Submit", GO, 3),
            Key("step_4", "4", "Join", GO, 3),
            Key("step_5", "5", "Participate", GO, 3),
            Key("step_6", "6", "Share & Reflect", GO, 3),
            Key(
                "division",
                "7",
                "division",
                GO,
                3,
                "The year's dates, offerings to publish, Principals to name, small communities.",
            ),
            Key("search", "slash", "search", GO, 6, "Look for a community, a person or a school."),
            Key("help", "question_mark", "help", GO, 9, "What can be done here, and every key."),
            Key(
                "back",
                "escape",
                "back",
                GO,
                7,
                "Leave what is open; nothing that you typed is lost.",
            ),
            Key("open", "enter", "open", LIST, 8, "Open, or do, what the marker stands at."),
            Key(
                "mark",
                "space",
                "mark",
                LIST,
                6,
                "Mark or unmark this line, to act on several at once.",
            ),
            Key("filter", "f", "filter", LIST, 5, "Narrow the list."),
            Key("by_school", "v", "by school", LIST, 4, "View the list school by school."),
            Key(
                "export",
                "x",
                "export",
                LIST,
                4,
                "Write the list to a file, or for another program.",
            ),
            Key(
                "join",
                "j",
                "join",
                JOIN,
                9,
                "Join this community, or switch to it: you are never without a place.",
            ),
            Key("leave", "l", "leave", JOIN, 6, "Leave your community."),
            Key("wait", "w", "wait", JOIN, 7, "Wait for a place in a full community."),
            Key(
                "keep",
                "k",
                "keep",
                JOIN,
                6,
                "Keep it among your favourites, or take it out of them.",
            ),
            Key("change", "c", "change", JOIN, 7, "Ask for a change after the join window."),
            Key(
                "register",
                "r",
                "register",
                STAFF,
                9,
                "Register those marked, or the one at the marker.",
            ),
            Key(
                "remind",
                "s",
                "remind",
                STAFF,
                7,
                "Send a reminder to those marked; they see it on Today.",
            ),
            Key(
                "unexpected",
                "u",
                "not expected",
                STAFF,
                6,
                "Say that someone is not expected to register, and why.",
            ),
            Key(
                "codes",
                "h",
                "hand out a code",
                STAFF,
                2,
                "Hand out a code, with which a colleague chooses a PIN.",
            ),
            Key("notes", "n", "notes", NOTES, 7, "The notes of a session."),
            Key("excused", "e", "excused", NOTES, 6),
            Key("online", "o", "online", NOTES, 6),
            Key("absent", "minus", "absent", NOTES, 6),
            Key("add", "a", "add", NOTES, 6, "Add a meeting, an action or another line."),
            Key(
                "remove",
                "delete,backspace",
                "remove",
                NOTES,
                4,
                "Take out a meeting that was added by mistake.",
            ),
            Key("publish", "p", "publish", NOTES, 7, "Let the members read it."),
            Key("approve", "y", "approve", YEAR, 7),
            Key("decline", "d", "decline", YEAR, 7, "Decline, with a reason."),
            Key("profile", "comma", "my page", PROGRAM, 1, "What you teach, and your PIN."),
            Key("sign_in", "i", "sign in", PROGRAM, 8),
            Key("sign_out", "q,f10", "sign out", PROGRAM, 9, "Sign out; the terminal forgets you."),
            Key(
                "set_up",
                "g",
                "set up",
                PROGRAM,
                6,
                "Set up a division from a roster, or open the sample.",
            ),
            Key("travel", "t", "travel", PROGRAM, 5, "Travel to another day of the sample year."),
            Key("palette", "colon", "find", PROGRAM, 2, "Find a step or an action by its words."),
            Key("theme", "b", "night/day", PROGRAM, 1, "Bright or dark colours."),
            Key("yes", "y", "yes", ANSWER, 9),
            Key("no", "n", "no", ANSWER, 9),
            Key("up", "up", "up", MOVE, 0),
            Key("down", "down", "down", MOVE, 0),
            Key("left", "left", "left", MOVE, 0),
            Key("right", "right", "right", MOVE, 0),
            Key("page_up", "pageup", "a page up", MOVE, 0),
            Key("page_down", "pagedown", "a page down", MOVE, 0),
            Key("first", "home", "first", MOVE, 0),
            Key("last", "end", "last", MOVE, 0),
            Key(
                "next_field", "tab", "next", MOVE, 2, "Go to the next field or part of the screen."
            ),
        ]
    )
)
"""Every key of the program, by id."""


JUDGED: Final[Mapping[tuple[str, str], tuple[str, ...]]] = MappingProxyType(
    {
        ("", "division"): ("people.appoint",),
        ("", "codes"): ("access.make_code",),
        ("welcome", "join"): ("join.join",),
        ("welcome", "wait"): ("join.wait",),
        ("welcome", "keep"): ("join.keep",),
        ("join", "join"): ("join.join", "join.switch"),
        ("join", "leave"): ("join.leave",),
        ("join", "wait"): ("join.wait", "join.stop_waiting"),
        ("join", "keep"): ("join.keep",),
        ("join", "change"): ("join.ask_change", "join.withdraw_request"),
        ("unregistered", "register"): ("join.register", "join.register_late"),
        ("unregistered", "remind"): ("join.remind",),
        ("unregistered", "unexpected"): ("join.expect",),
        ("unregistered", "by_school"): ("join.see_unregistered",),
        ("unregistered", "export"): ("join.see_unregistered",),
        ("schools", "by_school"): ("join.see_schools",),
        ("schools", "export"): ("join.see_schools",),
        ("requests", "approve"): ("join.approve_change",),
        ("requests", "decline"): ("join.decline_change",),
        ("participate", "add"): ("meeting.add",),
        ("participate", "change"): ("meeting.change",),
        ("participate", "remove"): ("meeting.remove",),
        ("session", "notes"): ("session.write",),
        ("session", "add"): ("session.add_action",),
        ("session", "publish"): ("session.publish",),
    }
)
"""What the table of actions calls a key, by screen (\"\" is every one) and key: refused where it refuses
all of them to whoever is here, on this day."""

IDLE: Final[Mapping[tuple[str, str], str]] = MappingProxyType(
    {
        ("welcome", "search"): "There is no list to search yet.",
        ("join", "search"): "There is no list to search yet.",
        ("join", "filter"): "There is no list to narrow yet.",
        ("unregistered", "register"): "There is nobody to register here.",
        ("unregistered", "remind"): "There is nobody to remind here.",
        ("unregistered", "unexpected"): "There is nobody here of whom to say it.",
        ("unregistered", "filter"): "Everybody here is expected to register.",
        ("unregistered", "by_school"): "This is the only school that you answer for.",
        ("unregistered", "export"): "There is no list to write.",
        ("unregistered", "search"): "There is no list to search.",
        ("schools", "by_school"): "There is no list of schools here.",
        ("schools", "export"): "There is no list to write.",
        ("schools", "search"): "There is no list to search.",
        ("requests", "approve"): "No request waits for your word here.",
        ("requests", "decline"): "No request waits for your word here.",
        ("participate", "add"): "You are in no community to add a meeting to.",
        ("participate", "notes"): "There is no meeting here to open.",
        ("participate", "change"): "There is no planned meeting at the marker to change.",
        ("participate", "remove"): "There is no meeting of yours at the marker to remove.",
        ("codes", "search"): "There is no list to search.",
        ("codes", "filter"): "There is no list to narrow.",
    }
)
"""What a key of a screen says where there is nothing for it to do, by screen and key."""


NOT_IN_A_KIOSK: Final = frozenset({"palette", "export", "set_up", "travel"})
"""What a kiosk does not have: help leaves it out there."""


def binding(id: str, action: str = "", *, show: bool = False, words: str = "") -> Binding:
    """The Textual binding of a key; `action` is the key's id unless given, `words` its own unless
    given.

    Raises KeyError for an id that is not in the table.
    """
    key = KEYS[id]
    said = words or key.words
    return Binding(key.key, action or key.id, said, show=show, id=key.id, tooltip=key.tip or said)


def bindings(*ids: str) -> list[Binding]:
    """The bindings of several keys, each with its id as its action."""
    return [binding(id) for id in ids]


def words(id: str) -> str:
    """What the key does, in a word or two."""
    return KEYS[id].words


def shown(id: str) -> str:
    """The key as a person reads it."""
    return KEYS[id].shown


def groups() -> dict[str, tuple[Key, ...]]:
    """Every key under its heading, in the table's order: for help and the palette."""
    return {
        name: tuple(key for key in KEYS.values() if key.group == name)
        for name in dict.fromkeys(k.group for k in KEYS.values())
    }
