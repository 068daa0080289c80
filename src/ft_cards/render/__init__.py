"""Correct cards → notes: the HTML that a learner's Anki shows, in the fields of the frozen note types."""
