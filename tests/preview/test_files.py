"""The pages as files: only what changed is written, only what is ours is touched, and mistakes stop it."""

import hashlib
import json
import re
from pathlib import Path

import pytest
from click.testing import CliRunner

from ft_cards.cli import cli

from .conftest import DECK, project, run


@pytest.fixture(autouse=True)
def _cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FT_CARDS_CACHE", str(tmp_path / "cache"))


def files(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def names(folder: Path) -> list[str]:
    return sorted(re.sub(r"-[0-9a-f]{12}\.", "-*.", name) for name in files(folder))


def times(folder: Path) -> dict[str, int]:
    return {name: (folder / name).stat().st_mtime_ns for name in files(folder)}


def test_the_site_is_written_whole_and_nothing_else(tmp_path: Path) -> None:
    folder = project(tmp_path / "samples")
    said = run("preview", folder, "-o", tmp_path / "out")
    assert names(tmp_path / "out") == [
        "decks/preview.html",
        "decks/square-*.svg",
        "decks/tone-*.wav",
        "ft-cards-site.json",
        "index.html",
        "mathjax.js",
        "mathjax.license.txt",
    ]
    assert said.endswith("index.html  1 deck, 7 cards  (6 files written)\n")
    assert not (folder / "ft-cards.lock").exists()
    assert not (folder / "dist").exists()


def test_a_second_run_writes_nothing_even_without_the_cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder, out = project(tmp_path / "samples"), tmp_path / "out"
    run("build", folder)
    run("preview", folder, "-o", out)
    before = times(out)
    del before["ft-cards-site.json"]
    monkeypatch.setenv("FT_CARDS_CACHE", str(tmp_path / "another"))
    assert run("preview", folder, "-o", out).endswith("(as before)\n")
    assert {name: times(out)[name] for name in before} == before


def test_only_the_page_of_the_deck_that_changed_is_written_anew(tmp_path: Path) -> None:
    folder, out = project(tmp_path / "samples"), tmp_path / "out"
    other = folder / "decks" / "other.yaml"
    other.write_text(
        "deck: Other\nid: other\ncards: [{id: a, kind: recall, question: A?, answer: B}]\n", encoding="utf-8"
    )
    run("preview", folder, "-o", out)
    before = files(out)
    other.write_text(other.read_text(encoding="utf-8").replace("A?", "C?"), encoding="utf-8")
    assert run("preview", folder, "-o", out).endswith("(2 files written)\n")  # the deck's page, and the index
    after = files(out)
    changed = {name for name in after if after[name] != before[name]} - {"ft-cards-site.json"}
    assert changed == {"decks/other.html"}
    assert b"C?" in after["decks/other.html"]
    other.unlink()
    run("preview", folder, "-o", out)
    assert not (out / "decks" / "other.html").exists()


def test_a_page_that_was_damaged_is_written_again(tmp_path: Path) -> None:
    folder, out = project(tmp_path / "samples"), tmp_path / "out"
    run("preview", folder, "-o", out)
    before = files(out)
    (out / "decks" / "preview.html").write_bytes(b"cut off")
    run("preview", folder, "-o", out)
    assert files(out) == before


def test_pages_of_someone_else_are_left_alone(tmp_path: Path) -> None:
    folder, out = project(tmp_path / "samples"), tmp_path / "out"
    out.mkdir()
    (out / "index.html").write_text("mine", encoding="utf-8")
    result = CliRunner().invoke(cli, ["preview", str(folder), "-o", str(out)])
    assert result.exit_code == 2
    assert "holds pages that ft-cards did not make; give another folder" in result.stderr
    assert files(out) == {"index.html": b"mine"}


def test_packages_are_offered_only_if_a_build_would_write_the_same(tmp_path: Path) -> None:
    folder, out = project(tmp_path / "samples"), tmp_path / "out"
    deck = folder / "decks" / "preview.yaml"
    run("preview", folder, "-o", out)
    assert b"run <code>ft-cards build</code>" in files(out)["index.html"]
    run("build", folder)
    run("preview", folder, "-o", out)
    made = (folder / "dist" / "preview.apkg").read_bytes()
    assert files(out)["packages/preview.apkg"] == made
    assert hashlib.sha256(made).hexdigest() in files(out)["index.html"].decode()
    deck.write_text(DECK.replace("By heart", "by heart").replace("Round it", "Round that"), encoding="utf-8")
    run("preview", folder, "-o", out)
    assert "packages/preview.apkg" not in files(out)
    assert b"run <code>ft-cards build</code>" in files(out)["index.html"]
    run("build", folder)
    (folder / "dist" / "preview.apkg").write_bytes(made)
    run("preview", folder, "-o", out)
    assert "packages/preview.apkg" not in files(out)


def test_mistakes_stop_it_before_anything_is_written(tmp_path: Path) -> None:
    folder, out = project(tmp_path / "samples", DECK.replace("kind: explain", "kind: explian")), tmp_path / "out"
    result = CliRunner().invoke(cli, ["preview", str(folder), "-o", str(out)])
    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr.endswith("no pages were written: mend the errors first\n")
    assert not out.exists()


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--serve", "-o", "out"], "--serve writes nothing; leave out -o"),
        (["--port", "8000"], "--port is about --serve; give that too"),
    ],
)
def test_options_that_do_not_go_together(tmp_path: Path, arguments: list[str], said: str) -> None:
    result = CliRunner().invoke(cli, ["preview", str(project(tmp_path / "samples")), *arguments])
    assert result.exit_code == 2
    assert said in result.stderr


