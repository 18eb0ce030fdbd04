"""What somebody promised before this version is found by its words, as what they promise now is."""

from tests.installation import Installation
from tests.migrated import ask, migrate

LINES = """SELECT line.owner_id, line.audience_id, line.about, line.subject_id, line.contact, line.text, line.stems
FROM search_line line WHERE line.kind = 'promise' ORDER BY line.about"""


def test_what_was_promised_before_gets_the_line_that_it_would_have_now_and_once(bare: Installation):
    assert bare.run("demo", "--small", "--no-serve").returncode == 0
    written = ask(bare, LINES)
    migrate(bare, "encounters", "0006")
    before = ask(bare, LINES)
    migrate(bare)
    again = ask(bare, LINES)
    assert (len(written) > 0, before, again) == (True, [], written)
    assert bare.run("doctor").returncode == 0
