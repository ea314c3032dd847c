"""Rosters: sorted, checked, and asked for skills and languages as arrays; stated anew, they say what a new one would."""

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from tests import strategies
from tests.routing.desk import NOW, person

from caserouter.domain.account import Account
from caserouter.domain.errors import InvalidInput
from caserouter.domain.settings import Prices, Settings
from caserouter.domain.specialist import HeldCase, IntakeLimit, Role
from caserouter.routing.clock import Clock
from caserouter.routing.fit import fit_of
from caserouter.routing.masks import broken_rules
from caserouter.routing.roster import Roster
from caserouter.routing.staffing import Staffing


def compiled(*people, **kwargs):
    return Roster.compile(people, clock=Clock(NOW), **kwargs)


def test_people_are_sorted_by_id_whatever_the_order_of_the_input():
    roster = compiled(person("c", team="west"), person("a", backup="c"), person("b", team="east"))
    assert [one.id for one in roster.specialists] == ["a", "b", "c"]
    assert roster.teams == ("east", "west")
    assert roster.team.tolist() == [-1, 0, 1]
    assert roster.backup.tolist() == [2, -1, -1]


def test_books_intake_roles_and_costs_become_arrays():
    held = (HeldCase(id="H-1", weight=3), HeldCase(id="H-2"))
    first = person("a", held_cases=held, intake=IntakeLimit(limit=5, used=2), role=Role.MANAGER, cost_per_hour="60 USD")
    roster = compiled(first, person("b"), settings=Settings(prices=Prices(hour=40.0)))
    assert roster.caseload.tolist() == [4, 0]
    assert roster.intake_left.tolist() == [3, -1]
    assert roster.role.tolist() == [3, 1]
    assert roster.cost_per_hour.tolist() == [60.0, 40.0]


def test_what_nobody_has_is_an_empty_mask_rather_than_an_error():
    roster = compiled(person("a", skills={"claims": 4}, languages=frozenset({"es"})), person("b"))
    assert roster.proficiency("claims").tolist() == [4, 0]
    assert roster.proficiency("juggling").tolist() == [0, 0]
    assert roster.speaks("es").tolist() == [True, False]
    assert not roster.speaks("tlh").any()


def test_an_id_that_occurs_twice_is_refused():
    with pytest.raises(InvalidInput, match="specialist a: the id occurs more than once; ids are unique"):
        compiled(person("a"), person("b"), person("a"))
    with pytest.raises(InvalidInput, match="account A-1"):
        compiled(person("a"), accounts=[Account(id="A-1"), Account(id="A-1")])


def test_nobody_at_all_is_a_roster_too():
    roster = compiled()
    assert roster.num_specialists == 0
    assert roster.proficiency("claims").shape == (0,)


def test_a_repriced_roster_differs_in_prices_alone():
    roster = compiled(person("a"), person("b", cost_per_hour="60 USD"))
    dearer = roster.repriced(Prices(hour=96.0))
    assert dearer.cost_per_hour.tolist() == [96.0, 60.0]
    assert (dearer.settings.prices.hour, roster.settings.prices.hour) == (96.0, 48.0)
    assert roster.cost_per_hour.tolist() == [48.0, 60.0]
    assert dearer.specialists is roster.specialists


def said(roster, cases):
    """What a roster says of everybody, and to decisions on some cases at three moments."""
    names = ("capacity", "capacity_by_index", "caseload", "intake_left", "role", "cost_per_hour", "team", "backup")
    everybody = np.arange(roster.num_specialists)
    told = [roster.specialists, roster.teams, *(list(getattr(roster, name)) for name in names)]
    for hour in (0.0, 30.0, 200.0):
        told += [roster.staffing.presence(hour).valid_until, roster.credentials.next_change(hour)]
        told.append(roster.staffing.staffed_between(everybody, hour, hour + 24).tolist())
        for profile in map(roster.profile, cases):
            fit = fit_of(profile, roster, hour)
            told.append(
                [getattr(fit, name).tolist() for name in ("who", "effort", "short", "missing_preferred", "covered_until")]
            )
            broken = broken_rules(profile, roster, hour, roster.caseload, roster.intake_left)
            told.append({rule: who.tolist() for rule, who in broken.items()})
    return told


@given(queue=strategies.queues(), one=strategies.specialists(), which=st.integers(0, 3))
def test_one_specialist_stated_anew_is_as_good_as_everybody_compiled_anew(queue, one, which):
    assume(queue.specialists)
    clock = Clock(queue.now)
    roster = Roster.compile(queue.specialists, queue.accounts, queue.settings, clock=clock)
    index = which % roster.num_specialists
    before = roster.specialists[index]
    one = one.model_copy(update={name: getattr(before, name) for name in ("id", "team", "authority")})
    unchanged = said(roster, queue.cases)
    people = [one if other is before else other for other in roster.specialists]
    assert said(roster.with_specialists({index: one}), queue.cases) == said(
        Roster.compile(people, queue.accounts, queue.settings, clock=clock), queue.cases
    )
    assert said(roster, queue.cases) == unchanged


def test_calendars_are_laid_out_once_for_all_who_are_stated_anew(monkeypatch):
    people = [person(name, shifts="mon-fri 09:00-17:00") for name in "abc"]
    early = [one.model_copy(update={"shifts": person("x", shifts="mon-fri 06:00-14:00").shifts}) for one in people]
    roster, laid_out = compiled(*people), []
    monkeypatch.setattr("caserouter.routing.roster.Staffing", lambda *given: laid_out.append(given) or Staffing(*given))
    found = roster.with_specialists({0: early[0], 2: early[2]})
    assert len(laid_out) == 1
    assert said(found, []) == said(compiled(early[0], people[1], early[2]), [])
