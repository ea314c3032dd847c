"""The documentation page in a real browser: it shows every operation, with nothing but what the service itself serves."""

import re
import shutil
import subprocess

import pytest

BROWSER = next((path for name in ("chromium", "chromium-browser", "google-chrome") if (path := shutil.which(name))), "chromium")
FLAGS = ("--headless", "--no-sandbox", "--disable-gpu", "--disable-background-networking", "--virtual-time-budget=15000")

pytestmark = pytest.mark.browser


def test_the_page_shows_every_operation(service, tmp_path):
    command = [BROWSER, *FLAGS, f"--user-data-dir={tmp_path}", "--dump-dom", f"{service.url}/docs"]
    page = subprocess.run(command, capture_output=True, check=True, timeout=120, text=True).stdout
    document = service.bare().get("/openapi.json").json()
    shown = set(re.findall(r'data-path="([^"]+)"', page))
    assert {path.replace("\u200b", "") for path in shown} == set(document["paths"])
    assert "Create a case and route it at once" in page
    assert "Failed to load" not in page
