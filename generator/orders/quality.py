"""The quality plan of an order as data in; for each manufacturer's lot what is checked on how many pieces out.

A lot is what one manufacturer makes. Samples are never pooled over manufacturers: one bad lot among good ones would
hide behind them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any

from . import military
from .sampling import NoPlanError, Risks, SamplePlan, smallest_plan


@dataclass(frozen=True, slots=True, kw_only=True)
class Sampling:
    """How many pieces of a lot are checked: all, so many, by risks (hypergeometric), or by MIL-STD-105E's tables."""

    basis: str  # all | fixed | risks | mil-std-105e
    sample: int = 0
    accept: int = 0
    aql_percent: str = ""
    ltpd_percent: str = ""
    producer_risk_percent: str = "5"
    consumer_risk_percent: str = "10"
    level: str = "II"


@dataclass(frozen=True, slots=True, kw_only=True)
class Characteristic:
    """One thing that is checked: how, with what, within which limits, by whom."""

    id: str
    label: str
    method: str
    tolerance: str
    instrument: str = ""
    checked_by: str = "inspector"  # inspector | manufacturer | both
    sampling: Sampling = field(default_factory=lambda: Sampling(basis="all"))


def characteristic(data: Mapping[str, Any]) -> Characteristic:
    """Return a characteristic from schema-valid data."""
    rest = {key: value for key, value in data.items() if key != "sampling"}
    return Characteristic(**rest, sampling=Sampling(**data.get("sampling", {"basis": "all"})))


def sample_plan(sampling: Sampling, lot: int) -> SamplePlan:
    """Return the plan for one manufacturer's lot; raise `NoPlanError` where there is none that keeps what it must."""
    if sampling.basis == "fixed":
        if sampling.sample > lot:
            raise NoPlanError(f"a sample of {sampling.sample} pieces is larger than a lot of {lot}")
        return SamplePlan(lot, sampling.sample, sampling.accept)
    if sampling.basis == "all" or lot < 2:
        return SamplePlan(lot, lot, 0)
    if sampling.basis == "mil-std-105e":
        sample, accept = military.plan(lot, sampling.level, sampling.aql_percent)
        return SamplePlan(lot, min(sample, lot), accept)
    return smallest_plan(lot, risks(sampling))


def risks(sampling: Sampling) -> Risks:
    """Return the risks of a plan as shares of one."""
    return Risks(
        _share(sampling.aql_percent),
        _share(sampling.ltpd_percent),
        _share(sampling.producer_risk_percent),
        _share(sampling.consumer_risk_percent),
    )


def _share(percent: str) -> Fraction:
    return Fraction(percent) / 100
