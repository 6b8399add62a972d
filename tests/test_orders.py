"""Orders: a whole one played to its end, tampered with at each step, and the laws of its state machine."""

import dataclasses
import json
import re
from datetime import UTC, date, datetime
from typing import Any

import icalendar
import jsonschema
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator import orders, schemas, signatures
from generator.orders import STEPS, Action, Head, IllegalStepError, Standing, State
from generator.orders.terms import price_of
from generator.orders.values import Lot, Making, Phase
from tests import order_story as story
from tests.order_story import BUYER, EXPECTED, FILE, INSPECTOR, JOINER, KEYS, MAKERS, ORDER, STORY, TERMS

ACTIONS = story.actions()
ENTRIES = story.written(ACTIONS)
FILES = story.files_of(ENTRIES)
NAMES = [one.file for one in ENTRIES]


def test_an_order_is_played_to_its_end() -> None:
    found = story.read(FILES)
    assert found.faults == ()
    assert found.state.phase is Phase.CLOSED
    assert found.state.ending == "completed"
    assert {lot.hub: (lot.quantity, lot.making) for lot in found.state.lots} == {
        "gh/one": (15, Making.PAID), "ke/two": (20, Making.PAID),
        "tg/three": (10, Making.ENDED), JOINER: (5, Making.PAID),
    }  # fmt: skip
    assert sum(lot.quantity for lot in found.state.lots if lot.making is Making.PAID) == TERMS.quantity
    assert orders.owed(TERMS, found.state) == ()


@pytest.mark.parametrize("end", range(len(ENTRIES) + 1))
def test_every_beginning_of_it_is_whole_and_owed_by_somebody(end: int) -> None:
    found = story.read(story.files_of(ENTRIES[:end]))
    assert found.faults == ()
    owed = orders.owed(TERMS, found.state)
    assert bool(owed) == (found.state.phase is not Phase.CLOSED)
    if end < len(ENTRIES) and ACTIONS[end].step not in ("end", "dispute"):
        step = ACTIONS[end]
        assert any(
            one.hub == step.by and step.step in one.steps and one.lot in ("", step.lot or one.lot) for one in owed
        )


def changed(place: int, /, **facts: Any) -> dict[str, bytes]:
    """Return the log with some facts of one entry changed, its name kept."""
    data = {**ENTRIES[place].data, **facts}
    return {**FILES, NAMES[place]: signatures.canonical(data)}


@pytest.mark.parametrize("at", range(len(ENTRIES)))
def test_a_changed_entry_is_found_where_it_is(at: int) -> None:
    for facts in (
        {"details": {"note": "forged"}},
        {"by": "gh/thief"},
        {"at": "2026-12-01T00:00:01Z"},
        {"step": "offered"},
    ):
        found = story.read(changed(at, **facts))
        assert NAMES[at] in {fault.file for fault in found.faults}, facts
        assert any("is not signed by" in fault.message for fault in found.faults)


@pytest.mark.parametrize("at", range(len(ENTRIES)))
def test_a_changed_byte_is_found_where_it_is(at: int) -> None:
    content = bytearray(FILES[NAMES[at]])
    place = content.index(b'"step":"') + 8
    content[place] ^= 1
    found = story.read({**FILES, NAMES[at]: bytes(content)})
    assert NAMES[at] in {fault.file for fault in found.faults}


@pytest.mark.parametrize("at", range(len(ENTRIES)))
def test_a_removed_entry_is_missed_where_it_was(at: int) -> None:
    found = story.read({name: content for name, content in FILES.items() if name != NAMES[at]})
    last = at == len(ENTRIES) - 1
    expected = (
        f"entries after number {at} were cut off"
        if last
        else f"entry {at + 1}, which entry {at + 2} follows, is missing"
    )
    assert any(expected in fault.message for fault in found.faults)
    assert len(found.entries) == at


@pytest.mark.parametrize("end", range(len(ENTRIES)))
def test_what_was_cut_off_is_found_even_when_the_head_was_cut_as_well(end: int) -> None:
    short = story.files_of(ENTRIES[:end])
    cut = story.read({**short, orders.HEAD_FILE: FILES[orders.HEAD_FILE]})
    assert any("cut off" in fault.message for fault in cut.faults)
    assert story.read(short).faults == ()  # nobody can see this without having seen more before
    assert any("was seen before" in fault.message for fault in story.read(short, ENTRIES[-1].head).faults)


@pytest.mark.parametrize("at", range(len(ENTRIES) - 1))
def test_reordered_entries_are_found(at: int) -> None:
    one, two = ENTRIES[at], ENTRIES[at + 1]
    files = {**FILES, NAMES[at]: orders.entry_file(two), NAMES[at + 1]: orders.entry_file(one)}
    assert {NAMES[at], NAMES[at + 1]} <= {fault.file for fault in story.read(files).faults}
    renumbered = {**changed(at, number=at + 2), NAMES[at + 1]: signatures.canonical({**two.data, "number": at + 1})}
    assert NAMES[at] in {fault.file for fault in story.read(renumbered).faults}


