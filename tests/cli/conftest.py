"""A terminal for tests: the real program, in the folder where the test stands."""

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

Run = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture
def run(here: Path) -> Run:
    """Return what runs `ft-cards` with arguments and gives back its output."""

    def run(*arguments: str, **extra: str) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-m", "ft_cards", *arguments]
        env = {**os.environ, "SOURCE_DATE_EPOCH": "1800000000", "COLUMNS": "80", **extra}
        return subprocess.run(command, env=env, capture_output=True, encoding="utf-8", timeout=120, check=False)

    return run
