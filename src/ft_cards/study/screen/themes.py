"""The two themes: dark and light, with a contrast of at least 4.5 to 1 for all text (WCAG 2.2, 1.4.3)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from textual.theme import BUILTIN_THEMES, Theme

DARK: Final = Theme(
    name="cards-dark",
    dark=True,
    primary="#7aa2f7",
    secondary="#bb9af7",
    accent="#7dcfff",
    foreground="#d5d9e6",
    background="#17181c",
    surface="#1f2126",
    panel="#2a2d34",
    success="#9ece6a",
    warning="#e5b567",
    error="#f7768e",
    variables={
        "text-muted": "#a3aabd",
        "text-primary": "#8fb1f9",
        "text-success": "#9ece6a",
        "text-warning": "#e5b567",
        "text-error": "#f98a9f",
        "text-code": "#7dcfff",
        "text-math": "#cbb2f7",
        "text-number": "#e5b567",
        "rule": "#43464e",
        "success-muted": "#26351f",
        "warning-muted": "#3a3020",
        "error-muted": "#3d222a",
    },
)
LIGHT: Final = Theme(
    name="cards-light",
    dark=False,
    primary="#2456a6",
    secondary="#6b3fa0",
    accent="#0b6475",
    foreground="#22252d",
    background="#fbfaf7",
    surface="#f2f0ea",
    panel="#e6e3da",
    success="#2f6b1f",
    warning="#8a5a00",
    error="#b01e33",
    variables={
        "text-muted": "#545863",
        "text-primary": "#2456a6",
        "text-success": "#2f6b1f",
        "text-warning": "#7c5100",
        "text-error": "#a81c31",
        "text-code": "#0b5c6b",
        "text-math": "#6b3fa0",
        "text-number": "#7c5100",
        "rule": "#c9c5b9",
        "success-muted": "#dfeed8",
        "warning-muted": "#f6e8c8",
        "error-muted": "#f8dde0",
    },
)

_DEFAULT: Final = "ansi_default"
PLAIN: Final = Theme(
    name="cards-plain",
    ansi=True,
    primary=_DEFAULT,
    secondary=_DEFAULT,
    accent=_DEFAULT,
    foreground=_DEFAULT,
    background=_DEFAULT,
    surface=_DEFAULT,
    panel=_DEFAULT,
    success=_DEFAULT,
    warning=_DEFAULT,
    error=_DEFAULT,
    variables={
        **dict.fromkeys(BUILTIN_THEMES["ansi-dark"].variables, _DEFAULT),
        **dict.fromkeys(DARK.variables, _DEFAULT),
        "input-cursor-text-style": "reverse",
    },
)
"""The terminal's own two colours and nothing else; what matters is bold, underlined, reversed or has a sign."""


def chosen(environment: Mapping[str, str]) -> Theme:
    """The theme for a terminal: light where `COLORFGBG` names a light background (7 or 15), else dark.

    `FT_CARDS_THEME` set to `light` or `dark` wins, and `NO_COLOR` over all.
    """
    if environment.get("NO_COLOR"):
        return PLAIN
    wish = environment.get("FT_CARDS_THEME", "")
    if wish in ("light", "dark"):
        return LIGHT if wish == "light" else DARK
    background = environment.get("COLORFGBG", "").rpartition(";")[2]
    return LIGHT if background in ("7", "15") else DARK
