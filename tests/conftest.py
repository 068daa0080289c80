"""What all tests share: a cache of the run's own, and how hypothesis searches."""

from pathlib import Path

import pytest
from hypothesis import settings

settings.register_profile("ft-cards", deadline=None, print_blob=True)
settings.load_profile("ft-cards")


@pytest.fixture(autouse=True)
def _own_cache(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    """Keep the tests out of the user's cache, and colours out of the reports."""
    monkeypatch.setenv("FT_CARDS_CACHE", str(tmp_path_factory.getbasetemp() / "cache"))
    monkeypatch.setenv("NO_COLOR", "1")


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty folder, and the test stands in it."""
    monkeypatch.chdir(tmp_path)
    return tmp_path