def test_decks_of_several_projects_need_a_folder_and_share_an_index(tmp_path: Path) -> None:
    for name in ("a", "b"):
        project(tmp_path / name)
    both = [tmp_path / "a", tmp_path / "b"]
    assert CliRunner().invoke(cli, ["preview", *map(str, both)]).exit_code == 2
    run("preview", *both, "-o", tmp_path / "out")
    assert {name for name in names(tmp_path / "out") if name.endswith(".html")} == {
        "decks/preview-2.html",
        "decks/preview.html",
        "index.html",
    }


def test_pages_ask_for_nothing_but_their_own_files_and_run_no_script_but_ours(tmp_path: Path) -> None:
    folder, out = project(tmp_path / "samples"), tmp_path / "out"
    run("preview", folder, "-o", out)
    for name in ("index.html", "decks/preview.html"):
        text = files(out)[name].decode()
        found = re.search(r'Content-Security-Policy" content="([^"]+)"', text)
        assert found
        rules = dict(rule.split(" ", 1) for rule in found[1].replace("&#x27;", "'").split("; "))
        hashes = rules.pop("script-src").split()
        assert rules == {
            "default-src": "'none'",
            "style-src": "'unsafe-inline'",
            "img-src": "'self' data:",
            "media-src": "'self' data:",
            "frame-src": "'none'",
            "base-uri": "'none'",
            "form-action": "'none'",
            "connect-src": "'none'",
        }
        assert hashes[0] == "'strict-dynamic'"
        assert all(each.startswith("'sha256-") for each in hashes[1:])
        scripts = re.findall(r"<script([^>]*)>", text)
        assert sorted(set(scripts)) in ([""], ["", ' type="application/json"', ' type="application/json" id="_looks"'])
        assert scripts.count("") == 1


def test_the_record_names_each_file_with_its_hash(tmp_path: Path) -> None:
    folder, out = project(tmp_path / "samples"), tmp_path / "out"
    run("preview", folder, "-o", out)
    record = json.loads((out / "ft-cards-site.json").read_bytes())["files"]
    written = {name: data for name, data in files(out).items() if name != "ft-cards-site.json"}
    assert {name: row[1] for name, row in record.items()} == {
        name: hashlib.sha256(data).hexdigest() for name, data in written.items()
    }
