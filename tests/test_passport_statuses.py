"""Status lists and ledgers of hubs: published examples, days, keys, forgeries, indexes that never meet."""

import base64
import copy
import gzip
import json
import random
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator import signatures
from generator.passports import bits, ledger, statuses
from generator.passports.ledger import Entry, Ledger, LedgerError
from generator.passports.values import Claim, Fault
from generator.records.hub import HubKey

# Bitstring Status List 1.0, "Example BitstringStatusListCredential": the list in which nothing is revoked.
PUBLISHED = "uH4sIAAAAAAAAA-3BMQEAAADCoPVPbQwfoAAAAAAAAAAAAAAAAAAAAIC3AYbSVKsAQAAA"
SITE, HUB, OTHER = "https://registry.example/karakana/", "gh/key-house", "gh/wood-house"
AT = datetime(2026, 6, 1, 8, 30, tzinfo=UTC)
DAY = AT.date()
SIGNER, STRANGER = signatures.signer(bytes(range(32))), signatures.signer(bytes(32))
KEY = HubKey(public_key=SIGNER.public_key, valid_from=date(2026, 1, 1))
KEYS = {HUB: (KEY,), OTHER: (HubKey(public_key=STRANGER.public_key, valid_from=date(2026, 1, 1)),)}
CLAIM = Claim(
    id="urn:uuid:7b0e9a43-4c07-4b57-9f39-6d6d0f2c6d11", issuer=HUB, holder="urn:uuid:x", name="", competence="laser",
    version=1, level=2, assessed_on=DAY, valid_from=AT, valid_until=None, basis="assessment", note="",
    status_list=statuses.address_of(SITE, HUB), status_index=94567,
)  # fmt: skip


def published(*revoked: int, days: int = 30) -> dict[str, Any]:
    return statuses.signed(statuses.unsigned(SITE, HUB, revoked, AT, days), SIGNER, HUB, SITE)


def standing(document: Any, claim: Claim = CLAIM, day: date = DAY, keys: signatures.Keys = KEYS) -> str:
    return statuses.standing(json.dumps(document).encode(), claim, keys, day)


def packed(data: bytes) -> str:
    return "u" + base64.urlsafe_b64encode(gzip.compress(data, mtime=0)).decode().rstrip("=")


def test_the_published_example_comes_out_to_the_bit() -> None:
    assert bits.expanded(PUBLISHED) == bytes(16384) == bits.expanded(bits.encoded(()))
    assert not bits.is_set(bits.expanded(PUBLISHED), 94567)


def test_index_0_is_the_left_most_bit() -> None:
    found = bits.expanded(bits.encoded((0, 9, bits.ENTRIES - 1)))
    assert (found[0], found[1], found[-1]) == (0x80, 0x40, 0x01)


@given(st.sets(st.integers(0, bits.ENTRIES - 1), max_size=60))
def test_a_list_gives_back_what_was_put_in(revoked: set[int]) -> None:
    found = bits.expanded(bits.encoded(revoked))
    assert bits.indexes(found) == tuple(sorted(revoked))
    assert all(bits.is_set(found, index) for index in revoked)


def test_a_list_is_the_same_however_it_was_compressed() -> None:
    data = bits.expanded(bits.encoded((5, 77)))
    assert packed(data) != bits.encoded((5, 77))
    assert bits.indexes(bits.expanded(packed(data))) == (5, 77)


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("", "base64url"),
        (PUBLISHED[1:], "base64url"),
        (PUBLISHED + "=", "base64url"),
        ("u" + "A" * 200_000, "base64url"),
        ("uAAAA", "not compressed"),
        (PUBLISHED[:-9], "cut short"),
        (packed(bytes(16384)) + packed(b"")[1:], "not compressed|follows"),
        (packed(bytes(2048)), "16,384 places"),
        (packed(bytes(50_000_000)), "more than 65,536 bytes"),
    ],
)
def test_what_is_no_list_is_refused(text: str, why: str) -> None:
    with pytest.raises(bits.BitsError, match=why):
        bits.expanded(text)


