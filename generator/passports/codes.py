"""The code of a reason in; what it leads to, and a sentence in English for the terminal, out."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from .values import Reason, Result

PERMIT, CONDITIONAL, DENY = Result.PERMIT, Result.CONDITIONAL, Result.DENY


class Code(NamedTuple):
    """What a reason leads to, and its sentence with the names of a reason's values in braces."""

    result: Result
    text: str


# The order counts: of two reasons with one result, the one further up is told first.
CODES: Mapping[str, Code] = {
    "own": Code(PERMIT, "assessed here: {competence} at level {held}, level {asked} asked"),
    "recognised": Code(PERMIT, "{issuer} is recognised here: {competence} counts as level {held}, level {asked} asked"),
    "recognised-after-induction": Code(
        CONDITIONAL, "{issuer} is recognised here after a local induction: {competence} counts as level {held}"
    ),
    "nothing-stated": Code(CONDITIONAL, "the machine does not say what it asks for: ask the hub"),
    # About the machine: no credential helps.
    "hub-not-open": Code(DENY, "the hub is not open"),
    "hub-unknown": Code(DENY, "the hub has no record, or one that cannot be read"),
    "machine-not-working": Code(DENY, "the machine is broken"),
    "operated-by-staff": Code(DENY, "staff runs the machine: have the work done"),
    # About a requirement, the nearest to a permission first.
    "level-too-low": Code(DENY, "{competence} counts as level {held} here, level {asked} asked"),
    "assessment-too-old": Code(DENY, "the assessment in {competence} is too old for this hub since {until}"),
    "machine-excluded": Code(DENY, "the hub recognises {issuer}, but not for this machine"),
    "rule-not-in-force": Code(DENY, "the hub's rule for {issuer} is not in force on this day"),
    "issuer-not-active": Code(DENY, "{issuer} is not active, so it is not recognised as a member of its network"),
    "rule-unclear": Code(DENY, "in the hub's rule for {issuer} more counts as less: nothing can be read from it"),
    "basis-recognition": Code(DENY, "{issuer} only recognised another hub's assessment: go to the hub that assessed"),
    "not-recognised": Code(DENY, "the hub does not recognise {issuer} for {competence}"),
    "refused": Code(DENY, "the hub refuses {issuer} for {competence}"),
    "rules-unreadable": Code(DENY, "a rule of the hub cannot be read, and it may be a refusal: ask the hub"),
    # About a credential, whatever is asked.
    "expired": Code(DENY, "the credential was valid until {until}"),
    "not-yet-valid": Code(DENY, "the credential is not valid yet on this day"),
    "signed-later": Code(DENY, "the credential was not signed yet on this day"),
    "status-stale": Code(DENY, "the list of what {issuer} revoked is out of date: fetch it anew"),
    "status-missing": Code(DENY, "there is no list of what {issuer} revoked: whether it holds is not known"),
    "status-unreadable": Code(DENY, "the list of what {issuer} revoked cannot be read"),
    "status-unsigned": Code(DENY, "{issuer} did not sign the list of what it revoked"),
    "status-of-another-hub": Code(DENY, "the credential names the list of another hub than {issuer}"),
    "status-revoked": Code(DENY, "{issuer} revoked the credential"),
    "key-not-in-force": Code(DENY, "the key of {issuer} was not in force when it signed"),
    "key-compromised": Code(DENY, "the key of {issuer} is compromised: ask it for the credential with a new key"),
    "key-unknown": Code(DENY, "the key is none of those in the record of {issuer}"),
    "issuer-unknown": Code(DENY, "no hub {issuer} in the registry"),
    "basis-unknown": Code(DENY, "the credential does not say on what it is based"),
    "holder-missing": Code(DENY, "the credential does not say whose it is"),
    "holder-differs": Code(DENY, "the credentials are not all of one holder"),
    "issuer-differs": Code(DENY, "the credential says that {issuer} issued it, and its signature is another's"),
    "context-differs": Code(DENY, "the signature is made for another kind of document"),
    "proof-missing": Code(DENY, "the credential is not signed"),
    "signature-invalid": Code(DENY, "the signature does not fit the credential"),
    "no-credential": Code(DENY, "{competence} at level {asked} asked, no credential for it"),
    "competence-unknown": Code(DENY, "the machine asks for {competence}, which the registry does not know"),
    # Remarks, which change nothing.
    "machine-limited": Code(PERMIT, "the machine works with limits: ask which"),
    "other-version": Code(PERMIT, "{competence} was assessed by another version of its criteria"),
}
RANK: Mapping[str, int] = {code: rank for rank, code in enumerate(CODES)}
ORDER: Mapping[Result, int] = {result: order for order, result in enumerate(Result)}


def told(reason: Reason) -> str:
    """Return the sentence of a reason; the code itself when it has none."""
    known = CODES.get(reason.code)
    if known is None:
        return reason.code
    return known.text.format(
        competence=reason.competence, asked=reason.asked, held=reason.held, issuer=reason.issuer,
        until=reason.until or "an unknown day",
    )  # fmt: skip
