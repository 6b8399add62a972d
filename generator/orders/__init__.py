"""An order's file and its signed log in; where the order stands, who owes what, and whether anybody tampered out.

An order is private: it lies in a folder outside the registry. Its terms never change after the offer; what happens is
a log to which parties append signed steps, and the state is what those steps make of the terms.
"""

from .calendar import calendar
from .contracting_data import release
from .debts import Debt, owed
from .entries import Entry, Head, entry
from .log import HEAD_FILE, LONGEST, Expected, Fault, Log, entry_file, head_file, head_in
from .log import read as read_log
from .machine import advanced, begun, replayed
from .report import Standing, as_json, chances_text, fault_text, quality_text, text
from .steps import STEPS
from .terms import FILE, OrderFile, Trouble
from .terms import read as read_terms
from .values import Action, IllegalStepError, State, Terms

__all__ = [
    "FILE", "HEAD_FILE", "LONGEST", "STEPS", "Action", "Debt", "Entry", "Expected", "Fault", "Head",
    "IllegalStepError", "Log", "OrderFile", "Standing", "State", "Terms", "Trouble", "advanced", "as_json", "begun",
    "calendar", "chances_text", "entry", "entry_file", "fault_text", "head_file", "head_in", "owed", "quality_text",
    "read_log", "read_terms", "release", "replayed", "text",
]  # fmt: skip