@pytest.mark.parametrize("at", range(len(ENTRIES)))
def test_a_replayed_entry_is_found(at: int) -> None:
    copy = story.read({**FILES, f"{len(ENTRIES) + 1:04}-{'a' * 12}.json": FILES[NAMES[at]]})
    assert any("under another name" in fault.message for fault in copy.faults)
    again = {**ENTRIES[at].data, "number": len(ENTRIES) + 1, "previous": ENTRIES[-1].sha256}
    name = f"{len(ENTRIES) + 1:04}-{signatures.digest(again)[:12]}.json"
    head = orders.head_file(Head(len(ENTRIES) + 1, signatures.digest(again)))
    replayed = story.read({**FILES, name: signatures.canonical(again), orders.HEAD_FILE: head})
    assert any(fault.file == name and "is not signed by" in fault.message for fault in replayed.faults)


def test_an_entry_of_another_order_does_not_count() -> None:
    other = orders.read_terms(ORDER.replace(b"stools-2027-01", b"stools-2027-02"))
    files = story.files_of(story.written(ACTIONS[:3], other.sha256))
    assert all("another order.yaml" in fault.message for fault in story.read(files).faults)
    assert len(story.read(files).faults) == 3


def test_a_changed_order_file_is_found_in_every_entry() -> None:
    other = orders.read_terms(ORDER.replace(b'price: "150.00"', b'price: "950.00"', 1))
    found = orders.read_log(other.terms[0], FILES, EXPECTED._replace(order=other.sha256))
    assert len([fault for fault in found.faults if "another order.yaml" in fault.message]) == len(ENTRIES)


def test_comments_and_line_ends_of_the_order_file_may_change() -> None:
    assert orders.read_terms(b"# ours\n" + ORDER.replace(b"\n", b"\r\n")).sha256 == FILE.sha256


def test_whole_numbers_may_be_written_with_a_point() -> None:
    found = orders.read_terms(
        ORDER.replace(b"quantity: 15", b"quantity: 15.0").replace(b"quantity: 40", b"quantity: 4e1")
    )
    assert (found.sha256, found.terms) == (FILE.sha256, FILE.terms)


def test_two_heads_are_found_and_explained() -> None:
    base = ENTRIES[:9]
    one = story.written([ACTIONS[9]], head=base[-1].head)
    other_step = Action(step="submit-prototype", by="ke/two", at="2026-12-02T00:00:00Z", lot="ke/two")
    other = story.written([other_step], head=base[-1].head)
    found = story.read(story.files_of([*base, *one, *other]))
    (fault,) = found.faults
    assert "two heads: 2 entries follow entry 9" in fault.message
    for name in (one[0].file, other[0].file, "`gh/one`", "`ke/two`"):
        assert name in fault.message
    assert re.search(r"order resolve DIR --keep [0-9a-f]{12}", fault.hint)
    assert found.entries == tuple(base)


def test_conflict_markers_of_git_are_explained() -> None:
    content = b"<<<<<<< HEAD\n" + FILES[orders.HEAD_FILE] + b"=======\n>>>>>>> theirs\n"
    (fault,) = story.read({**FILES, orders.HEAD_FILE: content}).faults
    assert "two people changed it at once" in fault.message
    (fault, *_) = story.read({**FILES, NAMES[3]: content}).faults
    assert fault.file == NAMES[3]


JUNK = [b"", b"{", b"[]", b"null", b"\xff", b'{"type":"karakana order entry"}', b"[" * 9999, b'{"a":1,"a":2}']


@pytest.mark.parametrize("content", JUNK)
def test_other_files_in_the_log_are_told_and_never_crash(content: bytes) -> None:
    assert story.read({**FILES, "0099-aaaaaaaaaaaa.json": content}).faults
    assert story.read({**FILES, NAMES[5]: content}).faults
    assert story.read({**FILES, orders.HEAD_FILE: content}).faults
    without = {name: text for name, text in FILES.items() if name != orders.HEAD_FILE}
    assert story.read(without).faults


@given(st.data())
def test_no_content_of_an_entry_crashes_the_reading(data: st.DataObject) -> None:
    at = data.draw(st.integers(0, len(ENTRIES) - 1))
    key = data.draw(st.sampled_from(sorted(ENTRIES[at].data)))
    junk = st.recursive(
        st.none() | st.integers(-3, 10**15) | st.text(max_size=3) | st.booleans(), st.lists, max_leaves=2
    )
    value = data.draw(junk | st.dictionaries(st.sampled_from(["checked", "quantities", "quantity"]), junk, max_size=2))
    if value != ENTRIES[at].data[key]:
        assert story.read(changed(at, **{key: value})).faults


def test_a_forger_without_a_partys_key_adds_nothing() -> None:
    forger = signatures.signer(b"f" * 32)
    step = Action(step="offer", by=BUYER, at="2026-12-01T00:00:00Z")
    forged = orders.entry(FILE.sha256, Head(), step, forger, story.ADDRESS)
    (fault,) = story.read(story.files_of([forged])).faults
    assert "none of those in the record" in fault.message


