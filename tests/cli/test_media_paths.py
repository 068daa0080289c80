"""Paths of pictures that lead out of the deck's folder: each is refused, with its place, and nothing is written."""

import json
import os
from pathlib import Path

import pytest
from click.testing import CliRunner

from ft_cards.cli import cli
from tests.builders import write

REFUSED = [
    ("../secret.png", "media-outside", "../secret.png"),
    ("media/../../secret.png", "media-outside", "media/../../secret.png"),
    ("./media/.././../secret.png", "media-outside", "./media/.././../secret.png"),
    ("%2e%2e/secret.png", "media-outside", "../secret.png"),
    ("%2E%2E%2Fsecret.png", "media-outside", "../secret.png"),
    ("&#46;&#46;/secret.png", "media-outside", "../secret.png"),
    ("<../se cret.png>", "media-outside", "../se cret.png"),
    ("%252e%252e/secret.png", "media-missing", "%2e%2e/secret.png"),
    ("/etc/passwd", "media-outside", "/etc/passwd"),
    ("%2fetc/passwd", "media-outside", "/etc/passwd"),
    ("~/secret.png", "media-missing", "~/secret.png"),
    ("media/link.png", "media-outside", "media/link.png"),
    ("media/folder/secret.png", "media-outside", "media/folder/secret.png"),
    ("media/loop.png", "media-missing", "media/loop.png"),
    ("media/pipe.png", "media-missing", "media/pipe.png"),
    ("media", "media-missing", "media"),
    ("media/%00.png", "media-missing", "media/%00.png"),
    ("media/%1b[31m.png", "media-missing", "media/%1B[31m.png"),
    ("media/ok.png?x", "media-missing", "media/ok.png?x"),
    ("file:///etc/passwd", "media-remote", "file:///etc/passwd"),
    ("FILE:///etc/passwd", "media-remote", "FILE:///etc/passwd"),
    ("file:../secret.png", "media-remote", "file:../secret.png"),
    ("//host/share/x.png", "media-remote", "//host/share/x.png"),
    (r"\\\\host\share\x.png", "media-remote", r"\\host\share\x.png"),
    (r"/\\host/share/x.png", "media-remote", r"/\host/share/x.png"),
    ("%5C%5Chost%5Cshare%5Cx.png", "media-remote", r"\\host\share\x.png"),
    (r"C:\\x.png", "media-remote", r"C:\x.png"),
    ("http://127.0.0.1:9/x.png", "media-remote", "http://127.0.0.1:9/x.png"),
    ("data:image/png;base64,AAAA", "media-remote", "data:image/png;base64,AAAA"),
    ("data:image/svg+xml,x", "media-remote", "data:image/svg+xml,x"),
    ("blob:x", "media-remote", "blob:x"),
]
"""As written in Markdown, the code, and the path as the report shows it."""

SAYS = {"media-outside": '"{}" lies outside', "media-remote": '"{}" lies elsewhere', "media-missing": 'no file "{}"'}

pytestmark = pytest.mark.skipif(os.name == "nt", reason="pipes, links and backslashes in names are POSIX's")


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A project beside a secret, with links to it."""
    media = tmp_path / "project" / "decks" / "media"
    media.mkdir(parents=True)
    (tmp_path / "project" / "secret.png").write_bytes(b"secret")
    (tmp_path / "project" / "se cret.png").write_bytes(b"secret")
    (tmp_path / "project" / "decks" / "secret.png").symlink_to("../secret.png")
    (media / "link.png").symlink_to("../../secret.png")
    (media / "folder").symlink_to("../..")
    (media / "loop.png").symlink_to("loop.png")
    (media / "ok.png").write_bytes(b"fine")
    os.mkfifo(media / "pipe.png")
    monkeypatch.chdir(tmp_path / "project")
    return tmp_path / "project"


@pytest.mark.parametrize("command", [["check"], ["build"], ["build", "--locked"], ["preview"]], ids=" ".join)
@pytest.mark.parametrize(("path", "code", "shown"), REFUSED, ids=[path for path, _, _ in REFUSED])
def test_a_path_out_of_the_folder_is_refused(root: Path, command: list[str], path: str, code: str, shown: str):
    text = json.dumps(f"Look: ![x]({path})")
    deck = f"deck: Tests\nid: tests\ncards:\n  - id: a\n    kind: recall\n    question: {text}\n    answer: Yes.\n"
    write(root, {"ft-cards.yaml": "namespace: tests\n", "decks/a.yaml": deck})
    result = CliRunner().invoke(cli, command)
    assert isinstance(result.exception, SystemExit), result.output
    assert result.exit_code == 1
    errors = [line for line in result.output.splitlines() if ": error: " in line]
    place = "decks/a.yaml:6:22: error: "
    assert [line.startswith(place) and line.endswith(f"({code})") for line in errors] == [True], errors
    assert SAYS[code].format(shown) in errors[0]
    assert not (root / "dist").exists()
    assert not (root / "ft-cards.lock").exists()


def test_a_link_within_the_folder_is_followed(root: Path):
    (root / "decks" / "media" / "too.png").symlink_to("ok.png")
    deck = "deck: T\nid: t\ncards:\n  - {id: a, kind: recall, question: '![x](media/too.png)', answer: Yes.}\n"
    write(root, {"ft-cards.yaml": "namespace: tests\n", "decks/a.yaml": deck})
    assert CliRunner().invoke(cli, ["check"]).exit_code == 0