@pytest.mark.parametrize("index", [-1, bits.ENTRIES])
def test_no_place_beyond_the_list(index: int) -> None:
    with pytest.raises(bits.BitsError, match="no place"):
        bits.encoded((index,))
    with pytest.raises(bits.BitsError, match="no place"):
        bits.is_set(bits.expanded(PUBLISHED), index)


def test_the_credential_is_as_the_recommendation_has_it() -> None:
    document = published(3)
    assert document["@context"] == ["https://www.w3.org/ns/credentials/v2"]
    assert document["id"] == "https://registry.example/karakana/statuses/gh/key-house.json"
    assert document["type"] == ["VerifiableCredential", "BitstringStatusListCredential"]
    assert document["issuer"] == "did:web:registry.example:karakana:hubs:gh:key-house"
    assert (document["validFrom"], document["validUntil"]) == ("2026-06-01T08:30:00Z", "2026-07-01T08:30:00Z")
    assert document["credentialSubject"].keys() == {"id", "type", "statusPurpose", "encodedList"}
    assert published(3) == document, "the same list to the byte"


def test_standing_of_a_credential() -> None:
    assert standing(published()) == ""
    assert standing(published(94566, 94568)) == ""
    assert standing(published(94567)) == "status-revoked"
    assert statuses.standing(None, CLAIM, KEYS, DAY) == "status-missing"
    assert standing(published(), replace(CLAIM, status_list="", status_index=-1)) == "status-missing"
    assert standing(published(), replace(CLAIM, status_index=bits.ENTRIES)) == "status-unreadable"
    assert standing(published(), replace(CLAIM, status_index=-1)) == "status-unreadable"


def test_a_registry_may_move_house() -> None:
    moved = replace(CLAIM, status_list=statuses.address_of("https://elsewhere.example", HUB))
    assert standing(published(), moved) == ""
    assert standing(published(94567), moved) == "status-revoked"


@pytest.mark.parametrize(
    ("days", "code"), [(-1, "status-stale"), (0, ""), (30, ""), (31, "status-stale"), (4000, "status-stale")]
)
def test_a_list_counts_from_its_first_day_to_its_last(days: int, code: str) -> None:
    assert standing(published(), day=DAY + timedelta(days)) == code
    assert standing(published(94567), day=DAY + timedelta(days)) == (code or "status-revoked")


def test_the_list_of_another_hub_clears_nothing() -> None:
    other = statuses.signed(statuses.unsigned(SITE, OTHER, (), AT), STRANGER, OTHER, SITE)
    assert standing(other) == "status-of-another-hub"
    elsewhere = replace(CLAIM, status_list=statuses.address_of(SITE, OTHER))
    assert standing(other, elsewhere) == "status-of-another-hub", "nor when the credential names it"
    assert standing(published(), elsewhere) == "status-of-another-hub"
    forged = statuses.signed(statuses.unsigned(SITE, HUB, (), AT), STRANGER, HUB, SITE)
    assert standing(forged) == "status-unsigned"
    forged = statuses.signed(statuses.unsigned(SITE, HUB, (), AT), STRANGER, OTHER, SITE)
    assert standing(forged) == "status-unsigned"


@pytest.mark.parametrize(
    ("key", "code"),
    [
        (replace(KEY, valid_until=DAY), ""),
        (replace(KEY, valid_from=DAY + timedelta(1)), "status-unsigned"),
        (replace(KEY, valid_until=DAY - timedelta(1)), "status-unsigned"),
        (replace(KEY, revoked_on=DAY + timedelta(1)), "status-unsigned"),
        (replace(KEY, compromised_since=DAY + timedelta(2)), "status-unsigned"),
        (replace(KEY, compromised_since=DAY + timedelta(3)), ""),
    ],
)
def test_the_key_counts_as_the_record_says(key: HubKey, code: str) -> None:
    assert standing(published(), day=DAY + timedelta(2), keys={HUB: (key,)}) == code


def test_a_key_or_hub_that_nobody_knows() -> None:
    assert standing(published(), keys={HUB: ()}) == "status-unsigned"
    assert standing(published(), keys={}) == "status-unsigned"


