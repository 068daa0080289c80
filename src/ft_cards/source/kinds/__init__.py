"""The kinds of card. A new kind is a new file here and one line in `KINDS`."""

from ft_cards.source.kinds.choice import Choice
from ft_cards.source.kinds.cloze import Cloze
from ft_cards.source.kinds.code import CodeCard
from ft_cards.source.kinds.common import Card
from ft_cards.source.kinds.explain import Explain
from ft_cards.source.kinds.recall import Recall
from ft_cards.source.kinds.story import Story

KINDS: dict[str, type[Card]] = {
    "recall": Recall,
    "choice": Choice,
    "code": CodeCard,
    "cloze": Cloze,
    "explain": Explain,
    "story": Story,
}
