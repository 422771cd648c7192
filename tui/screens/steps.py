"""The steps that have no room of their own yet: one shared screen of what they are and your part in them."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.containers import VerticalScroll

from models import promote
from models.words import day, listed, short_day
from models.years import Step

from ..house import House
from ..widgets.lines import Fact, Facts, Say, Words
from ..widgets.section import Section


class StepScreen(House):
    """A step's window and purpose, your part in it, and what the pages say of it."""

    STEP = Step.PROMOTE

    def compose(self) -> ComposeResult:
        yield from self.head()
        with VerticalScroll(classes="body", can_focus=True, id="page"):
            yield Section(self.STEP.title, id="title")
            yield Words(id="purpose")
            yield Facts(id="window")
            yield Section("Your part", id="part-title")
            yield Words(id="part")
            yield Section("What the pages say", id="facts-title")
            yield Words(id="facts")
        yield from self.foot()

    async def load(self) -> None:
        window = self.year.window(self.STEP)
        state = next(s for s in self.year.ribbon(self.on) if s.step is self.STEP)
        self.query_one("#purpose", Words).show([Say(promote.PURPOSE[self.STEP], "strong")])
        label = {"over": "Was open", "ahead": "Opens"}.get(state.state, "Open")
        said = f"{day(window.opens)} to {day(window.closes)}"
        if not any(short_day(on) in state.words for on in (window.opens, window.closes)):
            # “3 days left”; what only says one of the two days again is left out.
            said += f" · {state.words}"
        facts = [Fact(label, said)]
        if self.STEP is Step.SUBMIT and self.year.review is not None:
            gap = self.year.review
            facts.append(Fact("Then", f"Review, {day(gap.opens)} to {day(gap.closes)}"))
        if self.STEP is Step.PROMOTE:
            found = [f for f in (self.frame.website, self.frame.social_feed) if f]
            if found:
                facts.append(Fact("Read more", listed(found)))
        self.query_one("#window", Facts).show(facts)
        pages = promote.facts_for(self.STEP, self.standing)
        mine = [fact for fact in pages if fact.of]
        self._list("part", [fact.words for fact in mine])
        self._list("facts", [fact.words for fact in pages if not fact.of])

    def _list(self, name: str, sentences: list[str]) -> None:
        said = []
        for sentence in sentences:
            said += [Say(sentence), Say("")]
        self.query_one(f"#{name}", Words).show(said[:-1])
        for part in (f"#{name}", f"#{name}-title"):
            self.query_one(part).display = bool(sentences)


class PromoteScreen(StepScreen):
    NAME, STEP = "promote", Step.PROMOTE


class GenerateScreen(StepScreen):
    NAME, STEP = "generate", Step.GENERATE


class SubmitScreen(StepScreen):
    NAME, STEP = "submit", Step.SUBMIT


class ShareScreen(StepScreen):
    NAME, STEP = "share", Step.SHARE