def test_a_key_that_is_compromised_takes_its_steps_along() -> None:
    (key,) = KEYS["ke/two"]
    stolen = {**KEYS, "ke/two": (dataclasses.replace(key, compromised_since=date(2026, 12, 1)),)}
    found = orders.read_log(TERMS, FILES, EXPECTED._replace(keys=stolen))
    mine = [one.file for one in ENTRIES if one.data["by"] == "ke/two"]
    assert [fault.file for fault in found.faults] == mine
    assert all("is compromised since 2026-12-01" in fault.message for fault in found.faults)


# What may not happen, after so many steps of the story: step, by, lot, details, and a word of why not.
SIGNED = len(story.signing())


def inspected(checked: Any) -> story.Told:
    return ("inspect-prototype", INSPECTOR, "gh/one", {"checked": checked})


PRICE = {"ke/two": {"price": "1.00", "instalments": [{"milestone": "release", "amount": "1"}]}}
ILLEGAL: list[tuple[int, story.Told, str]] = [
    (0, ("sign", BUYER, "", {}), "no step of an order that is draft"),
    (0, ("offer", "gh/one", "", {}), "not the initiator"),
    (1, ("offer", BUYER, "", {}), "no step of an order that is offered"),
    (1, ("sign", "gh/stranger", "", {}), "not the"),
    (2, ("sign", BUYER, "", {}), "has signed already"),
    (3, ("submit-prototype", "gh/one", "gh/one", {}), "no step of an order that is offered"),
    (SIGNED, ("sign", BUYER, "", {}), "has signed already"),
    (SIGNED, ("withdraw", BUYER, "", {}), "no step of an order that is signed"),
    (SIGNED, ("submit-prototype", "gh/one", "ke/two", {}), "its own lot only"),
    (SIGNED, ("submit-prototype", BUYER, "gh/one", {}), "not the manufacturer"),
    (SIGNED, ("submit-prototype", "gh/one", "", {}), "whose lot"),
    (SIGNED, ("submit-prototype", "gh/one", "gh/stranger", {}), "makes nothing"),
    (SIGNED, ("deliver", "gh/one", "gh/one", {"quantity": 15}), "is prototype due"),
    (SIGNED, ("release", INSPECTOR, "gh/one", {}), "is prototype due"),
    (SIGNED, ("replan", BUYER, "", {"quantities": {"gh/one": 20}}), "nothing to divide"),
    (SIGNED, ("close", BUYER, "", {}), "not finished"),
    (SIGNED, ("dispute", BUYER, "", {"against": BUYER, "reason": "x"}), "no other party"),
    (SIGNED, ("settle", BUYER, "", {"outcome": "close"}), "no step of an order that is signed"),
    (SIGNED, ("end", "gh/one", "gh/one", {}), "`reason` is missing"),
    (SIGNED, ("agree", "gh/one", "gh/one", {}), "nothing new was offered"),
    (SIGNED, ("offer", BUYER, "gh/one", {}), "no step of an order"),
    (SIGNED, ("fly", BUYER, "", {}), "no step `fly`"),
    (SIGNED + 1, ("inspect-prototype", "gh/one", "gh/one", {"checked": story.GOOD_PROTOTYPE}), "not the inspector"),
    (SIGNED + 1, inspected({}), "not checked: seat-height, load"),
    (SIGNED + 1, inspected({**story.GOOD_PROTOTYPE, "x": {"pieces": 1, "faulty": 0}}), "no characteristic"),
    (SIGNED + 1, inspected({"load": 1}), "says `pieces` and `faulty`"),
    (SIGNED + 1, inspected({**story.GOOD_PROTOTYPE, "load": {"pieces": 1, "faulty": 2}}), "2 faulty of 1"),
    (SIGNED + 2, ("rework-prototype", INSPECTOR, "gh/one", {}), "nothing to rework"),
    (SIGNED + 2, ("release", BUYER, "gh/one", {}), "not the inspector"),
    (SIGNED + 3, ("deliver", "gh/one", "gh/one", {"quantity": 16}), "16 pieces delivered"),
    (SIGNED + 3, ("deliver", "gh/one", "gh/one", {"quantity": 15, "price": 1}), "nothing that it tells"),
    (SIGNED + 3, ("deliver", "gh/one", "gh/one", {"quantity": True}), "no number of pieces"),
    (SIGNED + 4, ("inspect-lot", INSPECTOR, "gh/one", {"checked": story.lot_check(2)}), "asks for"),
    (SIGNED + 4, ("end", BUYER, "gh/one", {"reason": "too dear"}), "is delivered"),
    (SIGNED + 5, ("accept", INSPECTOR, "gh/one", {}), "not the recipient"),
    (SIGNED + 5, ("pay", BUYER, "gh/one", {}), "is lot inspected"),
    (SIGNED + 9, ("release", INSPECTOR, "ke/two", {}), "the inspection refused it"),
    (SIGNED + 11, ("replan", BUYER, "", {"quantities": {"ke/two": 24}}), "make 39 pieces together"),
    (SIGNED + 11, ("replan", BUYER, "", {"quantities": {"ke/two": 14}}), "makes 15 already"),
    (SIGNED + 11, ("replan", BUYER, "", {"quantities": {"gh/one": 25}}), "`gh/one` is paid"),
    (SIGNED + 11, ("replan", BUYER, "", {"quantities": {JOINER: 10}}), "is new in this order"),
    (SIGNED + 11, ("replan", BUYER, "", {"quantities": {INSPECTOR: 10}}), "nobody inspects what they make"),
    (SIGNED + 11, ("replan", BUYER, "", {"quantities": {"tg/three": 10}}), "is ended"),
    (SIGNED + 11, ("replan", BUYER, "", {"quantities": {"ke/two": 25}, "prices": PRICE}), "come from a new contract"),
    (SIGNED + 11, ("replan", BUYER, "", {"quantities": {"ke/two": 25}, "prices": {"ke/two": "1"}}), "`price` and"),
    (SIGNED + 11, ("replan", BUYER, "", {"quantities": {"ke/two": 25}, "prices": {"ke/two": {**PRICE["ke/two"],
     "price": "2.00"}}}), "says 2.00, and its instalments add up to 1"),
    (SIGNED + 12, ("agree", JOINER, JOINER, {}), "is waiting"),
    (SIGNED + 12, ("dispute", JOINER, "", {"against": BUYER, "reason": "x"}), "has not signed"),
    (len(STORY) - 1, ("pay", BUYER, "gh/one", {}), "is paid"),
    (len(STORY), ("close", BUYER, "", {}), "no step of an order that is closed"),
    (len(STORY), ("dispute", BUYER, "", {"against": "gh/one", "reason": "x"}), "no step of an order that is closed"),
]  # fmt: skip


