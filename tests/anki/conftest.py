"""A fresh learner for each test that asks for one."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from .collection import Learner


@pytest.fixture
def learner(tmp_path: Path) -> Iterator[Learner]:
    made = Learner(tmp_path / "learner")
    yield made
    made.close()
