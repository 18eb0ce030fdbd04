"""Who comes first: what was said face to face, in rare words, not long ago, by somebody one knows."""

from datetime import date, timedelta
from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st

from entregent.search import ranking
from entregent.search.ranking import Hit, Kind
from entregent.search.stems import Reading, query, stems

TODAY = date(2026, 11, 22)
ALICE, BOB, CHARLIE, DANA = (UUID(int=number) for number in range(1, 5))


def hit(about, kind, *answered, line=100, length=5, days=None):
    on = None if days is None else TODAY - timedelta(days=days)
    return Hit(about, UUID(int=line), kind, dict.fromkeys(answered, 1.0), length, on)


def order(*hits, viewer=ALICE, ties=None):
    return [found.about for found in ranking.rank(hits, viewer=viewer, today=TODAY, ties=ties or {})]


hits = st.builds(
    Hit,
    st.sampled_from([BOB, CHARLIE, DANA]),
    st.integers(min_value=10, max_value=10**6).map(lambda number: UUID(int=number)),
    st.sampled_from(Kind),
    st.dictionaries(st.sampled_from("abc"), st.floats(0.1, 1), min_size=1),
    st.integers(0, 10_000),
    st.none() | st.dates(date(1900, 1, 1), date(2100, 1, 1)),
)
many = st.lists(hits, max_size=12, unique_by=lambda each: each.line)


def test_nothing_found_is_nobody():
    assert ranking.rank([], viewer=None, today=TODAY, ties={}) == ()


def test_the_kinds_come_in_the_order_of_their_weight():
    people = {kind: UUID(int=50 + number) for number, kind in enumerate(Kind)}
    same = [hit(who, kind, "seo", line=who.int) for kind, who in people.items()]
    assert order(*same) == [people[kind] for kind in sorted(Kind, key=lambda kind: -ranking.WEIGHT[kind])]


def test_every_kind_has_a_weight():
    assert set(ranking.WEIGHT) == set(Kind)


def test_a_rare_word_says_more_than_a_common_one():
    common = [hit(UUID(int=60 + each), Kind.DOES, "web", line=60 + each) for each in range(5)]
    assert order(*common, hit(BOB, Kind.DOES, "cadastre"))[0] == BOB


def test_who_wrote_much_does_not_make_a_word_common():
    once = ranking.rarity([hit(BOB, Kind.SAID, "seo"), hit(CHARLIE, Kind.SAID, "web")])
    often = ranking.rarity(
        [hit(BOB, Kind.SAID, "seo", line=each) for each in range(10)] + [hit(CHARLIE, Kind.SAID, "web")]
    )
    assert once == often


def test_an_evening_full_of_people_does_not_make_a_word_common():
    alone = [hit(BOB, Kind.OFFER, "poste"), hit(CHARLIE, Kind.DOES, "agence")]
    there = [hit(UUID(int=60 + each), Kind.EVENING, "poste", "bar", line=60 + each) for each in range(8)]
    words = ranking.rarity([*alone, *there])
    assert words["poste"] == words["agence"] > words["bar"]


def test_ten_evenings_do_not_drown_one_good_note():
    evenings = [hit(BOB, Kind.EVENING, "seo", line=each, days=each) for each in range(10)]
    assert order(*evenings, hit(CHARLIE, Kind.SAID, "seo", days=700)) == [CHARLIE, BOB]


def test_two_words_answered_on_two_lines_count_both():
    two = [hit(BOB, Kind.DOES, "seo", line=1), hit(BOB, Kind.OFFER, "museum", line=2)]
    assert order(*two, hit(CHARLIE, Kind.DOES, "seo"), hit(DANA, Kind.OFFER, "museum"))[0] == BOB


def test_an_old_offer_comes_after_a_fresh_one_and_an_old_note_still_counts():
    assert order(hit(BOB, Kind.OFFER, "seo", days=800), hit(CHARLIE, Kind.OFFER, "seo", days=8)) == [CHARLIE, BOB]
    sixteen_years = ranking.freshness(Kind.SAID, TODAY - timedelta(days=16 * 365), TODAY)
    assert ranking.LASTING < sixteen_years < ranking.LASTING + 0.02


def test_half_of_what_fades_is_gone_after_the_half_life():
    half = (1 + ranking.LASTING) / 2
    assert {
        kind: round(ranking.freshness(kind, TODAY - timedelta(days=days), TODAY), 9)
        for kind, days in ranking.HALF_LIFE.items()
    } == dict.fromkeys(ranking.HALF_LIFE, half)


def test_a_date_to_come_counts_as_today():
    assert ranking.freshness(Kind.OFFER, TODAY + timedelta(days=90), TODAY) == 1.0


def test_a_word_in_a_headline_says_more_than_one_in_a_page():
    assert order(hit(BOB, Kind.DOES, "seo", length=400), hit(CHARLIE, Kind.DOES, "seo", length=4)) == [CHARLIE, BOB]