@pytest.mark.parametrize(("after", "told", "why"), ILLEGAL)
def test_what_may_not_happen_is_refused_with_the_reason(after: int, told: story.Told, why: str) -> None:
    state = orders.replayed(TERMS, ACTIONS[:after])
    step, by, lot, details = told
    with pytest.raises(IllegalStepError, match=why):
        orders.advanced(TERMS, state, Action(step=step, by=by, at="2027-02-01T00:00:00Z", lot=lot, details=details))


def test_time_does_not_go_back() -> None:
    state = orders.replayed(TERMS, ACTIONS[:2])
    for at, why in (
        ("2026-11-30T00:00:00Z", "before the step"),
        ("2026-12-40T00:00:00Z", "no time"),
        ("now", "no time"),
    ):
        with pytest.raises(IllegalStepError, match=why):
            orders.advanced(TERMS, state, dataclasses.replace(ACTIONS[2], at=at))


def test_only_so_many_corrections_are_allowed() -> None:
    again: list[story.Told] = [
        ("submit-prototype", "gh/one", "gh/one", {}),
        ("inspect-prototype", INSPECTOR, "gh/one", {"checked": story.BAD_PROTOTYPE}),
        ("rework-prototype", INSPECTOR, "gh/one", {}),
    ]
    told = story.actions([*story.signing(), *again * 3])
    state = orders.replayed(TERMS, told[:-1])
    assert any(one.steps == ("end",) and one.hub == BUYER for one in orders.owed(TERMS, state))
    with pytest.raises(IllegalStepError, match="allows no more"):
        orders.advanced(TERMS, state, told[-1])


def delivered(*parts: int, checked: bool = False) -> State:
    told = [*story.signing(), *story.making("gh/one", 15)[:3]]
    told += [
        ("deliver", "gh/one", "gh/one", {"quantity": many, **({"checked": {}} if checked else {})}) for many in parts
    ]
    return orders.replayed(TERMS, story.actions(told))


def test_a_lot_may_be_delivered_in_parts() -> None:
    state = delivered(9, 5)
    assert (state.lots[0].making, state.lots[0].delivered) == (Making.RELEASED, 14)
    assert any(one.what == "deliver the other 1 of 15 pieces" for one in orders.owed(TERMS, state))
    assert delivered(9, 5, 1).lots[0].making is Making.DELIVERED
    with pytest.raises(IllegalStepError, match="2 pieces delivered, and the lot has 15, 14 of them delivered already"):
        delivered(9, 5, 2)
    with pytest.raises(IllegalStepError, match="the lot is checked as a whole"):
        delivered(9, checked=True)


def test_what_is_owed_of_money_is_said_exactly() -> None:
    state = orders.replayed(TERMS, ACTIONS[: SIGNED + 6])
    assert any(one.what == "pay for the lot: 150.00 EUR in all" for one in orders.owed(TERMS, state))


def test_a_dispute_ends_only_as_both_sides_say() -> None:
    told = [*story.signing(), ("dispute", "gh/one", "", {"against": BUYER, "reason": "no drawings"})]
    state = orders.replayed(TERMS, story.actions([*told, ("settle", "gh/one", "", {"outcome": "resume"}),
                                                  ("settle", BUYER, "", {"outcome": "close"})]))  # fmt: skip
    assert state.phase is Phase.DISPUTED
    assert {one.hub for one in orders.owed(TERMS, state)} == {"gh/one", BUYER}
    state = orders.advanced(
        TERMS, state, Action(step="settle", by="gh/one", at="2027-01-01T00:00:00Z", details={"outcome": "close"})
    )
    assert (state.phase, state.ending) == (Phase.CLOSED, "settled")


