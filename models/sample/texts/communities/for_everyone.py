"""Communities for anyone in the division, this year's and last year's."""

from __future__ import annotations

from ..shapes import SampleCommunity, SamplePlace, span

THIS_YEAR = (
    SampleCommunity(
        key="eal",
        title="English as an Additional Language in Every Room",
        description=(
            "Twenty-three languages are spoken in our schools, and most newcomers spend most of "
            "their day with a teacher who never trained for it. We share what helps in the first "
            "week, the first month and the long plateau after, and we learn from families what "
            "school was like before."
        ),
        question="What can every teacher do on the first day for a student who speaks no English?",
        priorities=("Inclusion", "Literacy"),
        audience="any",
        audience_words="any",
        activities=("sharing", "planning", "experts"),
        size=16,
        place=SamplePlace("centennial", "community kitchen"),
        facilitators_from=("centennial", "collegiate"),
        popularity=8,
        continues="eal",
        whats_new=(
            "High schools join us: subject words for science, mathematics and social studies."
        ),
    ),
    SampleCommunity(
        key="calm-rooms",
        title="Calm Rooms, Steady Adults",
        description=(
            "Trauma-sensitive teaching for ordinary days. We practise noticing, co-regulation "
            "and predictable routines, and we look after each other while we do it. What is said "
            "in the room stays in the room; what is learned leaves with everyone."
        ),
        question="What does a student in distress need from us in the first ninety seconds?",
        priorities=("Well-being", "Inclusion"),
        audience="any",
        audience_words="any",
        activities=("discussion", "reading", "experts"),
        size=10,
        place=SamplePlace("centennial", "sensory room"),
        facilitators_from=("centennial", "buffalo-stone"),
        popularity=10,
        continues="calm-rooms",
        whats_new=(
            "A second strand for the adults: recovery after hard days, and handing over well."
        ),
    ),
    SampleCommunity(
        key="braided-reading",
        title="Braided Reading Circle: Indigenous Authors for Teachers",
        description=(
            "Four books in a year, all by First Nations, Métis and Inuit authors, read slowly "
            "and talked about over tea and bannock. One strand is the book, one is our own "
            "story, one is what we will teach differently. You may join even if you have not "
            "finished the book."
        ),
        question="What must I read and unlearn before I teach it?",
        priorities=("Reconciliation", "Literacy"),
        audience="any",
        audience_words="any",
        activities=("reading", "discussion"),
        size=20,
        place=SamplePlace("buffalo-stone", "family room"),
        facilitators_from=("buffalo-stone",),
        popularity=5,
        continues="braided-reading",
        whats_new=(
            "We choose picture books as well, so that every grade has something to take home."
        ),
    ),
    SampleCommunity(
        key="side-by-side",
        title="Side by Side: Teachers and Educational Assistants",
        description=(
            "Two adults in a room can be a team or a traffic problem. Pairs are welcome to come "
            "together, and people without a partner find one. We plan the first five minutes of "
            "the lesson as a pair, agree on signals, and write a welcome sheet for substitutes."
        ),
        question="What does each of us need to know before the students come in?",
        priorities=("Inclusion",),
        audience="any",
        audience_words="any, in pairs",
        roles=("teacher", "aide"),
        activities=("planning", "sharing", "discussion"),
        size=24,
        place=SamplePlace("buffalo-stone", "Room 12"),
        facilitators_from=("buffalo-stone",),
        popularity=5,
    ),
    SampleCommunity(
        key="band-choir",
        title="Band, Choir and Everything Loud",
        description=(
            "The music teachers of a wide division meet four times a year and email in between. "
            "We share repertoire that sounds good with eleven players, repair what can be "
            "repaired, and plan one day in May on which every band plays the same piece."
        ),
        question="How do small programmes make a big sound?",
        priorities=("Arts",),
        audience="any",
        audience_words="5–12 Music",
        grades=span("5", "12"),
        subjects=("Band", "Arts"),
        activities=("sharing", "planning", "other"),
        size=12,
        place=SamplePlace("collegiate", "band room"),
        facilitators_from=("collegiate",),
        popularity=4,
        continues="band-choir",
        whats_new="The shared piece is newly written for us, with a part for beginners.",
    ),
    SampleCommunity(
        key="every-body-moves",
        title="Every Body Moves",
        description=(
            "Physical education for the students who hide in the change room, and for classroom "
            "teachers who have gym on Thursdays at two. We collect games that nobody is put out "
            "of, adapt them for every body, and play them all ourselves. Bring runners."
        ),
        question="Which games leave every student wanting another turn?",
        priorities=("Well-being", "Inclusion"),
        audience="any",
        audience_words="K–12",
        activities=("sharing", "other"),
        size=30,
        place=SamplePlace("centennial", "large gym"),
        facilitators_from=("chokecherry", "ridge"),
        popularity=6,
    ),
    SampleCommunity(
        key="weather-or-not",
        title="Weather or Not: Outdoor Classrooms All Year",
        description=(
            "Thirty below is a reason to dress, not a reason to stay in. We gather routines, "
            "shelters, gear libraries and lessons that work with mittens on, and each of us "
            "teaches outdoors once a week from September to May."
        ),
        question="What do students gain from a weekly lesson outside, whatever the weather?",
        priorities=("Well-being", "STEM"),
        audience="any",
        audience_words="any",
        activities=("visits", "sharing", "inquiry"),
        size=14,
        place=SamplePlace("cottonwood", "outdoor shelter"),
        facilitators_from=("saules",),
        popularity=8,
    ),
    SampleCommunity(
        key="numbers-child",
        title="Reading the Numbers Without Losing the Child",
        description=(
            "Administrators and learning support teachers look at attendance, reading and "
            "well-being data from their own schools, one student at a time behind every dot. We "
            "practise questions that lead to help rather than to a chart on a wall."
        ),
        question="Which number, looked at on a Monday, helps a child by Friday?",
        priorities=("Assessment", "Well-being"),
        audience="any",
        audience_words="Leads, support",
        roles=("administrator", "teacher"),
        subjects=("Learning support",),
        activities=("data", "discussion"),
        size=6,
        place=SamplePlace("office", "learning commons"),
        facilitators_from=("office",),
        popularity=1,
    ),
)

