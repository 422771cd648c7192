"""Notes of the communities that teach outside."""

from __future__ import annotations

from ..shapes import SampleAction, SampleNote

NOTES = (
    SampleNote(
        year=2025,
        community="land-based",
        half_day=1,
        text="""\
## What we did
- Introductions at the creek, not in the library. Rubber boots were the right call.
- Twenty silent minutes each in a **sit spot**, then we read our notes aloud.
- The Elder we asked walked with us and spoke about the willows. Nobody wrote while she spoke.

## What we noticed
- Adults fidget for eight minutes too. Children may be no worse at this than we are.
- Most of us know five bird calls at best. That is a fine place to begin from.

## Decided
- Every class chooses one place within a ten-minute walk and visits it at least twice a month.
- We ask before we record. What an Elder tells us is not ours to post.

## Next time
Bring one page from a student’s weather journal, the plainer the better.""",
        actions=(
            SampleAction(
                "Write a thank-you from all of us, and bring it with tobacco", "facilitator", 7
            ),
            SampleAction("Choose your class’s place and walk there once", "member", 14),
            SampleAction(
                "Find out which schools may cross the highway on foot", "member", 21, False
            ),
        ),
    ),
    SampleNote(
        year=2025,
        community="land-based",
        half_day=2,
        text="""\
## What we tried
Weather journals in eight classes, Kindergarten to Grade 7, two to five weeks each.

## What we noticed
- Younger students draw; by Grade 5 they measure. Both notice more than they did in September.
- Two classes saw the same owl on the same day from different schools. Great excitement.
- The journals died where they were homework, and lived where we wrote ours beside them.

## Decided
- One shared table for first and last dates: frost, ice, geese, pussy willows, gophers.
- No worksheets. If it needs a worksheet, it is not a sit spot.

## Next time
How do we go out in January? Bring mitts and one idea each.""",
        actions=(
            SampleAction("Set up the shared table of first and last dates", "facilitator", 10),
            SampleAction("Enter your first-frost date, even if it is a guess", "member", 21),
        ),
    ),
    SampleNote(
        year=2025,
        community="land-based",
        half_day=3,
        text="""\
## What we tried
- Snow pits: students cut a wall, counted layers and matched them to the storms they remembered.
- Track stories. One Grade 3 wrote eleven pages about a jackrabbit.

## What we noticed
- The students who struggle at a desk led the digging, and then led the talking.
- We still stop at the science. The stories of the place come last, when time has run out.

## Decided
- In spring we begin each visit with a place name: whose name it is, and what it tells us.
- The names we use come from people, not from a web page. We ask the families first.

## Next
- Plan the May walk together with the community at Buffalo Stone.""",
        actions=(
            SampleAction("Ask three families whether they would share a place name", "member", 30),
            SampleAction("Book the bus for the May walk", "facilitator", 14),
            SampleAction("Collect snow-pit photographs without faces", "member", 10),
        ),
    ),
    SampleNote(
        year=2025,
        community="land-based",
        half_day=4,
        text="""\
## The May walk
Six classes, one creek, four stations run by students. The wind took two posters and one hat.

## What we learned this year
1. Going out *often* matters more than going *far*.
2. Students ask better questions of a place they have met in winter.
3. We need one inventory, not eight binders.

## For next year
- Open it to more schools, each with its own water or shelterbelt.
- Ask for the creek classroom for all four half-days.
- Keep the rule: an Elder’s time is asked for early, and never filled with our business.

Thank you all. Bring the boots back in October.""",
        actions=(
            SampleAction("Write the proposal for next year with what is new", "facilitator", 25),
            SampleAction("Hand in your class’s dates for the shared table", "member", 12),
        ),
    ),
    SampleNote(
        year=2026,
        community="land-based",
        half_day=1,
        text="""\
## What we tried
- Each school showed its stretch of water in three photographs and one sound.
- We walked the creek with last year’s plant list and crossed out what we could not find.

## What we noticed
- Only nine of twenty-six plants. It is October, but also: we had the names wrong.
- New members know things we do not. One of us grew up trapping on Long Lake.

## Decided
- The inventory holds **name, place, date, who saw it**, and a name in Cree or Saulteaux only
  where somebody has given it to us.
- Each school adds ten entries before the next half-day. Ten true ones, not fifty copied ones.

## Next time
Sit spots in the snow, and how to keep the inventory honest.""",
        actions=(
            SampleAction("Draft the shared inventory and send the link", "facilitator", 14),
            SampleAction("Add ten entries from your own place", "member", 50),
            SampleAction(
                "Ask the Elder about dates in March, with tobacco, in person", "facilitator", 30
            ),
        ),
    ),
    SampleNote(
        year=2026,
        community="land-based",
        half_day=2,
        text="""\
## Where the inventory stands
- 74 entries from five schools. Most are birds; mosses and lichens: none at all.
- Two classes disagree about a hawk. They have written to each other, politely, with drawings.

## What we noticed
- Students correct each other’s entries far more kindly than we feared.
- Kindergarten’s entries are recordings. They are the best ones.

## Decided
- An entry may be *questioned*, never deleted.
- January is for tracks, February for ice, March for listening.

## Next time
Bring one question that your class could not answer. We shall not answer it either.""",
        actions=(
            SampleAction("Write a page on ice safety that a Grade 6 can read", "member", 28),
            SampleAction("Lend the hand lenses to Elevator Road until March", "member", 14),
        ),
    ),
    SampleNote(
        year=2026,
        community="land-based",
        half_day=3,
        text="""\
## Listening
The Elder opened the afternoon and spoke about March as the hungry month. We put the pens down.

## What we tried since December
- Track walks before the bell, ten minutes, twice a week (Grades 2 and 5).
- A map of the school yard with **only smells**. Ridiculous, and now everybody’s favourite.

## What we noticed
- Attendance on walk days is better in two schools. Too early to say more; we keep counting.
- Our assessment has not caught up. We still mark the poster, not the noticing.

## Decided
- One common way to describe noticing, in four sentences, tried in April.
- The shared walk is in May, at the coulee, with lunch.""",
        actions=(
            SampleAction("Draft the four sentences that describe noticing", "facilitator", 21),
            SampleAction("Try them with three students and bring what they said", "member", 60),
            SampleAction("Ask the kitchen for soup for a hundred and forty", "member", 35),
        ),
    ),
    SampleNote(
        year=2025,
        community="school-garden",
        half_day=1,
        text="""\
## What we did
- Pulled the last carrots at Centennial and made soup. Planning goes better with soup.
- Drew the year as a wheel: what the garden needs, what the curriculum needs, who is on holiday.

## What we noticed
- July is the hole in every plan. Four gardens out of five died in July.
- The best helper list so far: grandparents who live across the street.

## Decided
- Plant what is eaten in June or dug in September. **No zucchini.**
- Each school finds two summer families before Christmas.

## Next time
Seed catalogues and a budget.""",
        actions=(
            SampleAction("Ask two families to water in July", "member", 70),
            SampleAction("Price drip hose for five raised beds", "member", 40, False),
        ),
    ),
    SampleNote(
        year=2026,
        community="weather-or-not",
        half_day=1,
        text="""\
## What we tried
A whole afternoon outside in a north wind, on purpose. We taught each other one lesson apiece.

## What worked
- Mathematics with snow-fence stakes and rope. Loud, quick, everybody moving.
- A read-aloud in the lee of the shelter. Short books, big pictures, thermos.

## What did not
- Anything with loose paper.
- Waiting. If the group stands for four minutes, the lesson is over.

## Decided
- Our floor is **one lesson a week outside**, down to the division’s limit for wind chill.
- A gear library beats a letter home. Nobody should have to ask for mitts.""",
        actions=(
            SampleAction("Put a bin for spare mitts and toques by the door", "member", 21),
            SampleAction("List outdoor lessons that need no paper", "facilitator", 28),
            SampleAction("Ask the co-op about unsold winter boots", "member", 35, False),
        ),
    ),
    SampleNote(
        year=2026,
        community="weather-or-not",
        half_day=2,
        text="""\
## Counting so far
| Weeks taught outside | Classes |
|---|---|
| all eight | 4 |
| five to seven | 6 |
| fewer | 3 |

## What we noticed
- The classes with all eight go out at a **fixed time**. Nobody decides on the day.
- Grade 8s complain going out and complain coming in. They do not want to skip it.

## Decided
- Fix a time and put it on the timetable on the door.
- Partner up: an experienced class takes a new one along once before March.""",
        actions=(
            SampleAction("Write your outdoor hour on the timetable on your door", "member", 10),
            SampleAction("Pair the classes and send round the list", "facilitator", 14),
        ),
    ),
)
