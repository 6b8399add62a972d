"""Pairs of invented hubs as lists have them: one, perhaps one, or two, whichever comes first."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.checks import websites
from generator.checks.suspects import Suspect, suspect
from generator.checks.towns import can_be_one
from generator.checks.verdicts import Answer, Company, verdict
from generator.records import Hub, build

DOOR = (6.6012, 0.4712)
MIDDLE = (6.61, 0.47)
ALONE = Company()


def hub(name: str, town: str = "Ho", at: tuple[float, float] | None = None, **more: Any) -> Suspect:
    precision = more.pop("precision", "city" if at == MIDDLE else "street")
    point = {} if at is None else {"latitude": at[0], "longitude": at[1], "precision": precision}
    mail = {"contact": {"email": more.pop("mail")}} if "mail" in more else {}
    data = {"name": name, "kind": "makerspace", "location": {"locality": town, **point}, **mail, **more}
    return suspect(build(Hub, more.pop("id", "gh/a"), data))


def off(metres: float) -> tuple[float, float]:
    """Return a point so many metres north of the door."""
    return (round(DOOR[0] + metres / 111_000, 5), DOOR[1])


ONE = [
    ("accents and spaces", hub("FabLab Ho", at=DOOR), hub("Fab Lab Hô", at=off(400))),
    ("legal form, article", hub("Oak House", at=DOOR), hub("The Oak-House e.V.", at=off(300))),
    ("words turned", hub("Ho Oak FabLab", at=DOOR), hub("FabLab Oak", at=off(100))),
    ("moved within reach", hub("Oak Guild", at=DOOR), hub("Oak Guild", at=off(8000))),
    ("a wrong point", hub("Oak Guild", at=DOOR), hub("Oak Guild", at=(7.6, 0.47))),
    ("a town in two languages", hub("Oak Guild", "Vienna"), hub("Oak Guild", "Wien")),
    ("a town with its quarter", hub("Oak Guild", "Biel/Bienne"), hub("Oak Guild", "Biel")),
    ("a town without its apostrophe", hub("Oak Guild", "N'Djamena"), hub("Oak Guild", "NDJAMENA")),
    ("initials", hub("OTO"), hub("Open Timber Organisation")),
    ("initials before a town", hub("OTO Kpalime", at=DOOR), hub("Open Timber Organisation Kpalime", at=off(10))),
    ("the house behind at", hub("FabLab Oak at Ho Polytechnic"), hub("Fab Lab Oak")),
    ("a word that many names have", hub("Oak University FabLab", at=DOOR), hub("Oak FabLab", at=off(900))),
    ("one site, one name longer", hub("xHouse", website="https://x.example"),
     hub("xHouse hack and make space", website="http://www.x.example/en/")),
    ("a page on a site for everybody", hub("Oak Guild", website="https://www.facebook.com/oakguild/"),
     hub("Oak Guild workshop", website="https://m.facebook.com/oakguild?ref=page")),
    ("generic names with one site", hub("Makerspace", website="https://ho.example/"),
     hub("Makerspace", website="http://www.ho.example/index.html")),
    ("renamed, the site bears one name", hub("Oak Guild", at=DOOR, website="https://oakguild.example"),
     hub("Elm Works", at=off(20), website="http://www.oakguild.example/en/")),
    ("two scripts, one site", hub("Χόακ", at=DOOR, website="https://oak.example"),
     hub("Oak Guild", at=off(200), website="https://oak.example")),
    ("a site of the other's name", hub("treepot", at=DOOR),
     hub("Die Eiche", at=off(30), website="https://treepot.tg/")),
    ("one page in a directory", hub("Oak", same_as=["https://fablabs.io/labs/oak"]),
     hub("Elm", "Accra", same_as=["http://www.fablabs.io/labs/Oak/"])),
]  # fmt: skip
PERHAPS = [
    ("two of a school with one site", hub("Oak Lab", at=DOOR, website="https://uni.example"),
     hub("Elm Lab", at=off(30), website="https://uni.example")),
    ("a chain's branches in two towns", hub("TechHall Ho", at=DOOR, website="https://techhall.example"),
     hub("TechHall Hohoe", "Hohoe", off(1500), website="https://techhall.example")),
    ("a chain's branches in one town", hub("EL FABSPACE", website="https://elfab.example"),
     hub("EL FABSPACE Lac", website="https://elfab.example")),
    ("generic names apart", hub("Makerspace", at=DOOR), hub("Makerspace", at=off(4000))),
    ("generic names without points", hub("Fab Lab"), hub("FabLab")),
    ("generic names with two sites", hub("Innovation Lab", at=DOOR, website="https://a.example"),
     hub("Innovation Lab", at=off(50), website="https://b.example")),
    ("two kinds in one house", hub("FabLab Ho", at=DOOR), hub("Hackerspace Ho", at=off(20))),
    ("an e-mail address of the other's name", hub("treepot", at=DOOR),
     hub("Die Eiche", at=off(30), mail="a@treepot.tg")),
    ("a part of a name, further off", hub("Oak Guild", at=DOOR), hub("Oak Guild North", at=off(1500))),
    ("a part of a name at a town's middle", hub("Oak Guild", at=MIDDLE), hub("Oak Guild Annex", at=MIDDLE)),
]  # fmt: skip
TWO = [
    ("neighbours", hub("Oak Guild", at=DOOR, website="https://oak.example"),
     hub("Elm Guild", at=off(5), website="https://elm.example"), ALONE),
    ("a school's many labs", hub("Oak Lab", at=DOOR, website="https://uni.example"),
     hub("Elm Lab", at=DOOR, website="https://uni.example"), Company(points=5, sites=5)),
    ("a chain in far towns", hub("TechHall Ho", at=DOOR, website="https://techhall.example"),
     hub("TechHall Accra", "Accra", (5.6, -0.2), website="https://techhall.example"), Company(sites=9)),
    ("a town's middle", hub("Oak Guild", at=MIDDLE), hub("Elm Guild", at=MIDDLE), ALONE),
    ("a town's middle with many", hub("FabLab Ho", at=MIDDLE), hub("Hackerspace Ho", at=MIDDLE), Company(points=12)),
    ("branches with numbers", hub("Oak Guild 1", at=DOOR), hub("Oak Guild 2", at=off(10)), ALONE),
    ("one name in two towns", hub("Oak Guild"), hub("Oak Guild", "Tamale"), ALONE),
    ("libraries of two towns", hub("Library Makerspace", at=DOOR, website="https://library.example/a"),
     hub("Library Makerspace", "Kpando", (7.0, 0.3), website="https://library.example/b"), ALONE),
    ("pages on a site for everybody", hub("Oak", website="https://facebook.com/profile.php?id=1"),
     hub("Elm", website="https://facebook.com/profile.php?id=2"), ALONE),
]  # fmt: skip


@pytest.mark.parametrize(("why", "a", "b"), ONE, ids=[case[0] for case in ONE])
def test_one_hub(why: str, a: Suspect, b: Suspect) -> None:
    found = verdict(a, b)
    assert found.answer is Answer.ONE, (why, found.why)
    assert found.signs


@pytest.mark.parametrize(("why", "a", "b"), PERHAPS, ids=[case[0] for case in PERHAPS])
def test_perhaps_one_hub_with_words_for_it(why: str, a: Suspect, b: Suspect) -> None:
    found = verdict(a, b)
    assert found.answer is Answer.PERHAPS, (why, found.why)
    assert found.signs


@pytest.mark.parametrize(("why", "a", "b", "company"), TWO, ids=[case[0] for case in TWO])
def test_two_hubs(why: str, a: Suspect, b: Suspect, company: Company) -> None:
    found = verdict(a, b, company)
    assert found.answer is Answer.TWO, (why, found.why)


@pytest.mark.parametrize(
    ("town", "other", "is_one"),
    [("München", "Munich", True), ("Geneva", "Genève", True), ("Tel Aviv-Yafo", "Tel Aviv", True),
     ("Ho", "Hohoe", False), ("San Andrés del Rabanedo,León", "San Andrés del Rabanedo", True),
     ("Wiener Neustadt", "Neustadt", False)],
)  # fmt: skip
def test_towns(town: str, other: str, is_one: bool) -> None:
    assert can_be_one(town, other) is can_be_one(other, town) is is_one


@pytest.mark.parametrize(
    ("address", "site", "name"),
    [
        ("http://www.wood-house.co.uk/en/", "wood-house.co.uk", "woodhouse"),
        ("https://wood.example/index.html?utm_source=x", "wood.example", "wood"),
        ("https://de-de.facebook.com/WoodHouse/about", "facebook.com/woodhouse", "woodhouse"),
        ("https://uni.example/index.php?title=Lab&lang=de", "uni.example/index.php?title=lab", "uni"),
        ("https://wood.wordpress.com/", "wood.wordpress.com", "wood"),
        ("", "", ""),
    ],
)
def test_websites(address: str, site: str, name: str) -> None:
    assert (websites.site(address), websites.name_of(address)) == (site, name)


NAMES = st.sampled_from([
    "FabLab Ho", "Ho Makerspace", "Oak Guild", "The Oak Guild e.V.", "Oak Guild North", "Oak Guild 2", "OTO",
    "Makerspace", "Open Timber Organisation", "Innovation Lab", "Χόακ", "東京", "Oak at Ho Polytechnic", "-",
    "FabLab / Oak", "Elm",
])  # fmt: skip
POINTS = st.sampled_from([None, DOOR, off(30), off(400), off(1500), off(9000), MIDDLE, (8.6, 0.4)])
SITES = st.sampled_from(
    ["", "https://oakguild.example", "https://uni.example/lab", "https://facebook.com/oak", "https://b.it"]
)
MAILS = st.sampled_from([{}, {"mail": "a@oakguild.example"}, {"mail": "b@uni.example"}])


@st.composite
def facts(draw: st.DrawFn) -> dict[str, Any]:
    site = draw(SITES)
    found = {"name": draw(NAMES), "town": draw(st.sampled_from(["Ho", "Hohoe", "Ghana", "Vienna", "Wien"]))}
    return {**found, "at": draw(POINTS), **draw(MAILS), **({"website": site} if site else {})}


MORE: tuple[dict[str, Any], ...] = (
    {"website": "https://both.example"}, {"mail": "a@both.example"}, {"same_as": ["https://d.example/1"]},
)  # fmt: skip
COMPANIES = st.builds(Company, st.integers(1, 3), st.integers(1, 3), st.integers(1, 3))


@settings(deadline=None, max_examples=300)
@given(facts(), facts(), COMPANIES)
def test_a_verdict_is_the_same_whichever_comes_first(a: dict[str, Any], b: dict[str, Any], company: Company) -> None:
    assert verdict(hub(**a), hub(**b), company) == verdict(hub(**b), hub(**a), company)


@settings(deadline=None, max_examples=300)
@given(facts(), facts())
def test_more_that_is_the_same_never_splits(a: dict[str, Any], b: dict[str, Any]) -> None:
    if verdict(hub(**a), hub(**b)).answer is not Answer.ONE:
        return
    # An address that both had not is added to both; what they say stays.
    for more in MORE:
        if not {*a, *b} & {*more}:
            assert verdict(hub(**a, **more), hub(**b, **more)).answer is Answer.ONE


@settings(deadline=None, max_examples=100)
@given(facts())
def test_a_hub_is_itself(a: dict[str, Any]) -> None:
    assert verdict(hub(**a), hub(**a)).answer is not Answer.TWO
