"""Sampling plans: exact chances against counting every sample, MIL-STD-105E, and why nothing is pooled."""

import itertools
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.orders import chances, military
from generator.orders.quality import Sampling, sample_plan
from generator.orders.sampling import (
    NoPlanError,
    Risks,
    SamplePlan,
    chance_of_acceptance,
    chance_of_pooled_acceptance,
    operating_characteristic,
    smallest_plan,
)


def counted(plan: SamplePlan, faulty: int) -> Fraction:
    """Return the chance of acceptance by drawing every sample there is."""
    lot = [1] * faulty + [0] * (plan.lot - faulty)
    samples = list(itertools.combinations(lot, plan.sample))
    return Fraction(sum(sum(sample) <= plan.accept for sample in samples), len(samples))


PLANS = st.integers(1, 9).flatmap(
    lambda lot: st.builds(SamplePlan, st.just(lot), st.integers(1, lot), st.integers(0, lot))
)


@given(PLANS, st.integers(0, 9))
def test_the_chance_is_what_counting_every_sample_gives(plan: SamplePlan, faulty: int) -> None:
    faulty = min(faulty, plan.lot)
    assert chance_of_acceptance(plan, faulty) == counted(plan, faulty)


@pytest.mark.parametrize(
    ("plan", "faulty", "chance"),
    [
        (SamplePlan(10, 3, 0), 2, Fraction(7, 15)),  # C(8,3) / C(10,3)
        (SamplePlan(52, 5, 0), 4, Fraction(35673, 54145)),  # no ace among five cards
        (SamplePlan(49, 6, 0), 6, Fraction(6096454, 13983816)),  # no number right in a lottery of 6 out of 49
        (SamplePlan(49, 6, 5), 6, Fraction(13983815, 13983816)),
        (SamplePlan(40, 40, 1), 1, Fraction(1)),
        (SamplePlan(40, 40, 1), 2, Fraction(0)),
    ],
)
def test_known_chances(plan: SamplePlan, faulty: int, chance: Fraction) -> None:
    assert chance_of_acceptance(plan, faulty) == chance


