"""Accounts: put and changed by whoever looks after them, and listed."""

from typing import Annotated, Any

from fastapi import APIRouter, Depends, Query
from pydantic import Field
from starlette.responses import Response

from caserouter.service.commands import accounts as commands
from caserouter.service.http.answers import answer, reply, respond
from caserouter.service.http.bodies import JsonBody
from caserouter.service.http.calls import MayManage, MayReadOrManage
from caserouter.service.http.carrying_out import carry_out
from caserouter.service.http.cursors import Paging
from caserouter.service.http.documentation import documented
from caserouter.service.http.entity_tags import IfMatch, entity_tag, precondition_of, required_precondition
from caserouter.service.http.known import known_account
from caserouter.service.http.parameters import Id, Visible
from caserouter.service.reply import Reply
from caserouter.service.schemas.accounts import AccountBody, AccountsView, AccountView
from caserouter.store.queries import accounts as queries
from caserouter.store.queries.rows import Row

router = APIRouter(prefix="/v1/accounts", tags=["accounts"])


class AccountQuery(Paging):
    """Which accounts to list."""

    owner: Annotated[Visible | None, Field(description="Only those that this specialist owns.")] = None
    tier: Annotated[Visible | None, Field(description="Only those of this commercial tier.")] = None
    at_risk: Annotated[bool | None, Field(description="Only those that need outreach, or only the others.")] = None


@router.get("")
@documented({200: AccountsView})
def list_accounts(call: MayReadOrManage, query: Annotated[AccountQuery, Query()]) -> Response:
    """List accounts by id."""
    wanted = query.model_dump(exclude={"limit", "cursor"})
    with call.engine.read() as connection:
        found = queries.list_accounts(connection, **wanted, after=query.after(str), limit=query.limit + 1)
    items, following = query.cut(found, lambda one: (one["id"],))
    return answer({"items": [_document(one) for one in items], "next": following})


@router.get("/{account_id}")
@documented({200: AccountView}, problems=["not_found"], headers=["ETag"])
def read_account(call: MayReadOrManage, account_id: Id) -> Response:
    """Read an account."""
    with call.engine.read() as connection:
        row = known_account(connection, account_id)
    return respond(_reply(row))


@router.put("/{account_id}")
@documented({200: AccountView, 201: AccountView}, problems=["conflict", "precondition_failed"], headers=["ETag"])
def put_account(
    call: MayManage, account_id: Id, body: Annotated[AccountBody, Depends(JsonBody(AccountBody))], if_match: IfMatch = None
) -> Response:
    """State everything about an account."""
    account = body.to_account(account_id)
    return carry_out(
        call,
        known_account,
        account_id,
        lambda unit: commands.put_account(unit, account),
        lambda put, row: _reply(row, 201 if put.created else 200),
        precondition_of(if_match),
        creates=True,
    )


@router.patch("/{account_id}")
@documented(
    {200: AccountView}, problems=["not_found", "conflict", "precondition_required", "precondition_failed"], headers=["ETag"]
)
def patch_account(
    call: MayManage, account_id: Id, body: Annotated[AccountBody, Depends(JsonBody(AccountBody))], if_match: IfMatch = None
) -> Response:
    """Change some fields of an account."""
    changes, precondition = body.changes(), required_precondition(if_match)
    return carry_out(
        call,
        known_account,
        account_id,
        lambda unit: commands.patch_account(unit, account_id, changes),
        _changed,
        precondition,
    )


def _reply(row: Row, status: int = 200) -> Reply:
    return reply(_document(row), status, {"ETag": entity_tag(row["version"])})


def _changed(_result: object, row: Row) -> Reply:
    return _reply(row)


def _document(row: Row) -> dict[str, Any]:
    return {name: row[name] for name in ("id", "version", "owner", "tier", "health")} | {"at_risk": row["risk"]}
