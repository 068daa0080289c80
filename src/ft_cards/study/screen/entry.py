"""The field at the bottom: one line for a blank, several for own words."""

from __future__ import annotations

from textual import events
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.message import Message
from textual.widgets import Input, Static, TextArea

from ft_cards.study.screen.scene import Entry


class Written(Message):
    """Enter was pressed in the field."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.text = text


class _Line(Input):
    """One line. Esc gives the letters back to the session."""

    async def _on_key(self, event: events.Key) -> None:
        if event.key == "escape":
            _leave(self, event)
        elif event.key == "enter":
            _submit(self, event, self.value)
        else:
            await super()._on_key(event)


class _Words(TextArea):
    """Several lines. Enter is the end; Ctrl+J or Shift+Enter begins a new line."""

    async def _on_key(self, event: events.Key) -> None:
        if event.key == "escape":
            _leave(self, event)
        elif event.key == "enter":
            _submit(self, event, self.text)
        elif event.key in ("shift+enter", "ctrl+j"):
            event.stop()
            event.prevent_default()
            self.insert("\n")
        else:
            await super()._on_key(event)


def _leave(field: Input | TextArea, event: events.Key) -> None:
    event.stop()
    event.prevent_default()
    field.screen.set_focus(None)


def _submit(field: Input | TextArea, event: events.Key, text: str) -> None:
    event.stop()
    event.prevent_default()
    field.post_message(Written(text))


class EntryView(Vertical):
    """The field for a scene's entry, or nothing."""

    def __init__(self) -> None:
        super().__init__(id="entry")
        self._entry: Entry | None = None

    async def show(self, entry: Entry | None) -> None:
        """Put up the field; a new entry is empty, and has the focus where a blank is asked."""
        if entry == self._entry:
            return
        fresh = entry is not None and (self._entry is None or entry.id != self._entry.id)
        self._entry = entry
        self.set_class(entry is not None, "-shown")
        await self.remove_children()
        if entry is None:
            return
        await self.mount(_Row(entry))
        if fresh and not entry.own_words:
            self.write()

    def write(self) -> None:
        """Give the field the focus, where there is one."""
        for field in self.query("Input, TextArea"):
            field.focus()

    @property
    def writing(self) -> bool:
        """Whether letters go into the field."""
        return any(field.has_focus for field in self.query("Input, TextArea"))


class _Row(Horizontal):
    def __init__(self, entry: Entry) -> None:
        super().__init__(id="entry-row")
        self._entry = entry

    def compose(self) -> ComposeResult:
        yield Static(self._entry.label, classes="entry-label", markup=False)
        if self._entry.own_words:
            yield _Words(placeholder=self._entry.placeholder, soft_wrap=True, compact=True)
        else:
            yield _Line(placeholder=self._entry.placeholder, compact=True)
