"""What hypothesis draws: texts that may stand in a deck, and decks spoilt at random."""

from pathlib import Path

from hypothesis import strategies as st

from ft_cards.source.text import UNPRINTABLE

EVERY_KIND = (Path(__file__).parent.parent / "cases" / "decks" / "every-kind.yaml").read_bytes().decode()

_SIGNS = st.one_of(
    st.characters(exclude_categories=["Cs"]),
    st.sampled_from(" \t:-#{}[]&*!|>'\"%@`,?~$\\0🤗é\u00a0\u200b"),
)


def texts(*, lines: bool) -> st.SearchStrategy[str]:
    """Return any text that a file can hold, over several lines or on one."""
    signs = _SIGNS | st.just("\n") if lines else _SIGNS
    return (
        st.text(signs)
        .filter(lambda text: not UNPRINTABLE.search(text) and "\r" not in text)
        .filter(lambda text: lines or "\n" not in text)
    )


_PIECES = st.sampled_from(
    ["{{c1::", "}}", "::", "- ", ": ", "\n", "\t", "  ", "'", '"', "|\n", ">", "[", "]", "{", "}", "&a ", "*a", "<<: *a",
     "!!str ", "---\n", "#", "%", "@", "`", "\\", "\r\n", "\r", "\0", "\ufeff", "\u2028", "\x85", "😀", "![x](y.png)", "$",
     "id: ", "kind: code\n", "cards:\n", "null", "~", "500", "\x1f", "```", "  - id: x\n    kind: cloze\n    text: "]
)  # fmt: skip


@st.composite
def spoilt(draw: st.DrawFn, source: str = EVERY_KIND) -> bytes:
    """Cut, double, move and put in: one to eight changes to a deck that was correct, then perhaps to its bytes."""
    text = source
    for _ in range(draw(st.integers(1, 8))):
        start = draw(st.integers(0, len(text)))
        end = min(len(text), start + draw(st.sampled_from([0, 0, 1, 2, 5, 40, 400])))
        put = draw(st.sampled_from(["", text[start:end] * 2]) | _PIECES | st.text(max_size=5))
        text = text[:start] + put + text[end:]
    data = text.encode("utf-8", errors="surrogatepass")
    if draw(st.booleans()) and data:
        at = draw(st.integers(0, len(data) - 1))
        data = data[:at] + draw(st.binary(max_size=3)) + data[at + 1 :]
    return data
