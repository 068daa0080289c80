"""Served pages follow each save, keep the place, say what is wrong; the server answers to this machine only."""

import http.client
import os
import re
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from click.testing import CliRunner
from playwright.sync_api import expect

from ft_cards.cli import cli

from .conftest import DECK, Reader, project
from .test_accessibility import axe, violations

__all__ = ["axe"]

WITHIN = 5000
"""Milliseconds to wait for a page to follow a save. It takes some 200; `make bench` holds it to one second on a quiet
machine, but a machine that runs tests may be busy with others."""


@dataclass(frozen=True)
class Served:
    folder: Path
    url: str
    process: subprocess.Popen[str]

    @property
    def deck(self) -> Path:
        return self.folder / "decks" / "preview.yaml"

    def save(self, text: str) -> None:
        self.deck.write_text(text, encoding="utf-8")

    def ask(self, path: str, method: str = "GET", host: str = "") -> tuple[int, str]:
        connection = http.client.HTTPConnection("127.0.0.1", int(self.url.split(":")[2].strip("/")), timeout=10)
        connection.putrequest(method, path, skip_host=bool(host))
        if host:
            connection.putheader("Host", host)
        connection.endheaders()
        answer = connection.getresponse()
        text = answer.read().decode(errors="replace")
        connection.close()
        return answer.status, text


