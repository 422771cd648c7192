"""The division's own list of priorities, provincial ones first."""

from __future__ import annotations

from ..shapes import SamplePriority

PRIORITIES = (
    SamplePriority(
        "Literacy",
        "provincial",
        "Every student reads and writes with confidence, and reads at grade level by Grade 3.",
    ),
    SamplePriority(
        "Numeracy",
        "provincial",
        "Students make sense of number, reason aloud and choose a strategy that fits.",
    ),
    SamplePriority(
        "Reconciliation",
        "provincial",
        "First Nations and Métis ways of knowing are present in every classroom, every week.",
    ),
    SamplePriority(
        "Well-being",
        "provincial",
        "Students and the adults beside them are safe, rested, connected and ready to learn.",
    ),
    SamplePriority(
        "Graduation",
        "provincial",
        "More students move from Grade 9 to graduation in three years, with a plan of their own.",
    ),
    SamplePriority(
        "Early years",
        "division",
        "Children leave Kindergarten ready for Grade 1, through play, talk and belonging.",
    ),
    SamplePriority(
        "Inclusion",
        "division",
        "Classrooms are planned from the start for the students who are in them.",
    ),
    SamplePriority(
        "Assessment",
        "division",
        "Assessment tells students what to do next, and tells teachers what to teach next.",
    ),
    SamplePriority(
        "French",
        "division",
        "Students of core French and immersion live in the language, not only study it.",
    ),
    SamplePriority(
        "STEM",
        "division",
        "Students ask questions of the world, test them, build and improve.",
    ),
    SamplePriority(
        "Arts",
        "school",
        "Every student makes, performs and responds, every year that they are with us.",
    ),
    SamplePriority(
        "Families",
        "school",
        "Families are partners: they know what is being learned, and they are asked.",
    ),
)
"""Names are short enough for a column. In 2026–27 nobody serves Families: a gap to see."""
