"""The report as a page: sound, complete, self-contained, and safe whatever names a scenario has."""

import re
from html.parser import HTMLParser

import pytest

from caserouter import simulate
from caserouter.reporting.comparison_charts import draw_comparison
from caserouter.reporting.comparison_page import render_comparison
from caserouter.reporting.results import manifest_of
from caserouter.reporting.simulation_charts import draw_simulation
from caserouter.reporting.simulation_page import render_simulation

VOID = {"meta", "br", "link", "img"}


class Outline(HTMLParser):
    """What a test asks of a page: its ids, headings and links; elements that are not closed are an error."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.ids: list[str] = []
        self.links: list[str] = []
        self.tags: list[str] = []
        self.headings: list[str] = []
        self._open: list[str] = []
        self.feed(page)
        assert self._open == []

    def handle_starttag(self, tag, attrs):
        found = dict(attrs)
        self.tags.append(tag)
        self.ids += [found["id"]] if "id" in found else []
        self.links += [found[name] for name in ("href", "src", "xlink:href") if name in found]
        if tag not in VOID:
            self._open.append(tag)

    def handle_startendtag(self, tag, attrs):
        self.handle_starttag(tag, attrs)
        if tag not in VOID:
            self._open.pop()

    def handle_endtag(self, tag):
        assert self._open.pop() == tag

    def handle_data(self, data):
        if self._open and self._open[-1] in {"h1", "h2"}:
            self.headings.append(data)


@pytest.fixture(scope="module")
def page(answer, manifest):
    return render_simulation(answer, manifest, draw_simulation(answer), ["Watch <out>."])


@pytest.fixture(scope="module")
def comparison_html(comparison, compared):
    return render_comparison(comparison, manifest_of(comparison, compared), draw_comparison(comparison))


def test_the_headings_lead_from_the_targets_to_how_it_was_done(page):
    assert Outline(page).headings == [
        "desk",
        "Of 3 targets 1 met, 2 not settled.",
        "Service level",
        "Why cases wait",
        "How long it takes",
        "Backlog",
        "The team",
        "Accounts",
        "All measures",
        "How it was done: STRESS-DES",
    ]


def test_every_chart_is_in_it(page, answer):
    charts = [chart.name for chart in draw_simulation(answer)]
    assert charts == ["service_level", "waits_by_cause", "time_to_resolution", "backlog", "occupancy", "caseload"]
    assert all(f'aria-labelledby="{name}-title {name}-desc"' in page for name in charts)


def test_a_comparison_leads_from_what_changes_to_how_it_was_done(comparison_html):
    assert Outline(comparison_html).headings == [
        "desk-three against desk",
        "In short",
        "Differences",
        "What was changed",
        "Service level",
        "Why cases wait",
        "How long it takes",
        "All measures",
        "How it was done: STRESS-DES",
    ]


@pytest.mark.parametrize("name", ["page", "comparison_html"])
def test_a_page_holds_everything_that_it_shows(name, request):
    outline = Outline(request.getfixturevalue(name))
    assert "script" not in outline.tags
    assert all(link.startswith("#") for link in outline.links)
    assert len(set(outline.ids)) == len(outline.ids)
    assert {link[1:] for link in outline.links} <= set(outline.ids)


def test_a_page_needs_no_style_or_font_from_elsewhere(page):
    styles = "".join(re.findall(r"<style.*?</style>", page, flags=re.DOTALL))
    assert "@import" not in styles
    assert "url(" not in styles


def test_no_line_ends_between_a_number_and_its_unit(page):
    assert "at least 50.0\N{NO-BREAK SPACE}%" in page


def test_what_has_to_be_known_first_comes_first_and_as_it_stands(page):
    assert page.index("Watch &lt;out&gt;.") < page.index("Of 3 targets")


def test_names_cannot_run_anything(answer, manifest):
    bad = "<script>alert(1)</script>"
    scenario = answer.scenario.model_copy(update={"name": bad, "description": f'"{bad}'})
    source = manifest.scenarios[0].model_copy(update={"scenario": scenario})
    renamed = type(answer)(scenario, answer.labels, answer.records, answer.seed)
    html = render_simulation(renamed, manifest.model_copy(update={"scenarios": (source,)}), draw_simulation(renamed))
    assert bad not in html
    assert "script" not in Outline(html).tags


def test_a_scenario_without_arrivals_still_has_a_report(answer, manifest):
    empty = answer.scenario.model_copy(update={"demand": {}})
    nothing = simulate(empty, replications=2, jobs=1)
    html = render_simulation(nothing, manifest, draw_simulation(nothing))
    assert "nothing was observed" in html
    assert [chart.name for chart in draw_simulation(nothing)] == ["occupancy", "caseload"]