LEFT = [*story.signing(), *story.making("gh/one", 15), *story.making("ke/two", 15),
        ("end", "tg/three", "tg/three", {"reason": "the saw broke"})]  # fmt: skip


def test_an_order_that_nobody_can_finish_is_closed_for_a_reason() -> None:
    state = orders.replayed(TERMS, story.actions(LEFT))
    (debt,) = orders.owed(TERMS, state)
    assert (debt.hub, debt.steps) == (BUYER, ("replan", "close"))
    assert debt.what == "divide 10 pieces anew that nobody makes, or close without them"
    close = Action(step="close", by=BUYER, at="2027-02-01T00:00:00Z")
    with pytest.raises(IllegalStepError, match="10 of 40 pieces are nobody's") as refused:
        orders.advanced(TERMS, state, close)
    assert refused.value.hint.endswith("close without them and say why: --reason TEXT")
    after = orders.advanced(TERMS, state, dataclasses.replace(close, details={"reason": "nobody has time"}))
    assert (after.phase, after.ending) == (Phase.CLOSED, "fewer made")
    assert orders.owed(TERMS, after) == ()
    with pytest.raises(IllegalStepError, match="not finished"):
        orders.advanced(TERMS, orders.replayed(TERMS, story.actions(LEFT[:-2])),
                        dataclasses.replace(close, details={"reason": "x"}))  # fmt: skip


WAYS_OUT: list[tuple[int, story.Told, str]] = [
    (SIGNED, ("deliver", "gh/one", "gh/one", {"quantity": 15}), "next: submit-prototype (gh/one)"),
    (SIGNED, ("submit-prototype", "gh/one", "", {}), "lots are of gh/one, ke/two, tg/three"),
    (SIGNED, ("end", "gh/one", "gh/one", {}), "give --reason TEXT"),
    (SIGNED, ("dispute", "gh/one", "", {"against": BUYER}), "give --reason TEXT"),
    (SIGNED + 11, ("replan", BUYER, "", {}), "give --part HUB=PIECES, once for each hub"),
    (SIGNED + 1, ("inspect-prototype", INSPECTOR, "gh/one", {}),
     "give --checked ID=FAULTY/PIECES, once for each line of the quality plan"),
    (SIGNED + 1, ("inspect-prototype", INSPECTOR, "gh/one", {"checked": {}}),
     "the quality plan asks for it: --checked seat-height=FAULTY/PIECES --checked load=FAULTY/PIECES"),
    (SIGNED + 1, ("inspect-prototype", INSPECTOR, "gh/one", {"checked": {"seat": {"pieces": 1, "faulty": 0}}}),
     "its own are `seat-height`, `load`"),
    (0, ("deliver", "gh/one", "gh/one", {"quantity": 15}), "next: offer (gh/buyer)"),
    (len(STORY), ("close", BUYER, "", {}), ""),
]  # fmt: skip


@pytest.mark.parametrize(("after", "told", "hint"), WAYS_OUT)
def test_who_is_refused_hears_what_to_type_or_who_is_next(after: int, told: story.Told, hint: str) -> None:
    state = orders.replayed(TERMS, ACTIONS[:after])
    step, by, lot, details = told
    with pytest.raises(IllegalStepError) as refused:
        orders.advanced(TERMS, state, Action(step=step, by=by, at="2027-02-01T00:00:00Z", lot=lot, details=details))
    assert refused.value.hint == hint


# What anybody might try: any step, by anybody, on anybody's lot, with more or less sensible details.
DETAILS = st.fixed_dictionaries({}, optional={
    "quantity": st.sampled_from([5, 10, 15, 20, 25]),
    "reason": st.just("x"), "against": st.sampled_from([BUYER, *MAKERS]),
    "outcome": st.sampled_from(["resume", "close"]),
    "manifest_sha256": st.just("0" * 64),
    "checked": st.sampled_from([story.GOOD_PROTOTYPE, story.BAD_PROTOTYPE, *map(story.lot_check, (10, 15, 20))]),
    "quantities": st.dictionaries(st.sampled_from([*MAKERS, JOINER]), st.sampled_from([15, 20, 25, 30]), max_size=2),
})  # fmt: skip
ATTEMPTS = st.builds(
    Action, step=st.sampled_from(sorted(STEPS)), by=st.sampled_from(story.HUBS), at=st.just("2027-02-01T00:00:00Z"),
    lot=st.sampled_from(["", *MAKERS, JOINER]), details=DETAILS,
)  # fmt: skip


def sensible(state: State) -> list[Action]:
    """Return the steps that are owed, with details that fit, so that random orders get somewhere."""
    found = []
    for debt in orders.owed(TERMS, state):
        lot = next((one for one in state.lots if one.hub == debt.lot), None)
        many = lot.quantity if lot else 0
        for step in debt.steps:
            told: dict[str, Any] = {
                "inspect-prototype": {"checked": story.GOOD_PROTOTYPE},
                "inspect-lot": {"checked": story.lot_check(many)},
                "deliver": {"quantity": many - (lot.delivered if lot else 0)}, "end": {"reason": "x"},
                "settle": {"outcome": "resume"}, "close": {"reason": "x"},
            }.get(step, {})  # fmt: skip
            own = debt.lot if STEPS[step].lots else ""
            found.append(Action(step=step, by=debt.hub, at="2027-02-01T00:00:00Z", lot=own, details=told))
    return found


