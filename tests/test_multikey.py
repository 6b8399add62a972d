"""Multikeys: a published example, and what is none."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.multikey import decode, encode

# The example of the did:key method, section "Ed25519".
PUBLISHED = "z6MkhaXgBZDvotDkL5257faiztiGiC2QtKLGpbnnEGta2doK"


def test_the_published_example_goes_there_and_back() -> None:
    key = decode(PUBLISHED)
    assert len(key) == 32
    assert encode(key) == PUBLISHED


@given(st.binary(min_size=32, max_size=32))
def test_every_key_goes_there_and_back(key: bytes) -> None:
    assert decode(encode(key)) == key
    assert encode(key).startswith("z6Mk")
    assert len(encode(key)) == 48


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("", "not base58btc"),
        ("m" + PUBLISHED[1:], "not base58btc"),
        (PUBLISHED[:-1] + "0", "no digit"),
        (PUBLISHED[:-1], "not of the type Ed25519"),
        ("z6Mk" + "z" * 44, "not of the type Ed25519"),
        ("z", "not of the type Ed25519"),
        (encode(bytes(31)), "31 bytes long, not 32"),
        (encode(bytes(33)), "33 bytes long, not 32"),
    ],
)
def test_anything_else_is_refused(text: str, why: str) -> None:
    with pytest.raises(ValueError, match=why):
        decode(text)
