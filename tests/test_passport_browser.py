"""Checking credentials in the browser and in the generator: the same bytes give the same codes and the same claims."""

from __future__ import annotations

import copy
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from playwright.sync_api import Browser

from generator import multikey, signatures
from generator.passports import contexts, presentation
from generator.signatures import keys as known_keys
from generator.signatures import proofs
from tests import passport_samples as samples
from tests import test_signatures as published
from tests.passport_files import case, first, keys
from tests.passport_twice import Case, Verifier, b64, by_generator, verifier
from tests.test_passport_credentials import DOCUMENT, at, others, paths, signed, with_value, without

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def site(browser: Browser) -> Iterator[Verifier]:
    with verifier(browser) as made:
        yield made


def test_the_published_vectors_hold_in_the_browser(site: Verifier) -> None:
    assert site.ask("able", [[]]) == [True]
    assert site.ask("digest", [[published.CREDENTIAL]]) == [published.DOCUMENT_HASH]
    made = [
        signatures.proved(published.CREDENTIAL, published.SIGNER, one[0], published.CREATED)
        for one in published.VECTORS
    ]
    configs = [{key: value for key, value in proof.items() if key != "proofValue"} for proof in made]
    assert site.ask("digest", [[one] for one in configs]) == [one[1] for one in published.VECTORS]
    cases = [[published.CREDENTIAL, proof, published.PUBLIC] for proof in made]
    cases += [[{**published.CREDENTIAL, "name": "Another"}, proof, published.PUBLIC] for proof in made]
    assert site.ask("holds", cases) == [True, True, False, False]
    assert site.ask("base58", [[published.VECTORS[1][2]]]) == [published.SIGNATURE]


def test_canonical_json_is_that_of_the_standard(site: Verifier) -> None:
    found = site.ask("canonical", [[source] for source, _ in published.CANONICAL])
    assert found == [wanted for _, wanted in published.CANONICAL]


def test_a_proof_counts_in_the_browser_when_it_counts_in_the_generator(site: Verifier) -> None:
    known = published.of_hub()[published.HUB][0].public_key
    cases = [({"said": 1}, {**published.PROOF, **changed}) for changed, *_ in published.FAULTS]
    expected = [proofs.fault(document, proof, known) == "" for document, proof in cases]
    assert site.ask("holds", [[*case, known] for case in cases]) == expected
    methods = [proof["verificationMethod"] for _, proof in cases] + [
        "",
        "did:web:x",
        "did:web:a:hubs:b%2Fc%C3:d%zz#e#f",
    ]
    assert site.ask("method", [[one] for one in methods]) == [
        list(("", "") if one.startswith("did:key") else signatures.signed_by({"verificationMethod": one}))
        for one in methods
    ]


def test_weak_keys_and_bent_signatures_are_refused_alike(site: Verifier) -> None:
    data = b"a credential"
    good = published.SIGNER.sign(data)
    r, s = good[:32], int.from_bytes(good[32:], "little")
    tried = [(published.PUBLIC, one) for one in (good, b"", good[:63], good + b"\0", bytes(64))]
    tried += [
        (published.PUBLIC, r + other.to_bytes(32, "little"))
        for other in (s + published.ORDER, s + 2 * published.ORDER, published.ORDER - s, s | 1 << 255)
    ]
    weak = [point[:31] + bytes([point[31] | sign]) for point in known_keys._SMALL_ORDER for sign in (0, 0x80)]
    weak += [(2**255 - 19 + more | sign).to_bytes(32, "little") for more in range(19) for sign in (0, 1 << 255)]
    weak += [(2).to_bytes(32, "little"), bytes([7] * 32), bytes(31), bytes(33)]  # on no point of the curve, too short
    tried += [(multikey.encode(key), bytes([1] + [0] * 63)) for key in weak]
    tried += [
        (key, good)
        for key in ("", "z", "z0", published.PUBLIC + "1", published.PUBLIC[1:], "z1" + published.PUBLIC[1:])
    ]
    found = site.ask("valid", [[key, b64(signature), b64(data)] for key, signature in tried])
    assert found == [known_keys.is_valid(key, signature, data) for key, signature in tried]
    assert found.count(True) == 1


