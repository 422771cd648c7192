"""Notes of the communities about mathematics, science, making and music."""

from __future__ import annotations

from ..shapes import SampleAction, SampleNote

NOTES = (
    SampleNote(
        year=2025,
        community="numeracy-talks",
        half_day=1,
        text="""\
## What we tried
- We did a number talk ourselves: 18 × 5 without a pencil. **Nine** different ways in one room.
- Watched two minutes of film from a Grade 2 class and counted who spoke.

## What we noticed
- The teacher spoke for 74 of the 120 seconds. (It was one of us. She told us to write it down.)
- Thumbs at the chest beat hands in the air: nobody stops thinking when the first thumb goes up.

## Decided
- Same routine everywhere: thumbs, wait, three strategies, *who can say that another way?*
- Dot cards until Thanksgiving, whatever the grade.

## Next time
A clip of two minutes, or a story. No polishing.""",
        actions=(
            SampleAction("Copy and cut the dot cards for everyone", "facilitator", 7),
            SampleAction("Number talks on four days a week for three weeks", "member", 30),
        ),
    ),
    SampleNote(
        year=2025,
        community="numeracy-talks",
        half_day=3,
        text="""\
## What we noticed since fall
- In fourteen of our classes more than half of the students now speak in a week. It was a third.
- Quiet students begin with *I did it like Ava, but…*. We think that is a very good sentence.
- It falls apart when we write too fast. Slow marker, big writing.

## A hard moment
A student’s wrong answer got a laugh. We talked for a long time about what to say next, and
settled on: *Tell us how you were thinking. I think you are answering a different question.*

## Decided
- Multiplication strings until May, then each class chooses.
- Next year: fractions. Deep breath.""",
        actions=(
            SampleAction("Write six multiplication strings per grade", "member", 21),
            SampleAction("Open one classroom for visitors in April", "member", 40, False),
            SampleAction("Count speakers in one talk a week and send the number", "member", 28),
        ),
    ),
    SampleNote(
        year=2025,
        community="makers",
        half_day=1,
        text="""\
## The cart
- Arrived on Tuesday. One wheel fell off on Wednesday. Fixed by a Grade 6 on Thursday.
- On it: cardboard saws, brass fasteners, tape of four kinds, six motors, a great deal of string.

## What we tried
*Build something that moves a marble from this table to that one.* Forty minutes, no talking for
the first five. Teams who tested early won; teams who decorated early did not.

## Decided
- Two weeks a school, Friday hand-over, a list taped to the lid.
- Every challenge fits on one card: the problem, the limits, the question afterwards.

## Next time
Bring your card and whatever broke.""",
        actions=(
            SampleAction("Write the sign-out sheet and the list for the lid", "facilitator", 7),
            SampleAction("Test one challenge with your own class", "member", 42),
            SampleAction("Ask the hardware store for paint sticks", "member", 14),
        ),
    ),
    SampleNote(
        year=2025,
        community="makers",
        half_day=4,
        text="""\
## A year of the cart
- 31 classes, 6 schools, 1 broken saw, 0 lost motors. We are as surprised as you are.
- Best challenge: *a bridge for a nervous gopher*. Worst: anything with slime.

## What we learned
1. Planning for making is planning for **questions**. The materials look after themselves.
2. Tidying up takes fifteen minutes, always. Put it in the plan.
3. Substitutes skip it because nothing tells them how.

## For next year
Smaller kits instead of one cart, a teacher’s card in each, and a little code.""",
        actions=(
            SampleAction("Write next year’s proposal", "facilitator", 20),
            SampleAction(
                "Photograph each challenge with one sentence of what went wrong", "member", 10
            ),
        ),
    ),
    SampleNote(
        year=2026,
        community="makers",
        half_day=1,
        text="""\
## What we tried
- Four new kits on ourselves: marble run, paper circuits, wind cars, a first program with arrows.
- One person in each group played the substitute and had only the card. Very revealing.

## What we noticed
- Wind cars need a gym and patience. The rest fit in a classroom.
- The word *debug* travels well: a Grade 4 used it about a paragraph.

## Decided
- A card has five lines. If it needs six, the kit is too complicated.
- Kits move with the Friday courier, never in somebody’s trunk for the weekend.""",
        actions=(
            SampleAction("Rewrite the wind-car card in five lines", "member", 14),
            SampleAction("Arrange the Friday courier with the division office", "facilitator", 10),
            SampleAction("Order copper tape and coin cells for six schools", "facilitator", 21),
        ),
    ),
    SampleNote(
        year=2026,
        community="makers",
        half_day=3,
        text="""\
## Failure museum
Each of us brought a thing that did not work and the sentence a student said about it. Exhibits:

- A catapult that only fires backwards. *“It’s protecting us.”*
- A circuit card that lights when nobody looks at it.
- A marble run with a beautiful paint job and no marble.

## What we noticed
- Classes that had **time to try again the next day** improved. Classes with one long block did not.

## Decided
- Two short blocks instead of one long one, in all kits.
- The museum goes on tour through our school hallways in April.""",
        actions=(
            SampleAction("Change the cards to two blocks", "member", 14),
            SampleAction("Plan the museum’s tour, one week a school", "facilitator", 21),
        ),
    ),
    SampleNote(
        year=2025,
        community="inquiry-science",
        half_day=1,
        text="""\
## What we did
- Each brought the laboratory they like least. Titration won by a mile.
- Took the steps out of it and left the question: *How acid is our slough?*

## What we noticed
- Without steps the first ten minutes are awful. Then somebody asks for an indicator by name.
- We ran out of burettes, not of ideas.
- The marking changes: there is no longer one answer to tick.

## Decided
- Rewrite six laboratories this year, one a pair. Same safety sheet for all.
- Every plan is signed by a teacher before anything is poured.

## Next time
Bring the rewritten sheet and a photograph of a student’s plan.""",
        actions=(
            SampleAction("Make one safety sheet from our four", "facilitator", 21),
            SampleAction("Rewrite your pair’s laboratory", "member", 50),
            SampleAction("Collect slough water before freeze-up", "member", 14),
        ),
    ),
    SampleNote(
        year=2025,
        community="inquiry-science",
        half_day=3,
        text="""\
## What we tried
Four of the six laboratories have been taught, two of them twice.

## What we noticed
- Students plan better in threes than in pairs. Nobody knows why.
- The open version takes **1.6 periods**, not one. Something else has to go, and we chose what.
- On the unit test: the same on recall, better on explaining. Small classes; we stay modest.

## Decided
- One rubric for planning, in words that students helped to write.
- Next year Grade 9 too, before they have learned that science has an answer sheet.""",
        actions=(
            SampleAction("Type the rubric as the students worded it", "member", 14),
            SampleAction(
                "Ask Long Lake whether video at third period works", "facilitator", 20, False
            ),
        ),
    ),
    SampleNote(
        year=2026,
        community="band-choir",
        half_day=1,
        text="""\
## What we did
- Sight-read the new piece with the players in the room: one flute, five saxophones, a tuba.
- It works. The beginners’ part has four notes and a very good cymbal crash.

## Repairs
- Eleven instruments fixed, three beyond us, one mouthpiece freed with ice and stubbornness.

## Decided
- Everybody learns the piece by March at 92 to the quarter, and not a hair faster.
- The shared day is in May at the Collegiate. Choirs open, bands close.
- Still no bassoon. The baritone plays it.""",
        actions=(
            SampleAction("Send parts for every combination that we have", "facilitator", 14),
            SampleAction("Drive the three broken horns to the city", "member", 28, False),
            SampleAction(
                "Reserve the lecture theatre and the band room for May", "facilitator", 21
            ),
        ),
    ),
)
