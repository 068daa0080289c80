"""A session at the keyboard: cards and keys → answers in the review database. Knows no Anki."""
