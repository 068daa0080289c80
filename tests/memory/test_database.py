import shutil
import sqlite3
import subprocess
import sys
import tempfile
from contextlib import closing
from pathlib import Path

import pytest
from memory_builders import EASY, GOOD, answer, keys, later, moment, rows

from ft_cards.memory import backup, database, migrations
from ft_cards.memory.errors import (
    StoreDamaged,
    StoreError,
    StoreForeign,
    StoreFull,
    StoreLocked,
    StoreTooNew,
    StoreUnreachable,
)
from ft_cards.memory.parameters import Parameters
from ft_cards.memory.records import Millis
from ft_cards.memory.store import Store

(KEY,) = keys("a")
TODAY = moment().day


@pytest.fixture
def path(tmp_path):
    return tmp_path / "reviews.sqlite3"


def filled(path, count=3):
    """A closed store with so many answers."""
    with Store(path, TODAY) as store:
        for key in keys(*(f"card-{number}" for number in range(count))):
            answer(store, key, EASY, moment())
    return path


def refusal(path, kind, busy=0.1):
    """The message with which a file is refused; the file stays as it was, to the byte."""
    before = path.read_bytes() if path.is_file() else None
    with pytest.raises(kind) as error:
        Store(path, TODAY, busy=busy)
    assert isinstance(error.value, StoreError)
    assert (path.read_bytes() if path.is_file() else None) == before
    return str(error.value)


def test_a_store_is_durable_strict_and_keeps_its_references(path):
    with Store(path, TODAY):
        connection = database.connect(path, TODAY)
        settings = [
            connection.execute(f"PRAGMA {name}").fetchone()[0]
            for name in ("journal_mode", "synchronous", "foreign_keys", "user_version", "application_id")
        ]
        strict = connection.execute(
            "SELECT count(*), sum(strict) FROM pragma_table_list WHERE schema = 'main' AND name NOT LIKE 'sqlite%'"
        ).fetchone()
        connection.close()
    assert settings == ["wal", 2, 1, len(migrations.scripts()), migrations.APPLICATION_ID]
    assert strict == (5, 5)


def test_the_default_place_is_the_systems_own(monkeypatch, tmp_path):
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    place = database.default_path()
    assert place.name == "reviews.sqlite3"
    assert place.parent.name == "ft-cards"


def test_the_folders_on_the_way_are_made(tmp_path):
    path = tmp_path / "über" / "a b" / "reviews.sqlite3"
    assert filled(path).exists()


def test_a_text_file_is_refused(path):
    path.write_text("Dear diary, " * 200)
    assert refusal(path, StoreForeign) == (f"{path} is not a review database and was left as it is; name another file")


def test_the_database_of_another_program_is_refused(path):
    with closing(sqlite3.connect(path)) as other:
        other.execute("CREATE TABLE recipes (name)")
    assert refusal(path, StoreForeign) == (
        f"{path} is the database of another program and was left as it is; name another file"
    )


def test_a_folder_is_refused(path):
    path.mkdir()
    assert refusal(path, StoreForeign) == f"{path} is a folder; name a file"


def test_a_file_in_the_place_of_the_folder_is_refused(tmp_path):
    (tmp_path / "file").write_text("")
    message = refusal(tmp_path / "file" / "reviews.sqlite3", StoreUnreachable)
    assert message == f"{tmp_path / 'file' / 'reviews.sqlite3'} can't be opened: File exists"


def test_a_store_of_a_newer_version_is_refused(path):
    filled(path)
    with closing(sqlite3.connect(path, isolation_level=None)) as future:
        future.execute("PRAGMA user_version = 99")
    known = len(migrations.scripts())
    assert refusal(path, StoreTooNew) == (
        f"{path} has version 99, and this ft-cards knows up to {known}; upgrade ft-cards"
    )


