"""The waiting line of a board: cases are compiled for it when somebody looks at it, not when they begin to wait."""

from collections.abc import Callable, Collection, Iterable

from caserouter.domain.case import Case
from caserouter.domain.lifecycle import CaseStatus
from caserouter.routing.profile import CaseProfile
from caserouter.routing.waiting_line import WaitingLine
from caserouter.service.board.open_case import OpenCase


class Filing:
    """A waiting line, and the cases of which it has to be looked up whether they wait.

    Parameters
    ----------
    case_ids
        Cases to look up at first.
    """

    def __init__(self, case_ids: Iterable[str]) -> None:
        self._line = WaitingLine()
        self._unfiled = dict.fromkeys(case_ids)

    def forget_roster(self) -> None:
        """Another roster compiles cases to the same, and may admit others."""
        self._line.forget()

    def note(self, case_id: str) -> None:
        """Something about a case has changed."""
        self._unfiled[case_id] = None

    def refile(self, accounts: Collection[str]) -> None:
        """Compile the waiting cases of some accounts anew: they have another owner."""
        for profile in [one for one in self._line if one.case.account in accounts]:
            self._line.remove(profile.id)
            self.note(profile.id)

    def line(self, cases: dict[str, OpenCase], profile: Callable[[Case], CaseProfile]) -> WaitingLine:
        """What waits among `cases`, compiled by `profile`."""
        for case_id in self._unfiled:
            case, known = cases.get(case_id), self._line.get(case_id)
            waiting = case.case if case is not None and case.status is CaseStatus.QUEUED else None
            if known is not None and known.case is not waiting:
                self._line.remove(case_id)
                known = None
            if known is None and waiting is not None:
                self._line.add(profile(waiting))
        self._unfiled.clear()
        return self._line
