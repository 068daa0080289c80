"""Paths → the library, the second time from the cache."""

from pathlib import Path

from ft_cards.cache import Cache
from ft_cards.study import shelf
from ft_cards.study.cards import Item, Library
from tests.builders import card_text
from tests.study.desks import write


def told(made: Library) -> list[tuple[object, ...]]:
    """All that an item says of itself."""
    return [
        (item.key, item.name, item.card, item.deck.id, item.deck.name, item.path, item.reverse, item.asked, item.tags)
        for item in made.items
    ]


def opened(folder: Path, *paths: Path) -> Library:
    made, problems = shelf.open_library(paths, folder, Cache(folder / "cache"), 1)
    assert problems == []
    return made


def test_what_comes_from_the_cache_is_what_was_put_there(tmp_path: Path) -> None:
    path = write(tmp_path)
    first, second = opened(tmp_path, path), opened(tmp_path, path)
    assert told(second) == told(first)
    assert list(second.by_key) == [item.key for item in second.items]
    assert len(told(first)) == 9


def test_a_second_time_nothing_is_read_until_a_card_is_shown(tmp_path: Path) -> None:
    path = write(tmp_path)
    opened(tmp_path, path)
    deck = opened(tmp_path, path).decks[0]
    assert "cards" not in vars(deck)
    assert (deck.cards[0].id, "cards" in vars(deck)) == ("what", True)


def test_a_changed_deck_or_lock_is_read_anew(tmp_path: Path) -> None:
    path = write(tmp_path)
    opened(tmp_path, path)
    write(tmp_path, card_text("recall", "one"))
    assert [item.name for item in opened(tmp_path, path).items] == ["one"]
    line = '{"card":"sample/one","guid":"abc","kind":"recall","mod":1700000000,"source":"x"}\n'
    (tmp_path / "ft-cards.lock").write_text('{"ft-cards-lock":1}\n' + line)
    assert [item.key for item in opened(tmp_path, path).items] == [("abc", 0)]


def test_a_card_stands_as_it_did_when_the_session_began(tmp_path: Path) -> None:
    path = write(tmp_path)
    opened(tmp_path, path)
    item: Item = opened(tmp_path, path).items[2]
    write(tmp_path, card_text("recall", "one"))
    assert (item.name, item.card.id) == ("which", "which")


def test_a_damaged_entry_is_no_entry(tmp_path: Path) -> None:
    path = write(tmp_path)
    first = opened(tmp_path, path)

    class Odd(Cache):
        def get(self, key: str) -> object:
            return {"decks": 3} if key.startswith("shelf") else super().get(key)

    made, _ = shelf.open_library([path], tmp_path, Odd(tmp_path / "cache"), 1)
    assert told(made) == told(first)
