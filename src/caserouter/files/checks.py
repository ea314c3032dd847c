"""What only the tables together can show: names that nobody has, references that lead nowhere, a roster that has lapsed.

An unknown jurisdiction is an error, and so is a case that is both waiting and held, or held twice; an excluded specialist
whose id is on the roster in another spelling is one too, because a hard rule would silently not bind. Everything else is
a warning: the router goes on, and says of each case why nobody may take it.
"""

from caserouter.files import references, roster_checks, vocabulary
from caserouter.files.mentions import Problem, Tables


def check_queue(tables: Tables) -> list[Problem]:
    """Every problem across the tables, in the order of the checks; see the module for which are errors."""
    checks = (
        vocabulary.unknown_skills,
        vocabulary.unknown_jurisdictions,
        vocabulary.unknown_credentials,
        vocabulary.unknown_languages,
        vocabulary.unknown_actions,
        references.unknown_accounts,
        references.unknown_specialists,
        references.unknown_cases,
        references.held_cases,
        roster_checks.overfull_books,
        roster_checks.lapsed_people,
        roster_checks.lapsed_kinds,
        roster_checks.unknown_teams,
        roster_checks.future_cases,
    )
    return [problem for check in checks for problem in check(tables)]
