"""Peers that mean harm, or are broken: each ends as words, within its limits, and the last good copy stays."""

import gzip
import hashlib
import json
import shutil
import ssl
import subprocess
import sys
import time
import zlib
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler
from ipaddress import ip_address
from pathlib import Path

import pytest

from generator.federation import FetchError, Limits, Outcome, Pull, Reach, neighbours, pull
from generator.federation.fetch import addresses, web
from generator.records import Settings
from generator.records.instance import DataLicences, Peer
from generator.registry.foreign import State
from generator.words import Text
from tests.peers import HUBS, MANIFEST, Answer, body, good, hub, lines, manifest, peer, redirect, site

NOW = datetime(2026, 6, 30, 12, tzinfo=UTC)
LIMITS = Limits(seconds=2, idle_seconds=1, manifest_bytes=250_000, file_bytes=200_000, hubs=400)
OURS = "https://ours.example/"


def settings(*peers: Peer) -> Settings:
    return Settings(
        id="registry", name=Text.of("Ours"), url=OURS, languages=("en",), peers=peers,
        licences=DataLicences(data="CC-BY-SA-4.0"),
    )  # fmt: skip


def pulled(folder: Path, one: Peer, *, reach: Reach = Reach.LOOPBACK, limits: Limits = LIMITS) -> Outcome:
    here = settings(one)
    return pull(here, here.peers, Pull(folder=folder, now=NOW, limits=limits, reach=reach))[0]


def with_file(content: bytes, records: int = 1, **heads: str) -> dict[str, Answer]:
    return {MANIFEST: body(manifest(content, records)), HUBS: body(content, **heads)}


def promised(content: bytes, sent: Answer) -> dict[str, Answer]:
    """A site that promises some content and sends something else."""
    return {MANIFEST: body(manifest(content, 1)), HUBS: sent}


def endless(handler: BaseHTTPRequestHandler) -> None:
    handler.send_response(200)
    handler.end_headers()
    while True:
        handler.wfile.write(b" " * 65536)


def drip(handler: BaseHTTPRequestHandler) -> None:
    handler.send_response(200)
    handler.send_header("Content-Length", "100000")
    handler.end_headers()
    while True:
        handler.wfile.write(b" ")
        time.sleep(0.1)


def drip_of_heads(handler: BaseHTTPRequestHandler) -> None:
    handler.wfile.write(b"HTTP/1.1 200 OK\r\n")
    while True:
        handler.wfile.write(b"X-More: 1\r\n")
        handler.wfile.flush()
        time.sleep(0.1)


def silence(_: BaseHTTPRequestHandler) -> None:
    time.sleep(3)


def broken_off(handler: BaseHTTPRequestHandler) -> None:
    handler.send_response(200)
    handler.send_header("Content-Length", "100000")
    handler.end_headers()
    handler.wfile.write(b"{")


def raw_deflate(content: bytes) -> bytes:
    return zlib.compress(content, 9)


def with_paths(*paths: str) -> dict[str, Answer]:
    content = lines(hub())
    files = json.loads(manifest(content, 1))["files"]
    more = [{"path": path, "sha256": "0" * 64, "bytes": 1, "records": 1} for path in paths]
    return {MANIFEST: body(manifest(content, 1, files=[*files, *more])), HUBS: body(content)}


