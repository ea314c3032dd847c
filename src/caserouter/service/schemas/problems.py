"""Problem details, as RFC 9457 has them."""

from pydantic import Field

from caserouter.service.schemas.base import View


class FindingView(View):
    """One thing that is wrong with a request."""

    at: str = Field(description="Where: the field, with the keys that lead to it; empty for the whole request.")
    line: int | None = Field(default=None, description="Line of a CSV file.")
    value: str = Field(description="What was sent.")
    rule: str = Field(description="The rule that it breaks.")
    remedy: str = Field(description="What to do about it.")


class ProblemView(View):
    """Why a request was not carried out."""

    type: str = Field(description="`urn:caserouter:problem:` and the code.")
    title: str = Field(description="What it is, the same for each occurrence.")
    status: int = Field(description="HTTP status.")
    detail: str = Field(description="What is wrong this time, by which rule, and what to do about it.")
    code: str = Field(description="The kind of problem.")
    request_id: str = Field(description="Id of the request, as in the log.")
    ids: list[str] = Field(description="Ids of what is concerned.")
    findings: list[FindingView] = Field(description="Everything that is wrong with the request.")
