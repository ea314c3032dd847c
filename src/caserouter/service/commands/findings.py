"""What is wrong with JSON that a command was given, in the words of the files: value, rule, remedy."""

from pydantic import ValidationError

from caserouter.domain.errors import Finding
from caserouter.files.problems import shown


def model_findings(error: ValidationError) -> list[Finding]:
    """A finding per error of a model, with the path to the value as its column."""
    found = []
    for details in error.errors(include_url=False, include_context=False):
        rule, _, remedy = details["msg"].removeprefix("Value error, ").partition("; ")
        path = ".".join(str(part) for part in details["loc"] if part != "[key]")
        value = "" if isinstance(details["input"], dict | list) else shown(details["input"])
        found.append(Finding(value, rule, remedy, column=path or None))
    return found
