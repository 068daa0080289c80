"""Makes a project of any size: cards of about 430 bytes, a third of them with code."""

from pathlib import Path

PROJECT = "namespace: bench\ntitle: A big project\n"


def recall(n: int) -> str:
    """Return a recall card in YAML."""
    return f"""\
  - id: recall-{n}
    kind: recall
    level: hard
    question: Model number {n} was tuned hard on contracts, and can no longer chat. What happened?
    answer: |
      **Catastrophic forgetting**: the weights that held the general skill were overwritten by the
      new task, because nothing in the loss $L_{{{n}}}$ asked for them to be kept.
    hint: think of what the loss sees
    tags: [forgetting, basics]
    mistakes:
      - to blame the tokenizer
"""


def choice(n: int) -> str:
    """Return a choice card in YAML."""
    return f"""\
  - id: choice-{n}
    kind: choice
    level: medium
    question: Which change lowers the memory of run {n} **most**?
    answer: halving the length of the sequences
    distractors:
      - {{text: halving the number of warm-up steps, why: Warm-up costs no memory at all.}}
      - {{text: halving the weight decay of the run, why: Decay is a factor and no tensor.}}
    explanation: |
      Activations grow with the length, and attention's scores with its *square*.
    source: Korthikanti et al. (2022)
"""


def code(n: int) -> str:
    """Return a code card in YAML."""
    return f"""\
  - id: code-{n}
    kind: code
    level: easy
    question: Put the calls of step {n} in order.
    code: |
      for batch in loader_{n}:
          optimizer.zero_grad()
          loss = model(**batch).loss
          loss.backward()
          optimizer.step()
          print(f"loss {{loss.item():.3f}}")
    blanks:
      - zero_grad
      - {{text: backward, distractors: [forward, detach], hint: fills the .grad fields}}
      - {{text: step, line: 5}}
"""


KINDS = (recall, choice, code)


def deck(first: int, cards: int, *, mixed: bool = True) -> str:
    """Return a deck file of so many cards, counted from `first`."""
    head = f"deck: Bench::Deck {first}\nid: deck-{first}\ncards:\n"
    return head + "".join((KINDS[n % 3] if mixed else recall)(n) for n in range(first, first + cards))


def project(folder: Path, cards: int, decks: int) -> None:
    """Write a project of mixed cards."""
    (folder / "decks").mkdir(parents=True)
    (folder / "ft-cards.yaml").write_text(PROJECT, encoding="utf-8")
    each = cards // decks
    for index in range(decks):
        text = deck(index * each, each)
        (folder / "decks" / f"deck-{index:03}.yaml").write_text(text, encoding="utf-8")
