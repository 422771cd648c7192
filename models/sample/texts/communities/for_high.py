"""Communities for high school staff, this year's and last year's."""

from __future__ import annotations

from ..shapes import SampleCommunity, SamplePlace, span

_SENIOR = span("9", "12")

THIS_YEAR = (
    SampleCommunity(
        key="inquiry-science",
        title="Inquiry in Senior Science",
        description=(
            "Fewer recipes, more questions. We rewrite one cookbook laboratory a half-day into "
            "an investigation that students plan themselves, try it on each other, and then in "
            "our classes. Safety sheets and rubrics are shared, so that nobody writes them "
            "twice."
        ),
        question=(
            "How much of the experiment can we hand over before it stops being safe or possible?"
        ),
        priorities=("STEM", "Assessment"),
        audience="high",
        audience_words="9–12 Science",
        grades=_SENIOR,
        subjects=("Science",),
        activities=("planning", "inquiry", "sharing"),
        size=16,
        place=SamplePlace("collegiate", "chemistry lab"),
        facilitators_from=("collegiate",),
        popularity=7,
        continues="inquiry-science",
        whats_new="Grade 9 joins, and we trade laboratories with Long Lake by video.",
    ),
    SampleCommunity(
        key="grading-less",
        title="Grading Less, Assessing More",
        description=(
            "We ask what a mark is for. Members choose one course, cut the number of graded "
            "tasks, and put the hours into feedback that students use. We look at what happens "
            "to quality, to missing work and to our own Sunday evenings, and publish what we "
            "find."
        ),
        question="What happens to learning when a third of the marks disappear?",
        priorities=("Assessment", "Graduation"),
        audience="high",
        audience_words="9–12",
        grades=_SENIOR,
        activities=("inquiry", "data", "discussion"),
        size=18,
        place=SamplePlace("collegiate", "library"),
        facilitators_from=("collegiate", "ridge"),
        popularity=8,
        continues="grading-less",
        whats_new="From reading about it to doing it: everybody changes one course this semester.",
    ),
    SampleCommunity(
        key="grade-nine",
        title="The First Hundred Days of Grade 9",
        description=(
            "Students who pass every course in the first semester of Grade 9 nearly always "
            "graduate. We follow a small group each from September to January, with a weekly "
            "check-in, and visit the Grade 8 rooms that they came from."
        ),
        question="Which small things, done early, keep a Grade 9 student with us?",
        priorities=("Graduation", "Well-being"),
        audience="high",
        audience_words="Grade 9",
        grades=("9",),
        activities=("data", "visits", "planning"),
        size=12,
        place=SamplePlace("ridge", "library"),
        facilitators_from=("ridge",),
        popularity=6,
    ),
    SampleCommunity(
        key="shop-mathematics",
        title="Shop Floor Mathematics",
        description=(
            "A rafter is a right triangle and a quote is a linear function. Mathematics and "
            "practical arts teachers pair up, teach a lesson in each other’s rooms, and build a "
            "bank of tasks with real measurements, real tolerances and real prices."
        ),
        question="Can the shop be the place where mathematics finally makes sense?",
        priorities=("Numeracy", "Graduation"),
        audience="high",
        audience_words="9–12 Math, Shop",
        grades=_SENIOR,
        subjects=("Mathematics", "Practical arts"),
        activities=("visits", "planning"),
        size=10,
        place=SamplePlace("ridge", "welding shop"),
        facilitators_from=("ridge", "collegiate"),
        popularity=4,
    ),
    SampleCommunity(
        key="treaty-sources",
        title="Treaty Texts in the Senior Classroom",
        description=(
            "We read Treaty 4 and the accounts around it, oral and written, side by side. A "
            "Knowledge Keeper opens the October half-day. Each member leaves with a week of "
            "lessons that asks students what was said, what was written, and what they owe one "
            "another now."
        ),
        question="How do we teach the treaties as promises that our students live inside?",
        priorities=("Reconciliation", "Literacy"),
        audience="high",
        audience_words="9–12 Social, ELA",
        grades=_SENIOR,
        subjects=("Social studies", "English language arts", "Indigenous studies"),
        activities=("experts", "reading", "planning"),
        size=14,
        place=SamplePlace("ridge", "drama studio"),
        facilitators_from=("ridge",),
        popularity=6,
        continues="treaty-sources",
        whats_new="We work from local family accounts, with permission, beside the printed texts.",
    ),
    SampleCommunity(
        key="writing-machines",
        title="Writing by Hand, Writing With Machines",
        description=(
            "Our students can have an essay written for them before the bell. We test "
            "assignments that are worth doing anyway: drafts by hand, oral defences, writing "
            "about a place that no machine has seen. We keep what makes students think, and say "
            "honestly what failed."
        ),
        question="Which writing tasks still belong to the student, and how would we know?",
        priorities=("Literacy", "Assessment"),
        audience="high",
        audience_words="9–12 ELA",
        grades=_SENIOR,
        subjects=("English language arts", "Social studies"),
        activities=("inquiry", "discussion", "sharing"),
        size=8,
        place=SamplePlace("collegiate", "Room 214"),
        facilitators_from=("collegiate",),
        popularity=10,
    ),
    SampleCommunity(
        key="calculus",
        title="Calculus and Beyond: Three Schools, One Class",
        description=(
            "Each of our schools has six or seven students for calculus. The few of us who teach "
            "it share the planning, the marking and, by video, the students. It is a small group "
            "on purpose."
        ),
        question="Can three small classes be one good one?",
        priorities=("Numeracy",),
        audience="high",
        audience_words="11–12 Math",
        grades=span("11", "12"),
        subjects=("Mathematics",),
        activities=("planning", "sharing"),
        size=3,
        place=SamplePlace("long-lake", "science room"),
        facilitators_from=("collegiate",),
        popularity=2,
    ),
)

