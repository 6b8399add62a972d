"""A licence as manifests and lists word it in; its SPDX expression out, "" where the words leave it open."""

from __future__ import annotations

import re

# Licences of hardware, texts and code, by their name without what people leave out or put between.
_KNOWN = {
    re.sub(r"[^a-z0-9]", "", name.lower()): name
    for name in (
        "0BSD", "AGPL-3.0-only", "AGPL-3.0-or-later", "Apache-2.0", "Artistic-2.0", "BSD-2-Clause", "BSD-3-Clause",
        "BSL-1.0", "CC-PDDC", "CC0-1.0", "CERN-OHL-1.1", "CERN-OHL-1.2", "CERN-OHL-P-2.0", "CERN-OHL-S-2.0",
        "CERN-OHL-W-2.0", "EPL-2.0", "EUPL-1.2", "FDL-1.3", "GFDL-1.2-only", "GFDL-1.3-only", "GFDL-1.3-or-later",
        "GPL-2.0-only", "GPL-2.0-or-later", "GPL-3.0-only", "GPL-3.0-or-later", "ISC", "LGPL-2.1-only",
        "LGPL-2.1-or-later", "LGPL-3.0-only", "LGPL-3.0-or-later", "MIT", "MPL-2.0", "OFL-1.1", "ODbL-1.0",
        "PDDL-1.0", "SHL-0.5", "SHL-0.51", "SHL-2.0", "SHL-2.1", "TAPR-OHL-1.0", "Unlicense", "WTFPL", "Zlib",
    )
}  # fmt: skip
# Names that the licences' own texts use. A GPL without "or later" is that version.
_ALSO = {
    "gpl2": "GPL-2.0-only", "gpl20": "GPL-2.0-only", "gplv2": "GPL-2.0-only", "gpl3": "GPL-3.0-only",
    "gpl30": "GPL-3.0-only", "gplv3": "GPL-3.0-only", "gnugplv3": "GPL-3.0-only", "gnugpl3": "GPL-3.0-only",
    "gplv3only": "GPL-3.0-only", "agplv3": "AGPL-3.0-only", "agpl30": "AGPL-3.0-only", "agpl3": "AGPL-3.0-only",
    "lgplv3": "LGPL-3.0-only", "lgpl30": "LGPL-3.0-only", "lgpl21": "LGPL-2.1-only", "gpl30orlater": "GPL-3.0-or-later",
    "gplv3orlater": "GPL-3.0-or-later", "gplv3+": "GPL-3.0-or-later", "gpl3+": "GPL-3.0-or-later",
    "gpl30+": "GPL-3.0-or-later", "apache2": "Apache-2.0", "apachev2": "Apache-2.0", "apachelicense20": "Apache-2.0",
    "mitlicense": "MIT", "cc0": "CC0-1.0", "cc010": "CC0-1.0", "cczero": "CC0-1.0", "theunlicense": "Unlicense",
    "cernohlv11": "CERN-OHL-1.1", "cernohlv12": "CERN-OHL-1.2", "cernohl12": "CERN-OHL-1.2",
    "cernohlv2p": "CERN-OHL-P-2.0", "cernohlv2s": "CERN-OHL-S-2.0", "cernohlv2w": "CERN-OHL-W-2.0",
    "cernohlpv2": "CERN-OHL-P-2.0", "cernohlsv2": "CERN-OHL-S-2.0", "cernohlwv2": "CERN-OHL-W-2.0",
    "cernohls2": "CERN-OHL-S-2.0", "cernohlp2": "CERN-OHL-P-2.0", "cernohlw2": "CERN-OHL-W-2.0",
    "taprohl": "TAPR-OHL-1.0", "bsd3clause": "BSD-3-Clause", "bsd2clause": "BSD-2-Clause",
}  # fmt: skip
_ADDRESS = re.compile(r"\Ahttps?://(?:www\.)?creativecommons\.org/(licenses/([a-z-]+)/([\d.]+)|publicdomain/zero/1\.0)")
_CREATIVE = re.compile(r"cc(by(?:nc)?(?:sa|nd)?)v?([1-4])0?(?:international|unported)?\Z")
_WORDY = (
    (re.compile(r"creative ?commons", re.I), "cc"), (re.compile(r"attribution", re.I), "by"),
    (re.compile(r"share ?-?alike", re.I), "sa"), (re.compile(r"non ?-?commercial", re.I), "nc"),
    (re.compile(r"no ?-?deriv[a-z]*", re.I), "nd"), (re.compile(r"cern open hardware licen[cs]e", re.I), "cern ohl"),
    (re.compile(r"gnu general public licen[cs]e", re.I), "gpl"), (re.compile(r"\bversion\b", re.I), "v"),
    (re.compile(r"\blicen[cs]e\b", re.I), ""),
)  # fmt: skip


def spdx(said: str) -> str:
    """Return the SPDX expression that some words mean exactly; "" without a version where versions differ."""
    if address := _ADDRESS.match(said.lower()):
        return f"CC-{address[2].upper()}-{address[3]}" if address[2] else "CC0-1.0"
    parts = re.split(r"\s+(AND|OR|WITH)\s+", said.strip())
    if len(parts) > 1:
        found = [part if at % 2 else spdx(part) for at, part in enumerate(parts)]
        return " ".join(found) if all(found) else ""
    bare = said.strip().removeprefix("LicenseRef-")
    return _one(_short(bare)) or _one(_short(_spelt(bare)))


def _short(said: str) -> str:
    return re.sub(r"[^a-z0-9+]", "", said.lower())


def _spelt(said: str) -> str:
    """Return a licence with the words of its name for which there are letters."""
    for word, letters in _WORDY:
        said = word.sub(letters, said)
    return said


def _one(letters: str) -> str:
    if known := _KNOWN.get(letters) or _ALSO.get(letters):
        return known
    creative = _CREATIVE.match(letters)
    if creative is None:
        return ""
    kinds = {"by": "BY", "bync": "BY-NC", "bysa": "BY-SA", "bynd": "BY-ND", "byncsa": "BY-NC-SA", "byncnd": "BY-NC-ND"}
    return f"CC-{kinds[creative[1]]}-{creative[2]}.0"
