"""The tables, for both databases: events, and what follows from them.

`event` is the truth and is only ever added to. `meta` counts it: whoever changes the state takes that row first, so that changes come
one after the other and are numbered in the order in which they were committed. Everything from `cases` to `due` is written from events
(`store.projection`). The rest is housekeeping: it may be lost without losing a decision, but for `idempotency` and `api_key`.

Triggers (see the migrations) refuse a change of an event, keep ``specialist.load`` the sum of the units of the open assignments, and
refuse an assignment past the capacity or to somebody who has retired.
"""

import sqlalchemy as sa

from caserouter.store.columns import Moment

metadata = sa.MetaData(
    naming_convention={
        "pk": "%(table_name)s_pkey",
        "uq": "%(table_name)s_%(column_0_N_name)s_key",
        "ix": "%(table_name)s_%(column_0_N_name)s_index",
        "fk": "%(table_name)s_%(column_0_N_name)s_fkey",
    }
)

_Number = sa.BigInteger().with_variant(sa.Integer(), "sqlite")  # only an INTEGER key counts up by itself there


def _id() -> sa.Column[str]:
    return sa.Column("id", sa.Text, primary_key=True)


def _of_case() -> sa.Column[str]:
    return sa.Column("case_id", sa.Text, sa.ForeignKey("cases.id"), nullable=False)


def _of_specialist() -> sa.Column[str]:
    return sa.Column("specialist_id", sa.Text, sa.ForeignKey("specialist.id"), nullable=False)


meta = sa.Table(
    "meta",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True, autoincrement=False),
    sa.Column("seq", sa.BigInteger, nullable=False),
    sa.Column("rules_seq", sa.BigInteger, nullable=False),
    sa.Column("room_seq", sa.BigInteger, nullable=False),
)

event = sa.Table(
    "event",
    metadata,
    sa.Column("seq", _Number, primary_key=True, autoincrement=False),
    sa.Column("at", Moment, nullable=False),
    sa.Column("kind", sa.Text, nullable=False),
    sa.Column("case_id", sa.Text),
    sa.Column("specialist_id", sa.Text),
    sa.Column("account_id", sa.Text),
    sa.Column("actor", sa.Text, nullable=False),
    sa.Column("request_id", sa.Text, nullable=False),
    sa.Column("data", sa.JSON, nullable=False),
    sa.Column("evidence", sa.JSON(none_as_null=True)),
    sa.Index(None, "case_id", "seq"),
    sa.Index(None, "specialist_id", "seq"),
    sa.Index(None, "kind", "seq"),
)

cases = sa.Table(
    "cases",
    metadata,
    _id(),
    sa.Column("source", sa.Text, nullable=False),
    sa.Column("external_id", sa.Text),
    sa.Column("status", sa.Text, nullable=False),
    sa.Column("holder", sa.Text),
    sa.Column("priority", sa.Integer, nullable=False),
    sa.Column("type", sa.Text, nullable=False),
    sa.Column("account", sa.Text),
    sa.Column("jurisdiction", sa.Text),
    sa.Column("weight", sa.Integer, nullable=False),
    sa.Column("created_at", Moment, nullable=False),
    sa.Column("first_response_due", Moment),
    sa.Column("resolution_due", Moment),
    sa.Column("first_response_at", Moment),
    sa.Column("resolved_at", Moment),
    sa.Column("closed_at", Moment),
    sa.Column("close_after", Moment),
    sa.Column("reopen_count", sa.Integer, nullable=False),
    sa.Column("wait_on", sa.Text),
    sa.Column("department", sa.Text),
    sa.Column("follow_up", Moment),
    sa.Column("offer_until", Moment),
    sa.Column("occurred_at", Moment),
    sa.Column("version", sa.Integer, nullable=False),
    sa.Column("updated_seq", sa.BigInteger, nullable=False),
    sa.Column("body", sa.JSON, nullable=False),
    sa.Column("schema_version", sa.Integer, nullable=False),
    sa.UniqueConstraint("source", "external_id"),
    sa.Index(None, "status", "priority", "created_at", "id"),
    sa.Index(None, "created_at", "id"),
    sa.Index(None, "holder"),
)

assignment = sa.Table(
    "assignment",
    metadata,
    sa.Column("id", _Number, primary_key=True),
    _of_case(),
    _of_specialist(),
    sa.Column("units", sa.Integer, nullable=False),
    sa.Column("started_seq", sa.BigInteger, nullable=False),
    sa.Column("started_at", Moment, nullable=False),
    sa.Column("ended_seq", sa.BigInteger),
    sa.Column("ended_at", Moment),
    sa.Column("end_reason", sa.Text),
    sa.Index(
        "assignment_open_index",
        "case_id",
        unique=True,
        sqlite_where=sa.text("ended_at IS NULL"),
        postgresql_where=sa.text("ended_at IS NULL"),
    ),
    sa.Index(None, "specialist_id", "started_at"),
)

