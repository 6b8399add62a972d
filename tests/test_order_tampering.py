"""A whole order played through the command line, two of its parties without a hub, and tampered with at each step."""

import contextlib
import errno
import io
import json
import os
import shutil
import sys
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from generator import orders, signatures
from generator.cli import main
from generator.cli.hub_keys import keys_of
from generator.contracts.manifest import checksum
from generator.orders import Expected, Head
from generator.signatures import Signer
from tests import order_story as story
from tests.order_folder import PARAMETERS, PASSPHRASE, key, party, write_contract, write_registry
from tests.order_story import JOINER, MAKERS, Told

SCHOOL_KEY, GAUGE_KEY = signatures.signer(b"c" * 32), signatures.signer(b"g" * 32)
SCHOOL, GAUGE = (f"did:key:{one.public_key}" for one in (SCHOOL_KEY, GAUGE_KEY))
SIGNERS: Mapping[str, Signer] = {**story.SIGNERS, SCHOOL: SCHOOL_KEY, GAUGE: GAUGE_KEY}
OTHERS = {
    "initiator": {"name": "Demo School", "country": "gh", "key": SCHOOL_KEY.public_key},
    "inspector": {"name": "Demo Gauge Room", "country": "gh", "key": GAUGE_KEY.public_key},
}
FIRST = {**PARAMETERS, **OTHERS, **dict.fromkeys(("recipient", "payer", "producer"), OTHERS["initiator"])}
SECOND = {**FIRST, "manufacturers": [party(hub) for hub in ("gh/one", "ke/two", JOINER)], "quantities": [15, 20, 5]}
GOOD, BAD = {"checked": story.GOOD_PROTOTYPE}, {"checked": story.BAD_PROTOTYPE}


def lot_passes(hub: str, pieces: int) -> list[Told]:
    return [
        ("inspect-lot", GAUGE, hub, {"checked": story.lot_check(pieces)}),
        ("accept", SCHOOL, hub, {}),
        ("pay", SCHOOL, hub, {}),
    ]


def prototype(hub: str, **found: Any) -> list[Told]:
    return [("submit-prototype", hub, hub, {}), ("inspect-prototype", GAUGE, hub, found or GOOD)]


# One delivers in two parts and must rework the lot; two reworks its prototype; three ends and four joins; a dispute.
STORY: list[Told] = [
    ("offer", SCHOOL, "", {}),
    *(("sign", who, "", {}) for who in (SCHOOL, *MAKERS, GAUGE)),
    *prototype("gh/one"),
    ("release", GAUGE, "gh/one", {}),
    ("deliver", "gh/one", "gh/one", {"quantity": 9}),
    ("deliver", "gh/one", "gh/one", {"quantity": 6}),
    ("inspect-lot", GAUGE, "gh/one", {"checked": story.lot_check(5, 1)}),
    ("rework-lot", GAUGE, "gh/one", {"note": "a seat is too low"}),
    ("deliver", "gh/one", "gh/one", {"quantity": 15}),
    *lot_passes("gh/one", 15),
    *prototype("ke/two", **BAD),
    ("rework-prototype", GAUGE, "ke/two", {}),
    ("end", "tg/three", "tg/three", {"reason": "the saw broke"}),
    ("replan", SCHOOL, "", {"quantities": {"ke/two": 20, JOINER: 5}}),
    ("sign", JOINER, "", {}),
    ("agree", "ke/two", "ke/two", {}),
    *prototype("ke/two"),
    ("release", GAUGE, "ke/two", {}),
    ("deliver", "ke/two", "ke/two", {"quantity": 20}),
    ("dispute", JOINER, "", {"against": SCHOOL, "reason": "the drawings came late"}),
    ("settle", SCHOOL, "", {"outcome": "resume"}),
    ("settle", JOINER, "", {"outcome": "resume"}),
    *lot_passes("ke/two", 20),
    *prototype(JOINER),
    ("release", GAUGE, JOINER, {}),
    ("deliver", JOINER, JOINER, {"quantity": 5}),
    *lot_passes(JOINER, 5),
    ("close", SCHOOL, "", {}),
]  # fmt: skip
PLACES = range(len(STORY))


