"""`karakana contract sign` and `verify`, and `karakana order`: what they print and write, and how they exit."""

import errno
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from generator import orders, signatures
from generator.cli import main
from generator.contracts.manifest import checksum
from generator.documents import parse
from generator.orders import Action, Head
from tests import order_story as story
from tests.order_folder import (
    DIVIDED,
    PARAMETERS,
    PASSPHRASE,
    ROOT,
    TEMPLATE,
    amount,
    key,
    party,
    sign_contract,
    write_contract,
    write_log,
    write_registry,
)
from tests.order_story import BUYER, INSPECTOR, JOINER, STORY

Karakana = Callable[..., tuple[int, str, str]]


@pytest.fixture
def karakana(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path) -> Karakana:
    """Run the command in this process, with the passphrase on a descriptor where a key is given."""
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))

    def run(*words: object, passphrase: str = PASSPHRASE) -> tuple[int, str, str]:
        reading, writing = os.pipe()
        os.write(writing, passphrase.encode() + b"\n")
        os.close(writing)
        given = ["--passphrase-fd", str(reading)] if "--key" in words or "key" in words else []
        monkeypatch.setattr(sys, "argv", ["karakana", *map(str, words), *given])
        with pytest.raises(SystemExit) as end:
            main()
        os.close(reading)
        out, err = capsys.readouterr()
        return int(end.value.code or 0), out, err

    return run


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A registry with the story's hubs, their key files, and a filled contract."""
    top = tmp_path_factory.mktemp("made")
    registry = write_registry(top)
    write_contract(top / "contract", registry, PARAMETERS)
    write_contract(top / "divided", registry, DIVIDED)
    sign_contract(top / "divided", BUYER, "gh/one", "ke/two", JOINER, INSPECTOR)
    return top