BOMB = b"\0" * 20_000_000
GOOD = lines(hub())
NESTED = b"[" * 60_000 + b"]" * 60_000
CASES: dict[str, tuple[Callable[[], Mapping[str, Answer]], str]] = {
    "huge manifest": (lambda: {MANIFEST: body(b" " * 300_000)}, "larger than"),
    "manifest that never ends": (lambda: {MANIFEST: endless}, "larger than"),
    "file that never ends": (lambda: promised(GOOD, endless), "larger than"),
    "file longer than promised": (lambda: promised(GOOD, body(GOOD + b"\n")), "larger than"),
    "file promised too large": (lambda: with_file(b" " * 300_000), "promises a hubs.jsonl larger than 0.2 MB"),
    "file shorter than promised": (lambda: promised(GOOD, body(GOOD[:-5])), "shorter than promised"),
    "slow drip": (lambda: {MANIFEST: drip}, "too slow"),
    "slow drip of heads": (lambda: {MANIFEST: drip_of_heads}, "too slow"),
    "silence": (lambda: {MANIFEST: silence}, "too slow"),
    "broken off": (lambda: {MANIFEST: broken_off}, "cannot be read"),
    "no manifest": (lambda: {}, "answers with 404"),
    "invalid manifest": (lambda: {MANIFEST: body(b"<html>")}, "is not JSON"),
    "manifest of another kind": (lambda: {MANIFEST: body(b"[1]")}, "no manifest"),
    "manifest that lacks facts": (lambda: {MANIFEST: body(b'{"schema_version":"1"}')}, "does not fit its schema"),
    "deep manifest": (lambda: {MANIFEST: body(NESTED[:40_000])}, "nested too deep"),
    "nested manifest": (lambda: {MANIFEST: body(b'{"a":' * 900 + b"1" + b"}" * 900)}, "nested too deep"),
    "keys twice": (lambda: {MANIFEST: body(b'{"url":"https://a.example/","url":"https://b.example/"}')}, "a key twice"),
    "NaN": (lambda: {MANIFEST: body(b'{"counts":{"hub":NaN}}')}, "has NaN"),
    "infinite": (lambda: {MANIFEST: body(b'{"counts":{"hub":1e999}}')}, "too large"),
    "digits": (lambda: {MANIFEST: body(b'{"counts":{"hub":' + b"9" * 5000 + b"}}")}, "too long"),
    "not UTF-8": (lambda: {MANIFEST: body(b'{"name":"\xff"}')}, "not UTF-8"),
    "half a pair": (lambda: {MANIFEST: body(b'{"name":"\\ud800"}')}, "no Unicode"),
    "wrong checksum": (lambda: promised(GOOD, body(GOOD.replace(b"Hive", b"Hell"))), "checksum is not"),
    "invalid file": (lambda: with_file(b'{"id":\n'), "is not JSON"),
    "deep line": (lambda: with_file(b'{"a":' * 900 + b"1" + b"}" * 900 + b"\n"), "nested too deep"),
    "line without end": (lambda: with_file(b'{"id":"' + b"a" * 70_000 + b'"}\n'), "longer than 64 kB"),
    "keys twice in a line": (lambda: with_file(b'{"id":"gh/a","id":"gh/b"}\n'), "a key twice"),
    "other number of hubs": (lambda: with_file(GOOD, 7), "promises 7 hubs in hubs.jsonl and sends 1"),
    "too many files": (lambda: with_paths(*(f"f{number}.json" for number in range(1100))), "does not fit its schema"),
    "file named twice": (lambda: with_paths("hubs.csv", "hubs.csv"), "names a file twice"),
    "path upwards": (lambda: with_paths("../../etc/passwd"), "does not fit its schema"),
    "path upwards within": (lambda: with_paths("hubs/../../x"), "does not fit its schema"),
    "absolute path": (lambda: with_paths("/etc/passwd"), "does not fit its schema"),
    "path of Windows": (lambda: with_paths("c:\\windows\\x"), "does not fit its schema"),
    "device of Windows": (lambda: with_paths("hubs/con.json"), "path that is refused"),
    "path to another host": (lambda: with_paths("//evil.example/x"), "does not fit its schema"),
    "path with a query": (lambda: with_paths("hubs.json?x"), "does not fit its schema"),
    "redirect to a file": (lambda: {MANIFEST: redirect("file:///etc/passwd")}, "an address that is refused"),
    "redirect to data": (lambda: {MANIFEST: redirect("data:,x")}, "cannot be read"),
    "redirect to another host": (lambda: {MANIFEST: redirect("http://localhost:9/")}, "another host (localhost)"),
    "redirect to another port": (lambda: {MANIFEST: redirect("http://127.0.0.1:9/")}, "moved to another host"),
    "redirect to the cloud's own": (lambda: {MANIFEST: redirect("http://169.254.169.254/meta")}, "another host"),
    "redirect in a loop": (lambda: {"*": redirect("/again")}, "redirects too often"),
    "redirect to nowhere": (lambda: {MANIFEST: redirect("http://[")}, "redirects to an address that is"),
    "zip bomb": (lambda: {MANIFEST: body(gzip.compress(BOMB), Content_Encoding="gzip")}, "larger than"),
    "zip bomb as a file": (lambda: promised(GOOD, body(gzip.compress(BOMB), Content_Encoding="gzip")), "larger than"),
    "zip bomb by deflate": (lambda: {MANIFEST: body(raw_deflate(BOMB), Content_Encoding="deflate")}, "larger than"),
    "zip bomb by brotli": (lambda: {MANIFEST: body(b"\xff" * 100, Content_Encoding="br")}, "nobody asked for"),
    "zip bomb in two layers": (
        lambda: {MANIFEST: body(gzip.compress(gzip.compress(BOMB)), Content_Encoding="gzip, gzip")}, "nobody asked for"
    ),
    "broken compression": (lambda: {MANIFEST: body(b"no gzip at all", Content_Encoding="gzip")}, "cannot be unpacked"),
    "compression that breaks off": (
        lambda: {MANIFEST: body(gzip.compress(GOOD)[:-9], Content_Encoding="gzip")}, "breaks off"
    ),
    "two compressed files in one": (
        lambda: {MANIFEST: body(gzip.compress(b"{}") * 2, Content_Encoding="gzip")}, "more behind the end"
    ),
    "newer kind of schema": (lambda: good(schema_version="2"), "this karakana reads 1.1: upgrade karakana"),
    "too old a schema": (lambda: good(schema_version="0.3"), "too old to be read"),
    "a version that is none": (lambda: good(schema_version="1.1; drop"), "no schema version"),
    "a licence that forbids": (lambda: good(licence="CC-BY-NC-ND-4.0"), "does not let us show its records"),
    "a licence that nobody knows": (lambda: good(licence="LicenseRef-Ask-Us"), "does not let us show its records"),
    "claims to be ours": (lambda: good(url=OURS), "says that it is this registry"),
    "too many hubs": (lambda: good(*(hub(f"gh/h{number}") for number in range(401))), "has more than 400 hubs"),
    "only nonsense": (lambda: good({"id": "gh/x"}, {"id": "gh/y"}), "most cannot be read: 2 of 2"),
}  # fmt: skip