def test_a_damaged_store_is_refused_and_its_backups_stay(path):
    filled(path, count=300)
    with Store(path, TODAY):
        pass
    data = bytearray(path.read_bytes())
    for page in range(1, len(data) // 4096):
        data[page * 4096 : page * 4096 + 64] = b"\xa5" * 64
    path.write_bytes(data)
    good = {copy: copy.read_bytes() for copy in backup.backups(path)}
    with pytest.raises(StoreDamaged) as error:
        Store(path, later(days=1).day)
    assert str(error.value) == (
        f"{path} is damaged and was left as it is; move it away and copy the newest file of "
        f"{path.with_name('reviews-backups')} in its place"
    )
    assert path.read_bytes() == data
    assert {copy: copy.read_bytes() for copy in path.with_name("reviews-backups").iterdir()} == good


def test_an_emptied_file_is_refused_when_there_are_backups(path):
    filled(path)
    with Store(path, TODAY):
        pass
    path.write_bytes(b"")
    copy = path.with_name("reviews-backups") / "reviews-2026-05-01.sqlite3"
    assert refusal(path, StoreDamaged) == f"{path} is empty, but {copy} is not; copy that in its place"


def test_an_empty_file_without_backups_becomes_a_store(path):
    path.touch()
    assert rows(filled(path), "SELECT count(*) FROM reviews") == [(3,)]


def test_a_store_that_is_held_by_another_program_says_so_and_loses_nothing(path):
    filled(path)
    with Store(path, TODAY, busy=0.1) as store, closing(sqlite3.connect(path, isolation_level=None)) as other:
        shown = store.show(KEY, Parameters(), moment())
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(StoreLocked) as error:
            store.answer(shown, GOOD, moment().at, Millis(1))
        assert str(error.value) == f"{path} is in use by another program; close that one and try again"
        assert refusal(path, StoreLocked) == str(error.value)
        other.execute("ROLLBACK")
        assert store.answer(shown, GOOD, moment().at, Millis(1)).review.id == 4


def test_a_full_disk_says_so_and_loses_nothing(path):
    filled(path)
    with Store(path, TODAY) as store:
        pages = store._connection.execute("PRAGMA page_count").fetchone()[0]
        store._connection.execute(f"PRAGMA max_page_count = {pages}")
        shown = store.show(KEY, Parameters(), moment())
        with pytest.raises(StoreFull) as error:
            store.answer(shown, GOOD, moment().at, Millis(1), "long " * 9000)
        assert str(error.value) == (
            f"no room left on the disk of {path}; free some and try again, what was answered before is saved"
        )
        assert store.answer(shown, GOOD, moment().at, Millis(1), "short").review.id == 4
        assert store.differences() == []


LIMITED = """
import resource, sys
from pathlib import Path
sys.path.insert(0, sys.argv[2])
from memory_builders import GOOD, answer, keys, moment
from ft_cards.memory.errors import StoreError
from ft_cards.memory.store import Store
with Store(Path(sys.argv[1]), moment().day) as store:
    resource.setrlimit(resource.RLIMIT_FSIZE, (60_000, 60_000))
    for number, key in enumerate(keys(*(f"more-{n}" for n in range(1000)))):
        try:
            answer(store, key, GOOD, moment())
        except StoreError as error:
            print(number, type(error).__name__, error, sep="|")
            break
"""


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no limit of the size of a file")
def test_a_quota_that_is_used_up_loses_no_answer(path):
    filled(path)
    here = str(Path(__file__).parent)
    run = subprocess.run([sys.executable, "-c", LIMITED, str(path), here], capture_output=True, text=True, check=False)
    number, kind, message = run.stdout.strip().split("|")
    assert (kind, message.split(";")[0]) == ("StoreUnreachable", f"the disk refused to read or write {path}")
    with Store(path, TODAY) as store:
        assert len(list(store.actions())) == 3 + int(number) > 3
        assert store.differences() == []


UNPRIVILEGED = """
import os, sys
from pathlib import Path
from ft_cards.memory.errors import StoreError
from ft_cards.memory.migrations import scripts
from ft_cards.memory.store import Store
scripts()
if os.getuid() == 0:
    os.setuid(65534)
try:
    Store(Path(sys.argv[1]), 9617)
except StoreError as error:
    print(type(error).__name__, error, sep="|")
"""


@pytest.mark.skipif(sys.platform == "win32", reason="other permissions")
@pytest.mark.parametrize(("file", "folder"), [(0o444, 0o755), (0o444, 0o555), (0o644, 0o555)])
def test_a_store_that_may_not_be_written_is_refused(file, folder):
    place = Path(tempfile.mkdtemp())
    path = filled(place / "reviews.sqlite3")
    try:
        path.chmod(file)
        place.chmod(folder)
        run = subprocess.run(
            [sys.executable, "-c", UNPRIVILEGED, str(path)], capture_output=True, text=True, check=False
        )
        said = f"{path} can't be written; give yourself write permission on it and on its folder"
        assert (run.stdout, run.stderr) == (f"StoreReadOnly|{said}\n", "")
        assert rows(path, "SELECT count(*) FROM reviews") == [(3,)]
    finally:
        place.chmod(0o755)
        shutil.rmtree(place)


def test_a_backup_is_made_once_a_day_and_ten_are_kept(path):
    filled(path)
    for days in range(12):
        for _ in range(2):
            with Store(path, later(days=days).day) as store:
                answer(store, KEY, GOOD, later(days=days))
    copies = backup.backups(path)
    assert [copy.name for copy in copies] == [f"reviews-2026-05-{day:02}.sqlite3" for day in range(3, 13)]
    assert sorted(path.with_name("reviews-backups").iterdir()) == copies
    counts = [rows(copy, "SELECT count(*) FROM reviews") for copy in copies]
    assert counts == [[(3 + 2 * day,)] for day in range(2, 12)]
    assert rows(copies[0], "PRAGMA journal_mode") == [("delete",)]


def test_a_backup_can_take_the_place_of_the_store(path):
    filled(path)
    with Store(path, TODAY):
        pass
    path.write_bytes(backup.backups(path)[-1].read_bytes())
    with Store(path, TODAY) as store:
        assert len(list(store.actions())) == 3
        assert store.differences() == []


def test_a_backup_folder_that_cannot_be_made_is_reported(path):
    filled(path)
    path.with_name("reviews-backups").write_text("in the way")
    with pytest.raises(StoreUnreachable) as error:
        Store(path, TODAY)
    copy = path.with_name("reviews-backups") / "reviews-2026-05-01.sqlite3"
    assert str(error.value) == f"the backup {copy} can't be written: File exists; make way for it"


@pytest.mark.parametrize("version", range(len(migrations.scripts()) + 1))
def test_a_store_of_each_old_version_becomes_the_newest(path, version):
    steps = migrations.scripts()
    with closing(sqlite3.connect(path, isolation_level=None)) as old:
        migrations.migrate(old, steps[:version])
    with Store(path, TODAY) as store:
        answer(store, KEY, GOOD, moment())
        assert store.differences() == []
    fresh = path.with_name("fresh.sqlite3")
    Store(fresh, TODAY).close()
    schema = "SELECT type, name, sql FROM sqlite_schema ORDER BY name"
    assert rows(path, schema) == rows(fresh, schema)


NEXT = "ALTER TABLE reviews ADD COLUMN device TEXT;\nUPDATE reviews SET device = 'shell; old';\n"


def test_a_migration_backs_up_first_and_keeps_all_reviews(path):
    filled(path)
    steps = (*migrations.scripts(), NEXT)
    database.connect(path, TODAY, steps=steps).close()
    assert rows(path, "SELECT id, device FROM reviews") == [(number, "shell; old") for number in (1, 2, 3)]
    assert rows(path, "PRAGMA user_version") == [(len(steps),)]
    (copy,) = backup.backups(path)
    assert copy.name == f"reviews-2026-05-01-before-version-{len(steps)}.sqlite3"
    assert rows(copy, "PRAGMA user_version") == [(len(steps) - 1,)]


def test_a_migration_that_fails_leaves_the_store_as_it_was(path):
    filled(path)
    schema = "SELECT type, name, sql FROM sqlite_schema ORDER BY name"
    before = rows(path, schema), rows(path, "SELECT * FROM reviews")
    with pytest.raises(sqlite3.OperationalError, match="no such table: absent"):
        database.connect(path, TODAY, steps=(*migrations.scripts(), f"{NEXT}DROP TABLE absent;"))
    assert (rows(path, schema), rows(path, "SELECT * FROM reviews")) == before
    with Store(path, TODAY) as store:
        assert len(list(store.actions())) == 3


OPENING = """
import sys
from pathlib import Path
from ft_cards.memory.store import Store
sys.stdin.read()
Store(Path(sys.argv[1]), 9617).close()
"""


def test_several_processes_may_make_the_store_at_once(path):
    starting = [subprocess.Popen([sys.executable, "-c", OPENING, str(path)], stdin=subprocess.PIPE) for _ in range(4)]
    for process in starting:
        assert process.stdin is not None
        process.stdin.close()
    assert [process.wait(60) for process in starting] == [0] * 4
    assert rows(path, "PRAGMA integrity_check") == [("ok",)]


def test_an_old_sqlite_is_refused(path, monkeypatch):
    monkeypatch.setattr(sqlite3, "sqlite_version_info", (3, 31, 1))
    monkeypatch.setattr(sqlite3, "sqlite_version", "3.31.1")
    with pytest.raises(StoreUnreachable, match=r"SQLite is 3.31.1, and 3.37 is needed"):
        Store(path, TODAY)
    assert not path.exists()


def test_the_clock_of_a_backup_is_the_callers(path):
    filled(path)
    Store(path, later(days=400).day).close()
    assert [copy.name for copy in backup.backups(path)] == ["reviews-2027-06-05.sqlite3"]
