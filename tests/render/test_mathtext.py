import pytest
from hypothesis import given
from hypothesis import strategies as st

from ft_cards.render.mathtext import readable

FORMULAS = {
    r"7 \cdot 10^9": "7·10⁹",
    r"5 \cdot 10^{-5}": "5·10⁻⁵",
    r"C \approx 6ND": "C ≈ 6ND",
    r"\theta \leftarrow \theta - \eta\,\nabla_{\theta} L": "θ ← θ − η ∇_θ L",
    r"\frac{a+b}{2}": "(a + b)/2",
    r"\frac{(a)(b)}{c}": "((a)(b))/c",
    r"\frac{1}{N}\sum_{i=1}^N x_i": "1/N ∑ᵢ₌₁ᴺ xᵢ",
    r"W + \frac{\alpha}{r} BA": "W + α/r BA",
    r"\hat{y} = \sigma(\mathbf{w}^\top \mathbf{x} + b)": "ŷ = σ(𝐰ᵀ𝐱 + b)",
    r"\mathcal{L}_{\mathrm{CE}} = -\sum_k y_k \log \hat{p}_k": "ℒ_CE = −∑ₖ yₖ log p̂ₖ",
    r"\operatorname{softmax}\left(\frac{QK^\top}{\sqrt{d_k}}\right)V": "softmax(QKᵀ/√dₖ)V",
    r"\sqrt{a^2+b^2} \neq \sqrt[3]{x}": "√(a² + b²) ≠ ∛x",
    r"A \in \mathbb{R}^{r \times k}": "A ∈ ℝ^(r×k)",
    r"d_{\text{model}}": "d_model",
    r"x_{<i}": "x_<i",
    r"e^{-q}": "e^(−q)",
    r"a^{b^c}": "a^(bᶜ)",
    r"O(n \log n)": "O(n log n)",
    r"\max(0, 1 - t)": "max(0, 1 − t)",
    r"\|w\|_2^2": "‖w‖₂²",
    r"\text{KL}(p \,\|\, q)": "KL(p ‖ q)",
    r"\begin{pmatrix} a & b \\ c & d \end{pmatrix}": "(a b; c d)",
    r"\begin{aligned} a &= b \\ c &= d \end{aligned}": "a = b\nc = d",
    r"x \not\in S": "x ∉ S",
    r"\binom{n}{k}": "C(n, k)",
    r"2\%\text{ of }\$5": "2% of $5",
    r"\unheard{x}": r"\unheard{x}",
    r"\frac{1}": r"\frac{1}",
    "{a": "{a",
    "a}": "a}",
}


@pytest.mark.parametrize("tex", FORMULAS)
def test_a_formula_reads_as_one_would_write_it(tex: str) -> None:
    assert readable(tex) == FORMULAS[tex]


@given(st.text(alphabet=r"\{}^_&abx12+-= ()[]fracsqrtsum,'~", max_size=40))
def test_any_text_is_read_or_shown_as_it_is(tex: str) -> None:
    assert "\0" not in readable(tex)


@given(st.text(alphabet="abcxyz", min_size=1, max_size=20))
def test_plain_letters_stay(text: str) -> None:
    assert readable(text) == text
