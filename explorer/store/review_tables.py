"""The tables of reviews. What is evidence is only ever added to: the database itself refuses to change it."""

from __future__ import annotations

from sqlalchemy import (
    DDL,
    BigInteger,
    CheckConstraint,
    Column,
    ForeignKey,
    Index,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
    UniqueConstraint,
    event,
)

from explorer.store.versioned import Versioned

_LOCK_KEY = 0x726576696577  # any number, another than that of the marks

_METADATA = MetaData()
_VERSIONED = Versioned(_METADATA, "review_store_version", 1, _LOCK_KEY)
are_there, make = _VERSIONED.are_there, _VERSIONED.make


def _plan_id(**options: bool) -> Column[str]:
    return Column("plan_id", String(32), ForeignKey("review_plans.plan_id"), nullable=False, **options)  # type: ignore[arg-type]


plans = Table(
    "review_plans",
    _METADATA,
    Column("plan_id", String(32), primary_key=True),
    Column("dataset_id", String(64), nullable=False),
    Column("lineage_id", String(64), nullable=False),
    Column("document", Text, nullable=False),
    Column("commitment", String(64), nullable=False),
    Index("review_plans_by_lineage", "lineage_id"),
)
# What belongs to a plan as a whole and is large: its population, its items.
papers = Table(
    "review_papers",
    _METADATA,
    _plan_id(primary_key=True),
    Column("name", String(40), primary_key=True),
    Column("content", LargeBinary, nullable=False),
)
log = Table(
    "review_log",
    _METADATA,
    _plan_id(primary_key=True),
    Column("row_n", BigInteger, primary_key=True, autoincrement=False),
    Column("kind", String(40), nullable=False),
    Column("at_utc_us", BigInteger, nullable=False),
    Column("actor", String(80), nullable=False),
    Column("key", String(200), nullable=False),
    Column("content", Text, nullable=False),
    Column("previous_sha256", String(64), nullable=False),
    Column("row_sha256", String(64), nullable=False),
    UniqueConstraint("plan_id", "key", name="review_log_once"),
    CheckConstraint("row_n >= 1", name="review_log_row_n"),
)
signatures = Table(
    "review_signatures",
    _METADATA,
    _plan_id(primary_key=True),
    Column("what", String(10), primary_key=True),
    Column("row_n", BigInteger, nullable=False),
    Column("head_sha256", String(64), nullable=False),
    Column("public_key", String(64), nullable=False),
    Column("signature", String(128), nullable=False),
)
# A dataset that goes on with the lineage of another.
lineages = Table(
    "review_lineages",
    _METADATA,
    Column("dataset_id", String(64), primary_key=True),
    Column("lineage_id", String(64), nullable=False),
)
# Which reader has which item now: no evidence, so rows may go.
leases = Table(
    "review_leases",
    _METADATA,
    _plan_id(primary_key=True),
    Column("lease_id", String(64), primary_key=True),
    Column("item_id", String(32), nullable=False),
    Column("reader", String(80), nullable=False),
    Column("role", String(20), nullable=False),
    Column("leased_utc_us", BigInteger, nullable=False),
    Column("expires_utc_us", BigInteger, nullable=False),
)
EVIDENCE = (plans, papers, log, signatures, lineages)

_SQLITE = """CREATE TRIGGER {table}_no_{what} BEFORE {what} ON {table}
BEGIN SELECT RAISE(ABORT, 'rows of this table are never changed'); END"""
_REFUSE = """CREATE OR REPLACE FUNCTION review_refuse() RETURNS trigger AS
$$BEGIN RAISE EXCEPTION 'rows of this table are never changed'; END$$ LANGUAGE plpgsql"""
_POSTGRES = """CREATE TRIGGER {table}_kept BEFORE UPDATE OR DELETE OR TRUNCATE ON {table}
FOR EACH STATEMENT EXECUTE FUNCTION review_refuse()"""


def _guard(table: Table) -> None:
    for what in ("UPDATE", "DELETE"):
        text = _SQLITE.format(table=table.name, what=what)
        event.listen(table, "after_create", DDL(text).execute_if(dialect="sqlite"))  # type: ignore[no-untyped-call]
    for text in (_REFUSE, _POSTGRES.format(table=table.name)):
        event.listen(table, "after_create", DDL(text).execute_if(dialect="postgresql"))  # type: ignore[no-untyped-call]


for _table in EVIDENCE:
    _guard(_table)