class Said(NamedTuple):
    """How a command ended, and what it printed."""

    code: int
    out: str
    err: str


def karakana(top: Path, *words: object) -> Said:
    """Run the command in the registry's folder, with a state of its own and the passphrase on a descriptor."""
    reading, writing = os.pipe()
    os.write(writing, PASSPHRASE.encode() + b"\n")
    os.close(writing)
    given = ["--passphrase-fd", str(reading)] if "--key" in words else []
    out, err = io.StringIO(), io.StringIO()
    with (
        pytest.MonkeyPatch.context() as patch, contextlib.redirect_stdout(out), contextlib.redirect_stderr(err),
    ):  # fmt: skip
        patch.setenv("XDG_STATE_HOME", str(top / "state"))
        patch.setattr(sys, "argv", ["karakana", *map(str, words), *given])
        patch.chdir(top / "work")
        with pytest.raises(SystemExit) as end:
            main()
    os.close(reading)
    return Said(int(end.value.code or 0), out.getvalue(), err.getvalue())


def take(top: Path, told: Told, at: int) -> Said:
    step, by, lot, details = told
    words: list[str] = ["--lot", lot] if lot else []
    for name, value in details.items():
        if name == "checked":
            words += [word for one, n in value.items() for word in ("--checked", f"{one}={n['faulty']}/{n['pieces']}")]
        elif name == "quantities":
            words += [word for hub, many in value.items() for word in ("--part", f"{hub}={many}")]
        else:
            words += [f"--{name.replace('_', '-')}", str(value)]
    when = f"2026-12-{1 + at // 24:02}T{at % 24:02}:00:00Z"
    return karakana(
        top, "order", "advance", top / "order", step, "--hub", by, "--key", key(top, by), "--at", when, *words
    )


def sign_all(top: Path, contract: Path, parties: tuple[str, ...]) -> None:
    for who in parties:
        said = karakana(
            top, "contract", "sign", contract / "manifest.json", "--key", key(top, who), "--hub", who,
            "--on", "2026-11-22",
        )  # fmt: skip
        assert said.code == 0, said


