"""A list as a window on the store: it draws the rows in sight and fetches them a page at a time.

However long the list is, a key costs the same: rows come by keyset pages of 64, at most 16 pages
are kept, and each row's line is drawn once. See docs/architecture.md, “Lists are windows on the
store”.
"""

from .columns import Column
from .kept import KEPT
from .source import PAGE, PageOf, Row, Source
from .window import WindowTable

__all__ = ["KEPT", "PAGE", "Column", "PageOf", "Row", "Source", "WindowTable"]
