"""Flashcards as plain YAML, compiled to Anki decks and reviewed in the shell."""

__version__ = "0.1.0"
