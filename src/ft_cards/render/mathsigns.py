"""The signs of TeX that Unicode has: tables for `mathtext`, after the symbol list of LaTeX's own manual."""

from typing import Final


def _pairs(text: str) -> dict[str, str]:
    words = text.split()
    return dict(zip(words[::2], words[1::2], strict=True))


LETTERS: Final = _pairs(
    r"""
    \alpha α \beta β \gamma γ \delta δ \epsilon ϵ \varepsilon ε \zeta ζ \eta η \theta θ \vartheta ϑ \iota ι
    \kappa κ \lambda λ \mu μ \nu ν \xi ξ \pi π \rho ρ \sigma σ \varsigma ς \tau τ \upsilon υ \phi φ \varphi φ
    \chi χ \psi ψ \omega ω \Gamma Γ \Delta Δ \Theta Θ \Lambda Λ \Xi Ξ \Pi Π \Sigma Σ \Upsilon Υ \Phi Φ \Psi Ψ
    \Omega Ω \ell ℓ \hbar ℏ \partial ∂ \nabla ∇ \infty ∞ \emptyset ∅ \varnothing ∅ \forall ∀ \exists ∃ \neg ¬
    \lnot ¬ \Re ℜ \Im ℑ \aleph ℵ \imath ı \jmath ȷ \angle ∠ \triangle △ \square □ \checkmark ✓ \dagger †
    \ldots … \dots … \dotsc … \dotsb … \cdots ⋯ \vdots ⋮ \ddots ⋱ \degree ° \prime ′ \top ⊤ \bot ⊥ \star ⋆
    \% % \$ $ \# # \& & \_ _ \{ { \} } \| ‖ \backslash \ \lbrace { \rbrace } \langle ⟨ \rangle ⟩ \lfloor ⌊
    \rfloor ⌋ \lceil ⌈ \rceil ⌉ \lVert ‖ \rVert ‖ \Vert ‖ \lvert | \rvert | \vert | \lbrack [ \rbrack ]
    """
)
"""Letters and closed signs: nothing goes around them."""

BIG: Final = _pairs(
    r"\sum ∑ \prod ∏ \coprod ∐ \int ∫ \iint ∬ \oint ∮ \bigcup ⋃ \bigcap ⋂ \bigoplus ⨁ \bigotimes ⨂ \bigvee ⋁"
)
"""Big operators: a space comes after them and their limits."""

TIGHT: Final = _pairs(r"\cdot · \times × \circ ∘ \ast ∗ \bullet • \odot ⊙ \otimes ⊗ \oplus ⊕ \div ÷")
"""Operators that bind: no space around them where both sides are short, as in 2·10⁵."""

SPACED: Final = _pairs(
    r"""
    \leq ≤ \le ≤ \geq ≥ \ge ≥ \neq ≠ \ne ≠ \approx ≈ \equiv ≡ \sim ∼ \simeq ≃ \cong ≅ \propto ∝ \ll ≪ \gg ≫ \lt <
    \gt > \in ∈ \notin ∉ \ni ∋ \subset ⊂ \subseteq ⊆ \supset ⊃ \supseteq ⊇ \cup ∪ \cap ∩ \setminus ∖ \to →
    \rightarrow → \leftarrow ← \gets ← \leftrightarrow ↔ \Rightarrow ⇒ \Leftarrow ⇐ \Leftrightarrow ⇔ \iff ⇔
    \implies ⇒ \mapsto ↦ \longrightarrow ⟶ \longleftarrow ⟵ \longmapsto ⟼ \uparrow ↑ \downarrow ↓ \mid | \parallel ∥
    \perp ⊥ \land ∧ \wedge ∧ \lor ∨ \vee ∨ \coloneqq ≔ \triangleq ≜ \pm ± \mp ∓ \models ⊨ \vdash ⊢ \doteq ≐ \succ ≻
    \prec ≺ \bmod mod
    """
)
"""Relations and arrows: a space on both sides."""

NAMES: Final = frozenset(
    [
        r"\log",
        r"\ln",
        r"\lg",
        r"\exp",
        r"\sin",
        r"\cos",
        r"\tan",
        r"\cot",
        r"\sinh",
        r"\cosh",
        r"\tanh",
        r"\arcsin",
        r"\arccos",
        r"\arctan",
        r"\max",
        r"\min",
        r"\sup",
        r"\inf",
        r"\lim",
        r"\arg",
        r"\det",
        r"\dim",
        r"\ker",
        r"\deg",
        r"\gcd",
        r"\Pr",
        r"\argmax",
        r"\argmin",
        r"\softmax",
        r"\limsup",
        r"\liminf",
    ]
)
"""Functions that are written as their name."""