@pytest.mark.parametrize("name", CASES)
def test_ends_as_words_and_the_last_good_copy_stays(tmp_path: Path, name: str) -> None:
    answers, words = CASES[name]
    serving = dict(good())
    with site(serving) as address:
        one = peer(address)
        assert pulled(tmp_path, one).error == ""
        before = {path.name: path.read_bytes() for path in (tmp_path / "west").iterdir() if path.name != "attempt.json"}
        serving.clear()
        serving.update(answers())
        begun = time.monotonic()
        outcome = pulled(tmp_path, one)
        assert time.monotonic() - begun < 10 * LIMITS.seconds
    assert words in outcome.error
    after = {path.name: path.read_bytes() for path in (tmp_path / "west").iterdir() if path.name != "attempt.json"}
    assert after == before
    found = neighbours(tmp_path, settings(one))[0]
    assert (found.state, found.attempt.error) == (State.KEPT, outcome.error)
    assert found.copy is not None
    assert [one.record.id for one in found.copy.hubs] == ["gh/kumasi-hive"]


def test_files_are_written_below_the_folder_of_copies_only(tmp_path: Path) -> None:
    with site(with_paths("../../x", "a/../../y")) as address:
        assert pulled(tmp_path / "peers", peer(address)).error
    assert sorted(path.relative_to(tmp_path).as_posix() for path in tmp_path.rglob("*") if path.is_file()) == [
        "peers/west/attempt.json"
    ]