SOURCES = [
    b"", b" ", b"{}", b"[]", b" [1 , 2]\n", b"[1,]", b"[,]", b"{,}", b'{"a":1,}', b'{"a" 1}', b"{a:1}", b"{'a':1}",
    b"01", b"-0", b"-", b"1.", b".5", b"+1", b"1e5", b"1E+5", b"1e400", b"9007199254740991", b"9007199254740992",
    b"-9007199254740992", b"1e", b"NaN", b"Infinity", b"-Infinity", b"nul", b"null", b"true false", b"[true]x",
    b'"\\x"', b'"\\u12"', b'"\t"', b'"\x7f"', b'"\\u0000"', b'"\\ud83d\\ude02"', b'"\\ud83d"', b'"\\ude02\\ud83d"',
    b'"a', b"\xef\xbb\xbf{}", b'"\xed\xa0\x80"', b'"\xff"', b'"\xc0\x80"', b'"\xe2\x82"',
    '{"é":1,"e\u0301":2}'.encode(), b'{"a":1,"a":1}', b'{"a":1,"\\u0061":1}', b'{"a":{"b":1,"b":2}}',
    b'{"__proto__":1,"__proto__":2}', b'{"__proto__":{"x":1}}', b'{"constructor":1,"toString":2}',
    b'{"2":1,"10":2,"1":3}', b'"\\/"', b"\x0b1", b"\xc2\xa01", b"/**/1", b"1//",
]  # fmt: skip


def canonical(source: bytes) -> str | None:
    try:
        return signatures.canonical(signatures.read(source)).decode()
    except signatures.ReadError:
        return None


def test_json_is_read_as_strictly_as_in_the_generator(site: Verifier) -> None:
    sources = [*SOURCES, *(b"[" * depth + b"1" + b"]" * depth for depth in (63, 64, 65, 5000))]
    asked = [[b64(source), signatures.jcs.LIMIT_BYTES, 64] for source in sources]
    expected = [canonical(source) for source in sources]
    found = site.ask("read", asked)
    assert list(zip(sources, found, strict=True)) == list(zip(sources, expected, strict=True))


TREES = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**54), 2**54) | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3), max_leaves=10,
)  # fmt: skip
BITS = st.lists(
    st.sampled_from(
        [
            b"{",
            b"}",
            b"[",
            b"]",
            b",",
            b":",
            b'"a"',
            b'"',
            b"\\",
            b"1",
            b"-",
            b"e",
            b"\\u",
            b"d800",
            b" ",
            b"0",
            b"null",
            b"\xc3",
            b"\xa9",
        ]
    ),
    max_size=9,
)


@settings(max_examples=8, suppress_health_check=list(HealthCheck))
@given(trees=st.lists(TREES, min_size=20, max_size=20), bits=st.lists(BITS, min_size=40, max_size=40))
def test_any_text_is_json_in_both_or_in_none(site: Verifier, trees: list[Any], bits: list[list[bytes]]) -> None:
    sources = [json.dumps(tree).encode() for tree in trees] + [b"".join(one) for one in bits]
    found = site.ask("read", [[b64(source), 10_000, 64] for source in sources])
    assert found == [canonical(source) for source in sources]


CASES = json.loads((Path(__file__).parent / "passport_cases.json").read_bytes())


def test_every_case_has_the_same_code_in_both(site: Verifier) -> None:
    cases = [case(told) for told in CASES]
    expected = [by_generator(one) for one in cases]
    assert {told["name"]: first(found) for told, found in zip(CASES, expected, strict=True)} == {
        told["name"]: told["told"] for told in CASES
    }
    for told, found, wanted in zip(CASES, site.check(cases), expected, strict=True):
        assert found == wanted, told["name"]


def test_a_second_proof_no_browser_can_check_and_the_page_can_say_so(site: Verifier) -> None:
    forged = case({"name": "", "second": "forger under the hub's key"})
    assert first(by_generator(forged)) == "signature-invalid"
    assert [first(one) for one in site.check([forged])] == [""]
    for told, suites in ({"second": "the hub"}, ["eddsa-rdfc-2022"]), ({}, []):
        assert site.ask("unchecked", [[b64(case({"name": "", **told}).source)]]) == [[suites]]


def files() -> Iterator[bytes]:
    """Yield the sample with every value changed, added to and taken away; with its old proof, and signed anew."""
    for path in paths(DOCUMENT):
        value = at(DOCUMENT, path)
        changes = [with_value(path, other) for other in others(value)]
        for document in [*changes, without(path)] if path else changes:
            yield json.dumps(document).encode()
            if path[:1] != ("proof",) and isinstance(document, dict) and path:
                yield signed(document)


def test_whatever_is_changed_both_say_the_same_of_it(site: Verifier) -> None:
    known, listed = keys({}), case({"name": ""}).list
    cases = [Case(source, listed, known, samples.DAY) for source in files()]
    cases += [Case(source, listed, known, samples.DAY) for source in doubled()]
    expected = [by_generator(one) for one in cases]
    assert len(cases) > 1000
    assert {first(one) for one in expected} >= {"", "signature-invalid", "term-invalid", "unreadable", "term-unknown"}
    for one, found, wanted in zip(cases, site.check(cases), expected, strict=True):
        assert found == wanted, one.source


