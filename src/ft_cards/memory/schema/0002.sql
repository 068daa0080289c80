-- What cards are called, so that a history can be read where their deck is not at hand.

CREATE TABLE names (
    guid TEXT PRIMARY KEY,
    id TEXT NOT NULL
) STRICT, WITHOUT ROWID;
