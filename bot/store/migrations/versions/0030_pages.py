"""A sign-in may be shown as the platform's QR code; how long somebody helped; a member's card."""

import sqlalchemy as sa
from alembic import op

revision = "0030_pages"
down_revision = "0029_split"
branch_labels = None
depends_on = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
INDEX, WHERE = "ix_console_codes_picture", sa.text("code_sealed IS NOT NULL")


def upgrade() -> None:
    op.add_column("console_codes", sa.Column("code_sealed", sa.LargeBinary()))
    op.add_column("console_codes", sa.Column("picture", sa.String(200)))
    op.create_index(INDEX, "console_codes", ["id"], sqlite_where=WHERE, postgresql_where=WHERE)
    op.add_column("orders", sa.Column("served_minutes", sa.Integer()))
    op.create_table(
        "member_cards",
        sa.Column("id", ID, nullable=False),
        sa.Column("person_id", ID, nullable=False),
        sa.Column("field", sa.String(16), nullable=False),
        sa.Column("text_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("is_open", sa.Boolean(), nullable=False),
        sa.Column("changed_at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["persons.id"], name=op.f("fk_member_cards_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_member_cards")),
        sa.UniqueConstraint("person_id", "field", name=op.f("uq_member_cards_person_id_field")),
    )
    op.create_index(op.f("ix_member_cards_person_id"), "member_cards", ["person_id"])


def downgrade() -> None:
    op.drop_table("member_cards")
    op.drop_column("orders", "served_minutes")
    op.drop_index(INDEX, "console_codes")
    op.drop_column("console_codes", "picture")
    op.drop_column("console_codes", "code_sealed")
