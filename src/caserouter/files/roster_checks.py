"""Doubts about the roster and the clock: overfull books, lapsed credentials, unknown teams, cases from the future."""

from collections.abc import Iterator
from datetime import date

from caserouter.domain.credentials import Credential
from caserouter.files.mentions import Mentions, Problem, Tables, problem
from caserouter.files.problems import did_you_mean


def overfull_books(tables: Tables) -> Iterator[Problem]:
    """People who hold more than their capacity."""
    if tables.specialists is None:
        return
    for person in tables.specialists.items:
        if person.caseload > person.capacity:
            rule = f"capacity below the present caseload of {person.caseload}"
            remedy = "nothing new is assigned until it shrinks; raise the capacity or rebalance"
            yield problem(tables.specialists, "capacity", str(person.capacity), (person.id,), rule, remedy)


def lapsed_people(tables: Tables) -> Iterator[Problem]:
    """People all of whose credentials have lapsed."""
    if tables.specialists is None:
        return
    for person in tables.specialists.items:
        today = tables.at.astimezone(person.zone).date()
        ends = [credential.valid_until for credential in person.credentials]
        if ends and all(end is not None and end < today for end in ends):
            last = max(end for end in ends if end is not None)
            rule = f"every credential of {person.id} has lapsed, the last on {last}"
            yield problem(tables.specialists, "credentials", "", (person.id,), rule, "renew them, or check the dates")


def lapsed_kinds(tables: Tables) -> Iterator[Problem]:
    """Kinds of credential that several people hold and for all of whom it has lapsed."""
    if tables.specialists is None:
        return
    valid: set[str] = set()
    mentions = Mentions(tables.specialists, "credentials")
    for person in tables.specialists.items:
        today = tables.at.astimezone(person.zone).date()
        valid |= {credential.kind for credential in person.credentials if not _has_lapsed(credential, today)}
        mentions.add(person, sorted({credential.kind for credential in person.credentials}))
    for kind in mentions.values():
        if kind not in valid:
            yield mentions.problem(kind, "this credential has lapsed for everyone who held it", "renew it, or check the dates")


def _has_lapsed(credential: Credential, today: date) -> bool:
    return credential.valid_until is not None and credential.valid_until < today


def unknown_teams(tables: Tables) -> Iterator[Problem]:
    """Teams with a cap in the policy to which nobody belongs."""
    if tables.specialists is None:
        return
    teams = {person.team for person in tables.specialists.items if person.team}
    for team in sorted(tables.settings.team_caps.keys() - teams):
        rule = f"the policy caps the team {team}, to which nobody belongs"
        yield problem(tables.specialists, "team", "", (), rule, did_you_mean(team, teams))


def future_cases(tables: Tables) -> Iterator[Problem]:
    """Cases created after the moment of the decision: their age would be negative."""
    if tables.cases is None:
        return
    late = [case for case in tables.cases.items if case.created > tables.at]
    if late:
        rule = f"created after {tables.at.isoformat()}, the moment of the decision"
        ids = [case.id for case in late]
        yield problem(tables.cases, "created", late[0].created.isoformat(), ids, rule, "check the time zone")
