"""Opening hours: what they mean in minutes, day by day, and what is said of public holidays."""

import pytest

from generator.registry.hours import DAY, Span, Week, is_readable, week

NINE_TO_FIVE = (Span(540, 1020),)
WEEKLY = [
    ("Mo-Fr 09:00-17:00", ((0, 4, NINE_TO_FIVE), (5, 6, ()))),
    ("mo-fr 9:00-17:00", ((0, 4, NINE_TO_FIVE), (5, 6, ()))),
    ("Mo-Fr 09:00-17:00; We off", ((0, 1, NINE_TO_FIVE), (2, 2, ()), (3, 4, NINE_TO_FIVE), (5, 6, ()))),
    ("Tu 10:00-12:00,14:00-18:00", ((0, 0, ()), (1, 1, (Span(600, 720), Span(840, 1080))), (2, 6, ()))),
    ("24/7", ((0, 6, (Span(0, DAY),)),)),
    ("Mo-Fr", ((0, 4, (Span(0, DAY),)), (5, 6, ()))),
    ("Fr 20:00-02:00", ((0, 3, ()), (4, 4, (Span(1200, DAY + 120),)), (5, 6, ()))),
    ("Su 20:00-26:00", ((0, 5, ()), (6, 6, (Span(1200, DAY + 120),)))),
    (
        "Fr 20:00-02:00; Sa 20:00-03:00; Su 12:00-14:00; Mo off",
        (
            (0, 3, ()),
            (4, 4, (Span(1200, DAY + 120),)),
            (5, 5, (Span(1200, DAY + 180),)),
            (6, 6, (Span(720, 840),)),
        ),
    ),
    ("24/7; Sa-Su off", ((0, 4, (Span(0, DAY),)), (5, 6, ()))),
    ('Mo 09:00-17:00 "ring; then wait"', ((0, 0, (Span(540, 1020, "ring; then wait", False),)), (1, 6, ()))),
    ("Sa 20:00-24:00; Su", ((0, 4, ()), (5, 5, (Span(1200, DAY),)), (6, 6, (Span(0, DAY),)))),
    ('"by appointment"', ((0, 6, (Span(0, DAY, "by appointment", False),)),)),
    ('Mo 09:00-17:00 "ring"', ((0, 0, (Span(540, 1020, "ring", False),)), (1, 6, ()))),
    ("Mo 09:00-17:00 unknown", ((0, 0, (Span(540, 1020, "", False),)), (1, 6, ()))),
    ("off", ((0, 6, ()),)),
]


@pytest.mark.parametrize(("hours", "groups"), WEEKLY)
def test_days(hours: str, groups: tuple[tuple[int, int, tuple[Span, ...]], ...]) -> None:
    assert week(hours).groups() == groups


@pytest.mark.parametrize(
    "hours",
    [
        "nonsense",
        "Mo-Fr 99:00-17:00",
        "Mo[1] 10:00-12:00",
        "Jun-Aug Mo-Fr 10:00-12:00",
        "2027 Mo 10:00-12:00",
        "sunrise-sunset",
        "Mo 12:00-16:00+",
        "SH Mo-Fr 10:00-12:00",
        'Mo 10:00-12:00 || "ask"',
        "week 1-10 Mo 10:00-12:00",
    ],
)
def test_what_differs_between_weeks_or_cannot_be_read_is_no_week(hours: str) -> None:
    assert week(hours) == Week()


@pytest.mark.parametrize(
    ("hours", "minutes"),
    [
        ("Mo 09:00-17:00", ((540, 1020),)),
        ("24/7", ((0, 7 * DAY),)),
        ("Mo 20:00-24:00; Tu 00:00-02:00,10:00-11:00", ((1200, DAY + 120), (DAY + 600, DAY + 660))),
        ("Su 20:00-02:00", ((6 * DAY + 1200, 7 * DAY + 120),)),
        ('Mo 09:00-12:00; Tu 09:00-12:00 "ring"', ((540, 720),)),
        ('"by appointment"', ()),
        ("nonsense", ()),
    ],
)
def test_minutes_of_the_week(hours: str, minutes: tuple[tuple[int, int], ...]) -> None:
    assert week(hours).minutes() == minutes


@pytest.mark.parametrize(
    ("hours", "named", "spans"),
    [
        ("Mo-Fr 09:00-17:00", False, ()),
        ("Mo-Fr 09:00-17:00; PH off", True, ()),
        ("Mo-Fr 09:00-17:00; PH 10:00-11:00", True, (Span(600, 660),)),
        ("Mo-Su,PH 09:00-17:00", True, NINE_TO_FIVE),
        ('Mo-Fr 09:00-17:00; PH "see PH list"', True, (Span(0, DAY, "see PH list", False),)),
        ('Mo-Fr 09:00-17:00 "not on PH"', False, ()),
    ],
)
def test_public_holidays(hours: str, named: bool, spans: tuple[Span, ...]) -> None:
    found = week(hours)
    assert (found.names_holidays, found.holidays) == (named, spans)


def test_readable() -> None:
    assert is_readable("Mo-Fr 09:00-17:00")
    assert is_readable("Jun-Aug sunrise-sunset")
    assert not is_readable("9 to 5")