def brute(lot: int, risks: Risks) -> int:
    """Return the smallest sample of any plan that keeps the risks, by trying every plan."""
    fine, bad = int(lot * risks.aql), -int(-lot * risks.ltpd // 1)
    for sample in range(1, lot + 1):
        for accept in range(sample + 1):
            plan = SamplePlan(lot, sample, accept)
            good = chance_of_acceptance(plan, fine) >= 1 - risks.producer
            if good and chance_of_acceptance(plan, bad) <= risks.consumer:
                return sample
    raise AssertionError("a whole lot always serves")


PERCENT = st.integers(1, 60).map(lambda number: Fraction(number, 100))


@given(st.integers(2, 26), PERCENT, PERCENT, PERCENT, PERCENT)
def test_the_smallest_plan_keeps_both_risks_and_no_smaller_one_does(
    lot: int, one: Fraction, other: Fraction, producer: Fraction, consumer: Fraction
) -> None:
    if one == other:
        return
    risks = Risks(min(one, other), max(one, other), min(producer, Fraction(1, 2)), min(consumer, Fraction(1, 2)))
    plan = smallest_plan(lot, risks)
    assert plan.sample == brute(lot, risks)
    assert chance_of_acceptance(plan, int(lot * risks.aql)) >= 1 - risks.producer
    assert chance_of_acceptance(plan, -int(-lot * risks.ltpd // 1)) <= risks.consumer


def test_an_aql_above_the_ltpd_has_no_plan() -> None:
    with pytest.raises(NoPlanError, match="not below"):
        smallest_plan(40, Risks(Fraction(1, 5), Fraction(1, 10), Fraction(1, 20), Fraction(1, 10)))


def test_a_plan_that_nobody_would_carry_out_is_refused() -> None:
    with pytest.raises(NoPlanError, match="more than 2000 pieces"):
        smallest_plan(10_000_000, Risks(Fraction(1, 10_000), Fraction(2, 10_000), Fraction(1, 20), Fraction(1, 10)))
    assert (
        smallest_plan(10_000_000, Risks(Fraction(1, 40), Fraction(3, 20), Fraction(1, 20), Fraction(1, 10))).sample
        == 43
    )


@given(PLANS)
def test_the_curve_falls_from_one_and_is_drawn_with_whole_pieces(plan: SamplePlan) -> None:
    curve = operating_characteristic(plan)
    assert curve[0] == (0, 1)
    assert [point.faulty for point in curve] == sorted({point.faulty for point in curve})
    chances = [point.chance for point in curve]
    assert chances == sorted(chances, reverse=True)
    assert curve[-1].faulty <= plan.lot


# MIL-STD-105E, table I: for each lot the letters of levels S-1, S-2, S-3, S-4, I, II, III.
LETTERS = [
    (2, "A A A A A A B"), (8, "A A A A A A B"), (9, "A A A A A B C"), (15, "A A A A A B C"), (16, "A A B B B C D"),
    (50, "A B B C C D E"), (51, "B B C C C E F"), (150, "B B C D D F G"), (151, "B C D E E G H"),
    (500, "B C D E F H J"),
    (501, "C C E F G J K"), (3200, "C D E G H K L"), (3201, "C D F G J L M"), (35_000, "C D F H K M N"),
    (150_000, "D E G J L N P"), (500_000, "D E G J M P Q"), (500_001, "D E H K N Q R"),
]  # fmt: skip


@pytest.mark.parametrize(("lot", "letters"), LETTERS)
def test_code_letters_are_those_of_table_one(lot: int, letters: str) -> None:
    assert " ".join(military.letter(lot, level) for level in military.LEVELS) == letters


# MIL-STD-105E, table II-A: rejection numbers for AQLs from 0.65 to 10 %; v points to the plan below, ^ to that above.
# From a guide of the United States' National Institute of Building Sciences that reprints this part of the table.
TABLE = """
A 2    v v v v v 1 v
B 3    v v v v 1 ^ v
C 5    v v v 1 ^ v 2
D 8    v v 1 ^ v 2 3
E 13   v 1 ^ v 2 3 4
F 20   1 ^ v 2 3 4 6
G 32   ^ v 2 3 4 6 8
H 50   v 2 3 4 6 8 11
J 80   2 3 4 6 8 11 15
K 125  3 4 6 8 11 15 22
L 200  4 6 8 11 15 22 ^
M 315  6 8 11 15 22 ^ ^
N 500  8 11 15 22 ^ ^ ^
P 800  11 15 22 ^ ^ ^ ^
Q 1250 15 22 ^ ^ ^ ^ ^
R 2000 22 ^ ^ ^ ^ ^ ^
"""
AQLS = ("0.65", "1.0", "1.5", "2.5", "4.0", "6.5", "10")
ROWS = [line.split() for line in TABLE.strip().splitlines()]
# A lot of each letter at level II; letter R is reached at level III only.
LOTS = (8, 15, 25, 50, 90, 150, 280, 500, 1200, 3200, 10_000, 35_000, 150_000, 500_000, 500_001, 500_001)


@pytest.mark.parametrize("at", range(len(ROWS)))
def test_numbers_are_those_of_table_two(at: int) -> None:
    level = "III" if ROWS[at][0] == "R" else "II"
    assert military.letter(LOTS[at], level) == ROWS[at][0]
    for column, aql in enumerate(AQLS):
        row = at
        while (found := ROWS[row][2 + column]) in "v^":
            row += 1 if found == "v" else -1
        assert military.plan(LOTS[at], level, aql) == (int(ROWS[row][1]), int(found) - 1), aql


@pytest.mark.parametrize(
    ("lot", "level", "aql", "plan"),
    [
        (1000, "II", "2.5", (80, 5)),
        (500, "II", "0.25", (50, 0)),
        (1_000_000, "III", "0.010", (1250, 0)),
        (1_000_000, "III", "0.015", (800, 0)),
        (1_000_000, "III", "0.025", (2000, 1)),
        (1_000_000, "II", "0.040", (1250, 1)),
        (30, "II", "0.010", (1250, 0)),
        (30, "S-1", "6.5", (2, 0)),
    ],
)
def test_corners_of_the_tables(lot: int, level: str, aql: str, plan: tuple[int, int]) -> None:
    assert military.plan(lot, level, aql) == plan


def test_every_place_of_the_table_leads_to_a_plan() -> None:
    for lot in (*LOTS, 2, 1_000_000):
        for level, aql in itertools.product(military.LEVELS, military.AQLS):
            sample, accept = military.plan(lot, level, aql)
            assert sample in military.SIZES
            assert 0 <= accept < sample


def test_a_sample_is_never_larger_than_the_lot() -> None:
    assert sample_plan(Sampling(basis="mil-std-105e", aql_percent="0.010"), 30) == SamplePlan(30, 30, 0)
    assert sample_plan(Sampling(basis="all"), 7) == SamplePlan(7, 7, 0)
    assert sample_plan(Sampling(basis="risks", aql_percent="2.5", ltpd_percent="15"), 1) == SamplePlan(1, 1, 0)


def test_a_pooled_sample_lets_a_bad_hub_through_that_its_own_sample_stops() -> None:
    """Five hubs make 40 pieces each; one of them makes every fourth badly. The figures in the guide come from here."""
    sampling = Sampling(basis="risks", aql_percent="2.5", ltpd_percent="15")
    own, pooled = sample_plan(sampling, 40), sample_plan(sampling, 200)
    apart = chance_of_acceptance(own, 10)
    together = chance_of_pooled_acceptance(((40, 10), (40, 0), (40, 0), (40, 0), (40, 0)), pooled.sample, pooled.accept)
    assert (own.sample, own.accept, pooled.sample, pooled.accept) == (20, 1, 33, 2)
    assert apart < Fraction(1, 50)
    assert together > Fraction(3, 4)


@given(st.integers(1, 10))
def test_pooling_never_catches_a_bad_hub_more_often(faulty: int) -> None:
    sampling = Sampling(basis="risks", aql_percent="2.5", ltpd_percent="15")
    own, pooled = sample_plan(sampling, 40), sample_plan(sampling, 200)
    lots = ((40, faulty), *((40, 0),) * 4)
    assert chance_of_pooled_acceptance(lots, pooled.sample, pooled.accept) >= chance_of_acceptance(own, faulty)


def test_a_table_says_how_often_lots_pass() -> None:
    told = list(chances.table(SamplePlan(10, 5, 0)))
    assert [line.split() for line in told] == [
        ["faulty", "0", "1", "2", "3", "4", "5"],
        ["share", "0.0%", "10.0%", "20.0%", "30.0%", "40.0%", "50.0%"],
        ["passes", "100.0%", "50.0%", "22.2%", "8.3%", "2.4%", "0.4%"],
    ]


@pytest.mark.parametrize("plan", [SamplePlan(10**7, 10**7, 0), SamplePlan(10**7, 2000, 1999), SamplePlan(1, 1, 0)])
def test_a_table_of_the_largest_lot_takes_no_time(plan: SamplePlan) -> None:
    assert len(list(chances.table(plan))) == 3
