"""What people of the sample write in passing: reasons, reminders, news, reflections."""

from __future__ import annotations

from ..shapes import SampleNews, SampleReflection

CHANGE_REASONS = (
    "My assignment changed in October: I teach Grade 7 now, no longer Grade 2.",
    "I moved to Long Lake School and the drive back to town takes my whole half-day.",
    "A place has come free in the community that I was waiting for, and my partner is in it.",
    "I signed up for the reading group, but my goals this year turned out to be about numeracy.",
    "I now support a newcomer student all day and would like to learn with the EAL group.",
    "Our community and our school’s own work overlap so much that I would bring nothing new.",
    "I came back from leave in November and was registered before anybody could ask me.",
    "Two of us teach the same course and would do better as a pair in one community.",
)
"""Why somebody asks to change after the join window has closed."""

NOT_EXPECTED_REASONS = (
    "Parental leave until March.",
    "Half time; works mornings only, and the half-days are in the afternoon.",
    "On an exchange with a school in Québec this year.",
    "Medical leave; we will ask again in January.",
    "Shared with the neighbouring division, which counts these hours there.",
    "Retires at the end of September.",
)
"""Why a person is not expected to register; short, and no more than is needed."""

DECLINE_REASONS = (
    "That community is full and its waiting list has four names; I would like to be fair to them.",
    "Your community would fall below four members. Could we talk about it before December?",
    "The March half-day is two weeks away. Please finish the year, and propose it for next year.",
    "Both communities meet in March; go as a guest in May and tell us how it went.",
)
"""Why a change was declined; always with what can be done instead."""

MEETING_TITLES = (
    "Book talk over supper",
    "Classroom visit, period 2",
    "Planning by video",
    "Walk at the coulee",
    "Marking bee",
    "Coffee and catch-up",
)
"""Meetings that a community arranges itself."""

REMINDERS = (
    "Have you had a look at this year’s communities? There is room in several that fit your grade.",
    "Friday is the last day to choose. It takes two minutes; come by if I can help.",
    "You asked about the outdoor one: there were still places this morning.",
    "No pressure about which one, only about when: the window closes this week.",
)
"""What a Lead or Principal writes to somebody who has no community yet."""

NEWS = (
    SampleNews(
        "promote",
        "opens",
        3,
        "Ideas for next year’s communities are welcome now; the four pages say how it works.",
    ),
    SampleNews(
        "submit",
        "closes",
        -11,
        "Welcome back. Eleven days are left to propose a community, alone or with a colleague.",
    ),
    SampleNews(
        "join",
        "opens",
        -4,
        "The offerings are out. Browse them in the staff room, mark what you like, talk to people.",
    ),
    SampleNews(
        "join",
        "opens",
        0,
        "Joining is open until Friday. You may change your mind as often as you like until then.",
    ),
    SampleNews(
        "share",
        "opens",
        33,
        "Visitors welcome: three classrooms are open to anyone who wants to see a number talk.",
    ),
    SampleNews(
        "share",
        "closes",
        -17,
        "Please share one thing that your community learned. A paragraph and a photograph will do.",
    ),
)
"""What Division Personnel send out, in the order of the year."""

REFLECTIONS = (
    SampleReflection(
        2025,
        "land-based",
        "I thought that I needed to know the plants before I could take a class outside. It was "
        "the other way round. My students now ask where a name comes from before they ask for the "
        "answer, and so do I.",
    ),
    SampleReflection(
        2025,
        "numeracy-talks",
        "In September four children did the talking. In May I could not tell you who was good at "
        "mathematics, because all of them had been, on one day or another.",
    ),
    SampleReflection(
        2025,
        "eal",
        "Ten minutes as the only person who did not understand taught me more than any course. I "
        "write on the board now, I wait, and I have thrown away eleven forms.",
    ),
    SampleReflection(
        2025,
        "makers",
        "I planned for the product for nineteen years. This year I planned for the second try. The "
        "hallway looks worse and the thinking is much better.",
    ),
    SampleReflection(
        2026,
        "grade-nine",
        "Five students, three questions, four minutes a week. It is the smallest thing I have ever "
        "changed and the one that I shall keep the longest.",
    ),
    SampleReflection(
        2026,
        "calm-rooms",
        "What helped the children was mostly what helped us: fewer words, a plan on the wall, and "
        "somebody who notices. I went home earlier, and I was better company.",
    ),
)
"""What members shared, by year and community."""
