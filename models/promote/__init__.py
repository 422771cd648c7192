"""Promote: the year's frame and roles, what each step's page says, and news for everyone."""

from .frame import MOST, lay_out, set_division, set_level, set_year
from .news import News, NewsRow, news, post_news, put_news
from .pages import FACTS, PURPOSE, Fact, facts_for
from .roles import appoint, say_teaches

__all__ = [
    "FACTS",
    "MOST",
    "PURPOSE",
    "Fact",
    "News",
    "NewsRow",
    "appoint",
    "facts_for",
    "lay_out",
    "news",
    "post_news",
    "put_news",
    "say_teaches",
    "set_division",
    "set_level",
    "set_year",
]