def lists() -> Iterator[bytes]:
    """Yield the status list with every value changed, added to and taken away, with its old proof and signed anew."""
    document = json.loads(case({"name": ""}).list or b"")
    for path in paths(document):
        changes = [changed(document, path, other) for other in others(at(document, path))] if path else [[], 7, {}]
        for one in changes:
            yield json.dumps(one).encode()
            if path[:1] not in ((), ("proof",)):
                yield signed(one)


def changed(document: Any, path: tuple[str | int, ...], value: Any) -> Any:
    found = copy.deepcopy(document)
    at(found, path[:-1])[path[-1]] = value
    return found


def test_whatever_is_changed_in_a_list_both_say_the_same_of_it(site: Verifier) -> None:
    good = case({"name": ""})
    cases = [good._replace(list=source) for source in lists()]
    expected = [by_generator(one) for one in cases]
    assert len(cases) > 300
    assert {first(one) for one in expected} == {"status-unsigned", "status-unreadable"}
    for one, found, wanted in zip(cases, site.check(cases), expected, strict=True):
        assert found == wanted, one.list


def doubled() -> Iterator[bytes]:
    """Yield the sample with the name of every value twice."""
    for path in paths(DOCUMENT):
        if path and isinstance(path[-1], str):
            holder = at(DOCUMENT, path[:-1])
            inner = f"{json.dumps(holder)[:-1]}, {json.dumps(path[-1])}: {json.dumps(at(DOCUMENT, path))}}}"
            whole = json.dumps(with_value(path[:-1], "HERE"))
            yield whole.replace('"HERE"', inner).encode()


def presentations() -> list[Any]:
    one, other = DOCUMENT, dict(samples.made(id="urn:uuid:00000000-0000-4000-8000-000000000000", level=1).document)
    stranger = dict(samples.made(holder="urn:uuid:00000000-0000-4000-8000-00000000000a").document)
    nobody = dict(samples.made(holder="").document)
    good = {
        "@context": [contexts.CREDENTIALS], "type": ["VerifiablePresentation"], "holder": samples.HOLDER,
        "verifiableCredential": [one, other],
    }  # fmt: skip
    changes: list[dict[str, Any]] = [
        {}, {"verifiableCredential": [one]}, {"verifiableCredential": [one] * 50}, {"verifiableCredential": [one] * 51},
        {"verifiableCredential": []}, {"verifiableCredential": one}, {"verifiableCredential": [one, stranger]},
        {"verifiableCredential": [{}, stranger, one]}, {"verifiableCredential": [one, 7, {**other, "x": 1}]},
        {"verifiableCredential": [nobody]}, {"verifiableCredential": [nobody], "holder": ""},
        {"verifiableCredential": [{**one, "name": "x" * 17_000}, other]}, {"holder": None}, {"holder": "x"},
        {"verifiableCredential": [{"credentialSubject": [[[[[[[[[[[[7]]]]]]]]]]]]}, other]}, {"proof": []},
        {"id": "urn:x"},
        {"@context": list(contexts.ALL)}, {"@context": contexts.CREDENTIALS}, {"type": "VerifiablePresentation"},
        {"verifiableCredential": [{**one, "credentialSubject": {**one["credentialSubject"], "level": 3}}, other]},
    ]  # fmt: skip
    return [{**good, **change} for change in changes] + [[good], {"verifiableCredential": [one]}]


def test_several_credentials_are_read_alike(site: Verifier) -> None:
    known, listed = keys({}), case({"name": ""}).list
    cases = [Case(json.dumps(one).encode(), listed, known, samples.DAY) for one in presentations()]
    cases.append(Case(b" " * (presentation.LIMIT_BYTES + 1), listed, known, samples.DAY))
    expected = [by_generator(one) for one in cases]
    codes = {first(one) for one in expected} | {code for one in expected for code, _ in one.get("faults", ())}
    assert codes >= {
        "",
        "holder-differs",
        "term-unknown",
        "context-unknown",
        "too-large",
        "too-deep",
        "signature-invalid",
    }
    for one, found, wanted in zip(cases, site.check(cases), expected, strict=True):
        assert found == wanted, one.source[:300]


OLD = "() => { crypto.subtle.importKey = () => Promise.reject(new DOMException('', 'NotSupportedError')); }"


@pytest.mark.parametrize(("address", "before"), [("http://verifier.example/", ""), ("https://verifier.example/", OLD)])
def test_a_browser_that_cannot_check_says_so_and_calls_nothing_good_or_bad(
    browser: Browser, address: str, before: str
) -> None:
    good = case({"name": ""})
    with verifier(browser, address, before) as old:
        assert old.ask("able", [[]]) == [False]
        assert old.check([good]) == "unable"
        assert old.check([good._replace(source=b"{}")]) == [{"fault": ["not-a-credential", ""]}]
