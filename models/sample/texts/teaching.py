"""What people of the invented division teach, by kind of school, in the order of taking."""

from __future__ import annotations

from collections.abc import Mapping

from .shapes import GRADES, SampleTeaching, span

_HOMEROOM = ("English language arts", "Mathematics", "Science", "Social studies", "Health")
_IMMERSION = ("French", "Mathematics", "Science", "Social studies", "Health")


def _rooms(words: str, first: str, last: str, subjects: tuple[str, ...]) -> SampleTeaching:
    return SampleTeaching(words, span(first, last), subjects)


ELEMENTARY = (
    _rooms("Kindergarten", "K", "K", ("Early years", "Health", "Arts")),
    _rooms("Grade 1", "1", "1", _HOMEROOM),
    _rooms("Grade 2", "2", "2", _HOMEROOM),
    _rooms("Grade 3", "3", "3", _HOMEROOM),
    _rooms("Grade 4", "4", "4", _HOMEROOM),
    _rooms("Grade 5", "5", "5", _HOMEROOM),
    _rooms("Grade 6", "6", "6", _HOMEROOM),
    _rooms("Grade 7", "7", "7", (*_HOMEROOM, "Career education")),
    _rooms("Grade 8", "8", "8", (*_HOMEROOM, "Career education")),
    _rooms("Learning support", "K", "8", ("Learning support",)),
    _rooms("Grades 1–2", "1", "2", _HOMEROOM),
    _rooms("Grades 3–4", "3", "4", _HOMEROOM),
    _rooms("Physical education", "K", "8", ("Physical education", "Health")),
    _rooms("Music and arts", "K", "8", ("Arts", "Band")),
    _rooms("Grades 5–6", "5", "6", _HOMEROOM),
    _rooms("Teacher-librarian", "K", "8", ("Library", "English language arts")),
    _rooms("Core French", "1", "8", ("French",)),
    _rooms("Grades 7–8", "7", "8", (*_HOMEROOM, "Practical arts")),
)

FRENCH = (
    _rooms("Maternelle", "K", "K", ("Early years", "French", "Arts")),
    _rooms("1re année", "1", "1", _IMMERSION),
    _rooms("2e année", "2", "2", _IMMERSION),
    _rooms("3e année", "3", "3", _IMMERSION),
    _rooms("4e année", "4", "4", _IMMERSION),
    _rooms("5e année", "5", "5", _IMMERSION),
    _rooms("6e année", "6", "6", _IMMERSION),
    _rooms("7e année", "7", "7", (*_IMMERSION, "Career education")),
    _rooms("8e année", "8", "8", (*_IMMERSION, "Career education")),
    _rooms("Soutien à l’apprentissage", "K", "8", ("Learning support", "French")),
    _rooms("Musique et arts", "K", "8", ("Arts", "Band")),
    _rooms("Éducation physique", "K", "8", ("Physical education", "Health")),
    _rooms("English, 3–5", "3", "5", ("English language arts",)),
    _rooms("English, 6–8", "6", "8", ("English language arts",)),
    _rooms("Bibliothèque", "K", "8", ("Library", "French")),
)

HIGH = (
    _rooms("English 9–12", "9", "12", ("English language arts",)),
    _rooms("Mathematics 9–12", "9", "12", ("Mathematics",)),
    _rooms("Science 9–10", "9", "10", ("Science",)),
    _rooms("Social studies 9–12", "9", "12", ("Social studies",)),
    _rooms("Practical arts 9–12", "9", "12", ("Practical arts",)),
    _rooms("Biology, chemistry 11–12", "11", "12", ("Science",)),
    _rooms("Visual art and drama", "9", "12", ("Arts",)),
    _rooms("Physical education", "9", "12", ("Physical education", "Health")),
    _rooms("Mathematics 11–12", "11", "12", ("Mathematics",)),
    _rooms("English 11–12", "11", "12", ("English language arts",)),
    _rooms("Indigenous studies", "10", "12", ("Indigenous studies", "Social studies")),
    _rooms("Physics, computer science", "10", "12", ("Science", "Computer science")),
    _rooms("Band and choir", "9", "12", ("Band", "Arts")),
    _rooms("Learning support", "9", "12", ("Learning support",)),
    _rooms("Welding, construction", "9", "12", ("Practical arts",)),
    _rooms("French 9–12", "9", "12", ("French",)),
    _rooms("English as an additional language", "9", "12", ("English language arts",)),
    _rooms("Career and work education", "9", "12", ("Career education",)),
    _rooms("Mathematics, science 9", "9", "9", ("Mathematics", "Science")),
    _rooms("History 10–12", "10", "12", ("Social studies",)),
    _rooms("Commercial cooking", "9", "12", ("Practical arts", "Health")),
    _rooms("Teacher-librarian", "9", "12", ("Library", "English language arts")),
)

COMBINED = (
    _rooms("Kindergarten, Grade 1", "K", "1", ("Early years", *_HOMEROOM)),
    _rooms("Grades 2–3", "2", "3", _HOMEROOM),
    _rooms("Grades 4–5", "4", "5", _HOMEROOM),
    _rooms("Grades 6–7", "6", "7", _HOMEROOM),
    _rooms("Grade 8, English 9–10", "8", "10", ("English language arts", "Social studies")),
    _rooms("Mathematics 7–12", "7", "12", ("Mathematics",)),
    _rooms("Science 7–12", "7", "12", ("Science",)),
    _rooms("English, social studies 9–12", "9", "12", ("English language arts", "Social studies")),
    _rooms("Practical arts 7–12", "7", "12", ("Practical arts",)),
    _rooms("Physical education K–12", "K", "12", ("Physical education", "Health")),
    SampleTeaching("Learning support", GRADES, ("Learning support",)),
    _rooms("Band and arts 5–12", "5", "12", ("Band", "Arts")),
    _rooms("Indigenous studies 8–12", "8", "12", ("Indigenous studies", "Social studies")),
)

TEACHING: Mapping[str, tuple[SampleTeaching, ...]] = {
    "elementary": ELEMENTARY,
    "french": FRENCH,
    "high": HIGH,
    "combined": COMBINED,
}
"""By kind of school: 'french' for the immersion schools, else the school's level."""
