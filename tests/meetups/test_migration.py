"""What was for the people of one community goes to the circle about the evening, as what is for those of several."""

from tests.installation import Installation
from tests.migrated import ask, migrate

MEMBERS = "(SELECT id FROM circles_circle WHERE kind = 'members')"
BROUGHT = "(SELECT id FROM meetups_series WHERE every = '')"


def kinds(bare: Installation, table: str, which: str) -> list[tuple[str, int]]:
    """How many rows go to circles of each kind."""
    circle = f"(SELECT kind FROM circles_circle WHERE id = {table}.audience_id)"
    return ask(bare, f"SELECT {circle}, count(*) FROM {table} WHERE {which} GROUP BY 1 ORDER BY 1")


def test_evenings_of_one_community_go_to_a_circle_of_their_own_and_what_was_brought_stays(bare):
    assert bare.run("demo", "--small", "--no-serve").returncode == 0
    migrate(bare, "meetups", "0007")
    announced = f"(SELECT uid FROM meetups_meetup WHERE series_id IS NULL OR series_id NOT IN {BROUGHT})"
    tables = {
        "meetups_meetup": f"uid IN {announced}",
        "search_line": f"about IN {announced}",
        "meetups_organising": f"meetup_id IN (SELECT id FROM meetups_meetup WHERE uid IN {announced})",
    }
    columns = "uid, owner_id, discreet, changed_at"
    helps = f"INSERT INTO meetups_organising ({columns}, since, meetup_id) SELECT {columns}, changed_at, id"
    ask(bare, f"{helps} FROM meetups_meetup WHERE uid IN {announced} RETURNING id")
    # As they were before: for the members of the community, and no circle about them.
    changed = {
        table: len(ask(bare, f"UPDATE {table} SET audience_id = {MEMBERS} WHERE {which} RETURNING id"))
        for table, which in tables.items()
    }
    invited = "SELECT id FROM circles_circle WHERE kind = 'invited'"
    ask(bare, f"DELETE FROM circles_within WHERE outer_id IN ({invited}) RETURNING id")
    ask(bare, "DELETE FROM circles_circle WHERE kind = 'invited' RETURNING id")
    brought = kinds(bare, "meetups_meetup", f"series_id IN {BROUGHT}")
    migrate(bare)
    assert all(changed.values())
    assert {table: kinds(bare, table, which) for table, which in tables.items()} == {
        table: [("invited", count)] for table, count in changed.items()
    }
    within = f"SELECT inner_id IN {MEMBERS}, count(*) FROM circles_within WHERE outer_id IN ({invited}) GROUP BY 1"
    assert ask(bare, within) == [(True, changed["meetups_meetup"])]
    assert kinds(bare, "meetups_meetup", f"series_id IN {BROUGHT}") == brought
    assert bare.run("doctor").returncode == 0
