"""The budgets: each work beside its yardstick, whole processes, in one run. Prints ratios; trust those.

python benchmarks/run.py            all but the growth to 100,000 cards
python benchmarks/run.py --growth   that too
"""

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import sample

HERE = Path(__file__).parent
PYTHON = sys.executable
TOOL = [PYTHON, "-m", "ft_cards"]
CARDS, DECKS = 10_000, 20


def seconds(
    command: list[str], env: dict[str, str], *, rounds: int = 3, before: Callable[[], None] | None = None
) -> float:
    """Return the best wall time of a whole process: of many rounds where one is short, and chance weighs more."""
    best = float("inf")
    for _ in range(rounds):
        if before:
            before()
        start = time.perf_counter()
        subprocess.run(command, env=env, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        best = min(best, time.perf_counter() - start)
    return best


def show(work: str, ours: float, yardstick: str, theirs: float, budget: float, unit: str = "s") -> bool:
    """Print one row; return whether it keeps its budget."""
    ratio = ours / theirs
    verdict = "ok" if ratio <= budget else "OVER"
    measured = f"{work:<34} {ours:8.3f} {unit:<2}  {yardstick:<26} {theirs:8.3f} {unit:<2}"
    print(f"{measured}  {ratio:6.3f} <= {budget:<5} {verdict}", flush=True)
    return ratio <= budget


def clear(folder: Path) -> None:
    """Empty a folder."""
    subprocess.run(["rm", "-rf", str(folder)], check=True) if os.name != "nt" else None


def main(work: Path, *, growth: bool) -> int:
    env = {**os.environ, "FT_CARDS_CACHE": str(work / "cache")}
    env.pop("PYTHONDONTWRITEBYTECODE", None)  # an installed tool has its bytecode: both sides shall
    fine = True
    one = work / "one.yaml"
    one.write_text(sample.deck(0, CARDS, mixed=False), encoding="utf-8")
    load = f"import yaml; yaml.load(open({str(one)!r}, encoding='utf-8').read(), yaml.CSafeLoader)"
    theirs = seconds([PYTHON, "-c", load], env)
    ours = seconds([*TOOL, "check", str(one)], env, before=lambda: clear(work / "cache"))
    fine &= show("check, 10,000 cards, cold", ours, "CSafeLoader", theirs, 0.7)
    fine &= show("check, nothing changed", seconds([*TOOL, "check", str(one)], env), "CSafeLoader", theirs, 0.7)

    project = work / "project"
    sample.project(project, CARDS, DECKS)
    straight_package = work / "straight.apkg"
    straight = seconds([PYTHON, str(HERE / "straight.py"), str(project / "decks"), str(straight_package)], env)
    build = [*TOOL, "build", str(project)]

    def cold() -> None:
        for path in (work / "cache", project / "dist"):
            clear(path)
        (project / "ft-cards.lock").unlink(missing_ok=True)

    fine &= show("build, cold", seconds(build, env, before=cold), "straight script", straight, 0.7)
    fine &= show("build, nothing changed", seconds(build, env, rounds=6), "straight script", straight, 0.12)
    changes = iter(range(100))
    deck = project / "decks" / "deck-007.yaml"

    def change() -> None:
        text = deck.read_text(encoding="utf-8")
        deck.write_text(text.replace("to blame the", f"to blame, {next(changes)}, the", 1), encoding="utf-8")

    fine &= show(
        "build, one card changed", seconds(build, env, before=change, rounds=6), "straight script", straight, 0.15
    )
    ours_size = (project / "dist" / "bench.apkg").stat().st_size
    theirs_size = straight_package.stat().st_size
    fine &= show("package size", ours_size / 1e6, "genanki, stored", theirs_size / 1e6, 0.25, unit="MB")
    bare = seconds([PYTHON, "-c", "pass"], env, rounds=10)
    version = seconds([*TOOL, "--version"], env, rounds=10)
    fine &= show("--version", version, "python -c pass", bare, 5)
    if growth:
        fine &= _growth(work, env)
    return 0 if fine else 1


def _growth(work: Path, env: dict[str, str]) -> bool:
    """Ten times the cards: time and the greatest memory of any process."""
    measure = (
        "import resource, subprocess, sys, time; start = time.perf_counter(); "
        "subprocess.run(sys.argv[1:], check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL); "
        "print(time.perf_counter() - start, resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)"
    )
    rows = []
    for cards, decks in ((10_000, 20), (100_000, 200)):
        folder = work / f"growth-{cards}"
        sample.project(folder, cards, decks)
        clear(work / "cache")
        command = [PYTHON, "-c", measure, *TOOL, "build", str(folder)]
        out = subprocess.run(command, env=env, check=True, capture_output=True, text=True).stdout.split()
        rows.append((float(out[0]), int(out[1]) / 1024**2))
    (small, _), (large, memory) = rows
    fine = show("cold build, 100,000 cards", large, "10,000 cards", small, 11)
    return show("its greatest memory", memory, "one GB", 1.0, 1.2, unit="GB") and fine


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as name:
        sys.exit(main(Path(name), growth="--growth" in sys.argv))
