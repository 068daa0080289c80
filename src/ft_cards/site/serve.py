"""Pages in memory → this machine's browser: served on loopback only, with a stream that tells each new state.

Nothing is looked up in the file system by a path of a request: what is not in the site's table is not there.
"""

import sys
import threading
from collections.abc import Mapping
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

LOOPBACK = "127.0.0.1"
_STILL = 15.0
"""Seconds after which a silent stream says that it is still there."""

_TYPES = {
    ".html": "text/html; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".txt": "text/plain; charset=utf-8",
    ".svg": "image/svg+xml",
    ".png": "image/png",
    ".jpg": "image/jpeg",
    ".jpeg": "image/jpeg",
    ".gif": "image/gif",
    ".webp": "image/webp",
    ".avif": "image/avif",
    ".mp3": "audio/mpeg",
    ".ogg": "audio/ogg",
    ".opus": "audio/ogg",
    ".wav": "audio/wav",
    ".m4a": "audio/mp4",
    ".flac": "audio/flac",
    ".mp4": "video/mp4",
    ".webm": "video/webm",
}


@dataclass(frozen=True, slots=True)
class State:
    """What is served just now: files by their paths, the page for a path that is not there, a name for this state."""

    version: str
    files: Mapping[str, bytes | Path]
    lost: bytes


@dataclass(slots=True)
class Stage:
    """The state that is on show; whoever waits is told of a new one."""

    state: State
    changed: threading.Condition = field(default_factory=threading.Condition)

    def show(self, state: State) -> None:
        """Put another state on show."""
        with self.changed:
            self.state = state
            self.changed.notify_all()

    def wait(self, version: str) -> str:
        """Return the name of the state once it is not `version` any more, or after a while as it is."""
        with self.changed:
            self.changed.wait_for(lambda: self.state.version != version, _STILL)
            return self.state.version


class Server(ThreadingHTTPServer):
    """A server on loopback. Raises OSError where the port is taken; port 0 picks a free one."""

    daemon_threads = True
    allow_reuse_address = sys.platform != "win32"  # there it would let two servers share a port

    def __init__(self, port: int, stage: Stage) -> None:
        super().__init__((LOOPBACK, port), _Handler)
        self.stage = stage

    @property
    def url(self) -> str:
        """Where the pages are."""
        return f"http://{LOOPBACK}:{self.server_port}/"

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Say nothing of a browser that has gone; a bug is still told."""
        if not isinstance(sys.exc_info()[1], ConnectionError):
            super().handle_error(request, client_address)


class _Handler(BaseHTTPRequestHandler):
    server: Server
    protocol_version = "HTTP/1.1"
    server_version = "ft-cards"
    sys_version = ""

    def do_GET(self) -> None:
        """Answer with a file of the site, or with the stream of its states."""
        if not self._is_ours():
            self._send(421, b"this server answers to its own name only\n", "text/plain; charset=utf-8")
            return
        path = unquote(urlsplit(self.path).path)
        if path == "/events":
            self._stream()
            return
        state = self.server.stage.state
        name = path.removeprefix("/") or "index.html"
        found = state.files.get(name)
        try:
            data = found.read_bytes() if isinstance(found, Path) else found
        except OSError:
            data = None
        if data is None:
            self._send(404, state.lost, _TYPES[".html"])
        else:
            self._send(200, data, _TYPES.get(Path(name).suffix.lower(), "application/octet-stream"))

    do_HEAD = do_GET  # noqa: N815

    def _is_ours(self) -> bool:
        """Tell whether the request is meant for us: a foreign name that leads here is an attack from another page."""
        port = self.server.server_port
        return self.headers.get("Host") in {f"{name}:{port}" for name in (LOOPBACK, "localhost")}

    def _send(self, status: int, data: bytes, kind: str) -> None:
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(data)))
        self.send_header("Cache-Control", "no-store")
        self.send_header("X-Content-Type-Options", "nosniff")
        self.send_header("X-Frame-Options", "DENY")
        self.send_header("Referrer-Policy", "no-referrer")
        self.send_header("Cross-Origin-Resource-Policy", "same-origin")
        if not kind.startswith("text/"):  # a picture opened by itself is a page too, and may hold a script
            self.send_header("Content-Security-Policy", "default-src 'none'; style-src 'unsafe-inline'; sandbox")
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(data)

    def _stream(self) -> None:
        """Tell the state, and each one after it, for as long as the page listens."""
        self.send_response(200)
        self.send_header("Content-Type", "text/event-stream")
        self.send_header("Cache-Control", "no-store")
        self.send_header("Connection", "close")
        self.end_headers()
        self.close_connection = True
        told = ""
        while self.command != "HEAD":
            version = self.server.stage.wait(told)
            self.wfile.write(b": still here\n\n" if version == told else f"data: {version}\n\n".encode())
            self.wfile.flush()
            told = version

    def log_message(self, format: str, *args: Any) -> None:
        """Keep quiet: what was asked for is no news."""
