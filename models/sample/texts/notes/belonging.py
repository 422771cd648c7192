"""Notes of the communities about welcome, well-being, assessment and staying in school."""

from __future__ import annotations

from ..shapes import SampleAction, SampleNote

NOTES = (
    SampleNote(
        year=2025,
        community="grading-less",
        half_day=1,
        text="""\
## What we did
- Brought our mark books, closed. Wrote down what we believe a 72 means. Opened them. Oh dear.
- Read the first two chapters together and argued, in good spirits, about zeros.

## What we noticed
- In one course 41 % of the marks are for handing things in.
- None of us could say what a student should *do* after reading most of our comments.

## Decided
- Ask twenty students each what our last comment meant to them. No prompting.
- We are not changing anything yet. This is the looking year.""",
        actions=(
            SampleAction("Ask twenty students about one comment", "member", 40),
            SampleAction("Put the six articles in one place", "facilitator", 10),
        ),
    ),
    SampleNote(
        year=2025,
        community="grading-less",
        half_day=3,
        text="""\
## What students told us
- *“I look at the number, then I put it in my bag.”* (many)
- *“It said ‘expand’. I don’t know into what.”*
- *“You wrote ‘nice voice’ in Grade 9 and I still remember it.”*

## What we noticed
- Comments **without** a mark were read by nearly all. With a mark, by about half.
- Late work dropped where a second try was allowed, which nobody had predicted.

## Decided
- Next year each of us changes one course. We write down beforehand what we expect.
- We tell our Principals and families first, in plain words.""",
        actions=(
            SampleAction(
                "Choose the course that you will change and write your guess", "member", 50
            ),
            SampleAction("Draft the letter to families, one page", "facilitator", 30),
            SampleAction("Ask the Core Leaders for ten minutes at their meeting", "member", 21),
        ),
    ),
    SampleNote(
        year=2026,
        community="grading-less",
        half_day=1,
        text="""\
## Five weeks in
- Courses changed: six in English, four in science, two in welding, one in band.
- Graded tasks cut by a third on average; the welders went furthest.

## What we noticed
- Week two is frightening: *does this count?* By week four they ask *is this good?*
- Sunday evenings are shorter for most, and longer for those who now write to everybody.

## Decided
- Comment on one thing. One. The rest can wait for the next draft.
- We keep counting missing work every Friday, the same way in all schools.

## Next time
A pile of feedback each, and the question: who is doing the thinking?""",
        actions=(
            SampleAction("Send your Friday count of missing work", "member", 14),
            SampleAction("Make the common sheet for the counts", "facilitator", 5),
            SampleAction("Try one-thing comments on one class set", "member", 28),
        ),
    ),
    SampleNote(
        year=2025,
        community="eal",
        half_day=1,
        text="""\
## What we did
- Sat through a ten-minute lesson in Tagalog. It was about fractions. We were lost, and tired.
- A mother of two students told us what her first parent evening had been like. Thank you.

## What we noticed
- Pictures helped. A kind face helped. *Speaking louder* did not.
- We send home eleven forms in the first week, all in English, three of them about parking.

## Decided
- A welcome package: one page, pictures, the nine languages that we need most.
- On the first day every newcomer gets a partner, a map and a way to ask for the washroom.""",
        actions=(
            SampleAction("Draft the one-page welcome in plain English", "facilitator", 14),
            SampleAction("Find a reader for each of the nine languages", "member", 35),
            SampleAction("Bring the forms that your school sends home", "member", 21),
        ),
    ),
    SampleNote(
        year=2025,
        community="eal",
        half_day=3,
        text="""\
## The welcome page
In use at five schools in seven languages. Ukrainian and Punjabi are in their second edition.

## Classroom visits
- Grade 4: sentence starters on the desk, used by **everyone**, so that nobody stands out.
- Grade 10 science: a word wall that students built with drawings. Visitors took photographs.

## What we noticed
- After the first months come the quiet ones: they chat easily and cannot read the textbook.
- Teachers in high school feel alone with this. They should be here.

## Decided
- Next year: the long plateau, and high schools.""",
        actions=(
            SampleAction("Ask the Collegiate for a co-facilitator", "facilitator", 21),
            SampleAction("Collect sentence starters by subject", "member", 28),
        ),
    ),
    SampleNote(
        year=2026,
        community="eal",
        half_day=1,
        text="""\
## What we tried
- Took one page of a Grade 9 science book and marked every word a newcomer would trip on.
  The hard ones were not *photosynthesis*. They were *although*, *yield* and *rate*.
- Wrote the same page again without losing the science. It took us forty minutes.

## What we noticed
- Elementary and high school teachers have never compared lists. They overlap by about half.
- Students like knowing a word in two languages. Let them write in both.

## Decided
- A list of fifty in-between words for each subject, with a picture or a gesture.
- Each of us follows **one** student for the year and tells the story in May.""",
        actions=(
            SampleAction("Start the word list for your subject", "member", 35),
            SampleAction("Print the welcome page in Tigrinya and Vietnamese", "facilitator", 14),
            SampleAction("Choose your student and ask the family", "member", 21),
        ),
    ),
    SampleNote(
        year=2025,
        community="calm-rooms",
        half_day=1,
        text="""\
## Agreements
What is said here stays here. We talk about our practice, not about children by name.

## What we learned
- The educational psychologist drew the *window*: too much, too little, and the room in between.
- A child under a table is doing something sensible. The question is what it is for.

## What we noticed
- Most of our hard moments happen at **changes**: doors, bells, coats, substitutes.

## Decided
- Each of us picks one change in the day and makes it boringly predictable for six weeks.
- We check on each other between half-days, in pairs. A text message is enough.""",
        actions=(
            SampleAction("Choose one change in your day and write down its steps", "member", 10),
            SampleAction("Send round the pairs", "facilitator", 5),
        ),
    ),
    SampleNote(
        year=2026,
        community="calm-rooms",
        half_day=1,
        text="""\
## What we practised
- The first ninety seconds: lower the voice, lower the body, fewer words, wait. In pairs, twice.
- Handing over to a colleague with one sentence and no story: *“She is safe, she needs quiet.”*

## What we noticed
- We are good at the first thirty seconds. Then we explain. Stop explaining.
- Nearly everybody went home after a hard day last week and told nobody.

## Decided
- A recovery card for adults: water, air, a person, ten minutes. Principals have been asked.
- Rooms compare what they removed, not what they bought. Less on the walls.

## Next time
Bring the card, used or not.""",
        actions=(
            SampleAction("Ask your Principal who covers the ten minutes", "member", 14),
            SampleAction("Print the recovery cards", "facilitator", 7),
            SampleAction("Take one thing off each wall, and see who notices", "member", 28),
        ),
    ),
    SampleNote(
        year=2026,
        community="calm-rooms",
        half_day=3,
        text="""\
## The cards
Used 23 times that we know of. Twice the cover did not come. We say so, and fix it.

## What we noticed
- Rooms with a visible plan have fewer hard moments before lunch; after it, no difference.
- Substitutes: our plans fall apart when we are away. The plan has to live on the wall.
- Several of us sleep better. That is worth writing down too.

## Decided
- A one-page *When I am away* for every room, written with the aide who knows the room.
- Invite the **Side by Side** community to the May half-day.""",
        actions=(
            SampleAction("Write *When I am away* together with your aide", "member", 30),
            SampleAction("Invite Side by Side to May", "facilitator", 10),
            SampleAction("Ask about cover on Fridays, when it fails most", "facilitator", 21),
        ),
    ),
    SampleNote(
        year=2026,
        community="grade-nine",
        half_day=1,
        text="""\
## Who we follow
Each of us has four or five students, chosen in June together with their Grade 8 teachers.

## What we noticed in the first month
- Of 55 students, 9 had missed four days by the end of September. We know all nine by name now.
- Nobody was late on the days with an early breakfast. Nobody.
- The students can find the gym. They cannot find **the person to ask**.

## Decided
- The weekly check-in is three questions, standing up, under four minutes.
- The first missed assignment brings a visit, not an e-mail.

## Next time
We go to two Grade 8 rooms and ask what they have been told about us.""",
        actions=(
            SampleAction("Weekly check-in with your students", "member", 7),
            SampleAction("Arrange the visits to Grade 8", "facilitator", 28),
            SampleAction("Ask for breakfast on Tuesdays as well", "member", 21, False),
        ),
    ),
    SampleNote(
        year=2026,
        community="grade-nine",
        half_day=3,
        text="""\
## First semester
- 46 of our 55 passed everything. In last year’s whole Grade 9 it was seven in ten.
- Of the nine others, six have a plan and a second try. Three have left us; we know where they are.

## What we think helped
1. The check-in, when it happened **every** week.
2. Seeing their Grade 8 teacher again in November. Several grew two inches on the spot.
3. Breakfast.

## What we are unsure of
We chose these students, and we liked them. Next time somebody else should choose.

## Decided
- Write it up on two pages for the Core Leaders, including the part about being unsure.""",
        actions=(
            SampleAction("Draft the two pages for the Core Leaders", "facilitator", 28),
            SampleAction("Tell your students what you learned from them", "member", 21),
            SampleAction(
                "Find where the three who left are doing well, and where not", "member", 35
            ),
        ),
    ),
)
