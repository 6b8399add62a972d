"""Links and staleness: what counts as gone, how politely hosts are asked, and that no server can harm a round."""

import itertools
import json
import socket
import ssl
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

from generator import registry
from generator.cli import main
from generator.contributions import links, links_report, stale
from generator.contributions.links import Seen
from generator.contributions.probe import Pace, probe
from generator.contributions.replies import Answer, Outcome
from generator.federation.limits import Reach

QUICK = Pace(seconds=10, idle_seconds=0.6, pause_seconds=0.05, backoff_seconds=0.01, tries=2)
DAY = date(2026, 6, 1)


class Log:
    """What a server was asked: when, how and for what, and how many at the same time."""

    def __init__(self) -> None:
        self.rows: list[tuple[float, str, str]] = []
        self.at_once = self.most_at_once = 0
        self.sent = 0
        self.lock = threading.Lock()


REDIRECTS = {
    "loop": (302, "/loop"), "slow-loop": (302, "/slow-loop"), "moved": (301, "/fine"), "moved-for-now": (302, "/fine"),
    "away": (301, ""), "private": (302, "http://10.0.0.1/"), "file": (302, "file:///etc/passwd"),
    "odd-location": (301, "http://[x/"),
}  # fmt: skip


class Handler(BaseHTTPRequestHandler):
    log: Log
    redirect_to = ""

    def do_HEAD(self) -> None:
        self.answer()

    def do_GET(self) -> None:
        self.answer()

    def answer(self) -> None:
        log = self.log
        with log.lock:
            log.rows.append((time.monotonic(), self.command, self.path))
            log.at_once += 1
            log.most_at_once = max(log.most_at_once, log.at_once)
        try:
            self.respond(self.path.strip("/").partition("/")[0])
        except OSError:  # the other side has gone
            pass
        finally:
            with log.lock:
                log.at_once -= 1

    def respond(self, name: str) -> None:
        if name.startswith("slow"):
            time.sleep(0.4 if name == "slow-loop" else 1.5)
        if name in REDIRECTS:
            status, target = REDIRECTS[name]
            self.head(status, Location=target or self.redirect_to)
        elif name == "no-head" and self.command == "HEAD":
            self.head(405)
        elif name == "breaks":
            self.connection.close()
        elif name in ("huge", "drips"):
            getattr(self, name)()
        elif name == "sometimes":
            asked = sum(path == self.path for _, _, path in self.log.rows)
            self.head(503 if asked < 3 else 200, Retry_After="0")
        elif name == "later":
            self.head(429, Retry_After="3600")
        elif name == "long-heads":
            self.head(200, **{f"X-{number}": "x" * 60_000 for number in range(80)})
        else:
            self.head(int(name) if name.isdigit() else 200)

    def head(self, status: int, **heads: str) -> None:
        self.send_response(status)
        for name, value in heads.items():
            self.send_header(name.replace("_", "-"), value)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def huge(self) -> None:
        if self.command == "HEAD":
            self.head(405)
            return
        self.send_response(200)
        self.send_header("Content-Length", str(1 << 40))
        self.end_headers()
        while True:
            self.wfile.write(b"x" * 65536)
            self.log.sent += 65536

    def drips(self) -> None:
        """Send the head a letter at a time, never to its end."""
        self.send_response(200)
        self.flush_headers()
        while True:
            self.wfile.write(b"X-A: b\r\n")
            time.sleep(0.1)

    def log_message(self, *_: Any) -> None:
        pass


@contextmanager
def server(
    context: ssl.SSLContext | None = None, redirect_to: str = "", host: str = "127.0.0.1"
) -> Iterator[tuple[str, Log]]:
    """A server on this computer, and what it was asked."""
    log = Log()
    handler = type("One", (Handler,), {"log": log, "redirect_to": redirect_to})
    with ThreadingHTTPServer((host, 0), handler) as serving:
        serving.daemon_threads = True
        if context is not None:
            serving.socket = context.wrap_socket(serving.socket, server_side=True)
        threading.Thread(target=serving.serve_forever, args=(0.05,), daemon=True).start()
        yield f"{'https' if context else 'http'}://127.0.0.1:{serving.server_port}", log
        serving.shutdown()


