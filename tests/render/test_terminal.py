"""A card as the terminal shows it, whole."""

from textwrap import dedent

from rich.console import Console

from ft_cards.render.terminal import sides
from tests.builders import card_text, cards_of, deck_text


def shown(kind: str, **keys: object) -> str:
    (card,) = cards_of(deck_text(card_text(kind, **keys)))
    console = Console(width=40, color_system=None, force_terminal=False)
    with console.capture() as captured:
        console.print(*sides(card), sep="\n")
    return "\n".join(line.rstrip() for line in captured.get().splitlines())


def test_below_a_program_stand_the_hint_and_the_options_of_each_blank() -> None:
    blanks = [{"text": "loss", "hint": "of what?"}, {"text": "backward", "distractors": ["forward"]}]
    assert shown("code", blanks=blanks) == dedent("""\
        lora · code ────────────────────────────
        Fill it in.

          [1].[2]()

          [1] of what?
          [2] forward  ·  backward
        answer ─────────────────────────────────

          loss.backward()

        1. loss
        2. backward  (not forward)""")


def test_the_points_of_an_explanation_are_boxes_and_the_answer_has_a_title() -> None:
    assert shown("explain", answer="It adds factors.") == dedent("""\
        lora · explain ─────────────────────────
        Say what LoRA does.
        answer ─────────────────────────────────
        ☐ it freezes
        ☐ it factors

        Model answer
        It adds factors.""")
