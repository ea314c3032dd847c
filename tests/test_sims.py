"""The studies run: a tiny version of each prints its table and draws its figure, and their page shows every one."""

import subprocess
import sys
from pathlib import Path

import pytest

SIMS = Path(__file__).parents[1] / "sims"
STUDIES = sorted(path.stem for path in SIMS.glob("*.py") if path.stem != "study")


@pytest.mark.slow
@pytest.mark.parametrize("study", STUDIES)
def test_a_tiny_version_of_each_study_prints_its_table_and_draws_its_figure(study, tmp_path):
    command = [sys.executable, SIMS / f"{study}.py", "--smoke", "--out", tmp_path]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=300)
    assert done.returncode == 0, done.stderr
    assert len(done.stdout.splitlines()) > 4
    assert (tmp_path / f"{study}.svg").read_text(encoding="utf-8").startswith("<?xml")


@pytest.mark.parametrize("study", STUDIES)
def test_the_page_of_the_studies_shows_each_with_its_figure(study):
    page = (SIMS / "README.md").read_text(encoding="utf-8")
    assert f"({study}.svg)" in page
    assert (SIMS / f"{study}.svg").exists()