@pytest.mark.parametrize(
    ("number", "public", "private"),
    [
        ("93.184.216.34", True, True), ("2606:2800:220:1:248:1893:25c8:1946", True, True),
        ("10.1.2.3", False, True), ("192.168.0.1", False, True), ("172.16.0.1", False, True), ("fd00::1", False, True),
        ("127.0.0.1", False, False), ("::1", False, False), ("0.0.0.0", False, False), ("::", False, False),
        ("169.254.169.254", False, False), ("fe80::1", False, False), ("224.0.0.1", False, False),
        ("255.255.255.255", False, False), ("240.0.0.1", False, False), ("::ffff:127.0.0.1", False, False),
        ("::ffff:10.0.0.1", False, True), ("64:ff9b::7f00:1", False, False), ("2002:7f00:1::", False, False),
        ("100.64.0.1", False, False),
    ],
)  # fmt: skip
def test_which_numbers_may_be_asked(number: str, public: bool, private: bool) -> None:
    assert addresses.is_within(ip_address(number), Reach.PUBLIC) is public
    assert addresses.is_within(ip_address(number), Reach.PRIVATE) is private


@pytest.mark.parametrize(
    ("url", "words"),
    [
        ("http://127.0.0.1:1/", "not with https://"), ("https://127.0.0.1:1/", "private network"),
        ("https://localhost:1/", "private network"), ("https://[::1]:1/", "private network"),
        ("https://2130706433/", "private network"), ("https://0x7f.1/", "private network"),
        ("https://169.254.169.254/", "private network"), ("https://me:secret@west.example/", "a password in it"),
        ("https://[/", "address"), (OURS, "is this registry itself"),
    ],
)  # fmt: skip
def test_addresses_that_nobody_may_name(tmp_path: Path, url: str, words: str) -> None:
    assert words in pulled(tmp_path, peer(url), reach=Reach.PUBLIC).error


def test_a_private_network_is_asked_where_registry_yaml_says_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = [(0, 0, 0, "", ("10.255.255.1", 443))]
    monkeypatch.setattr("socket.getaddrinfo", lambda *_, **__: found)
    short = Limits(seconds=0.3, idle_seconds=0.2)
    one = peer("https://intranet.example/")
    assert "private network" in pulled(tmp_path, one, reach=Reach.PUBLIC, limits=short).error
    allowed = peer("https://intranet.example/", network="private")
    assert "private network" not in pulled(tmp_path, allowed, reach=Reach.PUBLIC, limits=short).error


def test_a_name_that_means_something_else_a_moment_later_is_not_asked_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = []

    def lookup(host: str, port: int, **_: object) -> list[tuple[object, ...]]:
        asked.append(host)
        return [(0, 0, 0, "", ("93.184.216.34" if len(asked) == 1 else "127.0.0.1", port))]

    monkeypatch.setattr("socket.getaddrinfo", lookup)
    outcome = pulled(tmp_path, peer("https://rebinding.example/"), reach=Reach.PUBLIC, limits=Limits(seconds=0.5))
    assert outcome.error
    assert asked[0] == "rebinding.example"
    assert set(asked[1:]) <= {"93.184.216.34"}


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A certificate for localhost that nobody has signed, and its key."""
    if shutil.which("openssl") is None:
        pytest.skip("no openssl")
    folder = tmp_path_factory.mktemp("tls")
    made = ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes",
            "-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost", "-days", "2",
            "-keyout", str(folder / "key"), "-out", str(folder / "cert")]  # fmt: skip
    subprocess.run(made, check=True, capture_output=True)
    both = folder / "both"
    both.write_bytes((folder / "key").read_bytes() + (folder / "cert").read_bytes())
    return both


def test_a_certificate_that_nobody_signed_is_refused(tmp_path: Path, certificate: Path) -> None:
    with site(good(), str(certificate)) as address:
        assert "CERTIFICATE_VERIFY_FAILED" in pulled(tmp_path, peer(address)).error


def test_a_certificate_is_compared_with_the_name_although_the_number_is_asked(
    tmp_path: Path, certificate: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(web, "_trusted", lambda: ssl.create_default_context(cafile=str(certificate)))
    monkeypatch.setattr("socket.getaddrinfo", lambda _, port, **__: [(0, 0, 0, "", ("127.0.0.1", port))])
    with site(good(), str(certificate)) as address:
        assert pulled(tmp_path, peer(address.replace("127.0.0.1", "localhost"))).error == ""
        assert "match" in pulled(tmp_path, peer(address.replace("127.0.0.1", "other.example"))).error


def test_no_cookie_is_kept_and_the_agent_says_who_it_is(tmp_path: Path) -> None:
    asked: list[dict[str, str]] = []
    content = lines(hub())

    def noted(answer: Answer) -> Answer:
        def wrapped(handler: BaseHTTPRequestHandler) -> None:
            asked.append(dict(handler.headers))
            answer(handler)

        return wrapped

    first = body(manifest(content, 1), Set_Cookie="id=1; Path=/")
    with site({MANIFEST: noted(first), HUBS: noted(body(content))}) as address:
        assert pulled(tmp_path, peer(address)).error == ""
    assert len(asked) == 2
    assert all("Cookie" not in heads and heads["User-Agent"].startswith("karakana/") for heads in asked)


def test_a_fifth_peer_does_not_wait_for_slow_ones_longer_than_the_limit(tmp_path: Path) -> None:
    with site({MANIFEST: drip}) as slow, site(good()) as fine:
        peers = [peer(slow, f"slow-{number}") for number in range(4)] + [peer(fine, "fine")]
        here = settings(*peers)
        begun = time.monotonic()
        outcomes = pull(here, here.peers, Pull(folder=tmp_path, now=NOW, limits=LIMITS, reach=Reach.LOOPBACK))
    assert time.monotonic() - begun < 4 * LIMITS.seconds  # one after the other they take as long
    assert [bool(one.error) for one in outcomes] == [True, True, True, True, False]


MEASURE = """
import sys
from datetime import UTC, datetime
from pathlib import Path
from generator.federation import Limits, Pull, Reach, naming, pull