@pytest.fixture(scope="module")
def site() -> Iterator[tuple[str, Log]]:
    with server() as found:
        yield found


def asked(*urls: str, pace: Pace = QUICK, reach: Reach = Reach.LOOPBACK) -> tuple[Answer, ...]:
    return probe(urls, "karakana-links/test (+https://registry.example/)", pace, reach, lambda _: None)


@pytest.mark.parametrize(
    ("path", "outcome", "detail"),
    [
        ("/fine", Outcome.FINE, ""),
        ("/no-head", Outcome.FINE, ""),
        ("/404", Outcome.HARD, "answers with 404"),
        ("/410", Outcome.HARD, "answers with 410"),
        ("/403", Outcome.SOFT, "answers with 403"),
        ("/429", Outcome.SOFT, "answers with 429"),
        ("/500", Outcome.SOFT, "answers with 500"),
        ("/slow", Outcome.SOFT, "does not answer in time"),
        ("/breaks", Outcome.SOFT, "breaks off"),
        ("/loop", Outcome.SOFT, "redirects more than 6 times"),
        ("/slow-loop", Outcome.SOFT, "does not answer in time"),
        ("/drips", Outcome.SOFT, "does not answer in time"),
        ("/later", Outcome.SOFT, "wants to be asked later"),
        ("/long-heads", Outcome.SOFT, "breaks off"),
        ("/odd-location", Outcome.SOFT, "redirects to an address that is none"),
        ("/private", Outcome.HARD, "leads into a private network"),
        ("/file", Outcome.SOFT, "is, or redirects to, what is no address on the web"),
        ("/huge", Outcome.FINE, ""),
        ("/sometimes", Outcome.FINE, ""),
    ],
)
def test_answer(site: tuple[str, Log], path: str, outcome: Outcome, detail: str) -> None:
    assert asked(site[0] + path) == (Answer(site[0] + path, outcome, detail),)


def test_of_a_huge_body_little_is_read() -> None:
    with server() as (address, log):
        asked(f"{address}/huge")
        time.sleep(0.2)
        assert log.sent < 8 << 20  # what fits into the buffers of the network; the body has a terabyte


def test_permanent_redirects_are_told(site: tuple[str, Log]) -> None:
    address, _ = site
    moved, for_now = asked(f"{address}/moved", f"{address}/moved-for-now")
    assert moved.moved_to == f"{address}/fine"
    assert for_now == Answer(f"{address}/moved-for-now", Outcome.FINE)


def test_redirect_to_another_host() -> None:
    with server() as (target, log), server(redirect_to=f"{target}/404") as (address, _):
        assert [one.outcome for one in asked(f"{address}/away")] == [Outcome.HARD]
        assert [path for _, _, path in log.rows] == ["/404", "/404"]  # HEAD, and GET to be sure


def test_host_that_wants_to_be_asked_later_is_left_alone() -> None:
    with server() as (address, log):
        answers = asked(f"{address}/later", f"{address}/fine", f"{address}/fine/too")
        assert {one.detail for one in answers} == {"wants to be asked later"}
        assert len(log.rows) == 1
    with server() as (address, log):
        assert asked(f"{address}/sometimes")[0].outcome is Outcome.FINE


def test_redirect_to_a_private_address_that_looks_public(monkeypatch: pytest.MonkeyPatch) -> None:
    """A name whose number is public when the first address is asked, and private when it redirects to itself."""
    numbers = iter(["127.0.0.1", "10.0.0.1"])
    lookup = socket.getaddrinfo

    def changing(host: str, port: int, *_: Any, **more: Any) -> Any:
        return lookup(next(numbers) if host == "turns.example" else host, port, **more)

    monkeypatch.setattr(socket, "getaddrinfo", changing)
    with server() as (address, log):
        url = f"http://turns.example:{address.rpartition(':')[2]}/loop"
        assert [one.detail for one in asked(url)] == ["leads into a private network"]
        assert len(log.rows) == 1


