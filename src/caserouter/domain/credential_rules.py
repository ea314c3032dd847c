"""The four credential rules: each required group that fails is reported under the code that is closest to being met.

A group is met by any one of its alternatives, and an alternative by any credential of its kind, or of a kind that implies
it, that covers the jurisdiction and is valid on the local day of the assignment. Lapsed is closer than not yet valid, which
is closer than held for another jurisdiction, which is closer than missing.
"""

from datetime import UTC, date, datetime, time

from caserouter.domain.case import Case
from caserouter.domain.credentials import AnyOf, Credential
from caserouter.domain.rules import Exclusion, Rule, Situation, listed
from caserouter.domain.specialist import Specialist


def credential_missing(case: Case, specialist: Specialist, situation: Situation) -> Exclusion | None:
    """No credential of a required kind."""
    return _broken(Rule.CREDENTIAL_MISSING, case, specialist, situation)


def credential_jurisdiction(case: Case, specialist: Specialist, situation: Situation) -> Exclusion | None:
    """A required kind is held, not for this jurisdiction."""
    return _broken(Rule.CREDENTIAL_JURISDICTION, case, specialist, situation)


def credential_not_yet_valid(case: Case, specialist: Specialist, situation: Situation) -> Exclusion | None:
    """The credential's first day lies ahead."""
    return _broken(Rule.CREDENTIAL_NOT_YET_VALID, case, specialist, situation)


def credential_lapsed(case: Case, specialist: Specialist, situation: Situation) -> Exclusion | None:
    """The credential's last day has passed."""
    return _broken(Rule.CREDENTIAL_LAPSED, case, specialist, situation)


def _broken(rule: Rule, case: Case, specialist: Specialist, situation: Situation) -> Exclusion | None:
    """Every group that fails under `rule`, as one exclusion that ends when the last of them does."""
    gaps = [gap for group in case.required_credentials if (gap := _gap(group, case, specialist, situation)) and gap.rule is rule]
    if not gaps:
        return None
    ends = [gap.until for gap in gaps if gap.until is not None]
    return Exclusion(
        rule=rule,
        sentence="; ".join(dict.fromkeys(gap.sentence for gap in gaps)),
        counterfactual=f"eligible with {listed(dict.fromkeys(gap.counterfactual for gap in gaps))}",
        until=max(ends) if len(ends) == len(gaps) else None,
    )


def _gap(group: AnyOf, case: Case, specialist: Specialist, situation: Situation) -> Exclusion | None:
    """Why no credential meets `group`, None if one does."""
    today = situation.now.astimezone(specialist.zone).date()
    held = _held(group, case, specialist, situation)
    covering = [(credential, place) for credential, place in held if credential.covers(place)]
    if any(credential.is_valid_on(today) for credential, _ in covering):
        return None
    if not held:
        wanted = _wanted(group, case)
        return Exclusion(Rule.CREDENTIAL_MISSING, f"holds no {wanted}", wanted)
    if not covering:
        return _elsewhere(held, _wanted(group, case))
    return _outside_dates(covering, specialist, today)


def _held(group: AnyOf, case: Case, specialist: Specialist, situation: Situation) -> list[tuple[Credential, str | None]]:
    """Credentials of the kinds that the group accepts, each with the jurisdiction in which it is needed."""
    catalogue = situation.settings.credentials
    return [
        (credential, need.place(case.jurisdiction))
        for need in group
        for credential in specialist.credentials
        if credential.kind in catalogue.kinds_that_meet(need.kind)
    ]


def _elsewhere(held: list[tuple[Credential, str | None]], wanted: str) -> Exclusion:
    """The right kind for the wrong place."""
    kinds = listed(sorted({credential.kind for credential, _ in held}))
    places = listed(sorted({place for credential, _ in held for place in credential.jurisdictions}))
    asked = " or ".join(sorted({place for _, place in held if place}))
    return Exclusion(Rule.CREDENTIAL_JURISDICTION, f"{kinds} held for {places}, not for {asked}", wanted)


def _outside_dates(covering: list[tuple[Credential, str | None]], specialist: Specialist, today: date) -> Exclusion:
    """The right kind for the right place, on the wrong day."""
    ahead = [(held.valid_from, held.kind, place) for held, place in covering if held.valid_from and today < held.valid_from]
    past = [(held.valid_until, held.kind, place) for held, place in covering if held.valid_until and held.valid_until < today]
    start = min((day for day, _, _ in ahead), default=None)
    until = datetime.combine(start, time(), specialist.zone).astimezone(UTC) if start else None
    if not past:
        day, kind, place = min(ahead, key=_by_day_and_kind)
        what = _label(kind, place)
        return Exclusion(
            Rule.CREDENTIAL_NOT_YET_VALID, f"{what} is valid only from {day}", f"{what} valid already on {today}", until
        )
    day, kind, place = max(past, key=_by_day_and_kind)
    again = f", to be valid again from {start}" if start else ""
    return Exclusion(
        Rule.CREDENTIAL_LAPSED, f"{_label(kind, place)} lapsed on {day}{again}", f"{_label(kind, place)} renewed", until
    )


def _by_day_and_kind(dated: tuple[date, str, str | None]) -> tuple[date, str, str]:
    return dated[0], dated[1], dated[2] or ""


def _wanted(group: AnyOf, case: Case) -> str:
    """The alternatives of a group, in words: ``series_6 or series_7 in NY``."""
    places = [need.place(case.jurisdiction) for need in group]
    if len(set(places)) == 1:
        return _label(" or ".join(need.kind for need in group), places[0])
    return " or ".join(_label(need.kind, place) for need, place in zip(group, places, strict=True))


def _label(kind: str, jurisdiction: str | None) -> str:
    return f"{kind} in {jurisdiction}" if jurisdiction else kind