@settings(max_examples=60)
@given(st.data())
def test_laws_of_every_order(data: st.DataObject) -> None:
    state, taken = orders.begun(TERMS), []
    for _ in range(data.draw(st.integers(0, 45))):
        owed = sensible(state)
        action = data.draw(st.sampled_from(owed) if owed and data.draw(st.integers(0, 3)) else ATTEMPTS)
        try:
            after = orders.advanced(TERMS, state, action)
        except IllegalStepError:
            continue
        assert_lawful(state, action, after)
        taken.append(action)
        state = after
    assert orders.replayed(TERMS, taken) == state
    assert state.steps == len(taken)
    assert ended(state).phase is Phase.CLOSED


def ended(state: State) -> State:
    """Return an order after those who owe a step have taken it, as long as there is one: none is ever stuck."""
    for _ in range(100):
        for action in sensible(state):
            try:
                state = orders.advanced(TERMS, state, action)
                break
            except IllegalStepError:
                continue
        else:
            return state
    return state


def assert_lawful(before: State, action: Action, after: State) -> None:
    step = STEPS[action.step]
    assert before.phase in step.phases
    assert before.phase is not Phase.CLOSED
    changed_lots = {one.hub for one in after.lots if one not in before.lots}
    if step.lots:
        assert changed_lots <= {action.lot}
    held = sum(lot.offered or lot.quantity for lot in after.lots if lot.making is not Making.ENDED)
    assert held <= TERMS.quantity
    if after.ending in ("completed", "fewer made"):
        assert (held == TERMS.quantity) == (after.ending == "completed")
        assert {lot.making for lot in after.lots} <= {Making.PAID, Making.ENDED}
    for lot in after.lots:
        assert lot.hub != INSPECTOR
        assert lot.rounds <= TERMS.rework_rounds
    assert after.phase is Phase.CLOSED or orders.owed(TERMS, after)


def test_the_status_fits_its_schema_at_every_step() -> None:
    for end in range(0, len(ENTRIES) + 1, 3):
        log = story.read(story.files_of(ENTRIES[:end]))
        data = orders.as_json(Standing(TERMS, log, date(2027, 1, 20)))
        assert schemas.published("order")(json.loads(json.dumps(data))), data
    log = story.read(changed(4, step="pay"))
    assert schemas.published("order")(orders.as_json(Standing(TERMS, log, date(2027, 1, 20))))


def test_the_status_says_who_owes_what_by_when() -> None:
    log = story.read(story.files_of(ENTRIES[: SIGNED + 1]))
    told = orders.text(Standing(TERMS, log, date(2027, 1, 20)))
    assert max(map(len, told.splitlines()[:-1])) <= 80
    told = " ".join(told.split())
    assert "by 2026-12-08 (overdue): gh/judge (inspector): inspect the prototype [gh/one] -> inspect-prototype" in told
    assert "by 2027-01-15 (overdue): ke/two (manufacturer): submit the prototype -> submit-prototype" in told
    assert f"last entry, to be kept: {ENTRIES[SIGNED].head}" in told


def test_hostile_text_reaches_no_terminal() -> None:
    (terms,) = orders.read_terms(ORDER.replace(b"40 stools", "40 \u202estools".encode())).terms
    log = orders.read_log(terms, {}, EXPECTED)
    assert "\u202e" not in orders.text(Standing(terms, log, date(2027, 1, 1)))
    fault = story.read({**FILES, "\x1b[2J.json": b"{"}).faults
    assert "\x1b" not in orders.fault_text(fault)


def test_the_quality_chart_shows_lots_of_one_size_together() -> None:
    told = orders.quality_text(Standing(TERMS, story.read({}), date(2027, 1, 1)))
    assert told.startswith("""Height of the seat: 5 of 15 pieces each, passes with up to 0 faulty
  lots: gh/one, ke/two
  how: measure at three legs, take the greatest
  instrument: steel rule, 0.5 mm
  good if: 450 mm +/- 3 mm
""")
    assert told.count("passes with") == 4
    assert "Carries 150 kg: 5 of 15 pieces each, passes with up to 0 faulty" in told
    assert "instrument" not in told.partition("Carries")[2].partition("Height")[0]
    assert "         0 faulty   100.0%  ########################################" in told
    assert max(map(len, told.splitlines())) <= 80
    chances = orders.chances_text(TERMS)
    assert max(map(len, chances.splitlines())) <= 80


