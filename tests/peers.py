"""What tests of federation share: sites of peers on this computer, kind and unkind."""

import hashlib
import json
import ssl
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from generator.records.instance import Peer

Answer = Callable[[BaseHTTPRequestHandler], None]
MANIFEST = "/api/v1/registry.json"
HUBS = "/api/v1/hubs.jsonl"


def hub(id: str = "gh/kumasi-hive", **other: Any) -> dict[str, Any]:
    """A line of `hubs.jsonl`."""
    place = {"locality": "Kumasi", "latitude": 6.6885, "longitude": -1.6244, "precision": "exact"}
    return {
        "id": id,
        "name": {"en": "Kumasi Hive"},
        "kind": "makerspace",
        "status": "active",
        "location": place,
        **other,
    }


def lines(*hubs: Mapping[str, Any]) -> bytes:
    return b"".join(json.dumps(one).encode() + b"\n" for one in hubs)


def manifest(content: bytes, records: int, **other: Any) -> bytes:
    """The manifest of a site whose `hubs.jsonl` has some content."""
    file = {"path": "hubs.jsonl", "sha256": hashlib.sha256(content).hexdigest(), "bytes": len(content)}
    said = {
        "name": {"en": "West Africa"}, "url": "https://west.example/", "languages": ["en"], "licence": "CC-BY-4.0",
        "attribution": "West Africa's makers", "schema_version": "1.1", "as_of": "2026-05-01",
        "counts": {"hub": records}, "files": [{**file, "records": records}],
    }  # fmt: skip
    return json.dumps({**said, **other}).encode()


def body(content: bytes, kind: str = "application/json", **heads: str) -> Answer:
    """What answers with some bytes."""

    def answer(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(200)
        handler.send_header("Content-Type", kind)
        handler.send_header("Content-Length", str(len(content)))
        for name, value in heads.items():
            handler.send_header(name.replace("_", "-"), value)
        handler.end_headers()
        handler.wfile.write(content)

    return answer


def redirect(target: str, code: int = 302) -> Answer:
    def answer(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(code)
        handler.send_header("Location", target)
        handler.send_header("Content-Length", "0")
        handler.end_headers()

    return answer


def good(*hubs: Mapping[str, Any], **other: Any) -> dict[str, Answer]:
    """The answers of a site without fault."""
    content = lines(*(hubs or (hub(),)))
    return {MANIFEST: body(manifest(content, len(hubs) or 1, **other)), HUBS: body(content)}


@contextmanager
def site(answers: Mapping[str, Answer], certificate: str = "") -> Iterator[str]:
    """The address of a site that answers so; over https where the path of a certificate and its key is given."""

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            path = self.path.partition("?")[0]
            answer = answers.get(path) or answers.get("*")
            try:
                if answer is None:
                    self.send_error(404)
                else:
                    answer(self)
            except (BrokenPipeError, ConnectionResetError):
                pass
            self.close_connection = True

        do_POST = do_GET

        def log_message(self, *_: object) -> None:
            pass

    class Server(ThreadingHTTPServer):
        daemon_threads = True
        block_on_close = False

        def handle_error(self, *_: object) -> None:
            pass

    server = Server(("127.0.0.1", 0), Handler)
    if certificate:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(certificate)
        server.socket = context.wrap_socket(server.socket, server_side=True, do_handshake_on_connect=False)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield f"{'https' if certificate else 'http'}://127.0.0.1:{server.server_port}/"
    finally:
        server.shutdown()
        server.server_close()


def peer(url: str, id: str = "west", **other: Any) -> Peer:
    return Peer(id=id, name=id.title(), url=url, **other)
