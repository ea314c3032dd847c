"""The names that a scenario's cases are described by, numbered for the trace and the records."""

from dataclasses import dataclass

from caserouter.domain.case import RiskFlag
from caserouter.simulation.language.scenario import Scenario

NONE = -1
"""Number of what a case does not have."""

RISK_FLAGS = tuple(sorted(RiskFlag))
"""Risk flags in the order of their bits, from the lowest."""


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """Names, by number.

    Parameters
    ----------
    case_types
        In the order of the scenario.
    jurisdictions, languages, root_causes
        Of all case types together, sorted.
    """

    case_types: tuple[str, ...]
    jurisdictions: tuple[str, ...]
    languages: tuple[str, ...]
    root_causes: tuple[str, ...]

    @classmethod
    def of(cls, scenario: Scenario) -> "Vocabulary":
        """The names of a scenario."""
        case_types = scenario.case_types.values()
        return cls(
            case_types=tuple(scenario.case_types),
            jurisdictions=tuple(sorted({name for case_type in case_types for name in case_type.jurisdictions})),
            languages=tuple(sorted({name for case_type in case_types for name in case_type.languages})),
            root_causes=tuple(sorted({name for case_type in case_types for name in case_type.root_causes})),
        )