FIXED = b'mil-std-105e\n      aql_percent: "2.5"'
WRONG: list[tuple[bytes, bytes, str]] = [
    (b"quantity: 40", b"quantity: 41", "make 40 pieces, and the order has 41"),
    (b"inspector: gh/judge", b"inspector: gh/one", "would inspect what it makes"),
    (b"hub: ke/two", b"hub: gh/one", "stands twice"),
    (b"delivery_due: 2027-03-01", b"delivery_due: 2027-01-01", "is before prototype_due"),
    (b'      price: "100.00"\n', b"", "prices are given by halves"),
    (b'ltpd_percent: "30"', b'ltpd_percent: "2.5"', "AQL is not less than the LTPD"),
    (b'      ltpd_percent: "30"\n', b"", "`ltpd_percent` is missing"),
    (b'aql_percent: "2.5"\n      ltpd', b"aql_percent: 2.5\n      ltpd", "`2.5` is not text"),
    (b"basis: risks", b"basis: risk", "did you mean `risks`"),
    (b"basis: risks", b"basis: mil-std-105e", "does not belong to the basis"),
    (b'mil-std-105e\n      aql_percent: "2.5"', b'mil-std-105e\n      aql_percent: "3"', "one of 0.010, 0.015"),
    (b"id: load", b"id: seat-height", "stands twice"),
    (b"rework_rounds: 2", b"rework_round: 2", "did you mean `rework_rounds`"),
    (b"initiator: gh/buyer", b"initiator: ../../x", "right form"),
    (b"delivery_due: 2027-03-01", b"delivery_due: 2027-02-30", "2027-02-30"),
    (b"quality:", b"qualities:", "`quality`"),
    (FIXED, b"fixed\n      sample: 11\n      accept: 0", "larger than the smallest lot, 10 pieces take at most 10"),
    (FIXED, b"fixed\n      sample: 3\n      accept: 3", "every lot passes accept at most 2"),
    (FIXED, b"fixed\n      sample: 3", "`accept` is missing"),
    (FIXED, b"fixed\n      sample: 3.5\n      accept: 0", "not a whole number"),
    (
        b'price: "100.00"',
        b'price: "100.00"\n      instalments:\n        - milestone: release\n          amount: "99.99"',
        "the instalments of `tg/three` add up to 99.99, and its price is 100.00",
    ),
    (
        b"currency: EUR",
        b"currency: EUR\nnames:\n  did:key:z6MkehRgf7yJbgaGfYsdoAsKdBPE3dj2CYhowQdcjqSJgvVd: Demo",
        "is no party of this order",
    ),
    (b"inspector: gh/judge", b"inspector: did:key:z6Mk", "did:key:z6Mk"),
    (b"order: ", b"order: &a ", "nchor"),
]


@pytest.mark.parametrize(("before", "after", "why"), WRONG)
def test_what_is_wrong_with_an_order_file_is_told_with_its_place(before: bytes, after: bytes, why: str) -> None:
    assert before in ORDER
    found = orders.read_terms(ORDER.replace(before, after, 1))
    assert found.terms == ()
    assert any(why in f"{one.message} {one.hint}" for one in found.troubles), found.troubles
    assert all(one.line > 0 for one in found.troubles)


def calendar(end: int) -> bytes:
    log = story.read(story.files_of(ENTRIES[:end]))
    return orders.calendar(TERMS, log.state, FILE.sha256, datetime(2026, 12, 1, 9, 30, tzinfo=UTC))


def test_the_calendar_is_what_rfc_5545_wants() -> None:
    content = calendar(SIGNED)
    lines = content.split(b"\r\n")
    assert lines[-1] == b""
    assert b"\n" not in content.replace(b"\r\n", b"")
    assert all(len(line) <= 75 for line in lines)
    assert any(line.startswith(b" ") for line in lines)  # folded
    assert b"DTSTAMP:20261201T093000Z" in lines
    assert b"DTSTART;VALUE=DATE:20270115" in lines
    assert b"DTEND;VALUE=DATE:20270116" in lines
    events = icalendar.Calendar.from_ical(content).walk("VEVENT")
    assert len(events) == len({event["uid"] for event in events}) == 3
    assert calendar(SIGNED) == content


def test_commas_and_lines_are_escaped_in_the_calendar() -> None:
    (terms,) = orders.read_terms(ORDER.replace(b"40 stools for a school", b"stools; tall, \\\\ small")).terms
    content = orders.calendar(terms, orders.begun(terms), FILE.sha256, datetime(2026, 12, 1, tzinfo=UTC))
    assert rb"stools\; tall\, \\\\ small" in content.replace(b"\r\n ", b"")
    assert icalendar.Calendar.from_ical(content).walk("VEVENT")[0]["description"].startswith("stools; tall, \\\\ small")