@pytest.fixture(scope="module")
def played(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The order, played to its end, with its registry, keys and contracts."""
    top = tmp_path_factory.mktemp("played")
    registry = write_registry(top)
    for who in (SCHOOL, GAUGE):
        key(top, who).write_bytes(signatures.sealed(SIGNERS[who], PASSPHRASE.encode()))
    write_contract(top / "contract", registry, FIRST)
    write_contract(top / "second", registry, SECOND)
    sign_all(top, top / "contract", (SCHOOL, *MAKERS, GAUGE))
    sign_all(top, top / "second", (SCHOOL, "gh/one", "ke/two", JOINER, GAUGE))
    (top / "quality.yaml").write_bytes(story.ORDER.partition(b"rework_rounds: 2\n")[2])
    (top / "plan.json").write_text('{"valid": true}')
    words = ("--contract", top / "contract", "--quality", top / "quality.yaml", "--plan", top / "plan.json")
    begun = karakana(top, "order", "new", top / "order", *words)
    assert begun.code == 0, begun
    assert "5 of 15 pieces checked, up to 0 faulty: gh/one seat-height" in begun.out
    for at, (step, by, lot, details) in enumerate(STORY):
        more = {"contract": top / "second"} if step == "replan" else {}
        said = take(top, (step, by, lot, {**details, **more}), at)
        assert said.code == 0, (at, step, said)
    return top


@pytest.fixture
def copy(played: Path, tmp_path: Path) -> Path:
    """A copy of it all, on a machine that has seen nothing of the order before."""
    for name in ("work", "keys", "order"):
        shutil.copytree(played / name, tmp_path / name)
    return tmp_path


def log(top: Path) -> list[Path]:
    return sorted((top / "order" / "log").glob("0*.json"))


def verified(top: Path, *words: object) -> Said:
    return karakana(top, "order", "verify", top / "order", *words)


def test_it_is_whole_at_its_end(copy: Path) -> None:
    said = verified(copy)
    assert (said.code, said.err) == (0, "")
    assert said.out.startswith(f"whole: {len(STORY)} entries")
    assert "not checked" not in said.out
    status = json.loads(karakana(copy, "order", "status", copy / "order", "--format", "json").out)
    assert (status["ending"], status["unassigned"]) == ("completed", 0)
    text = karakana(copy, "order", "status", copy / "order").out
    assert "gh/one: 15 pieces, paid, sent back: 1 (at most 2)\n    150.00 EUR: 0.1 at signature" in text


class Log(NamedTuple):
    """The files of the log, their names in order, and what they are held against."""

    files: Mapping[str, bytes]
    names: tuple[str, ...]
    terms: orders.Terms
    expected: Expected

    def data(self, at: int) -> dict[str, Any]:
        found: dict[str, Any] = json.loads(self.files[self.names[at]])
        return found


@pytest.fixture(scope="module")
def whole(played: Path) -> Log:
    files = {path.name: path.read_bytes() for path in (played / "order" / "log").glob("[!.]*.json")}
    found = orders.read_terms((played / "order" / "order.yaml").read_bytes())
    expected = Expected(found.sha256, keys_of(played / "work" / "registry", story.HUBS))
    return Log(files, tuple(sorted(set(files) - {orders.HEAD_FILE})), found.terms[0], expected)


def resigned(data: Mapping[str, Any], by: Signer, method: str = "") -> bytes:
    """Return an entry with a proof that holds under some key, in the name of whoever it says."""
    bare = signatures.bare(data)
    method = method or data["proof"]["verificationMethod"]
    return signatures.canonical({**bare, "proof": signatures.proved(bare, by, method, data["at"])})


def edits(data: Mapping[str, Any]) -> Iterator[tuple[str, bytes]]:
    """Yield what somebody might write in place of an entry: what was done to it, and its bytes."""
    text = signatures.canonical(data)
    for name, value in data.items():
        other = {"number": 77, "details": {"note": "x"}, "proof": {}}.get(name, "x" if value != "x" else "y")
        yield f"another {name}", signatures.canonical({**data, name: other})
        yield f"no {name}", signatures.canonical({key: old for key, old in data.items() if key != name})
        place = text.index(f'"{name}":'.encode()) + len(name) + 4
        yield f"a bit of {name}", text[:place] + bytes([text[place] ^ 1]) + text[place + 1 :]
    for name, value in data["proof"].items():
        yield (
            f"another {name} of the proof",
            signatures.canonical({**data, "proof": {**data["proof"], name: f"{value}x"}}),
        )
    yield "one more name", signatures.canonical({**data, "more": 1})
    yield "a name twice", text.replace(b'"by":', b'"by":"gh/one","by":', 1)
    yield "a float", text.replace(b'"number":', b'"number":1.0,"x":', 1)
    yield (
        "the same number as a float",
        text.replace(f'"number":{data["number"]}'.encode(), f'"number":{data["number"]}.0'.encode()),
    )
    yield "a huge number", text.replace(f'"number":{data["number"]}'.encode(), b'"number":' + b"9" * 5000)
    yield "an endless number", text.replace(f'"number":{data["number"]}'.encode(), b'"number":1e999')
    yield "spaces", text.replace(b'":', b'": ')
    yield "lines as on Windows inside", json.dumps(data, indent=1).replace("\n", "\r\n").encode()
    yield "an escape for a letter", text.replace(b'"karakana', b'"\\u006barakana')
    yield "a letter that looks the same", text.replace(b'"step":"', '"step":"\u0455'.encode())
    yield "a byte order mark", b"\xef\xbb\xbf" + text
    yield "no UTF-8", text.replace(b'"step":"', b'"step":"\xff')
    yield "deep nesting", text.replace(b'"details":{', b'"details":{"note":' + b"[" * 500 + b"]" * 500 + b",")
    yield "half of it", text[: len(text) // 2]
    yield "nothing", b""
    yield "one more byte", text + b"x"
    yield "one more line end", text + b"\n\n"
    yield "a line end of another system twice", text + b"\r\n\r\n"
    yield "a megabyte", text + b" " * (1 << 20)


@pytest.mark.parametrize("at", PLACES)
def test_whatever_is_written_over_an_entry_is_found_there(whole: Log, at: int) -> None:
    name = whole.names[at]
    for what, content in edits(whole.data(at)):
        assert content != whole.files[name].rstrip(), what
        files = {
            name: content,
            **({whole.names[at + 1]: whole.files[whole.names[at + 1]]} if at + 1 < len(STORY) else {}),
        }
        before = {one: whole.files[one] for one in whole.names[max(0, at - 1) : at]}
        faults = orders.read_log(whole.terms, {**before, **files}, whole.expected).faults
        found = [fault for fault in faults if fault.file == name]
        assert found, what
        assert all(fault.message and "Traceback" not in fault.message for fault in found)


@pytest.mark.parametrize("at", PLACES)
def test_nobody_can_sign_for_another(whole: Log, at: int) -> None:
    data, name = whole.data(at), whole.names[at]
    other = SCHOOL if data["by"] != SCHOOL else GAUGE
    forged = {
        "another's key under the party's name": resigned(data, SIGNERS[other]),
        "another's key under its own name": resigned(data, SIGNERS[other], f"{other}#{other.removeprefix('did:key:')}"),
        "another's name and key": resigned({**data, "by": other}, SIGNERS[other]),
        "a key made for it": resigned(data, signatures.signer(b"x" * 32), f"{data['by']}#z6Mkx"),
        "its own key, at an earlier time": resigned({**data, "at": "2020-01-01T00:00:00Z"}, SIGNERS[data["by"]]),
        "its own key, for another order": resigned({**data, "order": "0" * 64}, SIGNERS[data["by"]]),
    }
    for what, content in forged.items():
        found = orders.read_log(whole.terms, {**whole.files, name: content}, whole.expected)
        assert any(fault.file == name for fault in found.faults), what
        if what != "its own key, at an earlier time":  # who has the first word may date it as it likes
            assert (len(found.entries), found.state.steps) == (at, at), what  # nobody is told that it was done


@pytest.mark.parametrize("at", PLACES)
def test_a_key_that_was_not_in_force_is_found(whole: Log, at: int, copy: Path) -> None:
    data, name = whole.data(at), whole.names[at]
    if data["by"].startswith("did:key:"):
        return  # nobody can end such a key: the contract names it
    day = data["at"][:10]
    for change in (f"revoked_on: {day}", f"compromised_since: {day}", "valid_until: 2026-11-30"):
        path = copy / "work" / "registry" / "hubs" / f"{data['by']}.yaml"
        text = path.read_text()
        path.write_text(f"{text.rstrip()}\n    {change}\n")
        expected = whole.expected._replace(keys=keys_of(copy / "work" / "registry", story.HUBS))
        path.write_text(text)
        faults = orders.read_log(whole.terms, whole.files, expected).faults
        assert any(fault.file == name and data["by"] in fault.message for fault in faults), change


@pytest.mark.parametrize("at", PLACES)
def test_entries_that_are_cut_off_moved_or_doubled_are_found(whole: Log, at: int) -> None:
    name, head = whole.names[at], whole.files[orders.HEAD_FILE]
    rest = {one: content for one, content in whole.files.items() if one != name}
    short = {one: whole.files[one] for one in whole.names[:at]}
    last = Head(at, signatures.digest(whole.data(at - 1))) if at else Head()
    cut = {**short, orders.HEAD_FILE: orders.head_file(last)}
    seen = whole.expected._replace(seen=(Head(len(STORY), signatures.digest(whole.data(-1))),))

    def told(files: Mapping[str, bytes], expected: Expected = whole.expected) -> list[str]:
        return [fault.message for fault in orders.read_log(whole.terms, files, expected).faults]

    assert any("missing" in one or "cut off" in one for one in told(rest))
    assert any("cut off" in one for one in told({**short, orders.HEAD_FILE: head}))
    assert told(cut) == []  # a log that was cut together with its head is whole, until
    assert any("was seen before" in one for one in told(cut, seen))  # somebody knows its last entry
    assert any("another name" in one for one in told({**whole.files, f"9{name}": whole.files[name]}))
    assert any("renamed" in one for one in told({**rest, f"9{name}": whole.files[name]}))


SPOILED: list[tuple[str, Callable[[Path], object], str]] = [
    ("a fact of the terms", lambda top: edit(top / "order" / "order.yaml", "quantity: 15", "quantity: 16"), "make 41"),
    ("a price", lambda top: edit(top / "order" / "order.yaml", '"50"', '"51"'), "add up to"),
    ("the plan", lambda top: edit(top / "order" / "order.yaml", "method: load", "method: look"), "another order.yaml"),
    ("a sample", lambda top: edit(top / "order" / "order.yaml", '"30"', '"60"'), "quality plan, seat-height on"),
    ("a larger sample", lambda top: edit(top / "order" / "order.yaml", '"30"', '"20"'), "another order.yaml"),
    ("the order's plan", lambda top: (top / "order" / "plan.json").write_text("{}"), "it is not the plan that"),
    ("no plan", lambda top: (top / "order" / "plan.json").unlink(), "the plan that order.yaml names is missing"),
    ("a date", lambda top: edit(top / "order" / "order.yaml", "2027-03-01", "2028-03-01"), "delivery_due: 2028-03-01"),
    ("a name", lambda top: edit(top / "order" / "order.yaml", "Demo School", "Demo Scool"), "name of did:key:"),
    ("a party", lambda top: edit(top / "order" / "order.yaml", "ke/two", "ke/twe"), "ke/two: nothing, and the"),
    ("the terms as a link", lambda top: link(top / "order" / "order.yaml"), "is a symbolic link"),
    ("the log as a link", lambda top: link(top / "order" / "log"), "is a symbolic link"),
    ("an entry as a link", lambda top: link(log(top)[7]), "a symbolic link: put the file itself there"),
    ("the contract as a link", lambda top: link(top / "order" / "contract"), "is a symbolic link"),
    ("its text as a link", lambda top: link(top / "order" / "contract" / "contract.en.md"), "is a symbolic link"),
    ("a folder in the log", lambda top: (top / "order" / "log" / "0099-x.json").mkdir(), "nothing but entries"),
    ("a text in the log", lambda top: (top / "order" / "log" / "a.txt").write_text("x"), "nothing but entries"),
    ("a text of the contract", lambda top: edit(contract(top) / "contract.en.md", "Ghana", "Kenya"), "line 1"),
    ("the values", lambda top: edit(contract(top) / "parameters.json", '"400.01"', '"400.02"'), "value of total_price"),
    ("the template", lambda top: edit(contract(top) / "template.json", "Initiator", "Investor"), "copy of the"),
    ("values twice", lambda top: edit(contract(top) / "parameters.json", '{"', '{"markings":"x","'), "stands twice"),
    ("the manifest", lambda top: edit(contract(top) / "manifest.json", '"en":{', '"eo":{'), "it is not the manifest"),
    ("no signature", lambda top: unsigned(contract(top) / "manifest.json"), "has not signed the contract"),
    ("a signature twice", lambda top: signed_twice(contract(top) / "manifest.json"), "it stands 2 times"),
    ("text and manifest", lambda top: forged_text(contract(top)), "is not what the template and the values give"),
    ("values and manifest", lambda top: forged_values(contract(top)), "it is not the manifest that order.yaml names"),
    ("the new contract", lambda top: edit(top / "order" / "contract-22" / "contract.fr.md", "Ghana", "Togo"), "in fr"),
    ("its signatures", lambda top: unsigned(top / "order" / "contract-22" / "manifest.json"), "`cm/four` took"),
    ("a hub's key", lambda top: swap_key(top, "gh/one"), "none of those in the record of `gh/one`"),
    ("no record", lambda top: (top / "work/registry/hubs/gh/one.yaml").unlink(), "no hub `gh/one` in the registry"),
    ("the head", lambda top: edit(top / "order" / "log" / "head.json", '"number":', '"number":1'), "names entry 1"),
]  # fmt: skip


def contract(top: Path) -> Path:
    return top / "order" / "contract"


def edit(path: Path, before: str, after: str) -> None:
    text = path.read_text()
    assert before in text, path
    path.write_text(text.replace(before, after, 1))


def link(path: Path) -> None:
    other = path.with_name(f".{path.name}.elsewhere")
    path.rename(other)
    path.symlink_to(other)


def unsigned(path: Path) -> None:
    path.write_bytes(signatures.canonical(signatures.bare(json.loads(path.read_bytes()))))


def signed_twice(path: Path) -> None:
    manifest = json.loads(path.read_bytes())
    path.write_bytes(signatures.canonical({**manifest, "proof": [*manifest["proof"], manifest["proof"][0]]}))


def forged_text(folder: Path) -> None:
    edit(folder / "contract.en.md", "400.01", "900.01")
    manifest = json.loads((folder / "manifest.json").read_bytes())
    manifest["texts"]["en"]["sha256"] = checksum((folder / "contract.en.md").read_bytes())
    (folder / "manifest.json").write_bytes(signatures.canonical(signatures.bare(manifest)))


def forged_values(folder: Path) -> None:
    edit(folder / "parameters.json", '"delivery_due":"2027-03-01"', '"delivery_due":"2027-04-01"')
    manifest = json.loads((folder / "manifest.json").read_bytes())
    manifest["parameters"]["sha256"] = signatures.digest(json.loads((folder / "parameters.json").read_bytes()))
    (folder / "manifest.json").write_bytes(signatures.canonical(signatures.bare(manifest)))


@pytest.mark.parametrize("step", ["offer", "sign"])
def test_nobody_offers_or_signs_what_the_contract_does_not_say(copy: Path, step: str) -> None:
    shutil.rmtree(copy / "order" / "log")
    story_of = {"offer": 0, "sign": 1}
    for at in range(story_of[step]):
        assert take(copy, STORY[at], at).code == 0
    before = len(log(copy))
    forged_text(contract(copy))
    said = take(copy, STORY[story_of[step]], 9)
    assert (said.code, len(log(copy))) == (2, before)
    assert "text in en: line" in said.err
    assert "is not what the template and the values give" in said.err


CHANGED: list[tuple[Callable[[Path], object], str]] = [
    (lambda top: edit(contract(top) / "contract.en.md", "Ghana", "Kenya"), "text in en: it is not the one"),
    (lambda top: shutil.rmtree(contract(top)), "the contract is missing"),
    (lambda top: (top / "order" / "plan.json").write_text("{}"), "it is not the plan that"),
    (lambda top: edit(top / "order" / "contract-22" / "contract.fr.md", "Ghana", "Togo"), "text in fr: it is not the"),
]


@pytest.mark.parametrize(("spoil", "why"), CHANGED)
def test_no_step_is_taken_once_the_contract_was_changed(
    copy: Path, spoil: Callable[[Path], object], why: str
) -> None:  # fmt: skip
    last = log(copy)[-1]
    behind = Head(len(log(copy)) - 1, signatures.digest(json.loads(log(copy)[-2].read_bytes())))
    last.unlink()
    (copy / "order" / "log" / orders.HEAD_FILE).write_bytes(orders.head_file(behind))
    assert take(copy, STORY[-1], len(STORY)).code == 0
    log(copy)[-1].unlink()
    (copy / "order" / "log" / orders.HEAD_FILE).write_bytes(orders.head_file(behind))
    assert verified(copy, "--forget").code == 0
    spoil(copy)
    said = take(copy, STORY[-1], len(STORY))
    assert (said.code, why in said.err, "get what was changed again" in said.err) == (2, True, True), said
    assert len(log(copy)) == behind.number


def test_an_order_that_checks_less_than_its_contract_is_no_order_of_it(copy: Path) -> None:
    shutil.rmtree(copy / "order" / "log")
    edit(copy / "order" / "order.yaml", 'ltpd_percent: "30"', 'ltpd_percent: "60"')
    said = take(copy, STORY[0], 0)
    assert said.code == 2
    assert "quality plan, seat-height on the lot of gh/one: 3 pieces with up to 0 faulty, and the contract" in said.err
    edit(copy / "order" / "order.yaml", 'ltpd_percent: "60"', 'ltpd_percent: "20"')
    assert take(copy, STORY[0], 0).code == 0
    assert verified(copy).code == 0


def swap_key(top: Path, hub: str) -> None:
    path = top / "work" / "registry" / "hubs" / f"{hub}.yaml"
    edit(path, story.SIGNERS[hub].public_key, signatures.signer(b"z" * 32).public_key)


@pytest.mark.parametrize(("what", "spoil", "why"), SPOILED, ids=[one[0] for one in SPOILED])
def test_what_is_spoiled_in_the_folder_is_found(
    copy: Path, what: str, spoil: Callable[[Path], object], why: str
) -> None:
    spoil(copy)
    said = verified(copy)
    assert said.code in (1, 2), what
    assert why in said.out + said.err
    assert "Traceback" not in said.err
    for command in (("status",), ("export", "--format", "ics", "--output", copy / "order.ics")):
        more = karakana(copy, "order", *command, copy / "order")
        assert more.code in (1, 2), command
        assert why in more.out + more.err, command
    assert not (copy / "order.ics").exists()


def test_a_step_that_was_broken_off_is_completed(copy: Path) -> None:
    names = [path.name for path in log(copy)]
    behind = Head(len(names) - 1, signatures.digest(json.loads(log(copy)[-2].read_bytes())))
    (copy / "order" / "log" / orders.HEAD_FILE).write_bytes(orders.head_file(behind))
    said = verified(copy)
    assert (said.code, "the log goes on after it" in said.out) == (1, True)
    keep = said.out.partition("--keep ")[2][:12]
    settle = ("order", "resolve", copy / "order", "--keep")
    assert karakana(copy, *settle, names[-2][5:17]).code == 2  # not the last one
    assert karakana(copy, *settle, keep).code == 0
    assert verified(copy).code == 0
    log(copy)[-1].unlink()
    assert karakana(copy, *settle, names[-2][5:17]).code == 2  # an entry that was cut off stays missed
    assert verified(copy).code == 1


def test_a_full_disk_leaves_no_half_of_an_entry(copy: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shutil.rmtree(copy / "order" / "log")

    def full(_: int) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    with monkeypatch.context() as patch:
        patch.setattr(os, "fsync", full)
        said = take(copy, STORY[0], 0)
    assert (said.code, "No space left" in said.err) == (2, True)
    assert list((copy / "order" / "log").iterdir()) == []
    assert take(copy, STORY[0], 0).code == 0


def test_an_order_that_begins_anew_in_its_folder_is_found_by_who_saw_it(copy: Path) -> None:
    assert verified(copy).code == 0
    shutil.rmtree(copy / "order" / "log")
    edit(copy / "order" / "order.yaml", "method: load", "method: look")
    said = verified(copy)
    assert (said.code, "this machine saw another order.yaml in this folder" in said.out) == (1, True)
    assert verified(copy, "--forget").code == 0


def test_only_a_key_that_the_contract_names_takes_the_steps_of_a_party(played: Path, tmp_path: Path) -> None:
    top = tmp_path
    registry = write_registry(top)
    paper = {**FIRST, "inspector": {"name": "Demo Gauge Room", "country": "gh"}}
    write_contract(top / "contract", registry, paper)
    (top / "quality.yaml").write_bytes(story.ORDER.partition(b"rework_rounds: 2\n")[2])
    words = ("--contract", top / "contract", "--quality", top / "quality.yaml")
    said = karakana(top, "order", "new", top / "order", *words)
    assert said.code == 2
    assert "Demo Gauge Room (inspector) can take no step: the contract names neither" in said.err
    stranger = signatures.signer(b"s" * 32)
    path = top / "keys" / "stranger.pem"
    path.write_bytes(signatures.sealed(stranger, PASSPHRASE.encode()))
    step = ("order", "advance", played / "order", "close", "--at", "2027-01-01T00:00:00Z", "--key", path)
    said = karakana(top, *step, "--hub", SCHOOL)
    assert said.code == 2
    contract_words = ("contract", "sign", top / "contract" / "manifest.json", "--key", path, "--on", "2026-11-22")
    said = karakana(top, *contract_words, "--hub", f"did:key:{stranger.public_key}")
    assert (said.code, "is no party of this contract" in said.err) == (2, True)
    said = karakana(top, *contract_words, "--hub", SCHOOL)
    assert (said.code, "the key is not the one that `did:key:" in said.err) == (2, True)