def test_refused_connection_and_unknown_host() -> None:
    with socket.socket() as held:
        held.bind(("127.0.0.1", 0))
        address = f"http://127.0.0.1:{held.getsockname()[1]}/"
        assert asked(address) == (Answer(address, Outcome.SOFT, "the connection is refused"),)


def test_unknown_host(monkeypatch: pytest.MonkeyPatch) -> None:
    def lookup(*_: Any, **__: Any) -> None:
        raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")

    monkeypatch.setattr(socket, "getaddrinfo", lookup)
    assert asked("http://gone.example/") == (Answer("http://gone.example/", Outcome.HARD, "there is no such host"),)


def test_certificate_that_nobody_vouches_for(tmp_path: Path) -> None:
    made = ["req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "1", "-subj", "/CN=localhost"]
    files = ["-keyout", str(tmp_path / "key"), "-out", str(tmp_path / "cert")]
    subprocess.run(["openssl", *made, *files], check=True, capture_output=True)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(tmp_path / "cert", tmp_path / "key")
    with server(context) as (address, _):
        (answer,) = asked(f"{address}/fine")
    assert answer.outcome is Outcome.SOFT
    assert "certificate" in answer.detail


@pytest.mark.parametrize(
    "url",
    ["http://127.0.0.1/", "http://10.1.2.3/", "http://169.254.169.254/latest", "http://[::1]/", "http://192.168.0.1/",
     "http://[::ffff:127.0.0.1]/", "http://2130706433/"],
)  # fmt: skip
def test_private_addresses_are_not_asked(url: str) -> None:
    (answer,) = asked(url, reach=Reach.PUBLIC)
    assert answer.detail in ("leads into a private network", "there is no such host")


def test_hosts_are_asked_one_thing_at_a_time_with_a_pause() -> None:
    with server() as (address, log), server() as (other, _):
        asked(*(f"{address}/{number}/no" for number in ("a", "b", "404", "500", "no-head")), f"{other}/fine")
        assert log.most_at_once == 1
        times = [at for at, _, _ in log.rows]
        assert min(b - a for a, b in itertools.pairwise(times)) >= 0.045
        assert {command for _, command, path in log.rows if path == "/a/no"} == {"HEAD"}


def test_hosts_are_asked_at_the_same_time() -> None:
    # 127.0.0.2 is this computer too, and another host.
    with server(host="0.0.0.0") as (address, log):
        urls = [address.replace("127.0.0.1", f"127.0.0.{host}") + "/slow" for host in range(1, 6)]
        asked(*urls, pace=Pace(idle_seconds=0.6, tries=1, pause_seconds=0.05))
    assert log.most_at_once > 3  # one after the other, three at most are still being answered when the next one comes


def test_a_round_ends() -> None:
    with server() as (address, _):
        begun = time.monotonic()
        found = asked(*(f"{address}/slow/{number}" for number in range(40)), pace=Pace(seconds=1, idle_seconds=0.3))
        assert time.monotonic() - begun < 10  # of 12 seconds for all
        assert len(found) < 40


# What is remembered, and what counts.


def days(*outcomes: Outcome) -> dict[str, Seen]:
    state: dict[str, Seen] = {}
    for at, outcome in enumerate(outcomes):
        state = links.after(state, [Answer("u", outcome, "why")], ["u"], DAY + timedelta(days=at))
    return state


FINE, HARD, SOFT = Outcome.FINE, Outcome.HARD, Outcome.SOFT


@pytest.mark.parametrize(
    ("outcomes", "gone", "unclear", "waiting"),
    [
        ([HARD], 0, 0, 1), ([HARD] * 2, 0, 0, 1), ([HARD] * 3, 1, 0, 0), ([HARD, FINE, HARD, HARD], 0, 0, 1),
        ([SOFT] * 6, 0, 0, 1), ([SOFT] * 7, 0, 1, 0), ([SOFT] * 6 + [HARD], 0, 0, 1),
        ([SOFT, HARD, HARD, HARD], 1, 0, 0),
        ([HARD] * 6 + [SOFT], 0, 1, 0), ([FINE], 0, 0, 0),
    ],
)  # fmt: skip
def test_failures_count_in_a_row(outcomes: list[Outcome], gone: int, unclear: int, waiting: int) -> None:
    state = days(*outcomes)
    found = links.report({"u": ("hubs/gh/a.yaml website",)}, [Answer("u", outcomes[-1], "why")], state, DAY)
    assert (len(found.gone), len(found.unclear), found.waiting) == (gone, unclear, waiting)


def test_two_rounds_on_one_day_count_once() -> None:
    state: dict[str, Seen] = {}
    for _ in range(5):
        state = links.after(state, [Answer("u", HARD)], ["u"], DAY)
    assert state == {"u": Seen("2026-06-01", 1, "2026-06-01", "hard")}


def test_what_no_record_names_is_forgotten() -> None:
    assert links.after({"old": Seen("2026-01-01")}, [], ["new"], DAY) == {}


def test_failed_and_new_addresses_come_first() -> None:
    state = {"a": Seen("2026-01-02"), "b": Seen("2026-01-01"), "c": Seen("2026-01-03", 1, "2026-01-03", "hard")}
    assert links.due(["a", "b", "c", "d"], state, 3) == ["c", "d", "b"]


def test_state_comes_back() -> None:
    state = days(FINE) | {"https://x.example/\"'": Seen("2026-01-03", 2, "2026-01-02", "hard")}
    assert links.read_state(links.written_state(state)) == state


@pytest.mark.parametrize(
    "source",
    [b"", b"{", b"[]", b'{"version": 2, "addresses": {}}', b'{"version": 1}', b'{"version": 1, "addresses": {"u": 3}}',
     b'{"version": 1, "addresses": {"u": [1, "x"]}}', b"[" * 100_000, b"\xff",
     b'{"version": 1, "addresses": {"u": ["@all"]}}', b'{"version": 1, "addresses": {"u": ["2026-01-03", 2, "@all"]}}',
     b'{"version": 1, "addresses": {"u": ["2026-01-03", -2, "2026-01-02", "hard"]}}',
     b'{"version": 1, "addresses": {"u": ["2026-01-03", true, "2026-01-02", "hard"]}}',
     b'{"version": 1, "addresses": {"u": ["2026-01-03", 2, "2026-01-02", "![x](//evil.example)"]}}'],
)  # fmt: skip
def test_state_that_is_none(source: bytes) -> None:
    assert links.read_state(source) is None


@pytest.fixture
def ageing(small: Path) -> Path:
    """The small registry with a second country, an old hub, one never verified, a closed and an invented one."""
    base = "kind: makerspace\nlocation: {locality: Town, precision: city}\n"
    hubs = {
        "gh/old": "name: Old <b>\nstewards: [{github: ama}]\nwebsite: https://old-lab.org/@x\n"
        "verified: {on: 2022-01-01, how: imported}\n",
        "gh/due": "name: Due\nwebsite: https://due.example\nprocesses: [sawing]\n"
        "verified: {on: 2025-01-01, how: call}\n",
        "ke/never": "name: Never\nprocesses: [sawing, laser-cutting]\ncontact: {email: info@never-lab.org}\n",
        "ke/closed": "name: Closed\nstatus: closed\nclosed_on: 2025-01-01\nwebsite: https://closed-lab.org/\n",
        "ke/invented": "name: Invented\ndemonstration: true\nwebsite: https://invented-lab.org/\n",
    }  # fmt: skip
    for id, text in hubs.items():
        path = small / "hubs" / f"{id}.yaml"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text + base, encoding="utf-8")
    return small


