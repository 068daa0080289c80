from hypothesis import given
from hypothesis import strategies as st

from ft_cards.study.screen.curve import bars, forgetting_curve, meter
from ft_cards.study.screen.prose import CLOSE, OPEN, Line, Program, Run, Style, Table, Words, blocks


def run(text: str, *styles: Style, link: str = "") -> Run:
    return Run(text, frozenset(styles), link)


def test_words_carry_their_styles() -> None:
    text = "a **b `c`** *d* ~~e~~ $x^2$\n[f](https://g.example) ![h](i.png)"
    assert blocks(text) == (
        Words(
            (
                run("a "), run("b ", "strong"), run("c", "strong", "code"), run(" "), run("d", "em"), run(" "),
                run("e", "strike"), run(" "), run("x²", "math"), run(" "), run("f", "link", link="https://g.example"),
                run(" "), run("▣ h (i.png)", "image"),
            )
        ),
    )  # fmt: skip


def test_lists_know_their_depth_and_numbers() -> None:
    assert blocks("3. a\n4. b\n   - c\n\n     d\n") == (
        Words((run("a"),), indent=3, lead="3.", tight=True),
        Words((run("b"),), indent=3, lead="4.", tight=True),
        Words((run("c"),), indent=6, lead="•"),
        Words((run("d"),), indent=6),
    )


def test_blocks_of_other_kinds() -> None:
    text = "# a\n\n> b\n\n```python\nc\n```\n\n$$\nd\n$$\n\n---\n\n| e | f |\n|---|--:|\n| **g** | h |\n"
    assert blocks(text) == (
        Words((run("a"),), "heading"),
        Words((run("b"),), "quote"),
        Program("c", "python"),
        Words((run("d", "math"),), "math", indent=2),
        Line(),
        Table((((run("e"),), (run("f"),)), ((run("g", "strong"),), (run("h"),))), ("left", "right")),
    )


def test_a_blank_may_hold_code_and_emphasis() -> None:
    assert blocks(f"a {OPEN}*b* `c`{CLOSE} d") == (
        Words((run("a "), run("b", "em", "blank"), run(" ", "blank"), run("c", "code", "blank"), run(" d"))),
    )


@given(st.text(max_size=200))
def test_any_text_has_blocks(text: str) -> None:
    blocks(text)


def test_a_curve_falls_from_the_first_day_to_the_last() -> None:
    points = [(100 + day, 0.9 ** (day / 4)) for day in range(9)]
    assert forgetting_curve(points, 104, width=40, height=3) == (
        "100 % ┤██▇▇▆▆▅▅▅▄▄▃▃▃▂▂▁▁▁",
        "      ┤█████████████████████▇▇▇▆▆▆▅▅▄▄▄▃▃▃▂▂▂▁▁",
        " 70 % ┤████████████████████████████████████████",
        "      └────────────────────┴───────────────────",
        "       answer        today, day 4         day 8",
    )


def test_bars_and_meters() -> None:
    assert bars([0, 1, 4, 8]) == " ▁▄█"
    assert bars([]) == ""
    assert bars([0, 0]) == "  "
    assert meter(1, 4, width=8) == "━━──────"
    assert meter(0, 0, width=4) == "────"
