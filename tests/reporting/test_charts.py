"""Charts as SVG: sound documents, the same from the same numbers, readable by everybody."""

import re
from xml.etree import ElementTree as ET

import numpy as np
import pytest

from caserouter.reporting.charts.canvas import Chart
from caserouter.reporting.charts.intervals import Mark, forest_chart, level_chart, ranked_chart
from caserouter.reporting.charts.stacks import bands_chart, parts_chart
from caserouter.reporting.charts.times import shares_chart
from caserouter.reporting.charts.week import week_chart

NAN = float("nan")
SURE = Mark("disputes & <claims>", 0.8, 0.75, 0.85, "proportion", 0.7, "good")
UNSURE = Mark("$x_1$", 0.5, NAN, NAN, "proportion")


def level():
    return level_chart([("first", [SURE, UNSURE]), ("last", [UNSURE, SURE])])


def ranked():
    return ranked_chart([SURE, UNSURE], label="load", reference=0.6)


def forest():
    return forest_chart([("service", [SURE]), ("hours", [Mark("b", -3.0, -5.0, -1.0, "hours")]), ("none", [UNSURE])])


def parts():
    return parts_chart(["all", "disputes"], {"queue": [1.0, 2.0], "customer": [0.0, 3.0]}, unit="hours per case")


def bands():
    moments = np.datetime64("2026-03-02T00:00") + np.arange(5) * np.timedelta64(1, "D")
    return bands_chart(moments, {"new": np.ones(5), "old": np.arange(5.0)}, interval=(np.zeros(5), np.full(5, NAN)))


def times():
    return shares_chart({"all": (np.array([0.0, 1.0, 90.0]), np.array([0.0, 0.5, 1.0]))}, until=90.0)


def week():
    share = np.full(168, NAN)
    share[8:18] = np.linspace(0, 1, 10)
    return week_chart(share)


CHARTS = (level, ranked, forest, parts, bands, times, week)


def texts(svg: str) -> list[str]:
    return [element.text for element in ET.fromstring(svg).iter("{http://www.w3.org/2000/svg}text")]


@pytest.mark.parametrize("chart", CHARTS)
def test_the_same_numbers_give_the_same_document(chart):
    assert chart() == chart()


@pytest.mark.parametrize("chart", CHARTS)
def test_a_document_names_no_date_and_no_other_file(chart):
    svg = chart()
    ET.fromstring(svg)
    assert "dc:date" not in svg
    assert set(re.findall(r'href="([^#"][^"]*)"', svg)) == set()


def test_names_are_shown_as_they_stand_there():
    assert {"disputes & <claims>", "$x_1$"} <= set(texts(level()))


def test_an_axis_of_differences_names_its_unit():
    assert {"service, points", "hours, hours", "none, points"} <= set(texts(forest()))


def test_the_length_of_a_bar_is_written_at_its_end():
    assert {"1.0", "5.0"} <= set(texts(parts()))


def test_a_week_shows_the_hours_with_staff():
    shown = texts(week())
    assert {"Mon", "Sun", "08", "17", "100"} <= set(shown)
    assert "07" not in shown


def test_a_week_without_any_staff_is_still_a_week():
    assert {"00", "23"} <= set(texts(week_chart(np.full(168, NAN))))


def test_long_times_are_shown_in_days():
    assert "days since arrival" in texts(times())


def test_a_chart_inside_a_page_has_names_ids_of_its_own_and_the_colours_of_the_page():
    inline = Chart("levels", "Levels & more", "All <well>.", level()).inline()
    root = ET.fromstring(inline)
    assert root.attrib["aria-labelledby"] == "levels-title levels-desc"
    assert [element.text for element in root[:2]] == ["Levels & more", "All <well>."]
    ids = re.findall(r'\bid="([^"]+)"', inline)
    assert all(name.startswith("levels-") for name in ids)
    assert set(re.findall(r"url\(#([^)]+)\)", inline)) <= set(ids)
    assert "var(--ink)" in inline
    assert "#1f2a37" not in inline
