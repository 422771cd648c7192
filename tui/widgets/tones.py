"""How each tone looks: found in the style sheet once, not once for every widget that draws with it.

As component classes the 17 tones were nine tenths of all styling: 370 of 540 ms of a start, and the most
part of opening a screen (two cores, Textual 8.2.8, profiled).
"""

from __future__ import annotations

from weakref import WeakKeyDictionary

from rich.style import Style
from textual.app import App
from textual.dom import DOMNode
from textual.widget import Widget

_Looks = tuple[object, dict[str, Style]]
_LOOKS: WeakKeyDictionary[App[object], _Looks] = WeakKeyDictionary()
"""By application: the rules that the looks were found in, and the looks."""


def look(widget: Widget, tone: str) -> Style:
    """The look of one of `theme.TONES`, as `.tone--…` of the style sheet says for the theme at hand."""
    app = widget.app
    rules = app.stylesheet.rules
    found, looks = _LOOKS.get(app, (None, {}))
    if found is not rules:
        # Another theme, or a sheet that was read again.
        looks = {}
        _LOOKS[app] = (rules, looks)
    if tone not in looks:
        carrier = DOMNode(classes=f"tone--{tone}")
        carrier._attach(widget)
        app.stylesheet.apply(carrier, animate=False)
        looks[tone] = carrier.styles.partial_rich_style
    return looks[tone]
