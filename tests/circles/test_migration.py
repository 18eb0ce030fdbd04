"""Circles kept their rows, and whatever points at them, when they became a part of their own."""

from tests.installation import Installation
from tests.migrated import ask, migrate


def rows(bare: Installation, part: str) -> list[object]:
    """All that the tables of circles hold, under the names that they have in a part, and the shields that name them."""
    tables = *(f"{part}_{table}" for table in ("circle", "member", "within")), "discretion_shield"
    return [ask(bare, f"SELECT * FROM {table} ORDER BY id") for table in tables]


def surest(bare: Installation) -> str:
    """The surest way, without how sure it is: promises, of which that is made too, came later than these tables."""
    first, *_ = bare.run("ways", "--as", "jeremie", "--to", "thierry").stdout.splitlines()
    return first.rstrip("0123456789. ").strip()


def test_who_stands_where_and_sees_what_stays_when_the_tables_change_their_names_and_change_them_back(bare):
    assert bare.run("demo", "--small", "--no-serve").returncode == 0
    before, told = rows(bare, "circles"), surest(bare)
    assert all(before)
    assert "Thierry" in told
    migrate(bare, "discretion", "0003")
    assert rows(bare, "discretion") == before
    migrate(bare)
    assert rows(bare, "circles") == before
    assert surest(bare) == told
    assert bare.run("doctor").returncode == 0
