"""The text of `config.toml` → settings. Each mistake is named with its line; one is enough to give none."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from difflib import get_close_matches
from typing import Any

from ft_cards.memory.parameters import ParametersError, upgrade_weights
from ft_cards.study.settings import DeckSettings, Settings


class ConfigError(Exception):
    """The configuration can't be used; the text names each mistake with its line."""


@dataclass(frozen=True, slots=True)
class Option:
    """A setting: what it is for, how its value is read and shown, whether a single deck may have its own."""

    about: str
    read: Callable[[Any], Any]
    per_deck: bool = True

    def as_toml(self, value: Any) -> Any:
        """A value in force, as it is written in the file: times with their units."""
        if self.read is _seconds:
            return _time(value)
        return [_time(each) for each in value] if self.read is _steps else value


_UNITS = {"s": 1, "sec": 1, "m": 60, "min": 60, "h": 3600, "d": 86400}
_STEP = re.compile(r"(\d+(?:\.\d+)?)\s*(s|sec|min|m|h|d)(?![a-z])")


def _seconds(value: Any) -> int:
    found = _STEP.fullmatch(value.strip()) if isinstance(value, str) else None
    if not found:
        raise ValueError('a time is written as "90 s", "10 min", "2 h" or "1 d"')
    return round(float(found[1]) * _UNITS[found[2]])


def _time(seconds: int) -> str:
    unit = next(name for name in ("d", "h", "min", "s") if seconds % _UNITS[name] == 0)
    return f"{seconds // _UNITS[unit]} {unit}"


def _steps(value: Any) -> tuple[int, ...]:
    if isinstance(value, str):
        rest = _STEP.sub("", value).replace(",", "").strip()
        if rest:
            raise ValueError(f'the steps are times like "1 min, 10 min", and "{rest}" is none')
        return tuple(_seconds(found.group()) for found in _STEP.finditer(value))
    if not isinstance(value, list):
        raise ValueError('the steps are a list of times: ["1 min", "10 min"], or [] for none')
    return tuple(_seconds(each) for each in value)


def _whole(low: int, high: int) -> Callable[[Any], int]:
    def read(value: Any) -> int:
        if isinstance(value, str) and value.strip().isdigit():
            value = int(value)
        if not isinstance(value, int) or isinstance(value, bool) or not low <= value <= high:
            raise ValueError(f"a whole number from {low} to {high:,} is wanted")
        return value

    return read


def _share(value: Any) -> float:
    try:
        number = float(value)
    except (TypeError, ValueError):
        number = 0.0
    if not 0.7 <= number <= 0.99:
        raise ValueError("a number from 0.70 to 0.99 is wanted")
    return number


def _switch(value: Any) -> bool:
    if isinstance(value, str) and value in ("true", "false"):
        return value == "true"
    if not isinstance(value, bool):
        raise ValueError("true or false is wanted")
    return value


def _order(value: Any) -> str:
    if value not in ("source", "random"):
        raise ValueError('"source" or "random" is wanted')
    return str(value)


def _weights(value: Any) -> tuple[float, ...]:
    if isinstance(value, str):
        value = value.replace(",", " ").strip("[] ").split()
    try:
        return upgrade_weights([float(each) for each in value])
    except ParametersError:
        raise
    except (TypeError, ValueError):
        raise ValueError("a list of 17, 19 or 21 numbers is wanted, as FSRS optimizers print it") from None


OPTIONS: dict[str, Option] = {
    "new-per-day": Option("New cards shown on a day, at most.", _whole(0, 9999)),
    "reviews-per-day": Option("Due cards shown on a day, at most.", _whole(0, 9999)),
    "new-order": Option('New cards come in the order of the "source", or "random".', _order, per_deck=False),
    "retention": Option("The share of right answers to aim at. More means more reviews.", _share),
    "learning-steps": Option("When a new card comes back until it counts as learnt.", _steps),
    "relearning-steps": Option("The same for a card that was forgotten.", _steps),
    "maximum-interval": Option("Days between two reviews, at most.", _whole(1, 36500)),
    "fuzz": Option("Spread intervals a little, so that cards learnt together part.", _switch),
    "weights": Option("The 21 weights of FSRS-6; older sets of 17 or 19 are taken too.", _weights),
    "learn-ahead": Option("How early a step may come when nothing else is left.", _seconds, per_deck=False),
    "leech-lapses": Option("A card forgotten so often is called a leech; 0: never.", _whole(0, 999), per_deck=False),
    "rollover-hour": Option("The hour at which your day begins.", _whole(0, 23), per_deck=False),
}

_PARAMETERS = {
    "retention": "desired_retention",
    "learning-steps": "learning_steps",
    "relearning-steps": "relearning_steps",
    "maximum-interval": "maximum_interval",
    "fuzz": "fuzz",
    "weights": "weights",
}
_LIMITS = {"new-per-day": "new_per_day", "reviews-per-day": "reviews_per_day"}
_QUEUE = {**_LIMITS, "learn-ahead": "learn_ahead", "leech-lapses": "leech_lapses"}
_TOP = {"new-order": "new_order", "rollover-hour": "rollover_hour"}