# The release schema of OCDS 1.1, as far as an order's release goes: what is required, and the closed codelists.
NAMED = {"type": "object", "required": ["id", "name"]}
VALUE = {"type": "object", "required": ["amount", "currency"], "properties": {"amount": {"type": "number"}}}
TIME = {"type": "string", "pattern": r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$"}
MILESTONE = {
    "type": "object", "required": ["id", "status", "type"],
    "properties": {
        "status": {"enum": ["scheduled", "met", "notMet", "partiallyMet"]}, "dueDate": TIME, "dateMet": TIME,
        "type": {"enum": [
            "preProcurement", "approval", "engagement", "assessment", "delivery", "reporting", "financing"]},
    },
}  # fmt: skip
OCDS = {
    "type": "object", "required": ["ocid", "id", "date", "tag", "initiationType"],
    "properties": {
        "date": TIME, "initiationType": {"enum": ["tender"]},
        "tag": {"type": "array", "minItems": 1, "items": {"enum": [
            "planning", "planningUpdate", "tender", "tenderAmendment", "tenderUpdate", "tenderCancellation", "award",
            "awardUpdate", "awardCancellation", "contract", "contractUpdate", "contractAmendment", "implementation",
            "implementationUpdate", "contractTermination", "compiled"]}},
        "parties": {"type": "array", "uniqueItems": True, "items": {**NAMED, "required": ["id", "name", "roles"]}},
        "buyer": NAMED,
        "tender": {"type": "object", "required": ["id"], "properties": {"value": VALUE, "status": {"enum": [
            "planning", "planned", "active", "cancelled", "unsuccessful", "complete", "withdrawn"]}}},
        "awards": {"type": "array", "items": {"type": "object", "required": ["id"], "properties": {
            "status": {"enum": ["pending", "active", "cancelled", "unsuccessful"]}, "value": VALUE,
            "suppliers": {"type": "array", "items": NAMED}}}},
        "contracts": {"type": "array", "items": {"type": "object", "required": ["id", "awardID"], "properties": {
            "status": {"enum": ["pending", "active", "cancelled", "terminated"]}, "value": VALUE,
            "implementation": {"properties": {"milestones": {"type": "array", "items": MILESTONE}}}}}},
    },
}  # fmt: skip


@pytest.mark.parametrize("end", range(0, len(ENTRIES) + 1, 4))
def test_the_release_has_the_structure_and_codes_of_ocds(end: int) -> None:
    log = story.read(story.files_of(ENTRIES[:end]))
    release = orders.release(TERMS, log, FILE.sha256)
    jsonschema.Draft202012Validator(OCDS).validate(release)
    known = {one["id"] for one in release["parties"]}
    assert {one["id"] for award in release["awards"] for one in award["suppliers"]} <= known
    assert {one["awardID"] for one in release["contracts"]} == {one["id"] for one in release["awards"]}


def test_milestones_of_a_release_follow_the_log() -> None:
    release = orders.release(TERMS, story.read(FILES), FILE.sha256)
    by_contract = {one["id"]: one for one in release["contracts"]}
    states = [one["status"] for one in by_contract["contract-gh/one"]["implementation"]["milestones"]]
    assert states == ["met"] * 4
    assert by_contract["contract-tg/three"]["status"] == "cancelled"
    assert by_contract["contract-ke/two"]["value"] == {"amount": 200.0, "currency": "EUR"}
    assert release["tag"] == ["contractTermination"]
    roles = {one["id"]: one["roles"] for one in release["parties"]}
    assert roles["KARAKANA-gh/buyer"] == ["buyer", "procuringEntity", "recipient", "payer"]
    assert roles["KARAKANA-gh/one"] == ["supplier", "payee"]


def test_a_lot_that_grows_under_a_contract_costs_what_that_says() -> None:
    prices = {
        "ke/two": {"price": "400.01", "instalments": [{"milestone": "release", "amount": "400.01"}]},
        JOINER: {"price": "7.5", "instalments": [{"milestone": "release", "amount": "7.5"}]},
    }
    at = next(at for at, told in enumerate(STORY) if told[0] == "replan")
    step, by, lot, details = STORY[at]
    priced = [*STORY[:at], (step, by, lot, {**details, "prices": prices}), *STORY[at + 1 :]]
    replanned = orders.replayed(TERMS, story.actions(priced[: at + 1]))
    assert [f"{price_of(TERMS, one)}" for one in replanned.lots] == ["150.00", "150.00", "100.00", "0"]
    asked = {one.what for one in orders.owed(TERMS, replanned)}
    assert "agree to make 20 pieces instead of 15 for 400.01 EUR, or decline" in asked
    declined = orders.replayed(TERMS, story.actions([*priced[: at + 1], ("decline", "ke/two", "ke/two", {})]))
    assert [f"{price_of(TERMS, one)}" for one in declined.lots] == ["150.00", "150.00", "100.00", "0"]
    log = story.read(story.files_of(story.written(story.actions(priced))))
    assert log.faults == ()
    values = {one["id"]: one["value"]["amount"] for one in orders.release(TERMS, log, FILE.sha256)["contracts"]}
    assert (values["contract-ke/two"], values[f"contract-{JOINER}"]) == (400.01, 7.5)
    assert "7.50 EUR: 7.5 at release" in orders.text(Standing(TERMS, log, date(2027, 1, 1)))
    due = orders.replayed(TERMS, story.actions(priced[:-2]))
    assert any(one.what == "pay for the lot: 7.50 EUR in all" for one in orders.owed(TERMS, due))


@pytest.mark.parametrize(
    ("currency", "price", "more"),
    [("JPY", "1000", "1333"), ("TND", "100", "133.333"), ("EUR", "100", "133.33"), ("EUR", "10.005", "13.340")],
)
def test_a_lot_that_grows_costs_what_can_be_paid(currency: str, price: str, more: str) -> None:
    share = dataclasses.replace(TERMS.shares[0], price=price)
    terms = dataclasses.replace(TERMS, currency=currency, shares=(share, *TERMS.shares[1:]))
    assert f"{price_of(terms, Lot(hub=share.hub, quantity=20))}" == more
