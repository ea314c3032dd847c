"""Ids that lead nowhere, or to two places: accounts, specialists, linked and held cases."""

import re
from collections.abc import Iterator

from caserouter.files.mentions import Mentions, Problem, Tables, problem
from caserouter.files.problems import did_you_mean
from caserouter.files.readers import Loaded
from caserouter.files.tables import T

_PUNCTUATION = re.compile(r"[^0-9a-z]+")
_ZEROS = re.compile(r"(?<![0-9])0+(?=[0-9])")


def unknown_accounts(tables: Tables) -> Iterator[Problem]:
    """Accounts that cases name and the file of accounts does not hold."""
    if tables.cases is None or tables.accounts is None:
        return
    known = _ids(tables.accounts)
    mentions = Mentions(tables.cases, "account")
    for case in tables.cases.items:
        if case.account:
            mentions.add(case, (case.account,))
    for account in mentions.values():
        if account not in known:
            remedy = did_you_mean(account, known, "without it the case has no owner to stay with")
            yield mentions.problem(account, "no such account in the file of accounts", remedy)


def unknown_specialists(tables: Tables) -> Iterator[Problem]:
    """Specialists that are named and not on the roster: excluded, preferred, owners of accounts, backups."""
    if tables.specialists is None:
        return
    known = _ids(tables.specialists)
    by_spelling = {spelling(name): name for name in sorted(known)}
    for mentions, binding in _named_people(tables):
        for name in mentions.values():
            if name in known:
                continue
            same = by_spelling.get(spelling(name))
            if binding and same:
                rule = "nobody on the roster has this id, so this exclusion would not bind"
                yield mentions.problem(name, rule, f"did you mean {same}?", "error")
            else:
                hint = f"did you mean {same}?" if same else ""
                yield mentions.problem(name, "nobody on the roster has this id", hint)


def _named_people(tables: Tables) -> Iterator[tuple[Mentions, bool]]:
    """Every column that names people, and whether a hard rule hangs on it."""
    if tables.cases is not None:
        for column in ("excluded_specialists", "preferred_specialists"):
            mentions = Mentions(tables.cases, column)
            for case in tables.cases.items:
                mentions.add(case, sorted(getattr(case, column)))
            yield mentions, column == "excluded_specialists"
    if tables.accounts is not None:
        owners = Mentions(tables.accounts, "owner")
        for account in tables.accounts.items:
            owners.add(account, (account.owner,) if account.owner else ())
        yield owners, False
    if tables.specialists is not None:
        backups = Mentions(tables.specialists, "backup")
        for person in tables.specialists.items:
            backups.add(person, (person.backup,) if person.backup else ())
        yield backups, False


def unknown_cases(tables: Tables) -> Iterator[Problem]:
    """Linked and separated cases that are neither in the queue nor held by anyone."""
    if tables.cases is None:
        return
    known = _ids(tables.cases)
    if tables.specialists is not None:
        known |= {held.id for person in tables.specialists.items for held in person.held_cases}
    for column in ("linked_cases", "separated_cases"):
        mentions = Mentions(tables.cases, column)
        for case in tables.cases.items:
            mentions.add(case, sorted(getattr(case, column)))
        for name in mentions.values():
            if name not in known:
                yield mentions.problem(name, "no such case in the queue or in anyone's book", "the tie has no effect")


def held_cases(tables: Tables) -> Iterator[Problem]:
    """Cases held by two people, and cases both held and in the queue: their weight would count twice."""
    if tables.specialists is None:
        return
    holder: dict[str, str] = {}
    for person in tables.specialists.items:
        for held in person.held_cases:
            first = holder.setdefault(held.id, person.id)
            if first != person.id:
                rule = f"held by {first} already"
                yield problem(tables.specialists, "held_cases", held.id, (person.id,), rule, "keep one holder", "error")
    if tables.cases is None:
        return
    for name in tables.cases.lines:
        if name in holder:
            rule = f"waits in the queue and is held by {holder[name]}"
            remedy = "remove it from the queue, or from held_cases"
            yield problem(tables.cases, "id", name, (name,), rule, remedy, "error")


def _ids(table: Loaded[T]) -> set[str]:
    """Ids of a table, those of its bad rows included: such a row is there, whatever else is wrong with it."""
    return {item.id for item in table.items} | {str(row.values.get("id", "")).strip() for row in table.bad_rows}


def spelling(name: str) -> str:
    """An id without case, punctuation and leading zeros: ``S-012`` and ``s12`` are one."""
    return _ZEROS.sub("", _PUNCTUATION.sub("", name.casefold()))