ACCENTS: Final = {
    r"\hat": "\u0302", r"\widehat": "\u0302", r"\tilde": "\u0303", r"\widetilde": "\u0303", r"\bar": "\u0304",
    r"\overline": "\u0305", r"\vec": "\u20d7", r"\dot": "\u0307", r"\ddot": "\u0308", r"\check": "\u030c",
    r"\breve": "\u0306", r"\acute": "\u0301", r"\grave": "\u0300", r"\underline": "\u0332",
}  # fmt: skip
"""Combining marks, put on each letter below them."""

SPACES: Final = {
    r"\,": " ", r"\:": " ", r"\;": " ", r"\ ": " ", "~": " ", r"\!": "", r"\quad": "  ", r"\qquad": "    ",
    r"\enspace": " ", r"\thinspace": " ", r"\hspace": " ",
}  # fmt: skip

PLAIN: Final = frozenset(
    [
        r"\mathrm",
        r"\text",
        r"\textrm",
        r"\textnormal",
        r"\mathsf",
        r"\textsf",
        r"\mathtt",
        r"\texttt",
        r"\mathit",
        r"\textit",
        r"\operatorname",
        r"\mbox",
    ]
)
"""Fonts that change nothing a terminal shows."""

IGNORED: Final = frozenset(
    [
        r"\left",
        r"\right",
        r"\big",
        r"\Big",
        r"\bigg",
        r"\Bigg",
        r"\bigl",
        r"\bigr",
        r"\Bigl",
        r"\Bigr",
        r"\biggl",
        r"\biggr",
        r"\displaystyle",
        r"\textstyle",
        r"\limits",
        r"\nolimits",
        r"\middle",
        r"\scriptstyle",
        r"\nonumber",
    ]
)

SUPERSCRIPTS: Final = dict(
    zip(
        "0123456789+−=()abcdefghijklmnoprstuvwxyzABDEGHIJKLMNOPRTUVWαβγδεθιφχ⊤′∘°*∗-",
        "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾ᵃᵇᶜᵈᵉᶠᵍʰⁱʲᵏˡᵐⁿᵒᵖʳˢᵗᵘᵛʷˣʸᶻᴬᴮᴰᴱᴳᴴᴵᴶᴷᴸᴹᴺᴼᴾᴿᵀᵁⱽᵂᵅᵝᵞᵟᵋᶿᶥᵠᵡᵀ′°°**⁻",
        strict=True,
    )
)
SUBSCRIPTS: Final = dict(
    zip("0123456789+−=()aehijklmnoprstuvxβγρφχ-", "₀₁₂₃₄₅₆₇₈₉₊₋₌₍₎ₐₑₕᵢⱼₖₗₘₙₒₚᵣₛₜᵤᵥₓᵦᵧᵨᵩᵪ₋", strict=True)
)

_HOLES: Final = _pairs(
    "\U0001d49d ℬ \U0001d4a0 ℰ \U0001d4a1 ℱ \U0001d4a3 ℋ \U0001d4a4 ℐ \U0001d4a7 ℒ \U0001d4a8 ℳ \U0001d4ad ℛ"
    " \U0001d53a ℂ \U0001d53f ℍ \U0001d545 ℕ \U0001d547 ℙ \U0001d548 ℚ \U0001d549 ℝ \U0001d551 ℤ"
    " \U0001d4ba ℯ \U0001d4bc ℊ \U0001d4c4 ℴ"
)
"""Letters that Unicode had before it got the mathematical alphabets."""

_FONTS: Final = {
    r"\mathbf": (0x1D400, 0x1D41A, 0x1D7CE), r"\boldsymbol": (0x1D400, 0x1D41A, 0x1D7CE),
    r"\bm": (0x1D400, 0x1D41A, 0x1D7CE), r"\textbf": (0x1D400, 0x1D41A, 0x1D7CE),
    r"\mathcal": (0x1D49C, 0x1D4B6, 0), r"\mathscr": (0x1D49C, 0x1D4B6, 0),
    r"\mathbb": (0x1D538, 0x1D552, 0x1D7D8), r"\mathfrak": (0x1D56C, 0x1D586, 0),
}  # fmt: skip
FONTS: Final = frozenset(_FONTS)


def in_font(font: str, text: str) -> str:
    """Return the text in one of `FONTS`; letters that the font lacks stay as they are."""
    capital, small, digit = _FONTS[font]
    out = []
    for sign in text:
        if "A" <= sign <= "Z":
            sign = chr(capital + ord(sign) - ord("A"))
        elif "a" <= sign <= "z":
            sign = chr(small + ord(sign) - ord("a"))
        elif digit and "0" <= sign <= "9":
            sign = chr(digit + ord(sign) - ord("0"))
        out.append(_HOLES.get(sign, sign))
    return "".join(out)