def test_a_word_said_again_says_more_and_less_each_time():
    once, twice, often = (
        ranking.said(Hit(BOB, ALICE, Kind.DOES, {"seo": 1.0}, 5, times={"seo": times}), "seo") for times in (1, 2, 50)
    )
    assert once < twice < often < 1 + ranking.AGAIN
    assert often - twice < 2 * (twice - once)


def test_of_two_who_say_the_same_the_one_i_know_comes_first():
    same = hit(BOB, Kind.DOES, "seo", line=1), hit(CHARLIE, Kind.DOES, "seo", line=2)
    assert order(*same, ties={BOB: 0.3}) == [BOB, CHARLIE]
    assert order(*same, ties={CHARLIE: 0.3}) == [CHARLIE, BOB]


def test_a_tie_does_not_beat_a_better_answer():
    better = [hit(CHARLIE, Kind.OFFER, "seo", "museum")]
    assert order(*better, hit(BOB, Kind.DOES, "seo", line=2), ties={BOB: 1.0}) == [CHARLIE, BOB]


def test_who_says_it_in_one_breath_comes_before_who_says_it_here_and_there():
    here_and_there = "Chef de projet. Je cours le dimanche. J’ai appris le web."
    together = "Chef de projet web. Je cours le dimanche. J’ai appris le piano."
    reading = Reading(query("projet web"))

    def told(about, text, line):
        read = reading(stems(text))
        return Hit(about, UUID(int=line), Kind.DOES, read.grades, read.length, None, read.times, read.sentences)

    first, second = ranking.rank(
        [told(BOB, here_and_there, 1), told(CHARLIE, together, 2)], viewer=ALICE, today=TODAY, ties={}
    )
    assert (first.about, second.about, first.score > second.score) == (CHARLIE, BOB, True)
    assert [each.grades for each in told(BOB, here_and_there, 1).sentences] == [{"projet": 1.0}, {"web": 1.0}]


def test_of_many_people_who_resemble_a_word_it_is_the_one_who_says_it_that_makes_it_common():
    close = [Hit(UUID(int=60 + at), UUID(int=60 + at), Kind.DOES, {"seo": 0.25}, 5) for at in range(8)]
    assert ranking.rarity([*close, hit(BOB, Kind.DOES, "seo")]) == ranking.rarity(
        [hit(UUID(int=60 + at), Kind.DOES, "seo", line=at) for at in range(3)]
    )


def test_equals_come_in_an_order_that_differs_between_viewers():
    people = [UUID(int=70 + each) for each in range(6)]
    same = [hit(who, Kind.DOES, "seo", line=who.int) for who in people]
    orders = {tuple(order(*same, viewer=viewer)) for viewer in (ALICE, BOB, CHARLIE, DANA, None)}
    assert len(orders) == 5
    assert {frozenset(each) for each in orders} == {frozenset(people)}


def test_the_reasons_are_the_best_line_for_each_word_those_that_say_most_first():
    note = hit(BOB, Kind.SAID, "seo", "museum", line=1, days=10)
    weaker = hit(BOB, Kind.DOES, "seo", line=2)
    offer = hit(BOB, Kind.OFFER, "poste", line=3, days=1)
    other = hit(CHARLIE, Kind.DOES, "seo", line=4)
    first = ranking.rank([weaker, offer, other, note], viewer=ALICE, today=TODAY, ties={})[0]
    assert (first.about, first.lines) == (BOB, (note, offer))


@given(many, st.randoms(use_true_random=False))
def test_the_order_of_the_lines_changes_nothing(lines, chance):
    shuffled = list(lines)
    chance.shuffle(shuffled)
    ranked, again = (ranking.rank(each, viewer=ALICE, today=TODAY, ties={BOB: 0.5}) for each in (lines, shuffled))
    assert ranked == again


@given(many)
def test_everybody_found_is_listed_once_with_a_score_and_a_reason(lines):
    ranked = ranking.rank(lines, viewer=ALICE, today=TODAY, ties={})
    assert {found.about for found in ranked} == {each.about for each in lines}
    assert len(ranked) == len({each.about for each in lines})
    assert [found for found in ranked if found.score <= 0 or not found.lines] == []


@given(many, hits)
def test_saying_the_same_again_less_well_changes_nothing(lines, more):
    again = Hit(
        more.about,
        UUID(int=9),
        more.kind,
        {word: grade / 2 for word, grade in more.grades.items()},
        more.length,
        more.on,
    )
    before = ranking.rank([*lines, more], viewer=ALICE, today=TODAY, ties={})
    after = ranking.rank([*lines, more, again], viewer=ALICE, today=TODAY, ties={})
    assert [(found.about, found.score) for found in before] == [(found.about, found.score) for found in after]
