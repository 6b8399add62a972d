"""A folder in; its address on this computer out, served as hosts of static sites do: compressed, with entity tags."""

from __future__ import annotations

import gzip
import hashlib
import mimetypes
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import unquote, urlsplit

_TEXT = (".html", ".js", ".css", ".json", ".svg", ".xml", ".txt", ".webmanifest")
mimetypes.add_type("application/manifest+json", ".webmanifest")
mimetypes.add_type("text/javascript", ".js")


class Files:
    """The files below a folder, compressed when they are first asked for, until `folder` is set to another one.

    Nothing is answered while `flows` is not set.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self.flows = threading.Event()
        self.flows.set()
        self._made: dict[str, tuple[bytes, str, bool]] = {}

    @property
    def folder(self) -> Path:
        return self._folder

    @folder.setter
    def folder(self, folder: Path) -> None:
        self._folder, self._made = folder, {}

    def find(self, path: str) -> tuple[bytes, str, bool] | None:
        """Return a file's bytes, its entity tag and whether it is compressed; None when it is not there."""
        if path not in self._made:
            file = self._folder / path
            if ".." in path.split("/") or not file.is_file():
                return None
            content = file.read_bytes()
            packed = path.endswith(_TEXT)
            sent = gzip.compress(content, 6, mtime=0) if packed else content
            self._made[path] = sent, f'"{hashlib.sha256(content).hexdigest()[:16]}"', packed
        return self._made[path]


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def __init__(self, files: Files, base: str, *rest: object) -> None:
        self.files, self.base = files, base
        super().__init__(*rest)  # type: ignore[arg-type]

    def do_GET(self) -> None:
        self.files.flows.wait()
        path = unquote(urlsplit(self.path).path)
        below = path.removeprefix(self.base) if path.startswith(self.base) else "?"
        name = f"{below}index.html" if below.endswith("/") or not below else below
        if (found := self.files.find(name)) is not None:
            self._send(200, name, *found)
        elif self.files.find(f"{below}/index.html") is not None:
            self.send_response(301)
            self.send_header("Location", f"{path}/")
            self.send_header("Content-Length", "0")
            self.end_headers()
        else:
            self._send(404, "404.html", *(self.files.find("404.html") or (b"", '""', False)))

    def _send(self, status: int, name: str, content: bytes, tag: str, packed: bool) -> None:
        same = status == 200 and self.headers.get("If-None-Match") == tag
        self.send_response(304 if same else status)
        self.send_header("Content-Type", mimetypes.guess_type(name)[0] or "application/octet-stream")
        self.send_header("ETag", tag)
        self.send_header("Cache-Control", "max-age=600")
        if packed and not same:
            self.send_header("Content-Encoding", "gzip")
        if not same:
            self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        if not same:
            self.wfile.write(content)

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 64

    def handle_error(self, request: object, client_address: object) -> None:
        """Say nothing: a browser that is closed lets go of its connections."""


@contextmanager
def served(files: Files, base: str = "/") -> Iterator[str]:
    """Serve files below the path `base` and give their address."""
    with _Server(("127.0.0.1", 0), partial(_Handler, files, base)) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        try:
            yield f"http://127.0.0.1:{server.server_port}{base}"
        finally:
            server.shutdown()
