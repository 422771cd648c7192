"""The house: schools, people, the year, communities, joining, sessions, sign-in, the journal."""

from __future__ import annotations

from typing import Any

TABLES = """
CREATE TABLE setting (key TEXT PRIMARY KEY, value TEXT NOT NULL);

CREATE TABLE school (
    id {id},
    source_id TEXT NOT NULL UNIQUE,
    name TEXT NOT NULL,
    folded TEXT NOT NULL,
    level TEXT NOT NULL CHECK (level IN ('elementary', 'high', 'combined', 'office')),
    level_by TEXT NOT NULL DEFAULT 'roster' CHECK (level_by IN ('roster', 'division')),
    latitude DOUBLE PRECISION,
    longitude DOUBLE PRECISION,
    active BOOLEAN NOT NULL
);

CREATE TABLE person (
    id {id},
    source_id TEXT NOT NULL UNIQUE,
    given TEXT NOT NULL,
    family TEXT NOT NULL,
    name TEXT NOT NULL,
    sort_name TEXT NOT NULL,
    folded TEXT NOT NULL,
    email TEXT NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('teacher', 'administrator', 'aide', 'office', 'other')),
    school_id {ref} NOT NULL REFERENCES school (id),
    active BOOLEAN NOT NULL,
    expected BOOLEAN NOT NULL,
    expected_by {ref} REFERENCES person (id),
    expected_reason TEXT NOT NULL DEFAULT ''
);
CREATE INDEX person_school ON person (school_id, sort_name, id) WHERE active AND expected;
CREATE INDEX person_at ON person (school_id, sort_name, id);
CREATE INDEX person_excused ON person (sort_name, id)
    WHERE active AND NOT expected AND expected_reason <> '';
CREATE INDEX person_sort ON person (sort_name, id);
CREATE INDEX person_folded ON person (folded);
CREATE INDEX person_email ON person (LOWER(email));

CREATE TABLE teaches (
    id {id},
    person_id {ref} NOT NULL REFERENCES person (id),
    kind TEXT NOT NULL CHECK (kind IN ('grade', 'subject')),
    value TEXT NOT NULL,
    said_by TEXT NOT NULL CHECK (said_by IN ('roster', 'person')),
    UNIQUE (person_id, kind, value)
);

CREATE TABLE year (
    id INTEGER PRIMARY KEY CHECK (id BETWEEN 2000 AND 2999),
    published_at TIMESTAMP
);

CREATE TABLE step_window (
    id {id},
    year_id INTEGER NOT NULL REFERENCES year (id),
    step TEXT NOT NULL,
    opens DATE NOT NULL,
    closes DATE NOT NULL,
    UNIQUE (year_id, step),
    CHECK (opens <= closes)
);

CREATE TABLE half_day (
    id {id},
    year_id INTEGER NOT NULL REFERENCES year (id),
    held_on DATE NOT NULL,
    half TEXT NOT NULL CHECK (half IN ('morning', 'afternoon')),
    required BOOLEAN NOT NULL,
    UNIQUE (year_id, held_on)
);

CREATE TABLE appointment (
    id {id},
    person_id {ref} NOT NULL REFERENCES person (id),
    role TEXT NOT NULL CHECK (role IN ('principal', 'administrator', 'lead', 'core_leader', 'division')),
    school_id {ref} REFERENCES school (id),
    year_id INTEGER REFERENCES year (id),
    source TEXT NOT NULL CHECK (source IN ('roster', 'person')),
    UNIQUE (person_id, role, school_id, year_id),
    CHECK ((role = 'division') = (school_id IS NULL)),
    CHECK ((role IN ('lead', 'core_leader')) = (year_id IS NOT NULL))
);
CREATE INDEX appointment_school ON appointment (school_id, role);
-- A UNIQUE with a NULL in it stops nothing: whatever lasts beyond a year is held apart here.
CREATE UNIQUE INDEX appointment_lasting ON appointment (person_id, role, COALESCE(school_id, 0))
    WHERE year_id IS NULL;

CREATE TABLE priority (
    id {id},
    name TEXT NOT NULL UNIQUE,
    level TEXT NOT NULL CHECK (level IN ('division', 'provincial', 'school'))
);

CREATE TABLE community (
    id {id},
    year_id INTEGER NOT NULL REFERENCES year (id),
    title TEXT NOT NULL,
    sort_title TEXT NOT NULL,
    description TEXT NOT NULL,
    question TEXT NOT NULL,
    audience TEXT NOT NULL CHECK (audience IN ('any', 'elementary', 'high')),
    audience_words TEXT NOT NULL,
    place TEXT NOT NULL,
    place_school_id {ref} REFERENCES school (id),
    needs TEXT NOT NULL DEFAULT '',
    whats_new TEXT NOT NULL DEFAULT '',
    capacity INTEGER NOT NULL CHECK (capacity BETWEEN 1 AND 999),
    taken INTEGER NOT NULL DEFAULT 0 CHECK (taken >= 0),
    state TEXT NOT NULL DEFAULT 'running' CHECK (state IN ('running', 'cancelled', 'merged')),
    continues_id {ref} REFERENCES community (id),
    CHECK (taken <= capacity)
);
CREATE INDEX community_year ON community (year_id, sort_title, id);

CREATE TABLE community_search (
    year_id INTEGER NOT NULL REFERENCES year (id),
    sort_title TEXT NOT NULL,
    community_id {ref} NOT NULL UNIQUE REFERENCES community (id),
    folded TEXT NOT NULL,
    PRIMARY KEY (year_id, sort_title, community_id)
){in_order};

CREATE TABLE community_tag (
    id {id},
    community_id {ref} NOT NULL REFERENCES community (id),
    kind TEXT NOT NULL CHECK (kind IN ('priority', 'activity', 'grade', 'subject', 'role')),
    value TEXT NOT NULL,
    UNIQUE (community_id, kind, value)
);
CREATE INDEX community_tag_value ON community_tag (kind, value, community_id);

CREATE TABLE membership (
    id {id},
    year_id INTEGER NOT NULL REFERENCES year (id),
    community_id {ref} NOT NULL REFERENCES community (id),
    person_id {ref} NOT NULL REFERENCES person (id),
    role TEXT NOT NULL CHECK (role IN ('member', 'facilitator')),
    since TIMESTAMP NOT NULL,
    registered_on DATE NOT NULL,
    how TEXT NOT NULL CHECK (how IN ('self', 'registered', 'waiting', 'request', 'facilitates')),
    by_id {ref} REFERENCES person (id),
    UNIQUE (year_id, person_id)
);
CREATE INDEX membership_community ON membership (community_id, role);
CREATE INDEX membership_person ON membership (person_id, year_id);

CREATE TABLE meeting (
    id {id},
    community_id {ref} NOT NULL REFERENCES community (id),
    half_day_id {ref} REFERENCES half_day (id),
    held_on DATE NOT NULL,
    half TEXT NOT NULL CHECK (half IN ('morning', 'afternoon', 'other')),
    starts TEXT NOT NULL DEFAULT '',
    title TEXT NOT NULL DEFAULT '',
    place TEXT NOT NULL,
    required BOOLEAN NOT NULL,
    UNIQUE (community_id, half_day_id)
);
CREATE INDEX meeting_community ON meeting (community_id, held_on);
CREATE UNIQUE INDEX meeting_half ON meeting (community_id, held_on, half) WHERE half <> 'other';
CREATE UNIQUE INDEX meeting_other ON meeting (community_id, held_on, starts) WHERE half = 'other';

CREATE TABLE proposal (
    id {id},
    year_id INTEGER NOT NULL REFERENCES year (id),
    title TEXT NOT NULL,
    description TEXT NOT NULL,
    question TEXT NOT NULL,
    audience TEXT NOT NULL CHECK (audience IN ('any', 'elementary', 'high')),
    audience_words TEXT NOT NULL,
    place TEXT NOT NULL,
    place_school_id {ref} REFERENCES school (id),
    needs TEXT NOT NULL DEFAULT '',
    whats_new TEXT NOT NULL DEFAULT '',
    capacity INTEGER NOT NULL CHECK (capacity BETWEEN 1 AND 999),
    continues_id {ref} REFERENCES community (id),
    state TEXT NOT NULL,
    reason TEXT NOT NULL DEFAULT '',
    community_id {ref} UNIQUE REFERENCES community (id),
    made_by {ref} REFERENCES person (id)
);
CREATE INDEX proposal_year ON proposal (year_id, state);

CREATE TABLE proposal_tag (
    id {id},
    proposal_id {ref} NOT NULL REFERENCES proposal (id),
    kind TEXT NOT NULL,
    value TEXT NOT NULL,
    UNIQUE (proposal_id, kind, value)
);

CREATE TABLE proposal_author (
    id {id},
    proposal_id {ref} NOT NULL REFERENCES proposal (id),
    person_id {ref} NOT NULL REFERENCES person (id),
    accepted BOOLEAN NOT NULL,
    UNIQUE (proposal_id, person_id)
);

CREATE TABLE waiting (
    id {id},
    year_id INTEGER NOT NULL REFERENCES year (id),
    community_id {ref} NOT NULL REFERENCES community (id),
    person_id {ref} NOT NULL REFERENCES person (id),
    asked_at TIMESTAMP NOT NULL,
    UNIQUE (year_id, person_id)
);
CREATE INDEX waiting_community ON waiting (community_id, id);

CREATE TABLE favourite (
    id {id},
    person_id {ref} NOT NULL REFERENCES person (id),
    community_id {ref} NOT NULL REFERENCES community (id),
    UNIQUE (person_id, community_id)
);

CREATE TABLE change_request (
    id {id},
    year_id INTEGER NOT NULL REFERENCES year (id),
    person_id {ref} NOT NULL REFERENCES person (id),
    from_id {ref} REFERENCES community (id),
    to_id {ref} REFERENCES community (id),
    reason TEXT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('open', 'approved', 'declined', 'withdrawn')),
    asked_at TIMESTAMP NOT NULL,
    principal_by {ref} REFERENCES person (id),
    division_by {ref} REFERENCES person (id),
    declined_by {ref} REFERENCES person (id),
    answer TEXT NOT NULL DEFAULT ''
);
CREATE UNIQUE INDEX change_request_open ON change_request (year_id, person_id) WHERE state = 'open';

CREATE TABLE notice (
    id {id},
    person_id {ref} NOT NULL REFERENCES person (id),
    kind TEXT NOT NULL,
    words TEXT NOT NULL,
    from_id {ref} REFERENCES person (id),
    community_id {ref} REFERENCES community (id),
    at TIMESTAMP NOT NULL,
    seen_at TIMESTAMP
);
CREATE INDEX notice_person ON notice (person_id, id);

CREATE TABLE news (
    id {id},
    year_id INTEGER NOT NULL REFERENCES year (id),
    words TEXT NOT NULL,
    from_words TEXT NOT NULL,
    news_on DATE NOT NULL,
    at TIMESTAMP NOT NULL
);

CREATE TABLE attendance (
    id {id},
    meeting_id {ref} NOT NULL REFERENCES meeting (id),
    person_id {ref} NOT NULL REFERENCES person (id),
    mark TEXT NOT NULL CHECK (mark IN ('present', 'excused', 'online', 'absent')),
    at TIMESTAMP NOT NULL,
    UNIQUE (meeting_id, person_id)
);

CREATE TABLE session_note (
    id {id},
    meeting_id {ref} NOT NULL UNIQUE REFERENCES meeting (id),
    body TEXT NOT NULL,
    version INTEGER NOT NULL,
    written_by {ref} NOT NULL REFERENCES person (id),
    written_at TIMESTAMP NOT NULL,
    published_body TEXT NOT NULL DEFAULT '',
    published_at TIMESTAMP
);

CREATE TABLE next_action (
    id {id},
    community_id {ref} NOT NULL REFERENCES community (id),
    meeting_id {ref} NOT NULL REFERENCES meeting (id),
    words TEXT NOT NULL,
    owner_id {ref} REFERENCES person (id),
    due DATE,
    done_on DATE
);
CREATE INDEX next_action_community ON next_action (community_id, id);

CREATE TABLE draft (
    id {id},
    person_id {ref} NOT NULL REFERENCES person (id),
    form TEXT NOT NULL,
    subject TEXT NOT NULL,
    title TEXT NOT NULL,
    body TEXT NOT NULL,
    saved_at TIMESTAMP NOT NULL,
    UNIQUE (person_id, form, subject)
);

CREATE TABLE credential (
    person_id {ref} PRIMARY KEY REFERENCES person (id),
    hashed TEXT NOT NULL,
    set_at TIMESTAMP NOT NULL,
    failures INTEGER NOT NULL,
    wait_until TIMESTAMP
);

CREATE TABLE enrolment_code (
    id {id},
    person_id {ref} NOT NULL REFERENCES person (id),
    hashed TEXT NOT NULL UNIQUE,
    made_by {ref} REFERENCES person (id),
    expires_at TIMESTAMP NOT NULL,
    used_at TIMESTAMP,
    failures INTEGER NOT NULL
);
CREATE INDEX enrolment_code_person ON enrolment_code (person_id);

CREATE TABLE terminal_failure (
    id {id},
    terminal TEXT NOT NULL,
    at TIMESTAMP NOT NULL
);
CREATE INDEX terminal_failure_at ON terminal_failure (terminal, at);

CREATE TABLE operation (
    op TEXT PRIMARY KEY,
    action TEXT NOT NULL,
    actor_id {ref} REFERENCES person (id),
    at TIMESTAMP NOT NULL,
    receipt TEXT NOT NULL
);
CREATE INDEX operation_at ON operation (at);

CREATE TABLE journal (
    id {id},
    op TEXT NOT NULL,
    at TIMESTAMP NOT NULL,
    happened_on DATE NOT NULL,
    actor_id {ref} REFERENCES person (id),
    action TEXT NOT NULL,
    person_id {ref} REFERENCES person (id),
    community_id {ref} REFERENCES community (id),
    school_id {ref} REFERENCES school (id),
    what TEXT NOT NULL
);
CREATE INDEX journal_op ON journal (op);
CREATE INDEX journal_person ON journal (person_id, id);
CREATE INDEX journal_community ON journal (community_id, id)
"""

SQLITE = {
    "id": "INTEGER PRIMARY KEY AUTOINCREMENT",
    "ref": "INTEGER",
    # Kept in the order in which it is searched, a year's texts are read from end to end.
    "in_order": " WITHOUT ROWID",
}
POSTGRES = {
    "id": "BIGINT GENERATED BY DEFAULT AS IDENTITY PRIMARY KEY",
    "ref": "BIGINT",
    "in_order": "",
}


def up(migrator: Any, db: Any) -> None:
    """Make every table."""
    words = SQLITE if "sqlite" in type(db).__name__.lower() else POSTGRES
    for statement in TABLES.split(";\n"):
        if statement.strip():
            db.execute_sql(statement.format(**words))