LAST_YEAR = (
    SampleCommunity(
        key="inquiry-science",
        title="Inquiry in Science, 10 to 12",
        description=(
            "Six laboratories that nobody enjoys any more, rewritten by the people who teach "
            "them. We begin with biology and chemistry and see how far open questions can go in "
            "an hour."
        ),
        question="What do students learn when the answer is not on the back of the sheet?",
        priorities=("STEM",),
        audience="high",
        audience_words="10–12 Science",
        grades=span("10", "12"),
        subjects=("Science",),
        activities=("planning", "inquiry"),
        size=14,
        place=SamplePlace("collegiate", "chemistry lab"),
        facilitators_from=("collegiate",),
        popularity=7,
    ),
    SampleCommunity(
        key="grading-less",
        title="What Is a Mark For?",
        description=(
            "A reading and talking year about grading. We read two books and six articles, "
            "brought our own mark books, and asked our students what our comments meant to them."
        ),
        question="If a mark is a message, who is it for, and do they understand it?",
        priorities=("Assessment",),
        audience="high",
        audience_words="9–12",
        grades=_SENIOR,
        activities=("reading", "discussion"),
        size=16,
        place=SamplePlace("collegiate", "library"),
        facilitators_from=("collegiate", "ridge"),
        popularity=7,
    ),
    SampleCommunity(
        key="treaty-sources",
        title="Teaching the Treaties",
        description=(
            "We listened first. Knowledge Keepers, archives and a day at the treaty grounds gave "
            "us the beginning of a unit for Grade 10 that we taught in spring."
        ),
        question="What do we need to learn ourselves before we teach the treaties?",
        priorities=("Reconciliation",),
        audience="high",
        audience_words="9–12 Social",
        grades=_SENIOR,
        subjects=("Social studies", "Indigenous studies"),
        activities=("experts", "visits", "reading"),
        size=14,
        place=SamplePlace("ridge", "drama studio"),
        facilitators_from=("ridge",),
        popularity=5,
    ),
    SampleCommunity(
        key="career-journeys",
        title="Work Experience and Career Journeys",
        description=(
            "Farm shops, the hospital laundry, the newspaper, the co-op: we found forty-one "
            "places for students to work for a week, and wrote down what it took. Families drove, "
            "employers stayed late, and students came back talking."
        ),
        question="What should a student be able to say after a week at work?",
        priorities=("Graduation", "Families"),
        audience="high",
        audience_words="10–12",
        grades=span("10", "12"),
        subjects=("Career education", "Practical arts"),
        activities=("visits", "planning", "experts"),
        size=12,
        place=SamplePlace("ridge", "Room 108"),
        facilitators_from=("ridge",),
        popularity=5,
    ),
    SampleCommunity(
        key="physics-building",
        title="Physics by Building",
        description=(
            "Trebuchets, bridges, a hovercraft from a leaf blower. We built first and wrote the "
            "equations afterwards, and found that students asked for them."
        ),
        question="Does the formula come easier after the thing has fallen over?",
        priorities=("STEM", "Numeracy"),
        audience="high",
        audience_words="9–12 Science",
        grades=_SENIOR,
        subjects=("Science", "Mathematics", "Practical arts"),
        activities=("other", "sharing"),
        size=10,
        place=SamplePlace("collegiate", "lecture theatre"),
        facilitators_from=("collegiate",),
        popularity=4,
    ),
)
