"""Walks that cannot be walked: no way to the end, stages that nobody enters, open cases at a stage that is not there."""

from collections.abc import Iterator, Mapping
from typing import Any

from caserouter.domain.errors import Finding
from caserouter.files.problems import did_you_mean, listed
from caserouter.files.records import Key
from caserouter.simulation.checks.draft import Draft, Place
from caserouter.simulation.language.case_type import RESOLVED, CaseType
from caserouter.simulation.walks import probability_within, unresolvable_stages


def endless_walks(draft: Draft, place: Place) -> Iterator[Finding]:
    """Walks that never end."""
    for name, case_type in draft.scenario.case_types.items():
        for stage in unresolvable_stages(case_type):
            key: Key = ("case_types", name, "stages", stage, "next")
            yield place(
                key, stage, f"the walk never ends from here: {RESOLVED} is out of reach", f"lead it to {RESOLVED} in the end"
            )
        back = case_type.reopening
        if back and back.probability >= 1 and probability_within(back.after, back.window) >= 1:
            key = ("case_types", name, "reopening", "probability")
            yield place(key, "1", "every resolution comes back, so that no case ever ends", "give a probability below 1")


def unknown_followers(walks: Mapping[str, Any], place: Place) -> Iterator[Finding]:
    """Followers that are no stage, in case types that are wrong elsewhere, so that their models never asked.

    Parameters
    ----------
    walks
        Plain data of those case types, by name.
    place
        Makes a finding about a key.
    """
    for name, case_type in walks.items():
        stages = case_type.get("stages") if isinstance(case_type, dict) else None
        if not isinstance(stages, dict):
            continue
        for stage_name, stage in stages.items():
            followers = stage.get("next") if isinstance(stage, dict) else None
            for follower in _named(followers):
                if follower not in stages and follower != RESOLVED:
                    known = [*stages, RESOLVED]
                    remedy = did_you_mean(follower, known, f"there are {listed(known)}")
                    key: Key = ("case_types", name, "stages", stage_name, "next", follower)
                    yield place(key, follower, "no stage of this type", remedy)


def idle_stages(draft: Draft, place: Place) -> Iterator[Finding]:
    """Stages that no walk visits."""
    streams = [stream for stream in draft.scenario.demand.values() if stream.open_stages]
    for name, case_type in draft.scenario.case_types.items():
        entries = {case_type.start}
        if case_type.reopening and case_type.reopening.stage:
            entries.add(case_type.reopening.stage)
        entries |= {stage for stream in streams if name in stream.types for stage in stream.open_stages}
        reached = _reached(case_type, entries)
        for stage in (one for one in case_type.stages if one not in reached):
            remedy = "lead a stage to it, or leave it out"
            yield place(("case_types", name, "stages", stage), stage, "no walk comes here", remedy, warning=True)


def misplaced_open_cases(draft: Draft, place: Place) -> Iterator[Finding]:
    """Open cases at a stage that none of their types has."""
    types = draft.scenario.case_types
    for name, stream in draft.scenario.demand.items():
        kinds = [kind for kind, share in stream.types.items() if share > 0]
        stages = {stage: None for kind in kinds if kind in types for stage in types[kind].stages}
        for stage in stream.open_stages if all(kind in types for kind in kinds) else ():
            if stage not in stages:
                remedy = did_you_mean(stage, stages, f"there are {listed(stages)}")
                yield place(("demand", name, "open_stages", stage), stage, f"no stage of {listed(kinds)}", remedy)


def _named(followers: Any) -> list[str]:
    """The names in what a file has as next."""
    if isinstance(followers, str):
        return [followers]
    return [name for name in followers if isinstance(name, str)] if isinstance(followers, dict) else []


def _reached(case_type: CaseType, entries: set[str]) -> set[str]:
    reached, todo = set(entries), list(entries)
    while todo:
        stage = case_type.stages.get(todo.pop())
        fresh = {follower for follower, share in stage.next.items() if share > 0} - reached if stage else set()
        reached |= fresh
        todo += fresh
    return reached