def leaves(value: Any, at: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    pairs = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    return [at, *(place for key, inner in pairs for place in leaves(inner, (*at, key)))]


def changed(place: tuple[Any, ...], change: Callable[[Any, Any], None]) -> dict[str, Any]:
    document = copy.deepcopy(published())
    around: Any = document
    for key in place[:-1]:
        around = around[key]
    change(around, place[-1])
    return document


def test_no_part_can_be_changed_or_left_out() -> None:
    places = [place for place in leaves(published()) if place]
    assert len(places) > 20
    for place in places:
        for value in (
            "x",
            1,
            None,
            [],
            {},
            "2026-06-02T08:30:00Z",
            bits.encoded((1,)),
            statuses.address_of(SITE, OTHER),
        ):
            altered = changed(place, lambda around, key, value=value: around.__setitem__(key, value))
            assert standing(altered) != "", (place, value)
        assert standing(changed(place, lambda around, key: around.__delitem__(key))) != "", place


@pytest.mark.parametrize("place", [("more",), ("credentialSubject", "ttl"), ("proof", 0, "more")])
def test_no_term_can_be_added(place: tuple[Any, ...]) -> None:
    assert standing(changed(place, lambda around, key: around.__setitem__(key, 1))) != ""


def test_a_term_that_stands_twice_is_refused() -> None:
    source = json.dumps(published()).replace('"id"', '"id": "x", "id"', 1).encode()
    assert statuses.standing(source, CLAIM, KEYS, DAY) == "status-unreadable"


@pytest.mark.parametrize(
    "source", [b"", b"\xff", b"[]", b"null", b'"x"', b"{}", b"[" * 9000, b" " * 200_000, b'{"credentialSubject": {}}']
)
def test_bytes_that_are_no_list(source: bytes) -> None:
    assert isinstance(statuses.read(source), Fault)
    assert statuses.standing(source, CLAIM, KEYS, DAY) == "status-unreadable"


def test_a_list_that_would_count_for_years_is_refused() -> None:
    with pytest.raises(ValueError, match="1 to 90 days"):
        published(days=91)
    assert standing(published(days=90), day=DAY + timedelta(90)) == ""
    long = {**statuses.unsigned(SITE, HUB, (), AT), "validUntil": "2029-01-01T00:00:00Z"}
    assert standing(statuses.signed(long, SIGNER, HUB, SITE)) == "status-unreadable"


def test_a_second_proof_of_the_other_suite_is_no_fault() -> None:
    document = published()
    other = {"type": "DataIntegrityProof", "cryptosuite": "eddsa-rdfc-2022"}
    assert standing({**document, "proof": [*document["proof"], other]}) == ""
    assert standing({**document, "proof": [other]}) == "status-unsigned"
    assert standing({**document, "proof": document["proof"] * 2}) == "status-unsigned"
    assert standing({**document, "proof": document["proof"][0]}) == "status-unsigned"


ENTRY = Entry(
    credential="urn:uuid:7b0e9a43-4c07-4b57-9f39-6d6d0f2c6d11", index=94567, competence="laser-cutter-operation",
    level=2, issued=date(2026, 5, 1), until=date(2028, 5, 1),
)  # fmt: skip


def id_of(number: int) -> str:
    return f"urn:uuid:00000000-0000-4000-8000-{number:012x}"


def test_a_ledger_gives_its_list_on_any_day() -> None:
    whole = ledger.issued(Ledger(HUB), [ENTRY, replace(ENTRY, credential=id_of(2), index=7)])
    whole = ledger.revoked(whole, ENTRY.credential, date(2026, 6, 1))
    whole = ledger.revoked(whole, id_of(2), date(2026, 6, 3))
    assert [whole.revoked_by(date(2026, month, day)) for month, day in ((5, 31), (6, 1), (6, 3))] == [
        (), (94567,), (7, 94567),
    ]  # fmt: skip
    again = ledger.parse(ledger.written(whole))
    assert again == whole
    assert ledger.written(whole).count(b"\n") == 3


@given(st.integers(1, 300), st.integers(0, 2**32))
def test_indexes_never_meet(count: int, seed: int) -> None:
    below = random.Random(seed).randrange
    first = ledger.free_indexes(Ledger(HUB), count, below)
    known = ledger.issued(
        Ledger(HUB), [replace(ENTRY, credential=id_of(at), index=index) for at, index in enumerate(first)]
    )
    second = ledger.free_indexes(known, count, below)
    assert len({*first, *second}) == 2 * count
    assert all(0 <= index < bits.ENTRIES for index in (*first, *second))


def test_every_place_can_be_given_out_and_none_twice() -> None:
    every = ledger.free_indexes(Ledger(HUB), bits.ENTRIES, random.Random(1).randrange)
    assert sorted(every) == list(range(bits.ENTRIES))
    full = Ledger(HUB, tuple(replace(ENTRY, credential=id_of(at), index=at) for at in range(bits.ENTRIES - 1)))
    assert ledger.free_indexes(full, 1, lambda _: 0) == (bits.ENTRIES - 1,)
    with pytest.raises(LedgerError, match="1 free places"):
        ledger.free_indexes(full, 2, lambda _: 0)


def test_what_a_ledger_refuses() -> None:
    known = ledger.issued(Ledger(HUB), [ENTRY])
    for other in (replace(ENTRY, index=1), replace(ENTRY, credential=id_of(1))):
        with pytest.raises(LedgerError, match="already"):
            ledger.issued(known, [other])
        with pytest.raises(LedgerError, match="already"):
            ledger.issued(Ledger(HUB), [ENTRY, other])
    with pytest.raises(LedgerError, match="has no credential"):
        ledger.revoked(known, id_of(1), DAY)
    with pytest.raises(LedgerError, match="after 2026-04-30"):
        ledger.revoked(known, ENTRY.credential, date(2026, 4, 30))
    with pytest.raises(LedgerError, match="already"):
        ledger.revoked(ledger.revoked(known, ENTRY.credential, DAY), ENTRY.credential, DAY)


HEAD = b'{"ledger": 1, "hub": "gh/key-house"}\n'
ROW = ledger.written(Ledger(HUB, (ENTRY,))).split(b"\n")[1] + b"\n"


@pytest.mark.parametrize(
    ("source", "place", "why"),
    [
        (b"", "", "does not end"),
        (HEAD + ROW[:-1], "", "cut short"),
        (b"\n", "line 1", "no JSON"),
        (b"{}\n" + ROW, "line 1", "does not begin with"),
        (HEAD.replace(b"gh/", b"../"), "line 1", "no id of a hub"),
        (HEAD + b"\n" + ROW, "line 2", "no JSON"),
        (HEAD + ROW + ROW, "line 3", "stands in line 2"),
        (HEAD + ROW.replace(b"94567", b"131072"), "line 2", "index: `131072`"),
        (HEAD + ROW.replace(b"94567", b"true"), "line 2", "index: `True`"),
        (HEAD + ROW.replace(b"94567", b"1e0"), "line 2", "index: `1.0`"),
        (HEAD + ROW.replace(b"2026-05-01", b"2026-02-30"), "line 2", "issued: "),
        (HEAD + ROW.replace(b'"level"', b'"name"'), "line 2", "level: missing"),
        (HEAD + ROW.replace(b'"level": 2', b'"level": 2, "level": 3'), "line 2", "stands twice"),
        (HEAD + ROW.replace(b"urn:uuid:", b""), "line 2", "credential: "),
    ],
)
def test_a_fault_in_a_ledger_has_its_line(source: bytes, place: str, why: str) -> None:
    found = ledger.parse(source)
    assert not isinstance(found, Ledger)
    assert any(fault.place == place and why in fault.message for fault in found), found


def test_a_ledger_holds_no_name() -> None:
    assert set(json.loads(ROW)) == {"credential", "index", "competence", "level", "issued", "until"}


@pytest.mark.parametrize("year", ["0001", "0000", "9999"])
def test_a_list_from_the_edge_of_the_calendar_is_unreadable(year: str) -> None:
    document = statuses.unsigned(SITE, HUB, (), AT)
    days = {"validFrom": f"{year}-01-01T00:00:00Z", "validUntil": f"{year}-01-20T00:00:00Z"}
    assert standing(statuses.signed(document | days, SIGNER, HUB, SITE)) == "status-unreadable"
