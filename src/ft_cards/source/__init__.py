"""YAML text → correct decks, or every problem in them. Knows nothing of Anki."""
