"""Words for codes: whatever may be said of a passport has a sentence on the site, and no other has."""

from __future__ import annotations

import ast
import json
import re
from pathlib import Path

from generator.passports.codes import CODES

ROOT = Path(__file__).parent.parent
TEXTS: dict[str, str] = json.loads((ROOT / "site" / "strings" / "en.json").read_bytes())
PREFIX = "passport.code."
READERS = ("nodes", "reading", "presentation", "packing")
# Where the code stands among the arguments of what makes a fault, and which it is when left out.
MAKERS = {"Fault": (0, ""), "_fault": (0, ""), "refused": (1, "term-invalid"), "exactly": (1, "term-invalid")}


def faults() -> set[str]:
    """Return the codes of all faults that a reader of passports may find, as its source names them."""
    found = set()
    for name in READERS:
        tree = ast.parse((ROOT / "generator" / "passports" / f"{name}.py").read_text(encoding="utf-8"))
        for call in ast.walk(tree):
            if isinstance(call, ast.Call):
                maker = getattr(call.func, "attr", getattr(call.func, "id", ""))
                place, code = MAKERS.get(maker, (0, ""))
                if maker in MAKERS and len(call.args) > place:
                    given = call.args[place]
                    code = str(given.value) if isinstance(given, ast.Constant) else ""
                found.add(code)
    return found - {""}


def test_every_code_has_a_sentence_and_every_sentence_a_code() -> None:
    known = faults()
    assert known >= {"term-invalid", "misread", "unreadable", "too-deep", "not-a-credential", "later-version"}
    assert {key.removeprefix(PREFIX) for key in TEXTS if key.startswith(PREFIX)} == {*CODES, *known}


def test_sentences_name_only_what_is_known() -> None:
    for code in {*CODES, *faults()}:
        named = set(re.findall(r"{(\w+)}", TEXTS[PREFIX + code]))
        # Of a file that could not be read nobody knows the issuer.
        assert named <= (set() if code in faults() else {"competence", "held", "asked", "issuer", "until"}), code
        assert TEXTS[PREFIX + code].endswith(".")
