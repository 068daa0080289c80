"""Rooms for the tests of the wing `study`."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.study.desks import Room, room


@pytest.fixture
def study_room(tmp_path: Path) -> Iterator[Room]:
    made = room(tmp_path)
    yield made
    made.store.close()
