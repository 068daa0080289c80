"""The text of config.toml → settings, and back."""

import pytest

from ft_cards.memory.parameters import DEFAULT_WEIGHTS, Parameters
from ft_cards.memory.queue import QueueSettings
from ft_cards.study.config import OPTIONS, ConfigError, read_config, value_of
from ft_cards.study.config_text import toml_value, with_setting, without_setting
from ft_cards.study.settings import DeckSettings, Settings

WHOLE = """\
[review]
new-per-day = 5
reviews-per-day = 50
new-order = "random"
retention = 0.85
learning-steps = ["1 min", "1h"]
relearning-steps = []
maximum-interval = 365
fuzz = false
learn-ahead = "30 min"
leech-lapses = 4
rollover-hour = 0

[decks."ft.two"]
retention = 0.95
new-per-day = 1
"""


def test_every_setting_is_read() -> None:
    parameters = Parameters(DEFAULT_WEIGHTS, 0.85, (60, 3600), (), 365, False)  # type: ignore[arg-type]
    own = Parameters(DEFAULT_WEIGHTS, 0.95, (60, 3600), (), 365, False)  # type: ignore[arg-type]
    assert read_config(WHOLE, "config.toml") == Settings(
        0, "random", QueueSettings(5, 50, 1800, None, 4), parameters, {"ft.two": DeckSettings(own, 1)}  # type: ignore[arg-type]
    )  # fmt: skip


def test_an_empty_text_gives_the_defaults() -> None:
    assert read_config("", "config.toml") == Settings()


MISTAKES = {
    "[review]\nretention = 2": "config.toml:2: retention: a number from 0.70 to 0.99 is wanted",
    "[review]\n\nfuz = true": 'config.toml:3: there is no setting "fuz"; did you mean "fuzz"?',
    "[reviews]\nfuzz = true": 'config.toml:1: there is no section "reviews"; there is [review] and [decks.ID]',
    "fuzz = true": 'config.toml:1: there is no section "fuzz"; there is [review] and [decks.ID]',
    "[review]\nfuzz = true\nfuzz = false": "config.toml:3: this is no TOML: Cannot overwrite a value",
    "[review": "config.toml:1: this is no TOML: Expected ']' at the end of a table declaration",
    "[review]\nlearning-steps = [5]": 'config.toml:2: learning-steps: a time is written as "90 s", "10 min", "2 h" or "1 d"',
    '[review]\nlearning-steps = "1 min soon"': 'config.toml:2: learning-steps: the steps are times like "1 min, 10 min", and "soon" is none',
    "[review]\nnew-per-day = -1": "config.toml:2: new-per-day: a whole number from 0 to 9,999 is wanted",
    "[review]\nweights = [1, 2]": "config.toml:2: weights: a set of FSRS weights has 17, 19 or 21 values, not 2",
    '[review]\nlearning-steps = ["40 d"]': "config.toml:1: a learning step lasts from 1 second to 30 days, not 3456000 seconds",
    "[decks.one]\nrollover-hour = 3": 'config.toml:2: "rollover-hour" holds for all decks; put it under [review]',
    "[review]\nfuzz = 1\nretention = 0\n": "config.toml:2: fuzz: true or false is wanted\nconfig.toml:3: retention: a number from 0.70 to 0.99 is wanted",
}


@pytest.mark.parametrize("text", MISTAKES)
def test_each_mistake_is_named_with_its_line(text: str) -> None:
    with pytest.raises(ConfigError) as error:
        read_config(text, "config.toml")
    assert str(error.value) == MISTAKES[text]


@pytest.mark.parametrize("name", OPTIONS)
def test_a_value_in_force_can_be_written_and_read_again(name: str) -> None:
    value = value_of(read_config(WHOLE, "x"), name)
    text = with_setting("", "review", name, toml_value(OPTIONS[name].as_toml(value)))
    assert value_of(read_config(text, "x"), name) == value
    assert read_config(without_setting(text, "review", name), "x") == Settings()


def test_setting_keeps_comments_and_all_other_lines() -> None:
    text = "# mine\n[review]\n# steps\nlearning-steps = [\n  '1 min',  # a\n]\nfuzz = true\n\n[decks.a]\nfuzz = false\n"
    set_ = with_setting(text, "review", "learning-steps", '["5 min"]')
    assert set_ == '# mine\n[review]\n# steps\nlearning-steps = ["5 min"]\nfuzz = true\n\n[decks.a]\nfuzz = false\n'
    assert with_setting(set_, "decks.a", "retention", "0.8").endswith("[decks.a]\nretention = 0.8\nfuzz = false\n")
    assert without_setting(text, "decks.a", "fuzz") == text.removesuffix("fuzz = false\n")
    assert without_setting(text, "review", "weights") == text
    assert with_setting(text, "decks.b.c", "fuzz", "true").endswith('\n\n[decks."b.c"]\nfuzz = true\n')


def test_the_value_of_a_deck_is_its_own_or_that_of_all() -> None:
    settings = read_config(WHOLE, "x")
    asked = ("new-per-day", "reviews-per-day", "retention", "fuzz", "leech-lapses")
    assert [value_of(settings, name, "ft.two") for name in asked] == [1, 50, 0.95, False, 4]
    assert [value_of(settings, name, "other") for name in asked] == [5, 50, 0.85, False, 4]
