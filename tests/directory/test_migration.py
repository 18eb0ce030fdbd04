"""What was taken out before keeps no more of its key than what is taken out now."""

from entregent.common import chance
from tests.migrated import ask, migrate

EMPTY = dict.fromkeys(
    ("name", "folded", "category", "description", "address", "postcode", "town", "town_key", "url", "heads", "body"),
    "''",
)


def test_the_keys_of_what_was_taken_out_become_digests(bare):
    migrate(bare, "directory", "0001")
    ask(bare, "INSERT INTO directory_source (name, licence) VALUES ('Annuaire', '') RETURNING id")
    for key, away in (("karine", "'2026-11-22'"), ("maps", "NULL")):
        row = {
            **EMPTY,
            "uid": f"'{chance.digest(key)[:32]}'",
            "source_id": "1",
            "key": f"'{key}'",
            "place": "''",
            "tags": "'[]'",
            "read_on": "'2026-11-22'",
            "away_on": away,
        }
        ask(
            bare,
            f"INSERT INTO directory_listing ({', '.join(row)}) VALUES ({', '.join(row.values())}) RETURNING id",
        )
    migrate(bare)
    kept = ask(bare, "SELECT key FROM directory_listing ORDER BY id")
    assert kept == [(chance.digest("taken out", "karine"),), ("maps",)]