def test_addresses_of_the_records_that_can_be_asked(ageing: Path) -> None:
    known = registry.load(ageing, as_of=DAY)
    assert links.addresses(known) == {"https://old-lab.org/@x": ("hubs/gh/old.yaml website",)}


def test_stale_hubs_come_in_order_of_use(ageing: Path) -> None:
    found = stale.asked(registry.load(ageing, as_of=DAY))
    assert [(one.id, one.age, one.alone) for one in found] == [
        ("ke/never", "unknown", ("laser-cutting", "sawing")), ("gh/old", "stale", ()), ("gh/due", "due", ("sawing",)),
    ]  # fmt: skip
    assert [one.id for one in stale.asked(registry.load(ageing, as_of=DAY), ["gh"])] == ["gh/old", "gh/due"]


def test_stale_as_markdown_mentions_nobody(ageing: Path) -> None:
    text = stale.as_markdown(stale.asked(registry.load(ageing, as_of=DAY)))
    assert "| [Old &lt;b&gt;](https://registry.example/hubs/gh/old/) |" in text
    assert "`ama`" in text
    assert "@" not in text
    assert text.index("### Kenya") < text.index("### Ghana")


def test_links_as_markdown_links_nothing() -> None:
    url = "https://old-lab.org/@ama`|![x](y)"
    row = links.Row(url, "answers with 404", "2026-01-01", 3, "", ("hubs/gh/a.yaml website",))
    text = links_report.as_markdown(links.Report("2026-06-01", 1, 1, 0, (row,), (), (), 0))
    assert "- ``https://old-lab.org/@ama`\N{FULLWIDTH VERTICAL LINE}![x](y)``" in text


