"""The report in a real browser, without a network: it fits every screen, shows its charts, follows the theme and prints.

The browser loads a page that holds the report in a frame, measures it, and writes what it finds where the test can read it.
"""

import json
import re
import shutil
import subprocess

import pytest

from caserouter import write_report

BROWSER = next((path for name in ("chromium", "chromium-browser", "google-chrome") if (path := shutil.which(name))), "chromium")
FLAGS = ("--headless", "--no-sandbox", "--disable-gpu", "--disable-background-networking", "--hide-scrollbars")
SMALLEST_CHART = 640
"""Pixels to which a chart shrinks; on a narrower screen it scrolls by itself, because its words could not be read."""
MEASURE = """<!doctype html><body style="margin:0"><iframe id="report" src="out/report.html" style="border:0;width:100%;height:2000px"></iframe>
<script>
addEventListener("load", () => {
  const page = document.getElementById("report").contentDocument, view = page.defaultView, root = page.documentElement;
  const luminance = colour => colour.match(/[\\d.]+/g).slice(0, 3).map(part => (part /= 255) <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4)
    .reduce((sum, part, k) => sum + part * [0.2126, 0.7152, 0.0722][k], 0);
  const contrast = (one, two) => { const [low, high] = [luminance(one), luminance(two)].sort((a, b) => a - b); return (high + 0.05) / (low + 0.05); };
  const style = element => view.getComputedStyle(element);
  const behind = element => { while (element && style(element).backgroundColor === "rgba(0, 0, 0, 0)") element = element.parentElement; return style(element || page.body).backgroundColor; };
  const words = [...page.querySelectorAll("h1, h2, p, a, td, th, dt, dd, small")].filter(element => element.checkVisibility() && element.textContent.trim());
  const svgs = [...page.querySelectorAll("figure svg")].map(svg => svg.getBoundingClientRect());
  const found = {
    overflow: root.scrollWidth - root.clientWidth,
    charts: svgs.map(box => [box.width, box.height]),
    paper: style(page.body).backgroundColor,
    ink: style(page.querySelector("figure svg text")).fill,
    contrast: Math.min(...words.map(element => contrast(style(element).color, behind(element)))),
    requests: view.performance.getEntriesByType("resource").map(entry => entry.name),
  };
  document.title = "done";
  document.body.innerHTML = "<pre id='found'>" + JSON.stringify(found) + "</pre>";
});
</script>"""

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def folder(answer, comparison, tmp_path_factory):
    """Both reports, each in a folder with the page that measures it."""
    found = tmp_path_factory.mktemp("browser")
    for name, one in (("simulate", answer), ("compare", comparison)):
        write_report(one, found / name / "out")
        (found / name / "measure.html").write_text(MEASURE, encoding="utf-8")
    return found


def browse(page, *flags: str) -> str:
    """The document after its scripts have run."""
    command = [
        BROWSER,
        *FLAGS,
        "--allow-file-access-from-files",
        *flags,
        "--virtual-time-budget=5000",
        "--dump-dom",
        page.as_uri(),
    ]
    return subprocess.run(command, capture_output=True, text=True, timeout=120, check=True).stdout


def measured(page, *flags: str) -> dict:
    found = re.search(r"<pre id=\"found\">(.*?)</pre>", browse(page, *flags), flags=re.DOTALL)
    assert found is not None
    return json.loads(found[1])


@pytest.mark.parametrize("name", ["simulate", "compare"])
@pytest.mark.parametrize("width", [1400, 800, 500])
def test_a_report_fits_the_screen_and_shows_its_charts(folder, name, width):
    found = measured(folder / name / "measure.html", f"--window-size={width},1000")
    assert found["overflow"] <= 0
    assert len(found["charts"]) == len(list((folder / name / "out" / "charts").iterdir())) + 1
    assert all(0 < chart_width <= max(width, SMALLEST_CHART) and height > 60 for chart_width, height in found["charts"])


@pytest.mark.parametrize("name", ["simulate", "compare"])
def test_a_report_asks_for_nothing_else(folder, name):
    assert measured(folder / name / "measure.html")["requests"] == []


@pytest.mark.parametrize("name", ["simulate", "compare"])
@pytest.mark.parametrize(
    ("flags", "paper", "ink"),
    [((), "rgb(255, 255, 255)", "rgb(31, 42, 55)"), (("--force-dark-mode",), "rgb(20, 26, 33)", "rgb(230, 234, 240)")],
)
def test_charts_and_text_follow_the_theme_and_can_be_read(folder, name, flags, paper, ink):
    """4.5 is the contrast that WCAG 2.2 asks of text (success criterion 1.4.3, level AA)."""
    found = measured(folder / name / "measure.html", *flags)
    assert (found["paper"], found["ink"]) == (paper, ink)
    assert found["contrast"] >= 4.5


def test_a_report_prints(folder):
    target = folder / "report.pdf"
    page = folder / "simulate" / "out" / "report.html"
    subprocess.run([BROWSER, *FLAGS, f"--print-to-pdf={target}", page.as_uri()], capture_output=True, timeout=120, check=True)
    assert target.read_bytes().startswith(b"%PDF")
    assert target.read_bytes().count(b"/Type /Page\n") > 3