here = naming.settings(Path(sys.argv[1]).read_bytes())
how = Pull(folder=Path(sys.argv[2]), now=datetime.now(UTC), reach=Reach.LOOPBACK)
done = pull(here, here.peers, how)
most = next(line for line in Path("/proc/self/status").read_text().splitlines() if line.startswith("VmHWM:"))
print(most.split()[1], done[0].error)
"""


def most_lines() -> tuple[bytes, int]:
    """As many hubs as the true limit lets through."""
    one = hub(website="https://x.example/" + "y" * 300, same_as=["https://z.example/" + "z" * 400])
    count = min(Limits().hubs, Limits().file_bytes // (len(json.dumps(one)) + 12) - 1)
    return b"".join(json.dumps({**one, "id": f"gh/h{number:06}"}).encode() + b"\n" for number in range(count)), count


@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="the system does not tell of memory")
@pytest.mark.parametrize("kind", ["bomb", "most"])
def test_memory_stays_within_200_mb_by_the_true_limits(tmp_path: Path, kind: str) -> None:
    if kind == "bomb":
        packed = gzip.compress(b"\0" * 300_000_000, 9)
        answers = {MANIFEST: body(packed, Content_Encoding="gzip")}
    else:
        content, count = most_lines()
        answers = {MANIFEST: body(manifest(content, count)), HUBS: body(content)}
    with site(answers) as address:
        named = tmp_path / "registry.yaml"
        about = {"id": "west", "name": "West", "url": address}
        text = {"name": "Ours", "url": OURS, "languages": ["en"], "licences": {"data": "CC-BY-4.0"}, "peers": [about]}
        named.write_text(json.dumps(text), encoding="utf-8")
        done = subprocess.run(
            [sys.executable, "-c", MEASURE, str(named), str(tmp_path)], cwd=Path(__file__).parent.parent,
            capture_output=True, text=True, check=True,
        )  # fmt: skip
    kilobytes, _, error = done.stdout.strip().partition(" ")
    assert bool(error) is (kind == "bomb")
    assert int(kilobytes) < 200_000


def test_an_address_of_the_web_is_never_a_file() -> None:
    for url in ("file:///etc/passwd", "ext::sh -c id", "ftp://x.example/", "//x.example/", "git@x.example:y", ""):
        with pytest.raises(FetchError):
            addresses.parsed(url, Reach.PUBLIC)


def test_checksums_of_the_test_itself() -> None:
    assert json.loads(manifest(GOOD, 1))["files"][0]["sha256"] == hashlib.sha256(GOOD).hexdigest()
