from hypothesis import given
from hypothesis import strategies as st

from ft_cards.study.screen.guard import PAUSE, QUIET, Guard


def meant(presses: list[tuple[str, float]]) -> list[tuple[str, float]]:
    """The presses that count, with each one that waits decided when QUIET has gone by."""
    guard, taken, waiting = Guard(), [], None
    for key, at in [*presses, ("", float("inf"))]:
        if waiting and at - waiting[1] >= QUIET:
            guard, was_meant = guard.settle(*waiting)
            taken += [waiting] if was_meant else []
            waiting = None
        if not key:
            break
        guard, decision = guard.press(key, at)
        taken += [(key, at)] if decision == "take" else []
        waiting = (key, at) if decision == "wait" else waiting
    return taken


def test_a_held_key_counts_once() -> None:
    held = [("space", 0.0), *(("space", 0.5 + 0.033 * number) for number in range(60))]
    assert meant(held) == [("space", 0.0)]


def test_two_quick_presses_count_twice() -> None:
    assert meant([("space", 0.0), ("space", 0.4)]) == [("space", 0.0), ("space", 0.4)]


def test_a_key_that_was_held_can_be_pressed_again() -> None:
    held = [("enter", 0.0), *(("enter", 0.3 + 0.04 * number) for number in range(30))]
    assert meant([*held, ("enter", 3.0)]) == [("enter", 0.0), ("enter", 3.0)]


def test_different_keys_do_not_wait_for_each_other() -> None:
    presses = [("space", 0.0), ("3", 0.05), ("space", 0.1), ("3", 0.15)]
    assert meant(presses) == presses


@given(st.floats(0.2, 1.1), st.floats(0.005, QUIET - 0.01), st.integers(2, 200), st.sampled_from(["space", "u", "3"]))
def test_a_held_key_counts_once_at_any_speed(pause: float, repeat: float, times: int, key: str) -> None:
    held = [(key, 0.0), *((key, pause + repeat * number) for number in range(times))]
    assert meant(held) == [(key, 0.0)]


@given(st.lists(st.floats(QUIET + 0.01, 5 * PAUSE), max_size=20))
def test_presses_with_room_between_them_all_count(rooms: list[float]) -> None:
    presses, at = [("space", 0.0)], 0.0
    for room in rooms:
        at += room
        presses.append(("space", at))
    assert meant(presses) == presses
