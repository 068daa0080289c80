"""What is typed on the keyboard → keys of the session. Pure: knows the state, not the screen."""

from __future__ import annotations

from ft_cards.memory.records import Grade
from ft_cards.study.faces import Pick, Tick
from ft_cards.study.messages import Choose, Command, Enter, Key, Rate
from ft_cards.study.screen.scene import LETTERS
from ft_cards.study.state import State

LEAVE = frozenset({"q", "Q", "escape", "ctrl+d"})
"""The keys that close a sheet, end the session, and leave its end page. Ctrl+C leaves at once."""
_COMMANDS = {command.value: command for command in Command}


def key_of(name: str, state: State) -> Key | None:
    """The session's key for a key's name as textual gives it, or None.

    Letters that name options of the card are options; with Ctrl or Shift a letter is always a command.
    """
    if name in ("enter", "space"):
        return Enter()
    if name in ("1", "2", "3", "4"):
        return Rate(Grade(int(name)))
    if name in LETTERS and state.overlay is None and LETTERS.index(name) < options_shown(state):
        return Choose(LETTERS.index(name))
    if name in ("question_mark", "f1"):
        return Command.HELP
    return _COMMANDS.get(name.removeprefix("ctrl+").lower())


def options_shown(state: State) -> int:
    """How many letters name an option now."""
    if state.question is None:
        return 0
    task = state.question.face.task
    if state.stage == "back":
        return len(task.concepts) if isinstance(task, Tick) else 0
    return len(task.options) if isinstance(task, Pick) else len(state.options)
