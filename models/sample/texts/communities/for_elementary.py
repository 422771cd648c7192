"""Communities for elementary staff, this year's and last year's."""

from __future__ import annotations

from ..shapes import SampleCommunity, SamplePlace, span

THIS_YEAR = (
    SampleCommunity(
        key="land-based",
        title="Land-Based Learning",
        description=(
            "We learn outside, from the place itself. Each of us adopts a stretch of creek, "
            "coulee or shelterbelt that our students can walk to, and visits it in every season. "
            "Elders and Knowledge Keepers guide us, by protocol and at their pace. Between "
            "half-days we share field notes, songs, maps and what the children asked."
        ),
        question="How might our students learn science and story from the creek beside the school?",
        priorities=("Reconciliation", "STEM"),
        audience="elementary",
        audience_words="K–8",
        grades=span("K", "8"),
        activities=("visits", "experts", "sharing"),
        size=18,
        place=SamplePlace("meadowlark", "creek classroom"),
        facilitators_from=("meadowlark", "centennial"),
        popularity=9,
        continues="land-based",
        whats_new=(
            "Four schools join us with their own creeks, and we build one shared inventory of "
            "plants, birds and place names that every class can add to."
        ),
    ),
    SampleCommunity(
        key="immersion-literacy",
        title="Lire, écrire, s’émerveiller : la littératie en immersion",
        description=(
            "Une communauté pour celles et ceux qui enseignent la lecture et l’écriture en "
            "français de la maternelle à la 3e année. Nous essayons la lecture partagée, les "
            "histoires inventées à voix haute et les albums d’ici, puis nous comparons ce que "
            "les enfants en font. Nos rencontres se déroulent en français; les nouveaux venus "
            "sont les bienvenus."
        ),
        question="Comment donner aux enfants l’envie de lire en français quand la cloche a sonné?",
        priorities=("French", "Literacy"),
        audience="elementary",
        audience_words="K–3 French",
        grades=span("K", "3"),
        subjects=("French",),
        activities=("sharing", "planning", "reading"),
        size=12,
        place=SamplePlace("quatre-vents", "bibliothèque"),
        facilitators_from=("quatre-vents", "saules"),
        popularity=6,
        continues="immersion-literacy",
        whats_new=(
            "La 3e année se joint à nous, et chaque classe enregistre un livre audio pour les "
            "plus petits d’une autre école."
        ),
    ),
    SampleCommunity(
        key="numeracy-talks",
        title="Numeracy Talks",
        description=(
            "Ten minutes a day of mathematics out loud: no pencils, many strategies, every "
            "voice. We plan strings of problems together, film short clips in our own rooms and "
            "listen for what the children are really saying. You do not need to love mathematics "
            "to come; several of us did not."
        ),
        question="What changes when students explain how they know, every single day?",
        priorities=("Numeracy",),
        audience="elementary",
        audience_words="1–5",
        grades=span("1", "5"),
        subjects=("Mathematics",),
        activities=("planning", "sharing", "visits"),
        size=20,
        place=SamplePlace("buffalo-stone", "library"),
        facilitators_from=("buffalo-stone",),
        popularity=7,
        continues="numeracy-talks",
        whats_new="We move on to fractions, and open three classrooms for visits in November.",
    ),
    SampleCommunity(
        key="loose-parts",
        title="Loose Parts and Long Mornings: Play in Kindergarten",
        description=(
            "Sticks, spools, scarves and time. We look at how uninterrupted play grows language, "
            "self-regulation and early number sense, and at how to describe it so that families "
            "and Grade 1 colleagues see the learning. Expect to sit on the floor."
        ),
        question=(
            "What do children learn in the fortieth minute of play that they cannot in the tenth?"
        ),
        priorities=("Early years", "Well-being"),
        audience="elementary",
        audience_words="K–1",
        grades=span("K", "1"),
        activities=("visits", "discussion", "sharing"),
        size=10,
        place=SamplePlace("chokecherry", "kindergarten room"),
        facilitators_from=("chokecherry",),
        popularity=6,
    ),
    SampleCommunity(
        key="sounds-first",
        title="Sounds First: Structured Literacy in Grades 1 to 3",
        description=(
            "A practical year of phonological awareness, decoding and decodable books. We agree "
            "on a common sequence, screen three times a year, and bring the results to the table "
            "without names. The speech-language pathologist joins us for the October and March "
            "half-days."
        ),
        question=(
            "Which ten minutes of our literacy block help the students who find reading hardest?"
        ),
        priorities=("Literacy", "Assessment"),
        audience="elementary",
        audience_words="1–3",
        grades=span("1", "3"),
        subjects=("English language arts", "Learning support"),
        activities=("data", "planning", "experts"),
        size=12,
        place=SamplePlace("centennial", "library"),
        facilitators_from=("centennial", "prairie-lily"),
        popularity=10,
        continues="sounds-first",
        whats_new=(
            "We add morphology for Grade 3, and a lending shelf of decodable books that travels "
            "between schools."
        ),
    ),
    SampleCommunity(
        key="workshop-6-8",
        title="Reading and Writing Workshop, Grades 6 to 8",
        description=(
            "How do you run a workshop with twenty-eight thirteen-year-olds and a bell? We trade "
            "mini-lessons, conference notes and book lists, and keep a writer’s notebook "
            "ourselves. Each half-day one of us brings three pieces of student writing for a "
            "quiet, kind look."
        ),
        question="How do we give young adolescents real choice and still teach every one of them?",
        priorities=("Literacy",),
        audience="elementary",
        audience_words="6–8",
        grades=span("6", "8"),
        subjects=("English language arts",),
        activities=("sharing", "reading", "planning"),
        size=16,
        place=SamplePlace("cottonwood", "library"),
        facilitators_from=("cottonwood",),
        popularity=6,
        continues="workshop-6-8",
        whats_new="Writing joins reading, and we keep notebooks beside our students.",
    ),
    SampleCommunity(
        key="makers",
        title="Makers, Coders and Tinkerers",
        description=(
            "Cardboard first, circuits second, code third. We design challenges that fit an "
            "ordinary classroom and a small budget, test them on ourselves, and pass the kits "
            "from school to school. Beginners are very welcome, and so are glue guns."
        ),
        question="What does a good failure look like, and how do we leave time for it?",
        priorities=("STEM", "Arts"),
        audience="elementary",
        audience_words="4–8",
        grades=span("4", "8"),
        activities=("sharing", "planning", "other"),
        size=8,
        place=SamplePlace("cottonwood", "maker room"),
        facilitators_from=("cottonwood", "meadowlark"),
        popularity=9,
        continues="makers",
        whats_new="Kits now travel with a teacher’s card that a substitute can follow.",
    ),
    SampleCommunity(
        key="split-grades",
        title="Two Grades, One Room: Planning for Split Classes",
        description=(
            "For everyone who teaches two or three grades at once, in town or an hour down the "
            "grid road. We map the outcomes that meet, find the ones that do not, and build "
            "units on a two-year cycle. Rural schools may join online when the roads are bad."
        ),
        question="Where do two curricula meet well enough to be taught as one good story?",
        priorities=("Inclusion", "Assessment"),
        audience="elementary",
        audience_words="1–8 split",
        grades=span("1", "8"),
        activities=("planning", "sharing"),
        size=15,
        place=SamplePlace("elevator-road", "library"),
        facilitators_from=("elevator-road",),
        popularity=4,
    ),
    SampleCommunity(
        key="ukuleles",
        title="Ukuleles in the Cupboard: Music Without a Specialist",
        description=(
            "Most of us sing better than we think. We learn four chords and six songs, borrow "
            "instruments from schools that have them, and finish with a shared concert by "
            "classes whose teachers had never taught music."
        ),
        question="What can a classroom teacher do for music in twenty minutes a week?",
        priorities=("Arts",),
        audience="elementary",
        audience_words="K–8",
        grades=span("K", "8"),
        activities=("sharing", "other"),
        size=10,
        place=SamplePlace("prairie-lily", "music room"),
        facilitators_from=("prairie-lily",),
        popularity=1,
    ),
)