@pytest.fixture
def served(tmp_path: Path) -> Iterator[Served]:
    folder = project(tmp_path / "samples")
    command = [sys.executable, "-m", "ft_cards", "preview", str(folder), "--serve", "--port", "0"]
    environment = {**os.environ, "FT_CARDS_CACHE": str(tmp_path / "cache")}
    with subprocess.Popen(
        command, cwd=tmp_path, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout
        line = process.stdout.readline()
        found = re.match(r"(http://127\.0\.0\.1:\d+/)  \(Ctrl\+C ends\)$", line)
        assert found, line
        yield Served(folder, found[1], process)
        process.kill()


def test_a_save_shows_while_the_place_stays(served: Served, readers: Callable[..., Reader]) -> None:
    reader = readers(served.url.rstrip("/"))
    page = reader.open("decks/preview.html#?kind=choice&kind=explain")
    reader.card("one").locator("li", has_text="0.56").click()
    reader.flip("one")
    reader.card("words")
    reader.flip("words")
    page.evaluate("window.kept = document.querySelector('article[id=one] iframe')")
    top = reader.article("words").evaluate("each => each.getBoundingClientRect().top")
    served.save(DECK.replace("What does over-tuning do?", "What does *over-tuning* harm?"))
    question = page.frame_locator('article[id="words"] iframe').locator(".ft-question")
    expect(question).to_have_text("What does over-tuning harm?", timeout=WITHIN)
    reader.card("words", "back")
    assert page.evaluate("window.kept === document.querySelector('article[id=one] iframe')")
    assert page.locator("article:visible").count() == 3
    assert abs(reader.article("words").evaluate("each => each.getBoundingClientRect().top") - top) < 2
    expect(reader.card("one", "back").locator(".ft-wrong")).to_contain_text("0.56")


def test_cards_come_and_go_with_their_deck(served: Served, readers: Callable[..., Reader]) -> None:
    reader = readers(served.url.rstrip("/"))
    page = reader.open()
    reader.card("plain")
    first, _, rest = DECK.split("  - id: ", 2)
    served.save(f"{first}  - id: {rest}  - {{id: last, kind: recall, question: New?, answer: Yes., tags: [fresh]}}\n")
    expect(reader.article("last")).to_have_count(1, timeout=WITHIN)
    ids = page.locator("article").evaluate_all("all => all.map(each => each.id)")
    assert ids == ["one", "several", "calls", "calls~2", "words", "shown", "last"]
    expect(page.locator('.chip[data-value="fresh"]')).to_have_count(1)
    expect(page.locator("#_count")).to_have_text("7 cards")


def test_a_first_card_of_another_type_shows_without_losing_what_is_flipped(
    served: Served, readers: Callable[..., Reader]
) -> None:
    head, _, cards = DECK.partition("cards:\n")
    only = cards[: cards.index("  - id: one")]
    served.save(f"{head}cards:\n{only}")
    reader = readers(served.url.rstrip("/"))
    page = reader.open()
    expect(page.locator("article")).to_have_count(1, timeout=WITHIN)
    reader.flip("plain")
    served.save(DECK)
    expect(page.locator("article")).to_have_count(7, timeout=WITHIN)
    assert reader.card("several").locator('li[role="option"]').count() == 5
    reader.card("plain", "back")


def test_a_mistake_is_told_with_its_line_and_the_last_good_cards_stay(
    served: Served, readers: Callable[..., Reader]
) -> None:
    reader = readers(served.url.rstrip("/"))
    page = reader.open()
    reader.card("plain")
    reader.flip("plain")
    served.save(DECK.replace("kind: explain", "kind: explian"))
    expect(page.locator(".problems")).to_be_visible(timeout=WITHIN)
    line = DECK[: DECK.index("kind: explain")].count("\n") + 1
    said = page.locator(".problems li").inner_text().split("\n")
    assert said[0] == f"samples/decks/preview.yaml:{line}:11"
    assert said[1].startswith('error: there is no kind of card "explian"')
    reader.card("plain", "back")
    served.save(DECK + "  - id: [")
    expect(page.locator(".problems li").first).to_contain_text("yaml", timeout=WITHIN)
    served.save(DECK)
    expect(page.locator(".problems")).to_be_hidden(timeout=WITHIN)
    reader.card("plain", "back")


SEEN = "seen => { Object.defineProperty(document, 'hidden', { get: () => !seen, configurable: true }); \
document.dispatchEvent(new Event('visibilitychange')); }"


def test_any_number_of_tabs_may_be_open(served: Served, readers: Callable[..., Reader]) -> None:
    tabs = [readers(served.url.rstrip("/")).open()]
    for _ in range(8):  # a browser has six connections to a server
        tabs[-1].evaluate(SEEN, False)
        tabs.append(tabs[0].context.new_page())
        tabs[-1].goto(served.url + "decks/preview.html", timeout=WITHIN)
    served.save(DECK.replace("Samples::Preview", "Samples::Again"))
    expect(tabs[-1]).to_have_title(re.compile("Again"), timeout=WITHIN)
    expect(tabs[0]).to_have_title(re.compile("Preview"))
    tabs[0].evaluate(SEEN, True)
    expect(tabs[0]).to_have_title(re.compile("Again"), timeout=WITHIN)


def test_a_tab_follows_the_next_server(served: Served, readers: Callable[..., Reader]) -> None:
    page = readers(served.url.rstrip("/")).open("")
    served.process.kill()
    served.process.wait()
    served.save(DECK.replace("Samples::Preview", "Samples::Again"))
    port = served.url.rstrip("/").rpartition(":")[2]
    command = [sys.executable, "-m", "ft_cards", "preview", str(served.folder), "--serve", "--port", port]
    with subprocess.Popen(command, env=os.environ | {"FT_CARDS_CACHE": ""}, stdout=subprocess.DEVNULL) as second:
        expect(page.locator(".decks a")).to_contain_text("Again", timeout=2 * WITHIN)
        second.kill()


def test_a_page_with_problems_is_accessible(served: Served, readers: Callable[..., Reader], axe: str) -> None:
    served.save(DECK.replace("kind: explain", "kind: explian"))
    reader = readers(served.url.rstrip("/"), viewport={"width": 360, "height": 700})
    page = reader.open()
    expect(page.locator(".problems")).to_be_in_viewport(timeout=WITHIN)
    reader.card("plain")
    assert violations(reader, axe) == []


def test_a_picture_that_is_drawn_anew_is_shown_anew(served: Served, readers: Callable[..., Reader]) -> None:
    reader = readers(served.url.rstrip("/"))
    reader.open()
    picture = reader.card("shown").locator("img")
    before = picture.get_attribute("src") or ""
    path = served.folder / "decks" / "media" / "square.svg"
    path.write_text(path.read_text(encoding="utf-8").replace("red", "blue"), encoding="utf-8")
    expect(picture).not_to_have_attribute("src", before, timeout=WITHIN)


def test_a_place_in_the_source_stands_at_each_card(served: Served, readers: Callable[..., Reader]) -> None:
    reader = readers(served.url.rstrip("/"))
    reader.open()
    line = DECK[: DECK.index("- id: words")].count("\n") + 1
    assert reader.article("words").locator(".place").text_content() == f"samples/decks/preview.yaml:{line}"


def test_decks_that_begin_broken_show_once_they_are_mended(tmp_path: Path, readers: Callable[..., Reader]) -> None:
    from ft_cards.cache import Cache
    from ft_cards.site.serve import Server, Stage
    from ft_cards.watching import Watching

    folder = project(tmp_path / "samples", DECK.replace("kind: recall", "kind: recal"))
    watching = Watching([folder], tmp_path, Cache(None), lambda: 1_700_000_000, run="test")
    stage = Stage(watching.state()[0])
    server = Server(0, stage)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    reader = readers(server.url.rstrip("/"))
    page = reader.open("")
    expect(page.locator(".problems li")).to_have_count(2)
    (folder / "decks" / "preview.yaml").write_text(DECK, encoding="utf-8")
    stage.show(watching.state()[0])
    expect(page.locator(".problems")).to_be_hidden()
    page.locator(".decks a").click()
    reader.card("plain")
    server.shutdown()
    server.server_close()


@pytest.mark.parametrize(
    ("path", "method", "host", "status"),
    [
        ("/", "GET", "", 200),
        ("/", "HEAD", "", 200),
        ("/decks/preview.html?any", "GET", "", 200),
        ("/", "GET", "evil.example", 421),
        ("/", "GET", "127.0.0.1.evil.example:80", 421),
        ("/../ft-cards.yaml", "GET", "", 404),
        ("/decks/../../decks/preview.yaml", "GET", "", 404),
        ("/decks/%2e%2e/%2e%2e/decks/preview.yaml", "GET", "", 404),
        ("//etc/passwd", "GET", "", 404),
        ("/decks/media/square.svg", "GET", "", 404),
        ("/", "POST", "", 501),
    ],
)
def test_only_pages_are_served_and_only_to_this_machine(
    served: Served, path: str, method: str, host: str, status: int
) -> None:
    answer, text = served.ask(path, method, host)
    assert answer == status
    assert "namespace: samples" not in text
    assert "root:x:" not in text


@pytest.mark.skipif(sys.platform == "win32", reason="Ctrl+C is no signal there that a test could send to one process")
def test_ctrl_c_ends_it_quietly(served: Served) -> None:
    started = time.monotonic()
    served.process.send_signal(signal.SIGINT)
    out, err = served.process.communicate(timeout=20)
    assert (served.process.returncode, out, err.strip()) == (0, "", "no problems")
    assert time.monotonic() - started < 10


def test_a_port_that_is_taken_is_said(tmp_path: Path) -> None:
    folder = project(tmp_path / "samples")
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        result = CliRunner().invoke(cli, ["preview", str(folder), "--serve", "--port", str(port)])
    assert result.exit_code == 1
    assert re.fullmatch(
        rf"Error: port {port} of 127\.0\.0\.1: .+; another program may listen there; "
        r"give another one with --port, or 0 for any\n",
        result.stderr,
    )
