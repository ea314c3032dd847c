"""A scenario that is right, and what is found in files that differ from it."""

from pathlib import Path

from caserouter.domain.errors import Finding
from caserouter.simulation.language.scenario import Scenario
from caserouter.simulation.loading import check_scenario, load_scenario

BASE = """\
name: base
start: 2026-03-02T00:00
time_zone: America/New_York
window: {length: 4 weeks}
case_types:
  claim:
    weight: 2
    skills: {claims: 2}
    credentials: [adjuster]
    jurisdictions: {NY: 2, NJ: 1}
    languages: {en: 9, es: 1}
    risk_flags: {regulator: 0.1}
    action: refund
    amount: uniform(50 USD, 250 USD)
    first_response: {within: 4 h}
    stages:
      read: {handle: "lognormal(25 min, cv=0.8)", next: {ask: 0.4, decide: 0.6}}
      ask: {by: customer, handle: exponential(1 d), next: read}
      decide: {handle: 10 min, decides: true}
demand:
  post: {types: claim, rate: {"Mon-Fri 09:00-17:00": 2 per hour}}
staff:
  team:
    count: 3
    role: coordinator
    skills: {claims: 3}
    credentials: [{kind: adjuster, jurisdictions: [NY, NJ]}]
    authority: {refund: 250 USD}
    languages: [en, es]
    capacity: 20
    shifts: Mon-Fri 09:00-17:00
"""


def load(folder: Path, difference: str = "", base: str = BASE) -> Scenario:
    """The scenario that a file says in its difference from `base`."""
    return load_scenario(_variant(folder, difference, base))


def found(folder: Path, difference: str = "", base: str = BASE) -> list[Finding]:
    """What is found in that file."""
    return check_scenario(_variant(folder, difference, base))[1]


def complaints(folder: Path, difference: str = "", base: str = BASE) -> list[str]:
    """The same as text, the files without their folder."""
    return [str(finding).removeprefix(f"{folder}/") for finding in found(folder, difference, base)]


def _variant(folder: Path, difference: str, base: str) -> Path:
    (folder / "base.yaml").write_text(base, encoding="utf-8")
    path = folder / "new.yaml"
    path.write_text(f"extends: base.yaml\n{difference}", encoding="utf-8")
    return path