LAST_YEAR = (
    SampleCommunity(
        key="land-based",
        title="Outdoor Learning",
        description=(
            "A first year of taking our classes outside, and often. We began with sit spots and "
            "weather journals and want to go on to the stories of the place. An Elder has been "
            "asked to walk the creek with us in October."
        ),
        question="What do students notice outside that they never tell us inside?",
        priorities=("Reconciliation", "STEM"),
        audience="elementary",
        audience_words="K–8",
        grades=span("K", "8"),
        activities=("visits", "experts", "sharing"),
        size=16,
        place=SamplePlace("meadowlark", "library"),
        facilitators_from=("meadowlark", "centennial"),
        popularity=8,
    ),
    SampleCommunity(
        key="immersion-literacy",
        title="Early French Literacy",
        description=(
            "Kindergarten to Grade 2 immersion teachers share read-alouds, word walls and songs, "
            "and look together at how reading in French begins. We meet in French, and write our "
            "notes in whichever language comes first."
        ),
        question="How do children who hear French only at school come to own it?",
        priorities=("French", "Literacy"),
        audience="elementary",
        audience_words="K–2 French",
        grades=span("K", "2"),
        subjects=("French",),
        activities=("sharing", "reading"),
        size=12,
        place=SamplePlace("saules", "bibliothèque"),
        facilitators_from=("quatre-vents", "saules"),
        popularity=5,
    ),
    SampleCommunity(
        key="numeracy-talks",
        title="Number Talks, Every Day",
        description=(
            "We try one number talk a day for a year and see what happens. Dot cards in "
            "September, addition by Thanksgiving, multiplication when the snow is deep. Bring a "
            "story each time: one that worked, or one that did not."
        ),
        question="Can ten quiet minutes a day change who speaks in mathematics?",
        priorities=("Numeracy",),
        audience="elementary",
        audience_words="1–5",
        grades=span("1", "5"),
        subjects=("Mathematics",),
        activities=("planning", "sharing"),
        size=18,
        place=SamplePlace("buffalo-stone", "library"),
        facilitators_from=("buffalo-stone",),
        popularity=7,
    ),
    SampleCommunity(
        key="sounds-first",
        title="Sounds First: Decoding in Grades 1 and 2",
        description=(
            "Eleven of us want to teach early reading in the same order, so that a child who "
            "moves from one school to another does not start again. We compare programmes, "
            "choose a sequence and try it."
        ),
        question="What would a shared sequence for early reading look like here?",
        priorities=("Literacy",),
        audience="elementary",
        audience_words="1–2",
        grades=span("1", "2"),
        subjects=("English language arts", "Learning support"),
        activities=("data", "planning", "reading"),
        size=12,
        place=SamplePlace("centennial", "library"),
        facilitators_from=("centennial", "prairie-lily"),
        popularity=9,
    ),
    SampleCommunity(
        key="workshop-6-8",
        title="Reading Workshop 6–8",
        description=(
            "Choice, time and talk: we set up reading workshops in middle-years rooms, from the "
            "first book talk to the last conference. We share book lists that our students "
            "wrote."
        ),
        question="How do we keep Grade 8 students reading after the hockey season starts?",
        priorities=("Literacy",),
        audience="elementary",
        audience_words="6–8",
        grades=span("6", "8"),
        subjects=("English language arts",),
        activities=("sharing", "reading"),
        size=16,
        place=SamplePlace("cottonwood", "library"),
        facilitators_from=("cottonwood",),
        popularity=5,
    ),
    SampleCommunity(
        key="makers",
        title="Maker Space on a Cart",
        description=(
            "One cart, six schools, a sign-out sheet. We fill it with what children can build "
            "with, and learn to plan for making rather than for crafts."
        ),
        question="What is the least equipment that lets every class make something real?",
        priorities=("STEM",),
        audience="elementary",
        audience_words="4–8",
        grades=span("4", "8"),
        activities=("sharing", "planning", "other"),
        size=10,
        place=SamplePlace("cottonwood", "maker room"),
        facilitators_from=("cottonwood",),
        popularity=8,
    ),
    SampleCommunity(
        key="school-garden",
        title="Growing a School Garden",
        description=(
            "From seed catalogue to soup. We planned beds that survive July without us, tied "
            "them to science and health outcomes, and traded seedlings in May."
        ),
        question="How does a garden stay alive, and stay in the timetable, through a Prairie year?",
        priorities=("STEM", "Well-being"),
        audience="elementary",
        audience_words="K–8",
        grades=span("K", "8"),
        activities=("planning", "visits", "experts"),
        size=14,
        place=SamplePlace("centennial", "community kitchen"),
        facilitators_from=("centennial",),
        popularity=6,
    ),
    SampleCommunity(
        key="guided-mathematics",
        title="Guided Mathematics Stations",
        description=(
            "Small groups, clear stations and a teacher who is free to teach. We wrote a term’s "
            "worth of stations for Grades 1 to 4 and tried them in pairs of classrooms."
        ),
        question="What are the other four groups learning while I teach the fifth?",
        priorities=("Numeracy", "Inclusion"),
        audience="elementary",
        audience_words="1–4",
        grades=span("1", "4"),
        subjects=("Mathematics",),
        activities=("planning", "visits"),
        size=15,
        place=SamplePlace("chokecherry", "library"),
        facilitators_from=("chokecherry",),
        popularity=5,
    ),
    SampleCommunity(
        key="arts-en-francais",
        title="Les arts en français",
        description=(
            "Chanter, peindre et jouer la comédie en français, de la maternelle à la 8e année. "
            "Nous avons monté de courtes pièces avec les moyens du bord et invité les familles."
        ),
        question="Comment les arts peuvent-ils faire sortir le français de la salle de classe?",
        priorities=("French", "Arts", "Families"),
        audience="elementary",
        audience_words="K–8 French",
        grades=span("K", "8"),
        subjects=("French", "Arts"),
        activities=("sharing", "other"),
        size=12,
        place=SamplePlace("quatre-vents", "salle de musique"),
        facilitators_from=("quatre-vents",),
        popularity=4,
    ),
    SampleCommunity(
        key="restorative-circles",
        title="Restorative Circles After Lunch",
        description=(
            "The hardest twenty minutes of the day are the ones after recess. We learned to run "
            "short circles that repair what happened outside, and to do it without losing the "
            "afternoon."
        ),
        question="What does it take for students to mend things themselves?",
        priorities=("Well-being", "Reconciliation"),
        audience="elementary",
        audience_words="K–8",
        grades=span("K", "8"),
        activities=("discussion", "reading", "sharing"),
        size=16,
        place=SamplePlace("buffalo-stone", "family room"),
        facilitators_from=("buffalo-stone",),
        popularity=6,
    ),
)