# The commands.

Karakana = Callable[..., tuple[int, str, str]]


@pytest.fixture
def karakana(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], ageing: Path) -> Karakana:
    monkeypatch.chdir(ageing.parent)

    def run(*words: str) -> tuple[int, str, str]:
        monkeypatch.setattr(sys, "argv", ["karakana", *words])
        with pytest.raises(SystemExit) as stopped:
            main()
        told = capsys.readouterr()
        assert "Traceback" not in told.err
        return int(stopped.value.code or 0), told.out, told.err

    return run


def test_links_command_remembers(karakana: Karakana, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def lookup(*_: Any, **__: Any) -> None:
        raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")

    monkeypatch.setattr(socket, "getaddrinfo", lookup)
    state = tmp_path / "far" / "links.json"
    codes = [
        karakana("links", "--state", str(state), "--as-of", f"2026-06-0{day}", "--format", "json")[0]
        for day in (1, 2, 3)
    ]
    assert codes == [0, 0, 1]
    assert json.loads(state.read_bytes())["addresses"]["https://old-lab.org/@x"][1] == 3
    state.write_text("{")
    code, told, said = karakana("links", "--state", str(state), "--as-of", "2026-06-04")
    assert (code, said) == (0, f"{state}: it cannot be read; all counts begin again\n")
    assert told.endswith("1 of 1 addresses asked: 0 fine, 0 gone, 0 without an answer, 0 moved, 1 to ask again\n")


def test_a_computer_without_network_notes_nothing() -> None:
    failed = [Answer(f"u{number}", HARD) for number in range(10)]
    assert links.is_offline(failed)
    assert not links.is_offline([*failed, Answer("u", FINE)])
    assert not links.is_offline(failed[:9])


def test_stale_command(karakana: Karakana) -> None:
    code, told, _ = karakana("stale", "--as-of", "2026-06-01", "--country", "GH")
    assert code == 0
    assert told == (
        "Ghana: 2\n  gh/old: verified 2022-01-01 (imported); ask ama\n"
        "  gh/due: verified 2025-01-01 (call); alone in its country with sawing\n2 to ask\n"
    )
    assert json.loads(karakana("stale", "--format", "json", "--as-of", "2026-06-01")[1])[0]["id"] == "ke/never"
    assert karakana("stale", "--country", "xx")[0] == 2
