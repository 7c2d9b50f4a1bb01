"""What administrators changed at the console, over the files of config/."""

import sqlalchemy as sa
from alembic import op

revision = "0026_settings"
down_revision = "0025_h5"
branch_labels = None
depends_on = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "office_settings",
        sa.Column("id", ID, nullable=False),
        sa.Column("part", sa.String(80), nullable=False),
        sa.Column("value", sa.Text()),
        sa.Column("changes", sa.Text(), nullable=False),
        sa.Column("person_id", ID, nullable=False),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["persons.id"], name=op.f("fk_office_settings_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_office_settings")),
    )
    op.create_index("ix_office_settings_part_id", "office_settings", ["part", "id"])


def downgrade() -> None:
    op.drop_table("office_settings")
