-- The first schema. Every table and column is explained in docs/review-database.md.

CREATE TABLE parameters (
    id INTEGER PRIMARY KEY,
    body TEXT NOT NULL UNIQUE
) STRICT;

CREATE TABLE reviews (
    id INTEGER PRIMARY KEY,
    guid TEXT NOT NULL,
    number INTEGER NOT NULL,
    at INTEGER NOT NULL,
    study_day INTEGER NOT NULL,
    grade INTEGER NOT NULL CHECK (grade BETWEEN 1 AND 4),
    state TEXT NOT NULL CHECK (state IN ('new', 'learning', 'relearning', 'review')),
    interval_days INTEGER CHECK (interval_days >= 1),
    duration_ms INTEGER NOT NULL CHECK (duration_ms >= 0),
    response TEXT,
    parameters INTEGER NOT NULL REFERENCES parameters (id),
    undone_at INTEGER
) STRICT;

CREATE INDEX reviews_of_card ON reviews (guid, number) WHERE undone_at IS NULL;
CREATE INDEX reviews_of_day ON reviews (study_day) WHERE undone_at IS NULL;

CREATE TABLE events (
    id INTEGER PRIMARY KEY,
    guid TEXT NOT NULL,
    number INTEGER NOT NULL,
    at INTEGER NOT NULL,
    study_day INTEGER NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('bury', 'unbury', 'suspend', 'unsuspend', 'reset', 'set-due')),
    target_day INTEGER CHECK ((target_day IS NOT NULL) = (kind IN ('bury', 'set-due'))),
    parameters INTEGER REFERENCES parameters (id) CHECK ((parameters IS NOT NULL) = (kind = 'set-due')),
    undone_at INTEGER
) STRICT;

CREATE INDEX events_of_card ON events (guid, number) WHERE undone_at IS NULL;
CREATE INDEX events_of_day ON events (study_day) WHERE undone_at IS NULL;

CREATE TABLE memories (
    guid TEXT NOT NULL,
    number INTEGER NOT NULL,
    version INTEGER NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('new', 'learning', 'relearning', 'review')),
    stability REAL CHECK ((stability IS NULL) = (state = 'new')),
    difficulty REAL CHECK ((difficulty IS NULL) = (state = 'new')),
    last_day INTEGER CHECK ((last_day IS NULL) = (state = 'new')),
    due_at INTEGER CHECK ((due_at IS NOT NULL) = (state IN ('learning', 'relearning'))),
    step INTEGER CHECK ((step IS NOT NULL) = (state IN ('learning', 'relearning'))),
    due_day INTEGER CHECK ((due_day IS NOT NULL) = (state = 'review')),
    reviews INTEGER NOT NULL,
    lapses INTEGER NOT NULL,
    suspended INTEGER NOT NULL CHECK (suspended IN (0, 1)),
    buried_until INTEGER,
    parameters INTEGER REFERENCES parameters (id),
    PRIMARY KEY (guid, number)
) STRICT, WITHOUT ROWID;

-- Holds all that the queue asks for, so that the rows themselves need not be fetched.
CREATE INDEX memories_due ON memories (due_day, buried_until, last_day, stability, state, suspended)
WHERE state = 'review' AND suspended = 0;
CREATE INDEX memories_learning ON memories (due_at) WHERE due_at IS NOT NULL AND suspended = 0;
CREATE INDEX memories_hidden ON memories (buried_until) WHERE suspended = 1 OR buried_until IS NOT NULL;