@pytest.fixture
def here(made: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of all that, with the registry as the working folder."""
    for name in ("work", "keys", "contract", "divided"):
        shutil.copytree(made / name, tmp_path / name)
    monkeypatch.chdir(tmp_path / "work")
    return tmp_path


def signed(karakana: Karakana, here: Path, hub: str, *more: object) -> tuple[int, str, str]:
    manifest = here / "contract" / "manifest.json"
    return karakana("contract", "sign", manifest, "--key", key(here, hub), "--hub", hub, "--on", "2026-11-22", *more)


def test_a_contract_is_signed_by_each_party_and_verified(karakana: Karakana, here: Path) -> None:
    code, out, _ = karakana("contract", "verify", here / "contract")
    assert (code, out.count("has not signed")) == (1, 5)
    assert "template distributed-manufacturing/1: unchanged" in out
    for hub in (BUYER, INSPECTOR, *story.MAKERS):
        code, out, err = signed(karakana, here, hub)
        assert (code, err) == (0, "")
        assert f"signed by {hub}" in out
    code, out, _ = karakana("contract", "verify", here / "contract")
    assert (code, out.splitlines()[-1]) == (0, "whole and signed by every party")
    (here / "contract" / "contract.en.html").write_text("to read")
    assert "not part of what is signed: contract.en.html" in karakana("contract", "verify", here / "contract")[1]
    manifest = json.loads((here / "contract" / "manifest.json").read_bytes())
    assert [one["cryptosuite"] for one in manifest["proof"]] == ["eddsa-jcs-2022"] * 5
    assert "already" in signed(karakana, here, BUYER)[2]


@pytest.mark.parametrize(
    ("name", "content", "why"),
    [
        ("contract.en.md", "# Agreement, changed\n", "text in en: it is not the one"),
        ("contract.fr.md", None, "text in fr: its file is missing"),
        ("contract.pt.md", "# Contrato\n", "text in pt: the manifest does not name it"),
        ("parameters.json", "{}", "parameters: it is not the one"),
        ("template.json", "{}", "copy of the template: it is not the one"),
        ("../work/registry/contracts/distributed-manufacturing/1.yaml", "title: Other\n", "template distributed-manu"),
    ],
)
def test_a_changed_part_is_named_and_never_signed(
    karakana: Karakana, here: Path, name: str, content: str | None, why: str
) -> None:
    signed(karakana, here, BUYER)
    path = here / "contract" / name
    if content is None:
        path.unlink()
    else:
        path.write_text(content)
    code, out, _ = karakana("contract", "verify", here / "contract")
    assert code == 1
    assert why in out
    assert out.splitlines()[-1] == "NOT what the parties signed"
    code, _, err = signed(karakana, here, INSPECTOR)
    assert code == 2
    assert "not signed: the contract is not what its manifest says" in err


def test_a_contract_is_verified_with_its_copy_where_the_registry_lacks_the_template(
    karakana: Karakana, here: Path
) -> None:
    signed(karakana, here, BUYER)
    shutil.rmtree(here / "work" / "registry" / "contracts")
    assert "copy of the template: unchanged" in karakana("contract", "verify", here / "contract")[1]
    (here / "contract" / "template.json").unlink()
    assert "no copy of it lies here" in karakana("contract", "verify", here / "contract")[1]


def test_a_text_that_was_changed_with_its_hash_is_found_by_filling_in_again(karakana: Karakana, here: Path) -> None:
    folder = here / "contract"
    text = (folder / "contract.fr.md").read_text().replace("1er décembre 2026", "2 décembre 2026", 1)
    (folder / "contract.fr.md").write_text(text)
    manifest = json.loads((folder / "manifest.json").read_bytes())
    manifest["texts"]["fr"]["sha256"] = checksum(text.encode())
    (folder / "manifest.json").write_bytes(signatures.canonical(manifest))
    template = here / "work" / "registry" / "contracts" / "distributed-manufacturing" / "1.yaml"
    for words in ((), ("--template", template)):
        code, out, _ = karakana("contract", "verify", folder, *words)
        assert code == 1
        assert "text in fr: line 12 is not what the template and the values give: it says `- **Date du" in out
        assert "2 décembre 2026`, and it would be" in out
    assert "not signed" in signed(karakana, here, BUYER)[2]
    template.write_text(template.read_text().replace("of the contract", "of this contract", 1))
    code, out, _ = karakana("contract", "verify", folder, "--template", template)
    assert (code, "template distributed-manufacturing/1: it is not the one" in out) == (1, True)


def test_values_that_do_not_fit_the_template_are_found_although_their_hash_is_right(
    karakana: Karakana, here: Path
) -> None:
    folder = here / "contract"
    values = json.loads((folder / "parameters.json").read_bytes())
    values["sample_sizes"] = [5, 5, 11]
    (folder / "parameters.json").write_bytes(signatures.canonical(values))
    manifest = json.loads((folder / "manifest.json").read_bytes())
    manifest["parameters"]["sha256"] = signatures.digest(values)
    (folder / "manifest.json").write_bytes(signatures.canonical(manifest))
    code, out, _ = karakana("contract", "verify", folder)
    assert code == 1
    assert "value of sample_sizes: item 3 is 11; it must be not more than `quantities`, 10" in out


def test_a_changed_manifest_makes_every_signature_invalid(karakana: Karakana, here: Path) -> None:
    signed(karakana, here, BUYER)
    path = here / "contract" / "manifest.json"
    manifest = json.loads(path.read_bytes())
    path.write_text(json.dumps({**manifest, "prevailing_language": "fr"}))
    code, out, _ = karakana("contract", "verify", here / "contract")
    assert code == 1
    assert (
        "Hub gh/buyer (gh/buyer, initiator, payer, producer, recipient): invalid: the signature is not of this text"
        in out
    )


def test_a_stranger_cannot_sign(karakana: Karakana, here: Path) -> None:
    code, _, err = signed(karakana, here, JOINER)
    assert (code, "no party of this contract" in err) == (2, True)
    path = here / "contract" / "manifest.json"
    manifest = json.loads(path.read_bytes())
    proof = signatures.sign_for(manifest, story.SIGNERS[JOINER], JOINER, story.ADDRESS, "2026-11-22T00:00:00Z")
    path.write_text(json.dumps(signatures.with_proof(manifest, proof)))
    code, out, _ = karakana("contract", "verify", here / "contract")
    assert (code, f"signed by `{JOINER}`, who is no party" in out) == (1, True)


@pytest.mark.parametrize(
    ("prepare", "passphrase", "why"),
    [
        (lambda _: None, "wrong", "the passphrase does not open it"),
        (lambda here: shutil.copy(key(here, INSPECTOR), key(here, BUYER)), PASSPHRASE, "none of those in the record"),
        (lambda here: (here / "keys" / ".git").mkdir(), PASSPHRASE, "lies in the Git repository"),
        (lambda here: key(here, BUYER).write_text("x"), PASSPHRASE, "no encrypted PKCS#8 file"),
    ],
)
def test_keys_that_do_not_serve(
    karakana: Karakana, here: Path, prepare: Callable[[Path], object], passphrase: str, why: str
) -> None:
    prepare(here)
    words = ("--key", key(here, BUYER), "--hub", BUYER, "--on", "2026-11-22")
    manifest = here / "contract" / "manifest.json"
    code, _, err = karakana("contract", "sign", manifest, *words, passphrase=passphrase)
    assert code == 2
    assert why in err
    assert b"proof" not in (here / "contract" / "manifest.json").read_bytes()


def test_a_key_is_made_outside_every_repository_and_read_by_its_owner_only(karakana: Karakana, here: Path) -> None:
    path = here / "keys" / "new.pem"
    code, out, _ = karakana("key", "new", path)
    assert code == 0
    assert path.stat().st_mode & 0o777 == 0o600
    shown = parse(out.encode())["keys"][0]["public_key"]
    assert shown == signatures.opened(path.read_bytes(), PASSPHRASE.encode()).public_key
    assert shown in karakana("key", "show", path)[1]
    assert "never overwritten" in karakana("key", "new", path)[2]
    (here / ".git").mkdir()
    assert "lies in the Git repository" in karakana("key", "new", here / "keys" / "other.pem")[2]


QUALITY = story.ORDER.partition(b"rework_rounds: 2\n")[2]


@pytest.fixture
def begun(karakana: Karakana, here: Path) -> Path:
    """An order in draft, made from a contract that every party signed."""
    sign_contract(here / "contract", BUYER, INSPECTOR, *story.MAKERS)
    (here / "quality.yaml").write_bytes(QUALITY)
    folder = here / "orders" / "stools"
    code, _, err = karakana(
        "order", "new", folder, "--contract", here / "contract", "--quality", here / "quality.yaml"
    )  # fmt: skip
    assert (code, err) == (0, "")
    return folder


def take(karakana: Karakana, folder: Path, told: story.Told, at: int) -> tuple[int, str, str]:
    step, by, lot, details = told
    words: list[str] = ["--lot", lot] if lot else []
    for name, value in details.items():
        if name == "checked":
            words += [word for one, n in value.items() for word in ("--checked", f"{one}={n['faulty']}/{n['pieces']}")]
        elif name == "quantities":
            words += [word for hub, many in value.items() for word in ("--part", f"{hub}={many}")]
        else:
            words += [f"--{name.replace('_', '-')}", str(value)]
        if name == "manifest_sha256":
            words[-2:] = ["--contract", str(folder.parent.parent / "divided")]
    when = f"2026-12-{1 + at // 24:02}T{at % 24:02}:00:00Z"
    home = key(folder.parent.parent, by)
    return karakana("order", "advance", folder, step, "--hub", by, "--key", home, "--at", when, *words)


def test_an_order_runs_from_its_contract_to_its_end(karakana: Karakana, begun: Path) -> None:
    assert "offer the order to the parties  -> offer" in karakana("order", "status", begun)[1]
    for at, told in enumerate(STORY):
        code, out, err = take(karakana, begun, told, at)
        assert (code, err) == (0, ""), (at, told, err)
        assert out.startswith(f"{at + 1}: {told[1]} {told[0]}")
    code, out, _ = karakana("order", "verify", begun)
    assert (code, out.startswith(f"whole: {len(STORY)} entries")) == (0, True)
    code, out, _ = karakana("order", "status", begun, "--format", "json", "--on", "2027-01-01")
    assert (code, json.loads(out)["ending"], json.loads(out)["owed"]) == (0, "completed", [])
    code, out, _ = karakana("order", "export", begun, "--format", "ocds")
    assert json.loads(out)["tag"] == ["contractTermination"]


@pytest.fixture
def signed_order(begun: Path) -> Path:
    write_log(begun, story.signing())
    return begun


def log(folder: Path) -> list[Path]:
    return sorted((folder / "log").glob("0*.json"))


def test_an_illegal_step_is_refused_before_anything_is_signed(karakana: Karakana, signed_order: Path) -> None:
    before = log(signed_order)
    code, _, err = take(karakana, signed_order, ("release", INSPECTOR, "gh/one", {}), 30)
    assert (code, "`release` does not follow: the lot of `gh/one` is prototype due" in err) == (2, True)
    assert log(signed_order) == before


@pytest.mark.parametrize(
    ("spoil", "why"),
    [
        (lambda folder: log(folder)[2].unlink(), "entry 3, which entry 4 follows, is missing"),
        (lambda folder: log(folder)[-1].unlink(), "entries after number 5 were cut off"),
        (lambda folder: log(folder)[2].write_bytes(log(folder)[2].read_bytes().replace(b"sign", b"sigh", 1)), "sign"),
        (lambda folder: log(folder)[2].rename(folder / "log" / "0003-000000000000.json"), "changed or renamed"),
        (lambda folder: shutil.copy(log(folder)[2], folder / "log" / "0007-000000000000.json"), "another name"),
        (lambda folder: (folder / "log" / "head.json").unlink(), "missing, so that nobody sees"),
        (lambda folder: edit(folder / "order.yaml", "rework_rounds: 2", "rework_rounds: 9"), "another order.yaml"),
        (
            lambda folder: edit(folder / "contract" / "contract.en.md", "# Distributed", "# The distributed"),
            "NOT what the parties signed",
        ),
        (lambda folder: shutil.rmtree(folder / "contract"), "the contract is missing"),
    ],
)
def test_tampering_is_found(karakana: Karakana, signed_order: Path, spoil: Callable[[Path], object], why: str) -> None:
    assert karakana("order", "verify", signed_order)[0] == 0
    spoil(signed_order)
    code, out, _ = karakana("order", "verify", signed_order)
    assert code == 1
    assert why in out
    assert "NOT whole" in out


def edit(path: Path, before: str, after: str) -> None:
    text = path.read_text()
    assert before in text
    path.write_text(text.replace(before, after, 1))


def test_a_log_that_was_cut_with_its_head_is_found_by_who_saw_more(karakana: Karakana, signed_order: Path) -> None:
    shown = karakana("order", "status", signed_order)[1].splitlines()[-1].rpartition(" ")[2]
    log(signed_order)[-1].unlink()
    one = log(signed_order)[-1]
    number, sha256 = int(one.name[:4]), signatures.digest(json.loads(one.read_bytes()))
    (signed_order / "log" / "head.json").write_bytes(signatures.canonical({"last": sha256, "number": number}))
    code, out, _ = karakana("order", "verify", signed_order)
    assert (code, "was seen before" in out) == (1, True)
    assert karakana("order", "verify", signed_order, "--forget")[0] == 0
    code, out, _ = karakana("order", "verify", signed_order, "--seen", shown)
    assert (code, "entry 6 was seen before" in out) == (1, True)


def test_two_people_who_wrote_at_once_settle_it(karakana: Karakana, signed_order: Path) -> None:
    other = signed_order.parent / "other"
    shutil.copytree(signed_order, other)
    take(karakana, signed_order, ("submit-prototype", "gh/one", "gh/one", {}), 10)
    karakana("order", "verify", other, "--forget")  # a machine of its own has seen nothing of the first
    take(karakana, other, ("submit-prototype", "ke/two", "ke/two", {}), 11)
    shutil.copy(log(other)[-1], signed_order / "log")
    code, out, _ = karakana("order", "verify", signed_order)
    assert (code, "two heads" in out) == (1, True)
    keep = out.partition("--keep ")[2][:12]
    assert take(karakana, signed_order, ("submit-prototype", "tg/three", "tg/three", {}), 12)[0] == 1
    code, _, err = karakana("order", "resolve", signed_order, "--keep", keep)
    assert (code, err) == (0, "")
    assert karakana("order", "verify", signed_order)[0] == 0
    assert len(list((signed_order / "set-aside").iterdir())) == 1
    left = "ke/two" if "gh/one" in log(signed_order)[-1].read_text() else "gh/one"
    assert take(karakana, signed_order, ("submit-prototype", left, left, {}), 13)[0] == 0
    assert "nothing has to be settled" in karakana("order", "resolve", signed_order, "--keep", keep)[2]


def test_who_signed_in_the_log_has_signed_the_contract(karakana: Karakana, here: Path) -> None:
    (here / "quality.yaml").write_bytes(QUALITY)
    folder = here / "orders" / "stools"
    karakana("order", "new", folder, "--contract", here / "contract", "--quality", here / "quality.yaml")
    write_log(folder, story.signing())
    code, out, _ = karakana("order", "verify", folder)
    assert (code, out.count("and has not signed the contract")) == (1, 5)


def divided(folder: Path) -> list[Path]:
    return sorted(folder.glob("contract-*"))


def replanned(karakana: Karakana, folder: Path) -> tuple[int, str, str]:
    """End a part in a signed order, and divide its pieces anew with the contract beside it."""
    end = next(at for at, told in enumerate(STORY) if told[0] == "end")
    assert take(karakana, folder, STORY[end], end)[0] == 0
    return take(karakana, folder, STORY[end + 1], end + 1)


def test_a_new_hub_never_signs_what_nobody_can_check(karakana: Karakana, signed_order: Path) -> None:
    assert replanned(karakana, signed_order)[0] == 0
    (beside,) = divided(signed_order)
    sign = ("sign", JOINER, "", {})
    beside.rename(signed_order.parent / "away")
    code, out, _ = karakana("order", "verify", signed_order)
    assert (code, "is not in this folder: nobody can check it" in out, "NOT whole" in out) == (1, True, True)
    assert "nobody can check it" in take(karakana, signed_order, sign, 40)[2]
    (signed_order.parent / "away").rename(beside)
    edit(beside / "contract.en.md", "# Distributed", "# The distributed")
    assert "text in en: it is not the one" in take(karakana, signed_order, sign, 40)[2]
    edit(beside / "contract.en.md", "# The distributed", "# Distributed")
    assert take(karakana, signed_order, sign, 40)[0] == 0
    assert karakana("order", "verify", signed_order)[0] == 0


@pytest.mark.parametrize(("spoil", "why"), [
    (lambda top: edit(top / "divided" / "contract.en.md", "# Distributed", "# The distributed"), "text in en: it is"),
    (lambda top: shutil.copytree(top / "contract", top / "divided", dirs_exist_ok=True), "it names no manufacturer"),
    (lambda top: (top / "divided" / "manifest.json").write_text("[]"), "is no manifest"),
])  # fmt: skip
def test_a_new_division_needs_a_contract_that_holds(
    karakana: Karakana, signed_order: Path, here: Path, spoil: Callable[[Path], object], why: str
) -> None:
    spoil(here)
    before = len(log(signed_order))
    code, _, err = replanned(karakana, signed_order)
    assert (code, why in err) == (2, True), err
    assert (len(log(signed_order)), divided(signed_order)) == (before + 1, [])


def test_what_the_contract_of_a_new_division_says_is_owed(karakana: Karakana, signed_order: Path) -> None:
    assert replanned(karakana, signed_order)[0] == 0
    out = karakana("order", "status", signed_order)[1]
    owed = json.loads(karakana("order", "status", signed_order, "--format", "json")[1])["owed"]
    assert {"agree to make 20 pieces instead of 15 for 150.00 EUR, or decline",
            "sign for 5 pieces for 100.01 EUR, or decline"} <= {one["what"] for one in owed}  # fmt: skip
    assert "    150.00 EUR: 0.2 at signature, 49.8 at release, 100 at inspection\n" in out  # as long as it has 15
    assert take(karakana, signed_order, ("sign", JOINER, "", {}), 40)[0] == 0
    assert take(karakana, signed_order, ("agree", "ke/two", "ke/two", {}), 41)[0] == 0
    code, out, err = karakana("order", "status", signed_order)
    assert (code, err) == (0, "")
    assert "tg/three: 10 pieces, ended\n  cm/four" in out  # nothing of its price is to come
    assert "ke/two: 20 pieces, prototype due\n    150.00 EUR: 0.2 at signature, 49.8 at release, 100 at insp" in out
    assert "cm/four: 5 pieces, prototype due\n    100.01 EUR: 0.3 at signature, 49.71 at release, 50 at insp" in out
    release = json.loads(karakana("order", "export", signed_order, "--format", "ocds")[1])
    values = {one["id"]: (one["status"], one["value"]["amount"]) for one in release["contracts"]}
    live = {id: amount for id, (status, amount) in values.items() if status != "cancelled"}
    assert live == {"contract-gh/one": 150.0, "contract-ke/two": 150.0, "contract-cm/four": 100.01}


def test_a_log_of_before_prices_were_written_down_still_reads(karakana: Karakana, signed_order: Path) -> None:
    assert replanned(karakana, signed_order)[0] == 0
    entries = [json.loads(path.read_bytes()) for path in log(signed_order)]
    details = {name: value for name, value in entries[-1]["details"].items() if name != "prices"}
    log(signed_order)[-1].unlink()
    found = orders.read_terms((signed_order / orders.FILE).read_bytes())
    head = Head(len(entries) - 1, signatures.digest(entries[-2]))
    action = Action(step="replan", by=BUYER, at=entries[-1]["at"], details=details)
    one = orders.entry(found.sha256, head, action, story.SIGNERS[BUYER], story.ADDRESS)
    (signed_order / "log" / one.file).write_bytes(orders.entry_file(one))
    (signed_order / "log" / orders.HEAD_FILE).write_bytes(orders.head_file(one.head))
    assert karakana("order", "verify", signed_order, "--forget")[0] == 0
    assert take(karakana, signed_order, ("agree", "ke/two", "ke/two", {}), 40)[0] == 0
    assert "ke/two: 20 pieces, prototype due\n    200.00 EUR\n" in karakana("order", "status", signed_order)[1]


END: story.Told = ("end", "tg/three", "tg/three", {"reason": "the saw broke"})


def test_a_contract_that_was_left_over_is_never_overwritten(
    karakana: Karakana, signed_order: Path, here: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object, **__: object) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    assert take(karakana, signed_order, END, 30)[0] == 0
    with monkeypatch.context() as patch:
        patch.setattr(os, "fsync", full)  # the contract is copied, and the entry cannot be written
        code, _, err = replanned_only(karakana, signed_order, here / "divided")
    assert (code, "No space left" in err, len(divided(signed_order))) == (2, True, 1)
    (left,) = divided(signed_order)
    whole = {path.name: path.read_bytes() for path in left.iterdir()}
    code, _, err = replanned_only(karakana, signed_order, here / "divided")
    assert (code, "is there already, and no step names it" in err, f"--contract {left}" in err) == (2, True, True), err
    assert {path.name: path.read_bytes() for path in left.iterdir()} == whole
    assert replanned_only(karakana, signed_order, left)[0] == 0
    assert divided(signed_order) == [left]
    assert karakana("order", "verify", signed_order)[0] == 0


def test_a_copy_that_breaks_off_leaves_nothing(
    karakana: Karakana, signed_order: Path, here: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(_: Path, target: Path, **__: object) -> None:
        target.mkdir()
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    assert take(karakana, signed_order, END, 30)[0] == 0
    with monkeypatch.context() as patch:
        patch.setattr(shutil, "copytree", broken)
        assert replanned_only(karakana, signed_order, here / "divided")[0] == 2
    assert sorted(path.name for path in signed_order.iterdir()) == ["contract", "log", "order.yaml"]
    assert replanned_only(karakana, signed_order, here / "divided")[0] == 0


def replanned_only(karakana: Karakana, folder: Path, contract: Path) -> tuple[int, str, str]:
    """Divide the pieces of an ended part anew."""
    return karakana(
        "order", "advance", folder, "replan", "--hub", BUYER, "--key", key(folder.parent.parent, BUYER),
        "--at", "2026-12-03T00:00:00Z", "--part", "ke/two=20", "--part", f"{JOINER}=5", "--contract", contract,
    )  # fmt: skip


def test_who_pays_has_signed_the_new_price(karakana: Karakana, here: Path) -> None:
    registry = here / "work" / "registry"
    for name, values in (("contract", PARAMETERS), ("divided", DIVIDED)):
        shutil.rmtree(here / name)
        write_contract(here / name, registry, {**values, "payer": party(INSPECTOR)})
    sign_contract(here / "contract", BUYER, INSPECTOR, *story.MAKERS)
    sign_contract(here / "divided", BUYER, "ke/two", JOINER)
    (here / "quality.yaml").write_bytes(QUALITY)
    folder = here / "orders" / "stools"
    karakana("order", "new", folder, "--contract", here / "contract", "--quality", here / "quality.yaml")
    write_log(folder, story.signing())
    assert replanned(karakana, folder)[0] == 0
    assert karakana("order", "verify", folder)[0] == 0
    assert take(karakana, folder, ("agree", "ke/two", "ke/two", {}), 40)[0] == 0
    assert f"`{INSPECTOR}` took the step `sign`, and has not signed" in karakana("order", "verify", folder)[1]
    sign_contract(*divided(folder), INSPECTOR)
    assert karakana("order", "verify", folder)[0] == 0


def with_payments(final: list[str], total: str) -> dict[str, Any]:
    return {**DIVIDED, "final_payments": [amount(one) for one in final], "total_price": amount(total)}


OTHER_CURRENCY = {
    name: {**value, "currency": "GHS"} if isinstance(value, dict) else [{**one, "currency": "GHS"} for one in value]
    for name, value in DIVIDED.items()
    if name == "inspection_fee" or name.endswith(("_price", "_payments"))
}


@pytest.mark.parametrize(("values", "told"), [
    (with_payments(["110", "100", "50"], "410.01"), "price of gh/one: 150, and the contract says 160"),
    (with_payments(["90", "110", "50"], "400.01"), "instalment of gh/one at inspection: 100, and the contract says 90"),
    ({**DIVIDED, **OTHER_CURRENCY}, "currency: EUR, and the contract says GHS"),
    ({**DIVIDED, "payer": party("tg/three")}, "payer: gh/buyer, and the contract says tg/three"),
    ({**DIVIDED, "quantities": [15, 20, 10], "manufacturers": [party(one) for one in ("tg/three", "ke/two", JOINER)],
      "total_quantity": 45}, "it gives 10 pieces to `cm/four`"),
    ({**DIVIDED, "quantities": [15, 20, 5], "manufacturers": [party(one) for one in ("tg/three", "ke/two", JOINER)]},
     "pieces of tg/three: nothing, and the contract says 15"),
])  # fmt: skip
def test_a_new_division_keeps_what_others_have_agreed_to(
    karakana: Karakana, signed_order: Path, here: Path, values: dict[str, Any], told: str
) -> None:
    shutil.rmtree(here / "divided")
    write_contract(here / "divided", here / "work" / "registry", values)
    code, _, err = replanned(karakana, signed_order)
    assert (code, told in err) == (2, True), err
    assert divided(signed_order) == []


def test_a_price_that_the_new_contract_does_not_say_is_found(karakana: Karakana, signed_order: Path) -> None:
    assert replanned(karakana, signed_order)[0] == 0
    found = orders.read_terms((signed_order / orders.FILE).read_bytes())
    entries = [json.loads(path.read_bytes()) for path in log(signed_order)]
    assert entries[-1]["details"]["prices"][JOINER]["price"] == "100.01"
    log(signed_order)[-1].unlink()
    before = Head(len(entries) - 1, signatures.digest(entries[-2]))
    prices = {**entries[-1]["details"]["prices"], JOINER: {"price": "900", "instalments": []}}
    for said, why in (
        ({JOINER: {"price": "0", "instalments": []}}, "new prices are given for other hubs than new pieces"),
        (prices, "and its instalments add up to 0"),
        ({**prices, JOINER: {"price": "9", "instalments": [{"milestone": "release", "amount": "9"}]}},
         "the price of `cm/four` is not the one that the step `replan` wrote down"),
    ):  # fmt: skip
        action = Action(
            step="replan", by=BUYER, at=entries[-1]["at"], details={**entries[-1]["details"], "prices": said}
        )
        one = orders.entry(found.sha256, before, action, story.SIGNERS[BUYER], story.ADDRESS)
        (signed_order / "log" / one.file).write_bytes(orders.entry_file(one))
        (signed_order / "log" / orders.HEAD_FILE).write_bytes(orders.head_file(one.head))
        code, out, err = karakana("order", "verify", signed_order)
        assert (code, why in out) == (1, True), (out, err)
        (signed_order / "log" / one.file).unlink()


def test_each_step_says_what_it_found_and_who_is_next(karakana: Karakana, signed_order: Path) -> None:
    steps: list[tuple[story.Told, str]] = [
        (("submit-prototype", "gh/one", "gh/one", {}), "next: inspect-prototype (gh/judge)"),
        (("inspect-prototype", INSPECTOR, "gh/one", {"checked": story.BAD_PROTOTYPE}),
         "8: gh/judge inspect-prototype (gh/one): refused; the order is signed\nnext: rework-prototype (gh/judge)\n"),
        (("rework-prototype", INSPECTOR, "gh/one", {}), "next: submit-prototype (gh/one)"),
        (("submit-prototype", "gh/one", "", {}), "10: gh/one submit-prototype (gh/one); the order is signed\n"),
        (("inspect-prototype", INSPECTOR, "gh/one", {"checked": story.GOOD_PROTOTYPE}),
         "inspect-prototype (gh/one): passed; the order is signed\nnext: release (gh/judge)\n"),
    ]  # fmt: skip
    for at, (told, wanted) in enumerate(steps, 30):
        code, out, err = take(karakana, signed_order, told, at)
        assert (code, wanted in out) == (0, True), (out, err)
    err = take(karakana, signed_order, ("release", INSPECTOR, "", {}), 40)[2]
    assert "whose lot? Say it with --lot HUB (lots are of gh/one, ke/two, tg/three)" in err


SAMPLING = 'sampling:\n      basis: risks\n      aql_percent: "2.5"\n      ltpd_percent: "30"'


@pytest.mark.parametrize(("before", "after", "told"), [
    (SAMPLING, "sampling: {basis: fixed, sample: 3, accept: 0}",
     ["seat-height on the lot of gh/one: 3 pieces with up to 0 faulty, and the contract says 5 with up to 0",
      "`sampling: {basis: fixed, sample: 5, accept: 0}`, or change the contract"]),
    (SAMPLING, "sampling: {basis: fixed, sample: 30, accept: 0}", [
        "quality.yaml:7:38: ", "a sample of 30 pieces is larger than the smallest lot"]),
    ("id: load", "id: seat-height", ["quality.yaml:2:", "quality.yaml:11:", "stands twice"]),
    ("quality:", "quality: &a", ["quality.yaml:1:10: `&a`: "]),
    ("quality:", "qualities:", ["has no list `quality`"]),
])  # fmt: skip
def test_an_order_that_does_not_hold_is_not_begun(
    karakana: Karakana, here: Path, before: str, after: str, told: list[str]
) -> None:
    path, folder = here / "quality.yaml", here / "orders" / "stools"
    path.write_bytes(QUALITY)
    edit(path, before, after)
    words = ("order", "new", folder, "--contract", here / "contract", "--quality", path)
    code, out, err = karakana(*words)
    assert (code, out, folder.exists()) == (2, "", False)
    for one in told:
        assert one in " ".join(err.split()), err
    path.write_bytes(QUALITY)
    assert karakana(*words)[0] == 0
    assert "take the step `offer`" not in karakana(*words)[1]


def test_terms_by_hand_are_held_against_the_contract_at_once(karakana: Karakana, here: Path) -> None:
    (here / "terms.yaml").write_bytes(story.ORDER.replace(b"quantity: 15", b"quantity: 10").replace(b"40", b"30"))
    folder = here / "orders" / "stools"
    code, _, err = karakana("order", "new", folder, "--terms", here / "terms.yaml", "--contract", here / "contract")
    assert (code, folder.exists()) == (2, False)
    assert "pieces of gh/one: 10, and the contract says 15" in err


def test_a_pipe_in_a_folder_is_not_waited_for(karakana: Karakana, here: Path) -> None:
    (here / "contract" / "template.json").unlink()
    os.mkfifo(here / "contract" / "template.json")
    code, _, err = karakana("contract", "verify", here / "contract")
    assert (code, "template.json is no file that can be read" in err) == (2, True)
    (here / "contract" / "template.json").unlink()
    with (here / "contract" / "contract.en.md").open("ab") as stream:
        stream.truncate(17 * 1024 * 1024)
    code, _, err = karakana("contract", "verify", here / "contract")
    assert (code, "contract.en.md is longer than 16,777,216 bytes" in err) == (2, True)


def test_signatures_on_paper_are_not_said_to_be_there(karakana: Karakana, here: Path) -> None:
    paper = {"name": "Demo School", "country": "gh"}
    some = {**PARAMETERS, **dict.fromkeys(("initiator", "recipient", "payer", "producer"), paper)}
    write_contract(here / "some", here / "work" / "registry", some)
    sign_contract(here / "some", INSPECTOR, *story.MAKERS)
    code, out, _ = karakana("contract", "verify", here / "some")
    assert code == 0
    assert out.endswith("whole and signed by every party that has a key; on paper, not checked: Demo School\n")
    assert "Hub gh/one (gh/one, manufacturer): signed on" in out
    everybody = {**some, "inspector": {"name": "Demo Gauge Room"},
                 "manufacturers": [{"name": f"Demo {at}"} for at in range(3)]}  # fmt: skip
    write_contract(here / "all", here / "work" / "registry", everybody)
    out = karakana("contract", "verify", here / "all")[1]
    assert out.endswith("whole; no signature can be checked: every party signs on paper\n")


def test_nobody_signs_what_a_template_says_otherwise_in_another_language(karakana: Karakana, here: Path) -> None:
    path = here / "work" / "registry" / "contracts" / f"{TEMPLATE}.yaml"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("cinq jours ouvrés", "50 jours ouvrés"), encoding="utf-8")
    assert path.read_text(encoding="utf-8") != text
    write_contract(here / "other", here / "work" / "registry", PARAMETERS)
    words = ("--key", key(here, BUYER), "--hub", BUYER, "--on", "2026-11-22")
    code, _, err = karakana("contract", "sign", here / "other", *words)
    assert (code, "differ in the numbers `50`" in err, "the checks refuse its template" in err) == (2, True, True)
    assert "note: the checks refuse its template" in karakana("contract", "verify", here / "other")[1]
    path.write_text(text, encoding="utf-8")
    assert "note:" not in karakana("contract", "verify", here / "contract")[1]


@pytest.mark.parametrize(
    ("place", "told"), [((), "`annex`"), (("template",), "`template.annex`"), (("texts", "en"), "`en.annex`")]
)
def test_nobody_signs_what_no_manifest_has(
    karakana: Karakana, here: Path, place: tuple[str, ...], told: str
) -> None:  # fmt: skip
    path = here / "contract" / "manifest.json"
    manifest = json.loads(path.read_bytes())
    part = manifest
    for name in place:
        part = part[name]
    part["annex"] = {"sha256": "0" * 64}
    path.write_bytes(signatures.canonical(manifest))
    words = ("--key", key(here, BUYER), "--hub", BUYER, "--on", "2026-11-22")
    code, _, err = karakana("contract", "sign", here / "contract", *words)
    assert (code, f"it holds {told}, which no contract has" in err) == (2, True)
    assert f"it holds {told}" in karakana("contract", "verify", here / "contract")[1]


def test_a_contract_is_signed_by_its_folder(karakana: Karakana, here: Path) -> None:
    words = ("--key", key(here, BUYER), "--hub", BUYER, "--on", "2026-11-22")
    code, out, err = karakana("contract", "sign", here / "contract", *words)
    assert (code, err) == (0, "")
    assert f"signed by {BUYER}" in out


def test_a_key_makes_the_folder_that_it_lies_in(karakana: Karakana, here: Path) -> None:
    path = here / "mine" / "keys" / "new.pem"
    assert karakana("key", "new", path)[0] == 0
    assert [one.stat().st_mode & 0o777 for one in (path, path.parent, path.parent.parent)] == [0o600, 0o700, 0o700]
    (here / "file").write_text("")
    code, _, err = karakana("key", "new", here / "file" / "new.pem", passphrase="")
    assert (code, "is no folder; choose another place" in err) == (2, True)


@pytest.mark.parametrize("words", [("contract", "verify", "contract"), ("order", "status", "contract")])
def test_away_from_the_registry_it_is_named(
    karakana: Karakana, here: Path, monkeypatch: pytest.MonkeyPatch, words: tuple[str, ...]
) -> None:
    monkeypatch.chdir(here)
    assert "or name it with --registry FOLDER" in karakana(*words)[2]
    assert "--registry FOLDER" not in karakana(*words, "--registry", here / "work")[2]


def test_orders_are_not_begun_where_everybody_reads(karakana: Karakana, here: Path) -> None:
    (here / "terms.yaml").write_bytes(story.ORDER)
    code, _, err = karakana("order", "new", here / "work" / "mine", "--terms", here / "terms.yaml")
    assert (code, "orders are private" in err) == (2, True)
    assert "give --quality" in karakana("order", "new", here / "mine")[2]
    assert karakana("order", "new", here / "mine", "--terms", here / "terms.yaml")[0] == 0
    assert "is there already" in karakana("order", "new", here / "mine", "--terms", here / "terms.yaml")[2]
    (here / "mine" / "order.yaml").write_text("order: [\n")
    code, _, err = karakana("order", "status", here / "mine")
    assert (code, "order.yaml:1:1" in err) == (2, True)


def test_no_order_in_a_folder_is_said_in_words(karakana: Karakana, here: Path) -> None:
    code, _, err = karakana("order", "status", here)
    assert (code, "`karakana order new` begins an order" in err) == (2, True)


def test_a_calendar_is_written_with_its_stamp(karakana: Karakana, signed_order: Path, tmp_path: Path) -> None:
    path = tmp_path / "order.ics"
    words = ("order", "export", signed_order, "--format", "ics", "--stamp", "2026-12-01T09:30:00Z", "-o", path)
    assert karakana(*words)[0] == 0
    content = path.read_bytes()
    assert content.count(b"DTSTAMP:20261201T093000Z") == content.count(b"BEGIN:VEVENT") == 3
    assert karakana(*words)[0] == 0
    assert path.read_bytes() == content


def test_the_passphrase_is_asked_for_and_never_an_argument(here: Path) -> None:
    words = [
        "contract",
        "sign",
        str(here / "contract" / "manifest.json"),
        "--key",
        str(key(here, BUYER)),
        "--hub",
        BUYER,
    ]
    run = [sys.executable, "-c", "from generator.cli import main; main()", *words]
    found = subprocess.run(
        run, input="", capture_output=True, text=True, cwd=here / "work", env={**os.environ, "PYTHONPATH": str(ROOT)},
        start_new_session=True, check=False,
    )  # fmt: skip
    assert found.returncode == 2
    assert "Traceback" not in found.stderr
    options = subprocess.run(
        [*run[:3], "contract", "sign", "--help"], capture_output=True, text=True, check=True
    ).stdout
    assert "--passphrase-fd" in options
    assert "--passphrase " not in options