def read_config(text: str, shown: str) -> Settings:
    """The settings that a text gives. `shown` names the file in errors. Raises `ConfigError`."""
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        line = re.search(r" \(at (?:line (\d+), column \d+|end of document)\)$", str(error))
        place = line[1] if line and line[1] else str(max(1, text.count("\n") + 1))
        message = str(error)[: line.start()] if line else str(error)
        raise ConfigError(f"{shown}:{place}: this is no TOML: {message}") from None
    reader = _Reader(text, shown)
    settings = reader.settings(data)
    if reader.mistakes:
        raise ConfigError("\n".join(reader.mistakes))
    return settings


def value_of(settings: Settings, name: str, deck_id: str | None = None) -> Any:
    """The value in force for a setting, for all decks or for one."""
    deck = settings.decks.get(deck_id or "")
    if name in _PARAMETERS:
        return getattr(settings.parameters_of(deck_id or ""), _PARAMETERS[name])
    if deck and name in _LIMITS and (own := getattr(deck, _LIMITS[name])) is not None:
        return own
    return getattr(settings.queue, _QUEUE[name]) if name in _QUEUE else getattr(settings, _TOP[name])


def close_to(word: str, known: Mapping[str, object] | list[str]) -> str:
    """`did you mean "fuzz"?`, or all that is known."""
    close = get_close_matches(word, list(known), n=1)
    return f'did you mean "{close[0]}"?' if close else f"there is {', '.join(known)}"


class _Reader:
    """Collects the mistakes of one text."""

    def __init__(self, text: str, shown: str) -> None:
        self._lines = text.splitlines()
        self._shown = shown
        self.mistakes: list[str] = []

    def settings(self, data: Mapping[str, Any]) -> Settings:
        for name in data.keys() - {"review", "decks"}:
            self._mistake("", name, f'there is no section "{name}"; there is [review] and [decks.ID]')
        whole = self._table(data.get("review", {}), "review", deck=False)
        settings = Settings()
        queue = {_QUEUE[name]: value for name, value in whole.items() if name in _QUEUE}
        top = {_TOP[name]: value for name, value in whole.items() if name in _TOP}
        settings = replace(
            settings,
            queue=replace(settings.queue, **queue),
            parameters=self._parameters(settings.parameters, whole, "review"),
            **top,
        )
        decks = data.get("decks", {})
        if not isinstance(decks, dict):
            self._mistake("", "decks", "the settings of a deck stand under [decks.ID]")
            decks = {}
        return replace(settings, decks={name: self._deck(name, decks[name], settings) for name in decks})

    def _deck(self, deck_id: str, given: Any, settings: Settings) -> DeckSettings:
        section = f"decks.{deck_id}"
        own = self._table(given, section, deck=True)
        limits = {_LIMITS[name]: value for name, value in own.items() if name in _LIMITS}
        return DeckSettings(self._parameters(settings.parameters, own, section), **limits)

    def _parameters(self, base: Any, values: Mapping[str, Any], section: str) -> Any:
        given = {_PARAMETERS[name]: value for name, value in values.items() if name in _PARAMETERS}
        try:
            return replace(base, **given)
        except ParametersError as error:
            self._mistake(section, "", str(error))
            return base

    def _table(self, given: Any, section: str, *, deck: bool) -> dict[str, Any]:
        if not isinstance(given, dict):
            self._mistake("", section, f"[{section}] is a section with settings in it")
            return {}
        values = {}
        for name, value in given.items():
            option = OPTIONS.get(name)
            if option is None:
                self._mistake(section, name, f'there is no setting "{name}"; {close_to(name, OPTIONS)}')
            elif deck and not option.per_deck:
                self._mistake(section, name, f'"{name}" holds for all decks; put it under [review]')
            else:
                try:
                    values[name] = option.read(value)
                except ValueError as error:
                    self._mistake(section, name, f"{name}: {error}")
        return values

    def _mistake(self, section: str, name: str, message: str) -> None:
        self.mistakes.append(f"{self._shown}:{line_of(self._lines, section, name) or 1}: {message}")


def line_of(lines: list[str], section: str, name: str) -> int | None:
    """The number (from 1) of the line on which a setting stands, or its section where `name` is empty."""
    here, heading = "", None
    for number, line in enumerate(lines, 1):
        if found := re.match(r"\s*\[([^\]]+)\]", line):
            here = found[1].replace('"', "").replace("'", "").replace(" ", "")
            if section in (here, "") and (not name or here.split(".")[0] == name):
                heading = heading or number
        elif here == section and name and re.match(rf"""\s*["']?{re.escape(name)}["']?\s*[=.]""", line):
            return number
    return heading
