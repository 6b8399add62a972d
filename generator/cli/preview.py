"""A folder with a built site in; a server on this computer that shows it and reloads pages after a change."""

from __future__ import annotations

import contextlib
import functools
import threading
import time
from collections.abc import Callable, Iterator
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import click

from .. import registry
from .session import Workplace

_SOURCES = (
    "site/pages",
    "site/templates",
    "site/theme",
    "site/app",
    "site/strings",
    "schemas",
    "mkdocs.yml",
)
_SCRIPT = b"new EventSource('/__reload').onmessage = () => location.reload();"
_TAG = b'<script src="/__reload.js"></script></body>'


class _Page(SimpleHTTPRequestHandler):
    """Serves files; HTML gets a script that reloads the page when `changed` is notified."""

    changed: threading.Condition

    def do_GET(self) -> None:
        if self.path == "/__reload.js":
            self._send(_SCRIPT, "text/javascript")
        elif self.path == "/__reload":
            self._wait()
        else:
            path = Path(self.translate_path(self.path))
            path = path / "index.html" if path.is_dir() and self.path.endswith("/") else path
            if path.suffix == ".html" and path.is_file():
                self._send(path.read_bytes().replace(b"</body>", _TAG), "text/html; charset=utf-8")
            else:
                super().do_GET()

    def _send(self, content: bytes, kind: str) -> None:
        self.send_response(200)
        self.send_header("Content-Type", kind)
        self.send_header("Cache-Control", "no-store")
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def _wait(self) -> None:
        self.send_response(200)
        self.send_header("Content-Type", "text/event-stream")
        self.end_headers()
        with self.changed:
            self.changed.wait()
        try:
            self.wfile.write(b"data: reload\n\n")
        except OSError:
            return

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing of requests."""


def serve_site(
    find: Callable[[], Workplace], output: Path, port: int, build: Callable[[Workplace], int], every: float = 1
) -> None:
    """Build, serve `output` on localhost, and build again after every change, until interrupted.

    The workplace is found anew for each build: what Git said of the files at the last one is no longer so.
    """
    place = find()
    seen = _state(place)  # before it is built: what changes meanwhile is a change, too
    build(place)
    changed = threading.Condition()
    page = type("Page", (_Page,), {"changed": changed})
    server = ThreadingHTTPServer(("127.0.0.1", port), functools.partial(page, directory=str(output)))
    server.daemon_threads = True
    threading.Thread(target=server.serve_forever, daemon=True).start()
    click.echo(f"http://127.0.0.1:{server.server_port}/  (stop with Ctrl-C)")
    try:
        while True:
            time.sleep(every)
            if (now := _state(place)) != seen:
                seen = now
                _rebuild(lambda: build(find()))
                with changed:
                    changed.notify_all()
    finally:
        server.shutdown()
        server.server_close()


def _rebuild(build: Callable[[], int]) -> None:
    """Build; a failure is shown, and the last good site stays."""
    try:
        click.echo(f"{build()} files")
    except (click.ClickException, OSError, ValueError) as error:
        click.echo(f"not built: {error}", err=True)


def _state(place: Workplace) -> dict[str, int]:
    found = {}
    for path in _files(place):
        with contextlib.suppress(OSError):  # gone since it was listed
            found[str(path)] = path.stat().st_mtime_ns
    return found


def _files(place: Workplace) -> Iterator[Path]:
    """Yield the files that a site is made of: records, status lists, passports wherever they are kept, and sources."""
    kept = registry.elsewhere(place.folder, Path.cwd())  # a change of registry.yaml may have moved them
    if kept.is_there:
        yield from Path(kept.folder).glob("*.yaml")
    for root in (place.folder, *(place.top / name for name in _SOURCES)):
        yield from (path for path in root.rglob("*") if path.is_file()) if root.is_dir() else (root,)
