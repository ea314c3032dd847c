"""The reference page of the API names every endpoint, status, transition, problem, event and header, and says the same as the code."""

import re
from pathlib import Path

from caserouter.domain.lifecycle import ALLOWED, CaseStatus, Command
from caserouter.service.commands.keys import MAX_OVERLAP_HOURS, OVERLAP_HOURS
from caserouter.service.heads import HEAD_LIMIT
from caserouter.service.http.answers import REPLAYED
from caserouter.service.http.calls import IDEMPOTENCY_KEY, Needs
from caserouter.service.http.problems import KINDS
from caserouter.service.http.routes import ROUTERS
from caserouter.service.schemas.cases import CreateCase
from caserouter.service.schemas.history import DecisionView
from caserouter.service.settings import ServiceSettings
from caserouter.store.events import EventKind
from caserouter.store.queries.history import ANNOUNCEMENTS

PAGE = (Path(__file__).parents[2] / "docs" / "reference" / "routing-api.md").read_text(encoding="utf-8")


def section(title: str) -> str:
    return PAGE.partition(f"\n## {title}\n")[2].partition("\n## ")[0]


def cells(title: str) -> list[list[str]]:
    """The cells of each row of a section's tables, heads and rules apart."""
    rows = [line for line in section(title).splitlines() if line.startswith("| `")]
    return [[cell.strip() for cell in re.split(r"(?<!\\)\|", row)[1:-1]] for row in rows]


def codes(text: str) -> list[str]:
    return re.findall(r"`([^`]+)`", text)


def test_every_endpoint_is_named_with_its_scopes():
    documented = {codes(first)[0]: set(codes(scopes)) for first, scopes, _does in cells("Endpoints")}
    routes = [route for router in ROUTERS for route in router.routes]
    assert documented == {f"{method} {route.path}": scopes_of(route) for route in routes for method in route.methods}


def scopes_of(route) -> set[str]:
    """Scopes of which a route needs any one."""
    needed = [one.call for one in route.dependant.dependencies if isinstance(one.call, Needs)]
    return {str(scope) for needs in needed for scope in needs.scopes}


def test_every_status_is_named_in_the_order_of_a_case_s_life():
    assert [codes(row[0])[0] for row in cells("Statuses")] == [str(status) for status in CaseStatus]


def test_every_transition_is_the_one_that_the_code_allows():
    documented = {codes(command)[0]: set(codes(statuses)) for command, _request, statuses in cells("Transitions")}
    assert documented == {str(command): {str(status) for status in ALLOWED[command]} for command in Command}


def test_every_problem_is_named_with_its_status_and_title():
    documented = {codes(code)[0]: (int(status), title) for code, status, title, _remedy in cells("Problems")}
    assert documented == {code: (kind.status, kind.title) for code, kind in KINDS.items()}


def test_every_kind_of_event_is_named_in_the_order_of_the_code():
    assert [codes(row[0])[0] for row in cells("Events")] == [str(kind) for kind in EventKind]


def test_the_announcements_are_those_of_the_code():
    (line,) = [line for line in section("Events").splitlines() if line.startswith("Announcements are")]
    assert codes(line) == [str(kind) for kind in ANNOUNCEMENTS]


def test_every_field_of_a_new_case_is_explained():
    fields = [name for row in cells("A case") for name in codes(row[0])]
    assert set(CreateCase.model_fields) <= set(fields)


def test_every_mode_of_a_decision_is_named():
    (line,) = [line for line in section("A case").splitlines() if line.startswith("Modes of a decision")]
    assert sorted(codes(line)) == sorted(DecisionView.model_fields["mode"].annotation.__args__)


def test_the_headers_are_those_of_the_code():
    named = {codes(row[0])[0] for row in cells("Requests")}
    assert {IDEMPOTENCY_KEY, REPLAYED, "If-Match", "ETag", "X-Request-Id"} <= named


def test_the_limits_that_are_settings_have_their_defaults():
    limits = section("Limits")
    defaults = ServiceSettings.model_fields
    assert f"{defaults['body_limit'].default:,} bytes (`body_limit`)" in limits
    assert f"{defaults['import_limit'].default:,} for the import (`import_limit`)" in limits
    assert f"{defaults['body_seconds'].default:g} s (`body_seconds`)" in limits
    assert f"{HEAD_LIMIT:,} bytes, and {defaults['head_seconds'].default:g} s to arrive (`head_seconds`)" in limits


def test_the_hours_for_which_a_rotated_key_works_on_are_those_of_the_code():
    assert f"| {MAX_OVERLAP_HOURS:,.0f} hours, a year; {OVERLAP_HOURS:g} if left out |" in section("Limits")
