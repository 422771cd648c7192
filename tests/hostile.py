"""Texts that must stay text: each has broken a terminal program somewhere."""

from __future__ import annotations

import re

HOSTILE: tuple[str, ...] = (
    "[@click=app.quit]Ann[/]",
    "[@click=app.bell]x[/] [link=https://example.org]y[/link]",
    "[/]",
    "[/b]",
    "[b]bold[/b] [red]red[/red] [$accent]x[/]",
    "[[double]] \\[b] [not closed",
    "[on red]",
    "$name ${name} {name} %s %(x)s",
    "\x1b[31mred\x1b[0m",
    "\x1b[2J\x1b[H\x1b[?1049l",
    "\x1b]0;title\x07",
    "\x1b]52;c;cm0gLXJmIH4=\x07",
    "\x1b]8;;https://example.org\x1b\\link\x1b]8;;\x1b\\",
    "\x1bP+q544e\x1b\\",
    "\x9b31m C1",
    "\x00\x01\x02\x07\x08\x0b\x0c\x0e\x7f",
    "bell\x07 back\x08\x08 del\x7f",
    "\u202eevil\u202c \u2066iso\u2069 \u200fRLM\u200e",
    "zero\u200bwidth\u2060joiner\ufeff\u00ad",
    "a\u200d\u200d\u200db",
    "\u2028line\u2029paragraph\u0085next",
    "x" * 10_000,
    "word " * 2_000,
    "👩‍👩‍👧‍👦 👍🏽 🏴\U000e0067\U000e0062\U000e0065\U000e006e\U000e0067\U000e007f 🇨🇦 ❤️ ✈️",
    "漢字かな交じり文・ハングル 한국어 ｆｕｌｌ",
    "e\u0301" * 20,
    "Z" + "\u0300\u0301\u0302\u0316\u0317\u0334\u0488" * 60 + "algo",
    "\u0301\u0301 marks first",
    "عربى نص עברית",
    "हिन्दी क्षत्रिय த",
    "'; DROP TABLE person; --",
    '" OR 1=1 --',
    "=1+1",
    '=HYPERLINK("https://example.org")',
    "+SUM(A1)",
    "-2+3",
    "@cmd",
    "one\ntwo\r\nthree\rfour",
    "tab\tbed\t",
    "   spaces   in   it   ",
    "",
    " ",
    "\udcff\ud800 surrogates",
    "\ufffe\uffff\ufdd0 no characters",
    "Marie-Ève Dubois-O’Brien d’Arc",
    "<b>&amp;</b><script>alert(1)</script>",
    "../../etc/passwd",
    "\U000f0000 private \ue000",
)
"""Markup with actions, ESC and OSC, bidirectional, zero-width, long, emoji, wide, piles, SQL, formulas."""

_UNFIT = re.compile(
    "[\x00-\x1f\x7f-\x9f\u200b\u200e\u200f\u2028\u2029\u202a-\u202e\u2060-\u206f\ufeff\ud800-\udfff]"
)


def unfit(drawn: str) -> list[str]:
    """The characters of a drawn line that must never reach a terminal."""
    return _UNFIT.findall(drawn)
