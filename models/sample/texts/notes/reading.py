"""Notes of the communities about reading and writing."""

from __future__ import annotations

from ..shapes import SampleAction, SampleNote

NOTES = (
    SampleNote(
        year=2025,
        community="sounds-first",
        half_day=1,
        text="""\
## What we did
- Laid every programme in use on the table. There are **seven**. One is photocopied from 1994.
- Compared the order in which they teach sounds, and found the first place where each one differs.

## What we noticed
- A child who moves from one of our schools to another in November may meet *sh* never, or twice.
- We agree on much more than the publishers do.

## Decided
- A common order for the first forty sounds, on one page, by the end of the month.
- We keep our own lessons. Only the order is shared.

## Next time
Bring one child’s spelling from this week. First name only, or none.""",
        actions=(
            SampleAction("Type up the common order on one page", "facilitator", 21),
            SampleAction(
                "Tell your Grade 1 and 2 partners, and listen to what worries them", "member", 30
            ),
        ),
    ),
    SampleNote(
        year=2025,
        community="sounds-first",
        half_day=3,
        text="""\
## What we tried
The common order in nineteen classrooms since November, some from the beginning and some halfway.

## What we noticed
- Screening in February: the lowest group is *smaller* than last year, not gone.
- The biggest change is ours. We know what to do on Monday.
- Decodable books run out by week three. We need more, and better ones.

## Decided
- Pool the money for books across the schools and order once.
- Ask for the speech-language pathologist at two half-days next year.

## Questions for next year
What comes after decoding? The Grade 3 teachers want in.""",
        actions=(
            SampleAction("Collect the wish list of decodable books", "member", 21),
            SampleAction("Ask the division office about a pooled order", "facilitator", 14),
            SampleAction("Invite two Grade 3 teachers to the May half-day", "member", 40),
        ),
    ),
    SampleNote(
        year=2026,
        community="sounds-first",
        half_day=1,
        text="""\
## Fall screening, with the names covered
- We sorted by *what the child needs next*, not by score. Four piles, and the piles made sense.
- Most Grade 2s in the third pile need the same thing: vowel teams, and time.

## From the speech-language pathologist
- Have children say the sound *before* they see the letter. Mirrors help; so does a straight face.
- Two of our favourite key words are misleading. *Xylophone* goes.

## Decided
- Ten minutes, same time every day, for the pile that needs it most. We log the minutes honestly.
- The travelling shelf starts at Prairie Lily and moves on the first of each month.""",
        actions=(
            SampleAction(
                "Send the travelling shelf’s route and label the boxes", "facilitator", 14
            ),
            SampleAction("Log your ten minutes for four weeks", "member", 35),
            SampleAction("Replace the key-word cards for x, e and u", "member", 21),
        ),
    ),
    SampleNote(
        year=2026,
        community="sounds-first",
        half_day=3,
        text="""\
## What the logs say
- We planned fifty minutes a week. We managed **thirty-four**. Assemblies, illness, hot-dog day.
- Where it was the first thing in the morning, it was forty-six.

## What the children did
- Winter screening: a third of the lowest pile has moved up, in every school that sent results.
- Grade 3 morphology is a hit. They hunt for *un-* in the hallways.

## Decided
- Mornings. We ask our Principals to keep announcements out of those ten minutes.
- In May each of us tells one child’s story, with the family’s permission.""",
        actions=(
            SampleAction("Ask your Principal for a quiet first ten minutes", "member", 10),
            SampleAction("Draft the page for families about what we do and why", "facilitator", 30),
        ),
    ),
    SampleNote(
        year=2026,
        community="immersion-literacy",
        half_day=1,
        text="""\
## Ce que nous avons essayé
- La lecture partagée d’un même album dans six classes, de la maternelle à la 3e année.
- Chaque enfant choisit son mot préféré et l’affiche. *Pamplemousse* l’emporte partout.

## Ce que nous avons remarqué
- Les petits répètent les phrases entières qu’ils aiment, accent compris.
- En 3e année, on lit bien à voix haute, mais on parle encore anglais du livre.

## Nous avons décidé
- Cinq minutes de conversation en français après chaque lecture, sans correction.
- Chaque classe de 3e prépare un livre audio pour une maternelle d’une autre école.

## La prochaine fois
Apportez un enregistrement, même raté.""",
        actions=(
            SampleAction("Jumeler les classes pour les livres audio", "facilitator", 14),
            SampleAction(
                "Essayer la conversation de cinq minutes pendant deux semaines", "member", 28
            ),
            SampleAction("Dresser la liste d’albums d’auteurs fransaskois", "member", 45, False),
        ),
    ),
    SampleNote(
        year=2026,
        community="immersion-literacy",
        half_day=3,
        text="""\
## Les livres audio
- Neuf livres terminés, deux perdus dans un téléphone, un chef-d’œuvre avec tracteur au loin.
- Les enfants de maternelle écrivent des lettres de remerciement. Ils en redemandent.

## Ce que nous avons remarqué
- Ceux qui hésitent en lecture ont relu leur page dix fois, par fierté et non par devoir.
- Les cinq minutes de conversation fonctionnent mieux assis par terre, nous aussi.

## Nous avons décidé
- Une soirée d’écoute en mai, avec les familles, à l’École Rivière-aux-Saules.
- Nous gardons la règle : on ne corrige pas pendant la conversation.""",
        actions=(
            SampleAction("Réserver la bibliothèque pour la soirée d’écoute", "facilitator", 10),
            SampleAction("Inviter les familles, en français et en anglais", "member", 35),
        ),
    ),
    SampleNote(
        year=2025,
        community="braided-reading",
        half_day=1,
        text="""\
## The circle
We agreed on how we talk: one at a time, no fixing, silence is allowed. Tea first.

## The book
- Some of us read it in two nights and some have forty pages left. Both are fine.
- The chapter about the school bus stayed with everybody. Each of us has driven that road.

## What we carry into classrooms
- Whose book is it, and who may tell it? We say so *before* we read aloud.
- Several of our school libraries have nothing newer than 2003 on that shelf.

## Next time
The second novel, and a count of the shelf at your school.""",
        actions=(
            SampleAction("Count the books by Indigenous authors in your library", "member", 45),
            SampleAction("Borrow eight copies of the second novel", "facilitator", 14),
        ),
    ),
    SampleNote(
        year=2026,
        community="writing-machines",
        half_day=1,
        text="""\
## What we tried
We gave four of our own assignments to a machine and marked the answers *blind*, with real ones.

## What we noticed
- We guessed right a little more than half of the time. That was a long silence.
- The machine got its best mark on the essay that we liked teaching least.
- It could not do the grain elevator at Elevator Road. It had never stood in the dust.

## Decided
- No detectors. We are not the police, and they are wrong too often.
- Each of us rewrites **one** task so that the thinking shows on the way.

## Next time
Bring the task, three drafts by students, and what you would change.""",
        actions=(
            SampleAction("Rewrite one assignment and try it by November", "member", 40),
            SampleAction("Write half a page of common words on what is allowed", "facilitator", 21),
            SampleAction("Ask six students how they really use it, without names", "member", 30),
        ),
    ),
    SampleNote(
        year=2026,
        community="writing-machines",
        half_day=3,
        text="""\
## Tasks that held up
1. **Place writing**: an hour outside with a notebook, then a draft by hand in class.
2. **The five-minute defence**: choose one sentence of yours and say why it is so.
3. **Two drafts and a letter** about what changed between them.

## Tasks that did not
- The personal essay at home. It came back smooth and sad, eleven times.

## What students say
> “I use it when I think you won’t read it.”

We wrote that one on the board and left it there.

## Decided
- Fewer pieces, read properly. We take this to the people of *Grading Less, Assessing More*.""",
        actions=(
            SampleAction("Write up the three tasks on a page each for sharing", "member", 28),
            SampleAction("Arrange an hour with the grading community", "facilitator", 14),
        ),
    ),
)
