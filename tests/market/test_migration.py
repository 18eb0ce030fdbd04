"""Whoever left an organisation before this version stands there until the day begins at home, four hours earlier."""

from datetime import UTC, datetime

from tests.installation import Installation
from tests.migrated import ask, migrate

STAFF = "circles_member.circle_id IN (SELECT id FROM circles_circle WHERE kind = 'staff')"


def ends(bare: Installation) -> list[str]:
    """Until when somebody stands with an organisation, in UTC."""
    found = ask(bare, f"SELECT until FROM circles_member WHERE until IS NOT NULL AND {STAFF} ORDER BY id")
    moments = (datetime.fromisoformat(one) if isinstance(one, str) else one.astimezone(UTC) for [one] in found)
    return [f"{one:%Y-%m-%d %H:%M}" for one in moments]


def test_ninety_days_end_at_midnight_at_home_for_those_who_left_before_and_once(bare):
    assert bare.run("demo", "--small", "--no-serve").returncode == 0
    migrate(bare, "market", "0003")
    changed = ask(bare, f"UPDATE circles_member SET until = '2027-01-29 00:00:00+00:00' WHERE {STAFF} RETURNING id")
    migrate(bare)
    at_home = ["2027-01-28 20:00"] * len(changed)
    assert (len(changed) > 0, ends(bare)) == (True, at_home)
    migrate(bare, "market", "0003")
    migrate(bare)
    assert ends(bare) == at_home