LAST_YEAR = (
    SampleCommunity(
        key="eal",
        title="Welcoming Newcomers: EAL for Classroom Teachers",
        description=(
            "More families arrived in one summer than in the three years before. We built "
            "welcome packages in nine languages, visited two classrooms, and began a list of "
            "what works."
        ),
        question="How does a school say welcome before anyone understands the word?",
        priorities=("Inclusion", "Families"),
        audience="any",
        audience_words="any",
        activities=("sharing", "visits", "experts"),
        size=16,
        place=SamplePlace("centennial", "library"),
        facilitators_from=("centennial",),
        popularity=7,
    ),
    SampleCommunity(
        key="calm-rooms",
        title="Trauma-Sensitive Rooms",
        description=(
            "A study year with the educational psychologist: how stress works in children, what "
            "it looks like at a desk, and which routines help everyone at once. We keep a journal "
            "each and share from it only what we wish."
        ),
        question="What would a room look like that is safe for the most worried child in it?",
        priorities=("Well-being", "Inclusion"),
        audience="any",
        audience_words="any",
        activities=("reading", "experts", "discussion"),
        size=14,
        place=SamplePlace("centennial", "sensory room"),
        facilitators_from=("centennial",),
        popularity=9,
    ),
    SampleCommunity(
        key="braided-reading",
        title="Braided Reading Circle",
        description=(
            "Three novels and a memoir by Indigenous authors of the Prairies, tea, and two hours "
            "without a screen. We ended the year with a list of forty titles for school "
            "libraries."
        ),
        question="Whose stories have our shelves been missing?",
        priorities=("Reconciliation", "Literacy"),
        audience="any",
        audience_words="any",
        activities=("reading", "discussion"),
        size=18,
        place=SamplePlace("buffalo-stone", "library"),
        facilitators_from=("buffalo-stone",),
        popularity=5,
    ),
    SampleCommunity(
        key="band-choir",
        title="Band and Choir Across the Division",
        description=(
            "We counted instruments, shared music and found that nobody had a working bassoon. "
            "Four schools sang together in the spring."
        ),
        question="What can five small music programmes do together that none can alone?",
        priorities=("Arts",),
        audience="any",
        audience_words="5–12 Music",
        grades=span("5", "12"),
        subjects=("Band", "Arts"),
        activities=("sharing", "planning"),
        size=12,
        place=SamplePlace("collegiate", "band room"),
        facilitators_from=("collegiate",),
        popularity=4,
    ),
    SampleCommunity(
        key="podcasts",
        title="Podcasts in the Classroom",
        description=(
            "Students interviewed grandparents, a grain buyer and the Zamboni driver. We learned "
            "to record on what we have, to edit a little, and to listen a lot."
        ),
        question="What do students say when they know that somebody will listen?",
        priorities=("Literacy", "Arts"),
        audience="any",
        audience_words="5–12",
        grades=span("5", "12"),
        activities=("sharing", "other"),
        size=12,
        place=SamplePlace("long-lake", "library"),
        facilitators_from=("long-lake",),
        popularity=5,
    ),
    SampleCommunity(
        key="games-that-teach",
        title="Chess, Cards and Games That Teach",
        description=(
            "Cribbage for addition, chess for patience, a homemade board game about the fur "
            "trade. We built a lending library of sixty games with a card in each saying what it "
            "teaches."
        ),
        question="When is a game the best lesson, and when is it only a game?",
        priorities=("Numeracy", "Well-being"),
        audience="any",
        audience_words="any",
        activities=("sharing", "other"),
        size=14,
        place=SamplePlace("prairie-lily", "library"),
        facilitators_from=("prairie-lily",),
        popularity=6,
    ),
    SampleCommunity(
        key="new-to-the-prairie",
        title="New to the Prairie: First Years of Teaching",
        description=(
            "For people in their first three years with us, from near or far. Report cards, "
            "parent calls, winter driving and how to say no kindly: the things nobody writes "
            "down."
        ),
        question="What do we wish that somebody had told us in September?",
        priorities=("Well-being",),
        audience="any",
        audience_words="years 1–3",
        roles=("teacher",),
        activities=("discussion", "sharing"),
        size=16,
        place=SamplePlace("office", "learning commons"),
        facilitators_from=("collegiate",),
        popularity=6,
    ),
)