specialist = sa.Table(
    "specialist",
    metadata,
    _id(),
    sa.Column("name", sa.Text, nullable=False),
    sa.Column("body", sa.JSON, nullable=False),
    sa.Column("schema_version", sa.Integer, nullable=False),
    sa.Column("version", sa.Integer, nullable=False),
    sa.Column("active", sa.Boolean, nullable=False),
    sa.Column("capacity", sa.Integer, nullable=False),
    sa.Column("load", sa.Integer, nullable=False),
    sa.Column("team", sa.Text),
    sa.Column("presence", sa.Text, nullable=False),
    sa.Column("presence_until", Moment),
    sa.Column("updated_seq", sa.BigInteger, nullable=False),
)

credential = sa.Table(
    "credential",
    metadata,
    _id(),
    _of_specialist(),
    sa.Column("kind", sa.Text, nullable=False),
    sa.Column("jurisdictions", sa.JSON, nullable=False),
    sa.Column("valid_from", sa.Text),
    sa.Column("valid_until", sa.Text),
    sa.Column("evidence", sa.Text, nullable=False),
    sa.Column("granted_seq", sa.BigInteger, nullable=False),
    sa.Column("revoked_seq", sa.BigInteger),
    sa.Index(None, "specialist_id"),
)

account = sa.Table(
    "account",
    metadata,
    _id(),
    sa.Column("owner", sa.Text),
    sa.Column("tier", sa.Text),
    sa.Column("risk", sa.Boolean, nullable=False),
    sa.Column("health", sa.Float(53)),
    sa.Column("body", sa.JSON, nullable=False),
    sa.Column("version", sa.Integer, nullable=False),
)

policy = sa.Table(
    "policy",
    metadata,
    sa.Column("version", sa.Integer, primary_key=True, autoincrement=False),
    sa.Column("name", sa.Text, nullable=False),
    sa.Column("document", sa.JSON, nullable=False),
    sa.Column("added_at", Moment, nullable=False),
    sa.Column("activated_at", Moment),
    sa.Column("active", sa.Boolean, nullable=False),
    sa.Index("policy_active_index", "active", unique=True, sqlite_where=sa.text("active"), postgresql_where=sa.text("active")),
)

commitment = sa.Table(
    "commitment",
    metadata,
    _id(),
    _of_case(),
    sa.Column("due", Moment, nullable=False),
    sa.Column("made_at", Moment, nullable=False),
    sa.Column("kept_at", Moment),
    sa.Column("missed_at", Moment),
    sa.Column("announced", sa.Boolean, nullable=False),
    sa.Index(None, "case_id"),
    sa.Index(None, "due", "id"),
)

personal = sa.Table(
    "personal",
    metadata,
    sa.Column("case_id", sa.Text, sa.ForeignKey("cases.id"), primary_key=True),
    sa.Column("seq", _Number, primary_key=True, autoincrement=False),
    sa.Column("field", sa.Text, primary_key=True),
    sa.Column("value", sa.Text, nullable=False),
)

due = sa.Table(
    "due",
    metadata,
    sa.Column("id", _Number, primary_key=True),
    sa.Column("at", Moment, nullable=False),
    sa.Column("kind", sa.Text, nullable=False),
    sa.Column("case_id", sa.Text, nullable=False),
    sa.Column("specialist_id", sa.Text, nullable=False),
    sa.Column("ref", sa.Text, nullable=False),
    sa.UniqueConstraint("case_id", "specialist_id", "kind", "ref"),
    sa.Index(None, "at", "id"),
)

api_key = sa.Table(
    "api_key",
    metadata,
    _id(),
    sa.Column("prefix", sa.Text, nullable=False),
    sa.Column("hash", sa.Text, nullable=False, unique=True),
    sa.Column("scopes", sa.JSON, nullable=False),
    sa.Column("name", sa.Text, nullable=False),
    sa.Column("rate_per_minute", sa.Integer),
    sa.Column("created_at", Moment, nullable=False),
    sa.Column("expires_at", Moment),
    sa.Column("revoked_at", Moment),
    sa.Column("replaced_by", sa.Text),
)

idempotency = sa.Table(
    "idempotency",
    metadata,
    sa.Column("key_id", sa.Text, primary_key=True),
    sa.Column("method", sa.Text, primary_key=True),
    sa.Column("path", sa.Text, primary_key=True),
    sa.Column("key", sa.Text, primary_key=True),
    sa.Column("fingerprint", sa.Text, nullable=False),
    sa.Column("status", sa.Integer, nullable=False),
    sa.Column("headers", sa.JSON, nullable=False),
    sa.Column("body", sa.LargeBinary, nullable=False),
    sa.Column("created_at", Moment, nullable=False),
    sa.Column("expires_at", Moment, nullable=False),
    sa.Index(None, "expires_at"),
)

checkpoint = sa.Table(
    "checkpoint",
    metadata,
    sa.Column("seq", _Number, primary_key=True, autoincrement=False),
    sa.Column("body", sa.LargeBinary, nullable=False),
    sa.Column("created_at", Moment, nullable=False),
)

keeper = sa.Table(
    "keeper",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True, autoincrement=False),
    sa.Column("beat_at", Moment),
    sa.Column("last_optimised_at", Moment),
    sa.Column("data", sa.JSON, nullable=False),
)
