"""What the service does not accept of a specialist or a credential, whatever the file or the request it comes from."""

from caserouter.domain.credentials import Credential
from caserouter.domain.errors import Finding
from caserouter.domain.jurisdictions import ANY, known
from caserouter.domain.settings import Settings
from caserouter.domain.specialist import Specialist
from caserouter.service.commands.strangers import hint_or_code, in_another_currency


def findings_of_specialist(specialist: Specialist, settings: Settings) -> list[Finding]:
    """What a specialist says that the service itself knows, or that the policy does not know."""
    found = []
    if specialist.held_cases:
        ids = ", ".join(case.id for case in specialist.held_cases)
        found.append(Finding(ids, "the service itself knows who holds which case", "leave held_cases out", column="held_cases"))
    if specialist.intake and specialist.intake.used:
        rule = "the service itself counts new cases"
        found.append(Finding(f"used {specialist.intake.used}", rule, "leave used out", column="intake"))
    found += in_another_currency(specialist.cost_per_hour, settings, "cost_per_hour")
    for action, limit in specialist.authority.items():
        found += in_another_currency(limit, settings, f"authority.{action}")
    return found + [finding for held in specialist.credentials for finding in findings_of_credential(held, settings)]


def findings_of_credential(credential: Credential, settings: Settings) -> list[Finding]:
    """The places of a credential that nobody knows."""
    named = settings.jurisdictions
    unknown = sorted(code for code in credential.jurisdictions if code != ANY and not known(code, named))
    return [Finding(code, "unknown jurisdiction", hint_or_code(code, named), column="credentials") for code in unknown]
