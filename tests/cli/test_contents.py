"""`contents`: what is in the decks, as a page and for programs."""

import json
from pathlib import Path

from tests.builders import card_text, deck_text
from tests.cli.conftest import Run

PAGE = """\
<!-- Made by `ft-cards contents`: change the decks, not this page. -->

# Cards of \\*mine\\*

2 decks, 4 notes, 5 cards. A note with several blanks makes a card of each. The programs of 1 note are *proven*: `ft-cards check --run` runs them.

| deck | notes | cards | recall | code | easy | no level | proven |
| :-- | --: | --: | --: | --: | --: | --: | --: |
| [One](<my decks/one.yaml>) | 3 | 4 | 2 | 1 | 2 | 1 | 1 |
| [Sub › Two](<my decks/two.yaml>) | 1 | 1 | 1 | · | · | 1 | · |
| **all** | **4** | **5** | **3** | **1** | **2** | **2** | **1** |

## What each deck is about

- **[One](<my decks/one.yaml>)**: The *first* one.
- **[Sub › Two](<my decks/two.yaml>)**

## Sources

2 notes name a source.

### Papers, books and articles

- Hu et al. 2021, [LoRA](https://arxiv.org/abs/2106.09685) (2 notes)

### Documentation

- **Python documentation** (1 note): math.isfinite
"""


def project(here: Path) -> None:
    (here / "decks" / "my decks").mkdir(parents=True)
    (here / "ft-cards.yaml").write_text("namespace: mine\ntitle: Cards of *mine*\n", encoding="utf-8")
    lora = "Hu et al. 2021, LoRA, https://arxiv.org/abs/2106.09685"
    one = [
        card_text(id="a", level="easy", reverse=True, source=lora),
        card_text("code", id="b", code="f(a, b)", blanks=["a", "b"], verify="run", source=f"{lora}; Python documentation, math.isfinite"),
    ]  # fmt: skip
    texts = {
        "one": deck_text(*one, deck="All::Cards::One", id="one", description="The *first*\n  one."),
        "two": deck_text(card_text(id="c", question="Another?"), deck="All::Cards::Sub::Two", id="two"),
    }
    for name, text in texts.items():
        (here / "decks" / "my decks" / f"{name}.yaml").write_text(text, encoding="utf-8")


def test_the_page_counts_by_kind_and_level_and_lists_each_source_once(run: Run, here: Path) -> None:
    project(here)
    done = run("contents", "-o", "decks/README.md")
    assert (done.returncode, done.stdout, done.stderr) == (0, "decks/README.md\n", "")
    assert (here / "decks" / "README.md").read_text(encoding="utf-8") == PAGE
    assert run("contents", "-o", "decks/README.md").stdout == "decks/README.md  (as before)\n"
    assert run("check", "--strict").returncode == 0, "the page is no medium that nothing shows"


def test_links_lead_from_where_the_page_stands(run: Run, here: Path) -> None:
    project(here)
    assert run("contents").stdout == PAGE.replace("<my decks/", "<decks/my decks/")


def test_check_writes_nothing_and_fails_where_the_page_is_old(run: Run, here: Path) -> None:
    project(here)
    command = ("contents", "-o", "decks/README.md", "--check")
    page = here / "decks" / "README.md"
    done = run(*command)
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr == "Error: decks/README.md is out of date: run the same command without --check\n"
    assert not page.exists()
    page.write_bytes(PAGE.replace("\n", "\r\n").encode())
    assert run(*command).returncode == 0, "line ends are git's affair"
    page.write_text(PAGE.replace("**5**", "**6**"), encoding="utf-8")
    assert run(*command).returncode == 1


def test_the_same_for_programs(run: Run, here: Path) -> None:
    project(here)
    told = json.loads(run("contents", "--format", "json", "decks/my decks/one.yaml").stdout)
    assert told == {
        "decks": [
            {
                "id": "one",
                "name": "All::Cards::One",
                "path": "decks/my decks/one.yaml",
                "description": "The *first* one.",
                "notes": 3,
                "cards": 4,
                "kinds": {"recall": 2, "code": 1},
                "levels": {"easy": 2, "": 1},
                "proven": 1,
            }
        ],
        "sources": [
            {
                "group": "Papers, books and articles",
                "name": "Hu et al. 2021",
                "title": "LoRA",
                "url": "https://arxiv.org/abs/2106.09685",
                "cards": 2,
            },
            {"group": "Documentation", "name": "Python documentation", "title": "math.isfinite", "url": "", "cards": 1},
        ],
    }


def test_broken_decks_are_not_counted(run: Run, here: Path) -> None:
    project(here)
    (here / "decks" / "my decks" / "two.yaml").write_text("deck: A\nid: two\ncards: [1]\n", encoding="utf-8")
    done = run("contents", "-o", "decks/README.md")
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.startswith("decks/my decks/two.yaml:3:9: error: ")
    assert done.stderr.endswith("\nError: nothing was counted: mend the errors first\n")
    assert not (here / "decks" / "README.md").exists()
    done = run("contents", "--check")
    assert (done.returncode, done.stderr.splitlines()[-1]) == (
        2,
        "Error: --check compares with a file: name it with -o",
    )


def test_decks_of_one_name(run: Run, here: Path):
    for name in ("one", "two"):
        text = deck_text(card_text(id=name), id=name, deck="Both::Same")
        (here / f"{name}.yaml").write_text(text, encoding="utf-8")
    done = run("contents", "one.yaml", "two.yaml")
    links = [line for line in done.stdout.splitlines() if line.startswith("- **")]
    assert (done.returncode, links) == (0, ["- **[Same](one.yaml)**", "- **[Same](two.yaml)**"])
