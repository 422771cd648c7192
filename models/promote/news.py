"""News that the division has for everyone, on everybody's Today."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import peewee as pw

from .. import text
from ..database import Table
from ..journal import Receipt, Write, writes
from ..years import YearRow


class NewsRow(Table):
    id = pw.AutoField()
    year = pw.ForeignKeyField(YearRow)
    words = pw.TextField()
    from_words = pw.TextField()
    news_on = pw.DateField()
    at = pw.DateTimeField()

    class Meta:
        table_name = "news"


@dataclass(frozen=True)
class News:
    """One piece of news on everybody's Today."""

    words: str
    from_words: str
    on: date


@writes("news.post")
def post_news(w: Write, words: str) -> Receipt:
    """Tell everyone something on Today (T1.3)."""
    w.require()
    said = text.line(words, "News", 300)
    put_news(w, said)
    w.journal(words=said)
    return w.receipt("It is on everybody's Today page.")


def put_news(w: Write, words: str) -> None:
    """Insert a piece of news; its caller is the guarded write."""
    NewsRow.insert(
        year=w.this_year.id, words=words, from_words="Division", news_on=w.on, at=w.at
    ).execute()


def news(year_id: int, on: date, most: int = 3) -> tuple[News, ...]:
    """The latest news of the year, newest first."""
    query = (
        NewsRow.select(NewsRow.words, NewsRow.from_words, NewsRow.news_on)
        .where((NewsRow.year == year_id) & (NewsRow.news_on <= on))
        .order_by(NewsRow.id.desc())
        .limit(most)
    )
    return tuple(News(*row) for row in query.tuples())
