"""Builds that go wrong: what was there before is still there, whole, and the next build mends all."""

import os
import resource
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from ft_cards.build import build
from ft_cards.cache import Cache
from ft_cards.parallel import Workers
from ft_cards.plan import next_lock, plan
from tests.anki.project import DAY, FIRST, Author, contents, deck, recall

PICTURE = "'![Loss](media/loss.png)'"


@pytest.fixture
def author(tmp_path: Path) -> Author:
    """A project of two decks that was built once, and was changed since."""
    author = Author(
        tmp_path / "author",
        a=deck(recall("one", answer=PICTURE), recall("two")),
        b=deck(recall("three"), id_="b", name="Tests::B"),
    )
    (author.root / "decks" / "media").mkdir()
    (author.root / "decks" / "media" / "loss.png").write_bytes(os.urandom(50_000))
    author.build()
    author.change("a", ("What is two?", "What, then, is two?"))
    author.change("b", ("What is three?", "What, then, is three?"))
    return author


def clean(author: Author, tmp_path: Path) -> dict[str, str]:
    """Return the files of a build of the same project elsewhere, from its sources and lock alone."""
    other = Author(tmp_path / "clean")
    for path in (author.root / "decks").rglob("*"):
        if path.is_file():
            target = other.root / path.relative_to(author.root)
            target.parent.mkdir(exist_ok=True)
            target.write_bytes(path.read_bytes())
    (other.root / "ft-cards.lock").write_text(author.lock, encoding="utf-8")
    other.build(day=500)
    return other.files()


def command(author: Author, before: Callable[[], None] | None = None, day: int = 1) -> subprocess.CompletedProcess[str]:
    """Run `ft-cards build` as a user does."""
    environment = os.environ | {"FT_CARDS_CACHE": "", "SOURCE_DATE_EPOCH": str(FIRST + day * DAY)}
    return subprocess.run(
        [sys.executable, "-m", "ft_cards", "build", "--jobs", "1"],
        cwd=author.root, env=environment, preexec_fn=before, capture_output=True, text=True, check=False,
    )  # fmt: skip


def assert_mended(author: Author, tmp_path: Path) -> None:
    done = command(author, day=2)
    assert (done.returncode, "Traceback" in done.stderr) == (0, False), done.stderr
    assert author.files() == clean(author, tmp_path)


def test_a_picture_that_vanishes_while_building(author: Author, tmp_path: Path):
    before = author.files()
    project = author.project()
    planned = plan(project)
    lock = next_lock(project, planned, FIRST + DAY)
    picture = author.root / "decks" / "media" / "loss.png"
    data = picture.read_bytes()
    picture.unlink()
    with pytest.raises(FileNotFoundError):
        build(project, author.dist, lock, planned, Cache(None), Workers(), lambda done, total: None)
    assert author.files() == before
    picture.write_bytes(data)
    assert_mended(author, tmp_path)


def test_a_picture_that_changes_while_building(author: Author, tmp_path: Path):
    before = author.files()
    project = author.project()
    planned = plan(project)
    lock = next_lock(project, planned, FIRST + DAY)
    (author.root / "decks" / "media" / "loss.png").write_bytes(b"another picture under the first one's name")
    with pytest.raises(OSError, match="it changed during the build"):
        build(project, author.dist, lock, planned, Cache(None), Workers(), lambda done, total: None)
    assert author.files() == before
    assert_mended(author, tmp_path)


@pytest.mark.parametrize("most", [0, 100, 3_000, 30_000])
def test_a_disk_that_is_full(author: Author, tmp_path: Path, most: int):
    before = author.files()
    done = command(author, before=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (most, most)))
    assert done.returncode == 1
    assert "Traceback" not in done.stderr
    assert "building failed: File too large" in done.stderr
    after = author.files()
    assert [name for name in after if name.startswith(".")] == []
    assert after.keys() == before.keys()
    for name in ("a.apkg", "b.apkg", "tests.apkg"):
        contents(author.dist / name)
    assert_mended(author, tmp_path)


def test_a_folder_that_can_not_be_written(author: Author, tmp_path: Path):
    before = author.files()
    blocked = author.root / "dist"
    moved = author.root / "away"
    blocked.rename(moved)
    blocked.write_text("a file, not a folder")
    done = command(author)
    assert (done.returncode, "Traceback" in done.stderr) == (1, False)
    assert "building failed: File exists" in done.stderr
    blocked.unlink()
    moved.rename(blocked)
    assert author.files() == before
    assert_mended(author, tmp_path)


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_a_read_only_folder(author: Author, tmp_path: Path):
    before = author.files()
    author.dist.chmod(0o555)
    done = command(author)
    author.dist.chmod(0o755)
    assert (done.returncode, "Traceback" in done.stderr) == (1, False)
    after = author.files()
    assert {name: after[name] for name in before if name != "ft-cards.lock"} == {
        name: before[name] for name in before if name != "ft-cards.lock"
    }
    assert_mended(author, tmp_path)


def test_a_package_that_somebody_damaged_is_made_again(author: Author, tmp_path: Path):
    cache = Cache(tmp_path / "cache")
    author.build(day=1, cache=cache)
    whole = author.files()
    for damage in (b"", b"PK", author.package().read_bytes()[:-1]):
        author.package().write_bytes(damage)
        assert author.build(day=2, cache=cache).written == {"a.apkg"}
        assert author.files() == whole
    (author.dist / "manifest.json").write_text("{")
    author.build(day=3, cache=cache)
    assert author.files() == whole


def test_a_package_of_a_deck_that_is_gone_is_deleted_and_no_other_file(author: Author):
    author.build(day=1)
    (author.dist / "mine.apkg").write_bytes(b"the author's own")
    (author.root / "decks" / "b.yaml").unlink()
    assert author.build(day=2).removed == ("b.apkg", "tests.apkg")
    assert sorted(author.files()) == ["a.apkg", "ft-cards.lock", "manifest.json", "mine.apkg"]
