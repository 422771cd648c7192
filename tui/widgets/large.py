"""A few letters and digits in large writing, to be copied onto paper from where one stands."""

from __future__ import annotations

from tui import safe
from tui.theme import GLYPHS

from .drawn import Drawn, Piece

ROWS = 5
GAP = 2
"""Cells between two letters."""

_LETTERS = {
    "2": ".###. #...# ...#. ..#.. #####",
    "3": "####. ....# .###. ....# ####.",
    "4": "#..#. #..#. ##### ...#. ...#.",
    "5": "##### #.... ####. ....# ####.",
    "6": ".###. #.... ####. #...# .###.",
    "7": "##### ....# ...#. ..#.. ..#..",
    "8": ".###. #...# .###. #...# .###.",
    "9": ".###. #...# .#### ....# .###.",
    "A": ".###. #...# ##### #...# #...#",
    "B": "####. #...# ####. #...# ####.",
    "C": ".#### #.... #.... #.... .####",
    "D": "####. #...# #...# #...# ####.",
    "E": "##### #.... ####. #.... #####",
    "F": "##### #.... ####. #.... #....",
    "G": ".#### #.... #..## #...# .####",
    "H": "#...# #...# ##### #...# #...#",
    "J": "..### ...#. ...#. #..#. .##..",
    "K": "#...# #..#. ###.. #..#. #...#",
    "M": "#...# ##.## #.#.# #...# #...#",
    "N": "#...# ##..# #.#.# #..## #...#",
    "P": "####. #...# ####. #.... #....",
    "Q": ".###. #...# #...# #..#. .##.#",
    "R": "####. #...# ####. #..#. #...#",
    "S": ".#### #.... .###. ....# ####.",
    "T": "##### ..#.. ..#.. ..#.. ..#..",
    "U": "#...# #...# #...# #...# .###.",
    "V": "#...# #...# #...# .#.#. ..#..",
    "W": "#...# #...# #.#.# ##.## #...#",
    "X": "#...# .#.#. ..#.. .#.#. #...#",
    "Y": "#...# .#.#. ..#.. ..#.. ..#..",
    "Z": "##### ...#. ..#.. .#... #####",
    "-": "..... ..... .###. ..... .....",
}
"""Every letter that a code is written in, row by row."""


class Large(Drawn):
    """Letters of five rows, with the same text in small below; only the small one where they do
    not fit."""

    def __init__(self, text: str, *, id: str | None = None, classes: str | None = None) -> None:
        """Letters that have no large form are left to the small writing."""
        super().__init__(id=id, classes=classes)
        self._text = text

    def draw(self, width: int) -> list[list[Piece]]:
        small = [Piece(safe.cut(self._text, width), "strong")]
        shapes = [_LETTERS[letter].split() for letter in self._text if letter in _LETTERS]
        rows = [(" " * GAP).join(shape[row] for shape in shapes) for row in range(ROWS)]
        if len(shapes) < len(self._text) or len(rows[0]) > width:
            return [small]
        full = GLYPHS["spark"][-1]
        drawn = [row.replace(".", " ").replace("#", full) for row in rows]
        return [*([Piece(line, "accent")] for line in drawn), [], small]
