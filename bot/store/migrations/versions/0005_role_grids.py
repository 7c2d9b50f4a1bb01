"""A person may hold one role in several grids of a community"""

from alembic import op

revision = "0005_role_grids"
down_revision = "0004"
branch_labels = None
depends_on = None

OLD, NEW = "uq_roles_person_id_role_community", "uq_roles_person_id_role_community_grid"


def upgrade() -> None:
    with op.batch_alter_table("roles") as batch:
        batch.drop_constraint(op.f(OLD), type_="unique")
        batch.create_unique_constraint(op.f(NEW), ["person_id", "role", "community", "grid"])
