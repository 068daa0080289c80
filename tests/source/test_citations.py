"""Citations as authors write them → works."""

import pytest

from ft_cards.source.citations import MANUALS, WEB, WORKS, Work, works

LORA = "https://arxiv.org/abs/2106.09685"


@pytest.mark.parametrize(
    ("citations", "expected"),
    [
        ([f"Hu et al. 2021, LoRA, section 4.1, {LORA}"], [Work(WORKS, "Hu et al. 2021", "LoRA", LORA, 1)]),
        (
            [f"Hu et al. 2021, LoRA, section 4.1, for the rank, {LORA}", "Hu et al. 2021, LoRA", "Hu et al. 2021, p. 3"],
            [Work(WORKS, "Hu et al. 2021", "LoRA", LORA, 3)],
        ),
        (
            ["Li 2023, Llama, https://a.org/1", "Li 2023, Llama 2, https://a.org/2", "Li 2023, Llama 2"],
            [
                Work(WORKS, "Li 2023", "Llama", "https://a.org/1", 1),
                Work(WORKS, "Li 2023", "Llama 2", "https://a.org/2", 2),
            ],
        ),
        (
            ["Li 2023, for the bound,\nhttps://a.org/1.; Wu & Xu 1999 for the proof"],
            [Work(WORKS, "Li 2023", "", "https://a.org/1", 1), Work(WORKS, "Wu & Xu 1999", "", "", 1)],
        ),
        (
            ["Python documentation, module hashlib; and object.__hash__", "python 3 documentation", "PEP 8 of 2001"],
            [
                Work(WORKS, "PEP 8 of 2001", "", "", 1),
                Work(MANUALS, "python 3 documentation", "", "", 1),
                Work(MANUALS, "Python documentation", "module hashlib", "", 1),
            ],
        ),
        (["https://a.org/b_c", "(https://a.org/b_c)"], [Work(WEB, "a.org/b_c", "", "https://a.org/b_c", 2)]),
        (["Knuth, The Art of Computer Programming, chapter 7"], [Work(WORKS, "", "Knuth, The Art of Computer Programming", "", 1)]),
        (["", " ;"], []),
    ],
)  # fmt: skip
def test_works_are_listed_once(citations: list[str], expected: list[Work]) -> None:
    assert works(citations) == expected
