"""One table of everything done, which only grows; who viewed what moves into it."""

import sqlalchemy as sa
from alembic import op

revision = "0015_audit"
down_revision = "0014_limits"
branch_labels = None
depends_on = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
KEPT = ("id", "at", "act", "source", "who_id", "whose_id", "order_id", "detail")  # never change
REFUSED = "audit is append-only"


def upgrade() -> None:
    op.create_table(
        "audit",
        sa.Column("id", ID, nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("act", sa.String(32), nullable=False),
        sa.Column("source", sa.String(80), nullable=False),
        sa.Column("who_id", ID),
        sa.Column("whose_id", ID),
        sa.Column("order_id", ID),
        sa.Column("detail", sa.String(80)),
        sa.Column("number", ID),
        sa.Column("hash", sa.String(64)),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_audit")),
        sa.UniqueConstraint("number", name=op.f("uq_audit_number")),
    )
    op.execute(
        "INSERT INTO audit (at, act, source, who_id, whose_id, order_id) "
        "SELECT v.at, 'view.' || v.what, 'chat', v.person_id, o.person_id, v.order_id "
        "FROM views v LEFT JOIN orders o ON o.id = v.order_id ORDER BY v.id"
    )
    op.create_index("ix_audit_order_id", "audit", ["order_id", "id"])
    op.create_index("ix_audit_whose_id", "audit", ["whose_id", "id"])
    unchained = sa.text("number IS NULL")
    op.create_index("ix_audit_unchained", "audit", ["id"], sqlite_where=unchained, postgresql_where=unchained)
    op.drop_table("views")
    if op.get_bind().dialect.name == "postgresql":
        _append_only_in_postgresql()
    else:
        _append_only_in_sqlite()


def _append_only_in_postgresql() -> None:
    same = " AND ".join(f"NEW.{name} IS NOT DISTINCT FROM OLD.{name}" for name in KEPT)
    op.execute(
        "CREATE FUNCTION audit_append_only() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
        f"IF TG_OP = 'UPDATE' THEN IF OLD.number IS NULL AND {same} THEN RETURN NEW; END IF; END IF; "
        f"RAISE EXCEPTION '{REFUSED}'; END $$"
    )
    op.execute(
        "CREATE TRIGGER audit_append_only BEFORE UPDATE OR DELETE ON audit "
        "FOR EACH ROW EXECUTE FUNCTION audit_append_only()"
    )
    op.execute(
        "CREATE TRIGGER audit_not_emptied BEFORE TRUNCATE ON audit "
        "FOR EACH STATEMENT EXECUTE FUNCTION audit_append_only()"
    )


def _append_only_in_sqlite() -> None:
    differs = " OR ".join(f"NEW.{name} IS NOT OLD.{name}" for name in KEPT)
    refuse = f"BEGIN SELECT RAISE(ABORT, '{REFUSED}'); END"
    op.execute(
        f"CREATE TRIGGER audit_append_only BEFORE UPDATE ON audit WHEN OLD.number IS NOT NULL OR {differs} {refuse}"
    )
    op.execute(f"CREATE TRIGGER audit_not_deleted BEFORE DELETE ON audit {refuse}")


def downgrade() -> None:
    """Views go back; what else was recorded is lost."""
    op.create_table(
        "views",
        sa.Column("id", ID, nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("person_id", ID, nullable=False),
        sa.Column("order_id", ID),
        sa.Column("what", sa.String(32), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["persons.id"], name=op.f("fk_views_person_id")),
        sa.ForeignKeyConstraint(["order_id"], ["orders.id"], name=op.f("fk_views_order_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_views")),
    )
    op.create_index(op.f("ix_views_person_id"), "views", ["person_id"])
    op.create_index(op.f("ix_views_order_id"), "views", ["order_id"])
    op.execute(
        "INSERT INTO views (at, person_id, order_id, what) SELECT at, who_id, order_id, substr(act, 6) FROM audit "
        "WHERE act LIKE 'view.%' AND who_id IN (SELECT id FROM persons) ORDER BY id"
    )
    if op.get_bind().dialect.name == "postgresql":
        op.execute("DROP TABLE audit")
        op.execute("DROP FUNCTION audit_append_only()")
    else:
        op.drop_table("audit")
