"""Names that no row of the other table knows: skills, jurisdictions, credentials, languages, actions."""

import itertools
from collections.abc import Collection, Iterator

from caserouter.domain.case import Case
from caserouter.domain.jurisdictions import ANY, known
from caserouter.domain.specialist import Specialist
from caserouter.files.mentions import Mentions, Problem, Tables, in_bad_rows
from caserouter.files.problems import did_you_mean
from caserouter.files.readers import Loaded
from caserouter.files.state_names import CODE_BY_NAME


def unknown_skills(tables: Tables) -> Iterator[Problem]:
    """Skills that a case asks for, or prefers, and that neither the roster nor the policy knows."""
    if tables.cases is None or tables.specialists is None:
        return
    names = {skill for person in tables.specialists.items for skill in person.skills} | tables.settings.skills
    unread = in_bad_rows(tables.specialists, "skills")
    for column in ("required_skills", "preferred_skills"):
        mentions = Mentions(tables.cases, column)
        for case in tables.cases.rows:
            mentions.add(case, getattr(case, column))
        for skill in mentions.values():
            if skill not in names and skill not in unread:
                remedy = did_you_mean(skill, names, "add it to someone, or to skills in the policy file")
                yield mentions.problem(skill, "nobody on the roster has this skill", remedy)


def unknown_jurisdictions(tables: Tables) -> Iterator[Problem]:
    """Codes that are neither built in nor in the policy, on either side."""
    extra = tables.settings.jurisdictions
    for mentions in itertools.chain(_asked_places(tables.cases), _licensed_places(tables.specialists)):
        for code in mentions.values():
            if code != ANY and not known(code, extra):
                rule = "unknown jurisdiction"
                remedy = (
                    hint_of_place(code, extra)
                    or "write a code such as NY or FR, or list it under jurisdictions in the policy file"
                )
                yield mentions.problem(code, rule, remedy, "error")


def hint_of_place(code: str, extra: Collection[str]) -> str:
    """What an unknown jurisdiction may have been meant for, as a question; empty if nothing is near."""
    place = CODE_BY_NAME.get(code.casefold())
    return f"did you mean {place}?" if place else did_you_mean(code, extra)


def _asked_places(cases: Loaded[Case] | None) -> Iterator[Mentions]:
    if cases is None:
        return
    served, asked = Mentions(cases, "jurisdiction"), Mentions(cases, "required_credentials")
    for case in cases.rows:
        if case.jurisdiction:
            served.add(case, (case.jurisdiction,))
        if case.required_credentials:
            asked.add(case, (need.jurisdiction for group in case.required_credentials for need in group if need.jurisdiction))
    yield from (served, asked)


def _licensed_places(specialists: Loaded[Specialist] | None) -> Iterator[Mentions]:
    if specialists is None:
        return
    held = Mentions(specialists, "credentials")
    for person in specialists.rows:
        held.add(person, sorted({code for credential in person.credentials for code in credential.jurisdictions}))
    yield held


def unknown_credentials(tables: Tables) -> Iterator[Problem]:
    """Kinds that a case asks for and that nobody holds, directly or by implication."""
    if tables.cases is None or tables.specialists is None:
        return
    held = {credential.kind for person in tables.specialists.items for credential in person.credentials}
    mentions = Mentions(tables.cases, "required_credentials")
    unread = in_bad_rows(tables.specialists, "credentials")
    unheld: dict[str, bool] = {}
    for case in tables.cases.rows:
        for group in case.required_credentials:
            for need in group:
                if need.kind not in unheld:
                    met_by = tables.settings.credentials.kinds_that_meet(need.kind)
                    unheld[need.kind] = not met_by & held and need.kind not in unread
            kinds = [need.kind for need in group if unheld[need.kind]]
            whole = len(kinds) == len(group)
            # A kind that nobody holds among others that somebody does is doubtful only if it looks misspelt.
            mentions.add(case, [kind for kind in kinds if whole or did_you_mean(kind, held)])
    for kind in mentions.values():
        yield mentions.problem(kind, "nobody on the roster holds this credential", did_you_mean(kind, held))


def unknown_languages(tables: Tables) -> Iterator[Problem]:
    """Languages of cases that nobody speaks."""
    if tables.cases is None or tables.specialists is None:
        return
    spoken = {language for person in tables.specialists.items for language in person.languages}
    unread = in_bad_rows(tables.specialists, "languages")
    mentions = Mentions(tables.cases, "language")
    for case in tables.cases.rows:
        mentions.add(case, (case.language,) if case.language else ())
    for language in mentions.values():
        if language not in spoken and language not in unread.lower():
            yield mentions.problem(language, "nobody on the roster speaks this language", did_you_mean(language, spoken))


def unknown_actions(tables: Tables) -> Iterator[Problem]:
    """Actions with an amount that nobody has any authority for."""
    if tables.cases is None or tables.specialists is None:
        return
    allowed = {action for person in tables.specialists.items for action in person.authority}
    unread = in_bad_rows(tables.specialists, "authority")
    mentions = Mentions(tables.cases, "action")
    for case in tables.cases.rows:
        if case.action and case.amount:
            mentions.add(case, (case.action,))
    for action in mentions.values():
        if action not in allowed and action not in unread:
            yield mentions.problem(action, "nobody on the roster has authority for this action", did_you_mean(action, allowed))
