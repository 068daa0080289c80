"""What `build` writes, says and refuses."""

import json
import subprocess
import sys
import time
from pathlib import Path

from tests.builders import card_text, deck_text
from tests.cli.conftest import Run


def project(here: Path) -> None:
    (here / "decks").mkdir()
    (here / "ft-cards.yaml").write_text("namespace: sample\ntitle: A sample\n", encoding="utf-8")
    for name in ("one", "two"):
        text = deck_text(card_text(id=f"{name}-a", question=f"{name}?"), id=name, deck=f"Sample::{name}", language="en")
        (here / "decks" / f"{name}.yaml").write_text(text, encoding="utf-8")


def test_a_package_for_each_deck_and_one_for_all(run: Run, here: Path) -> None:
    project(here)
    done = run("build")
    assert (done.returncode, done.stderr) == (0, "made ft-cards.lock: commit it, it keeps every card's identity\n")
    assert done.stdout == (
        "dist/one.apkg     1 note, 1 card\ndist/two.apkg     1 note, 1 card\ndist/sample.apkg  2 notes, 2 cards\n"
    )
    manifest = json.loads((here / "dist" / "manifest.json").read_text(encoding="utf-8"))
    assert [(each["file"], each["deck"], each["title"], each["language"]) for each in manifest["packages"]] == [
        ("one.apkg", "one", "Sample::one", "en"),
        ("two.apkg", "two", "Sample::two", "en"),
        ("sample.apkg", "", "A sample", ""),
    ]
    assert manifest["project"] == {"namespace": "sample", "title": "A sample"}
    assert "(as before)" in run("build").stdout.splitlines()[0]


def test_one_deck_by_its_id(run: Run, here: Path) -> None:
    project(here)
    assert run("build", "--deck", "two").stdout == "dist/two.apkg  1 note, 1 card\n"
    assert [path.name for path in sorted((here / "dist").iterdir())] == ["manifest.json", "two.apkg"]
    wrong = run("build", "--deck", "twoo")
    assert wrong.returncode == 2
    assert 'there is no deck "twoo"; did you mean "two"?' in wrong.stderr


def test_one_deck_by_its_path_although_another_is_broken(run: Run, here: Path) -> None:
    project(here)
    run("build")
    lock = (here / "ft-cards.lock").read_text(encoding="utf-8")
    (here / "decks" / "two.yaml").write_text("deck: [", encoding="utf-8")
    done = run("build", "decks/one.yaml")
    assert (done.returncode, done.stdout) == (0, "dist/one.apkg  1 note, 1 card  (as before)\n")
    assert (here / "ft-cards.lock").read_text(encoding="utf-8") == lock
    assert run("build").returncode == 1


def test_locked_refuses_a_lock_out_of_date_and_leaves_it(run: Run, here: Path) -> None:
    project(here)
    refused = run("build", "--locked")
    assert refused.returncode == 1
    assert "lock-outdated" in refused.stderr
    assert not (here / "ft-cards.lock").exists()
    run("build")
    lock = (here / "ft-cards.lock").read_bytes()
    assert run("build", "--locked").returncode == 0
    path = here / "decks" / "one.yaml"
    path.write_text(path.read_text(encoding="utf-8").replace("one?", "What is one?"), encoding="utf-8")
    refused = run("build", "--locked")
    assert 'the note "one-a" is not in it as it is now' in refused.stderr
    assert (here / "ft-cards.lock").read_bytes() == lock


def test_a_deck_that_is_gone_takes_its_package_along(run: Run, here: Path) -> None:
    project(here)
    run("build")
    (here / "dist" / "mine.apkg").write_bytes(b"not from here")
    (here / "decks" / "two.yaml").unlink()
    done = run("build")
    assert "removed two.apkg" in done.stderr
    assert "removed sample.apkg" in done.stderr
    assert "1 gone: commit ft-cards.lock" in done.stderr
    assert [path.name for path in sorted((here / "dist").iterdir())] == ["manifest.json", "mine.apkg", "one.apkg"]


def test_two_builds_at_once_wait_for_each_other(run: Run, here: Path) -> None:
    project(here)
    command = [sys.executable, "-m", "ft_cards", "build"]
    builds = [subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) for _ in range(4)]
    assert [build.wait(timeout=60) for build in builds] == [0, 0, 0, 0]
    for build in builds:
        build.communicate()
    assert run("build", "--locked").stdout.count("(as before)") == 3


def test_ctrl_c_leaves_what_was_there(run: Run, here: Path) -> None:
    import signal

    project(here)
    run("build")
    before = {path.name: path.read_bytes() for path in (here / "dist").iterdir()}
    text = deck_text(*(card_text(id=f"x{n}", question=f"**{n}**?") for n in range(3000)), id="big")
    (here / "decks" / "big.yaml").write_text(text, encoding="utf-8")
    build = subprocess.Popen([sys.executable, "-m", "ft_cards", "build"], stderr=subprocess.PIPE, text=True)
    time.sleep(0.7)
    build.send_signal(signal.SIGINT)
    _, said = build.communicate(timeout=60)
    assert "Traceback" not in said
    after = {path.name: path.read_bytes() for path in (here / "dist").iterdir()}
    assert after.keys() >= before.keys()
    assert build.returncode in (0, 130)
    if build.returncode == 130:
        assert after == before
