"""Writing a session's notes: kept while they are typed, saved for all, never written over.

The part of the session's screen that has to do with its text field.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING, Any

from textual import work
from textual.message import Message

from models import participate
from models.drafts import drafts_aside, read_draft
from models.errors import CofpError
from models.participate import ChangedMeanwhile, Session
from models.text import NOTES, Cleaned
from models.words import count, short_day
from tui import safe
from tui.house import House
from tui.keeper import Keeper
from tui.unfinished import Unfinished
from tui.widgets.confirm import Confirm

from .elsewhere import MINE, THEIRS, TwoTexts
from .keeper import FORM, Kept, kept_in
from .panes import Head

if TYPE_CHECKING:
    from tui.widgets.paragraph import Paragraph

BETWEEN = "\n\n---\n\n"
"""What stands between two texts that are put under each other."""


class Writing(House):
    """A screen that writes the notes of one meeting."""

    def __init__(self) -> None:
        super().__init__()
        self._meeting_id = 0
        self._session: Session | None = None
        self._text: Paragraph | None = None
        self._is_writing = False
        self._version = 0
        self._base = ""
        """The notes as the store has them at `_version`."""
        self._keeper: Keeper | None = None
        self._draft_at: datetime | None = None
        """When what is being written was last kept for its writer, naive UTC."""
        self._saving = asyncio.Lock()
        self._seen = 0
        """The version that was before the eyes when publishing was asked for."""
        self._put_off = 0
        """The version of somebody else's text that was looked at and not taken up yet."""
        self._told_of = 0
        """How many versions of the writer's own, kept at other terminals, were told of."""

    def show_session(self, found: Session) -> None:
        """Draw the session."""
        raise NotImplementedError

    def show_state(self) -> None:
        """Say beside the notes' heading how they stand."""
        raise NotImplementedError

    def show_pane(self, name: str) -> None:
        """Bring a pane in sight and the focus into it."""
        raise NotImplementedError

    def forget(self, meeting_id: int) -> None:
        """Turn to another meeting."""
        self._meeting_id, self._session, self._keeper = meeting_id, None, None
        self._version, self._base, self._is_writing, self._put_off = 0, "", False, 0
        self._draft_at, self._told_of = None, 0
        if self._text is not None:
            self._text.remove()
            self._text = None
        if self.is_mounted:
            self.query_one("#preview").display = True

    async def begin(self, found: Session, person_id: int) -> bool:
        """Take up what was typed and not saved; whether there was any."""
        title = f"Notes of {found.meeting.when_words}"
        what = Unfinished(FORM, str(self._meeting_id), title)
        self._keeper = Keeper(self.app.lanes, person_id, what, self.set_timer)
        self._version, self._base = found.notes.version, found.notes.body
        self.say_saved(found.notes.saved_at)
        draft = await self.app.lanes.read(read_draft, person_id, FORM, str(self._meeting_id))
        kept = kept_in(draft)
        if draft is not None:
            self._keeper.found(draft.body)
        if draft is not None and kept is not None and kept.body != found.notes.body:
            self._version = kept.version
            self._draft_at = draft.saved_at
            await self._write(kept.body)
            when = self.clock_words(draft.saved_at)
            self.said.warn(f"You left this text at {when}. Esc saves it to the session.")
            return True
        return False

    # -- notes -------------------------------------------------------------------------------------

    @work(group="notes")
    async def write_now(self) -> None:
        await self._write(self._base)
        self.show_pane("notes")

    async def _write(self, body: str) -> None:
        """Put the text into a field to write in."""
        self._is_writing = True
        if self._text is None:
            # Slow to import, and needed only here.
            from tui.widgets.paragraph import Paragraph

            self._text = Paragraph(body, most=NOTES, id="text")
            await self.query_one("#notes-pane").mount(self._text)
            self._text.move_cursor(self._text.document.end)
        elif self._text.text != body:
            self._text.load_text(body)
        self.query_one("#preview").display = False
        self._text.display = True

    def on_text_area_changed(self, message: Message) -> None:
        # By name, so that TextArea is not imported before it is needed.
        message.stop()
        if self._text is None or self._keeper is None or not self._is_dirty:
            return
        self.query_one("#about", Head).note("writing …")
        self.show_state()
        kept = Kept(self._version, self._text.text)
        self._keeper.typed(kept.as_draft(), self._keep_soon)

    def on_paragraph_full(self, message: Message) -> None:
        """Say at once what did not go in, so that nobody believes it to be there."""
        message.stop()
        left_out = str(getattr(message, "left_out", ""))
        begins = safe.cut(" ".join(left_out[:200].split()), 30)
        self.said.warn(
            f"Notes hold {NOTES:,} characters. {count(len(left_out), 'more was', 'more were')} not taken: “{begins}”."
        )

    @property
    def _is_dirty(self) -> bool:
        """Whether the field holds something that the store's notes do not."""
        return self._is_writing and self._text is not None and self._text.text != self._base

    @work(group="keep")
    async def _keep_soon(self) -> None:
        await self._keep_notes()

    async def _keep_notes(self) -> bool:
        """Store what was typed for its writer; the words beside the heading say so. Whether it is."""
        if self._keeper is None:
            return True
        try:
            if await self._keeper.keep():
                self._draft_at = self.app.store.clock.now()
                self.say_saved(self._draft_at)
                self.show_state()
                self._say_elsewhere(self._keeper.elsewhere)
        except CofpError as error:
            self.said.error(error)
            return False
        return True

    def _say_elsewhere(self, others: int) -> None:
        """Say, once for each, that there is another version of what is being written."""
        if others > self._told_of:
            self.said.warn(
                "You also write these notes at another terminal; that version is kept too. "
                "Esc lets you choose."
            )
        self._told_of = others

    async def _choose_version(self, keeper: Keeper | None, text: Paragraph | None) -> bool:
        """Let the writer choose between this text and their own at another terminal; whether to save now."""
        if keeper is None or text is None or not self._is_dirty:
            return True
        # What is here is kept before the question is asked, which also brings to light what was kept elsewhere.
        keeper.typed(Kept(self._version, text.text).as_draft(), self._keep_soon)
        if not await self._keep_notes() or not keeper.elsewhere:
            return True
        others = await self.app.lanes.read(
            drafts_aside, self.standing.person_id or 0, FORM, str(self._meeting_id)
        )
        other, there = others[0] if others else None, kept_in(others[0] if others else None)
        if other is None or there is None:
            return True
        chosen: str | None = MINE
        if there.body != text.text:
            when = self.clock_words(other.saved_at)
            chosen = await self.ask(TwoTexts(when, text.text, there.body))
        if chosen is None:
            self.said.warn("Both versions are kept for you; nothing is saved to the session yet.")
            return False
        if chosen != MINE:
            body = there.body if chosen == THEIRS else there.body + BETWEEN + text.text
            await self._write(body)
            keeper.typed(Kept(self._version, body).as_draft(), self._keep_soon)
            if not await self._keep_notes():
                return False
            self.said.ok("This is the text now. Esc saves it to the session.")
            self.show_pane("notes")
        await keeper.forget([other.body])
        self._told_of = 0
        return chosen == MINE

    async def keep(self) -> tuple[str, ...]:
        lost = await super().keep()
        return lost if await self._keep_notes() else (*lost, "the notes that you were writing")

    @work(group="save")
    async def save_soon(self, after: Callable[[], Any] | None = None, *, asks: bool = True) -> None:
        """Save, then go on with `after`; without `asks` a choice once put off is not asked again."""
        if await self._save(asks) and after is not None:
            after()

    async def _save(self, asks: bool = True) -> bool:
        """Save the notes for all who facilitate; whether nothing is left unsaved.

        What is typed while the store takes its time stays in the field, and is kept.
        """
        meeting_id, keeper, text = self._meeting_id, self._keeper, self._text
        body = ""
        try:
            if asks and not await self._choose_version(keeper, text):
                return False
            async with self._saving:
                if keeper is None:
                    return True
                if text is None or not self._is_dirty:
                    await keeper.drop()
                    return not self._is_dirty
                body = text.text
                receipt = await self.app.lanes.write(
                    participate.write_notes, self.app.actor(), meeting_id, body, self._version
                )
                # Before anything else is waited for: what is typed from now on is about this version.
                is_here = meeting_id == self._meeting_id
                if is_here:
                    self._version, self._base = int(receipt.facts["version"]), body
                if is_here and self._is_dirty:
                    keeper.typed(Kept(self._version, text.text).as_draft(), self._keep_soon)
                else:
                    await keeper.drop()
        except ChangedMeanwhile as other:
            await self._keep_notes()
            if asks or other.version != self._put_off:
                await self._join_texts(other, body)
            return False
        except CofpError as error:
            await self._keep_notes()
            self.said.error(error)
            return False
        if is_here and meeting_id == self._meeting_id:
            self._seen, self._draft_at = self._version, None
            self.said.clear()
            self.say_saved(self.app.store.clock.now())
            await self.reload()
            many, text.taken_out = text.taken_out, 0
            if many:
                self.said.warn(Cleaned("", many).note)
            if self._is_dirty:
                self.said.ok("Saved. What you typed since is kept for you; Esc saves that too.")
        return not self._is_dirty

    async def _join_texts(self, other: ChangedMeanwhile, mine: str) -> None:
        """Somebody saved meanwhile: nobody's text is lost."""
        question = Confirm(
            "Both texts are kept",
            (str(other), "Put yours under theirs, then make one of the two?"),
            yes="put mine under theirs",
            no="not now",
        )
        if not await self.ask(question):
            self._put_off = other.version
            self.said.warn(f"Yours is kept for you alone; {other.by}'s is what is saved.")
            return
        self._version, self._base = other.version, other.body
        await self._write(other.body + BETWEEN + mine)
        self.said.ok("Both texts stand here, theirs first.")
        self.show_pane("notes")

    def take_in(self, found: Session) -> None:
        """The session was read again: while nothing is unsaved here, the latest text is shown."""
        if self._is_dirty:
            return
        is_newer = found.notes.version != self._version
        self._version, self._base = found.notes.version, found.notes.body
        if is_newer and self._is_writing and self._text is not None:
            self._text.load_text(self._base)

    @property
    def is_kept(self) -> bool:
        """Whether leaving now would lose nothing."""
        return not self._is_dirty or (self._keeper is not None and self._keeper.is_kept)

    def done_writing(self) -> None:
        """Back from the field to the notes as they will be read."""
        self._is_writing = False
        if self._text is not None:
            self._text.display = False
        self.query_one("#preview").display = True
        if self._session is not None:
            self.show_session(self._session)
        self.show_pane("notes")

    @work(group="publish", exclusive=True)
    async def publish(self) -> None:
        self._seen = self._version
        if not await self._save():
            return
        await self.reload()
        found = self._session
        if found is None or not self.allowed("session.publish"):
            return
        if found.notes.version != self._seen:
            self.done_writing()
            self.said.warn(f"{found.notes.saved_by} saved a later text: read it, then publish.")
            return
        others = count(found.others, "other person", "other people")
        again = found.notes.published_at is not None
        question = Confirm(
            "Publish the changed notes?" if again else "Publish these notes?",
            (f"The {others} of {found.community_title} can read them, and are told on Today.",),
            yes="publish",
            no="not yet",
        )
        if await self.ask(question):
            self.done_writing()
            await self.do(participate.publish_notes, self._meeting_id, self._version)

    async def on_screen_suspend(self) -> None:
        await self._keep_notes()

    # -- words ---------------------------------------------------------------------------------------

    def allowed(self, action_id: str) -> bool:
        """Whether the table allows it now; if not, says why, since when and who can help."""
        verdict = self._session.verdicts.get(action_id) if self._session is not None else None
        if verdict is not None and verdict.refusal is not None:
            self.said.error(verdict.refusal)
        return verdict is not None and verdict.is_allowed

    def clock_words(self, at: datetime) -> str:
        """“13:42” of today, “9 Oct 13:42” of another day; `at` is naive UTC."""
        local = self.app.store.clock.local(at)
        hour = f"{local:%H:%M}"
        return hour if local.date() == self.on else f"{short_day(local.date())} {hour}"

    def say_saved(self, at: datetime | None) -> None:
        note = self.query_one("#about", Head)
        if at is None:
            note.note("")
        else:
            note.note(f"saved {self.clock_words(at)}", "good")
