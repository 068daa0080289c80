"""How a learner wants to study: the values that `config.toml` sets, for all decks and for single ones."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from ft_cards.memory.parameters import Parameters
from ft_cards.memory.queue import QueueSettings

NewOrder = Literal["source", "random"]
_QUEUE = QueueSettings()
_PARAMETERS = Parameters()


@dataclass(frozen=True, slots=True)
class DeckSettings:
    """What holds for one deck: how it is scheduled, and limits of its own (None: only the day's)."""

    parameters: Parameters = _PARAMETERS
    new_per_day: int | None = None
    reviews_per_day: int | None = None


@dataclass(frozen=True, slots=True)
class Settings:
    """What holds for a learner. `decks` are the decks, by id, that differ from the rest."""

    rollover_hour: int = 4
    new_order: NewOrder = "source"
    queue: QueueSettings = _QUEUE
    parameters: Parameters = _PARAMETERS
    decks: Mapping[str, DeckSettings] = field(default_factory=dict)

    def parameters_of(self, deck_id: str) -> Parameters:
        """How the cards of a deck are scheduled."""
        return self.decks[deck_id].parameters if deck_id in self.decks else self.parameters
