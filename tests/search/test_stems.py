"""Words typed on a phone meet the words that were written, in French, in English, and whatever the gender."""

import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from entregent.search import stems, vocabulary
from entregent.search.endings import forms

#: What people write: letters of several scripts, punctuation, emoji, control characters, half of a surrogate pair.
anything = st.text(max_size=200) | st.text(alphabet=st.characters(), max_size=40)
word = st.text(alphabet="abcdefghijklmnopqrstuvwxyzéèêàçôîœ", min_size=2, max_size=20)


def finds(question, text):
    terms = stems.query(question)
    grades = stems.Reading(terms)(stems.stems(text)).grades
    return [grades.get(term.word, 0.0) for term in terms]


@given(anything)
@example("L’Œuvre d'Éloïse")
@example("\u0149\u0345\u00ad\u0130'\ud800")
def test_folding_twice_is_folding_once(text):
    assert stems.fold(stems.fold(text)) == stems.fold(text)


def test_every_character_of_the_first_two_planes_folds_once_and_for_all():
    once = stems.fold(" ".join(map(chr, range(0x20000))))
    assert stems.fold(once) == once


@given(anything)
@example("a.b.c.d.e C++ .net R&D ''' -- \x00 ﷺ")
def test_tokens_hold_letters_and_digits_only(text):
    tokens = stems.stems(text).split()
    assert [token for token in tokens if not token.isalnum() or len(token) > stems.WORD_LIMIT] == []


@given(anything)
@example('"; DROP TABLE line; -- NEAR(a b) col:x ^y & | ! <-> \\')
def test_a_question_of_any_characters_gives_expressions_without_syntax_of_their_own(text):
    terms = stems.query(text)
    rest = stems.fts5(terms).replace('"', "").replace(" OR ", "").replace("*", "")
    assert rest == stems.tsquery(terms).replace("'", "").replace(" | ", "").replace(":*", "")
    assert rest == "".join(char for char in rest if char.isalnum())


@given(st.lists(word, min_size=1, max_size=8).map(" ".join))
@example("je m'ennuie dans mon agence")
@example("Saint-Pierre, St Paul & Ste-Marie")
@example("dév front-end C++ à l'ex-R&D de l'U.X.")
def test_the_same_words_meet_whatever_they_are(text):
    assert [grade for grade in finds(text, text) if grade != stems.SAME] == []


@given(st.lists(word, min_size=1, max_size=8).map(" ".join))
def test_accents_and_capitals_change_nothing(text):
    bare = "".join(char for char in unicodedata.normalize("NFD", text) if not unicodedata.combining(char))
    assert stems.stems(text) == stems.stems(bare) == stems.stems(text.capitalize())


@given(st.text(alphabet="ab é-.'", min_size=1, max_size=5), st.integers(20_000, 40_000))
def test_what_is_indexed_and_asked_stays_small(piece, times):
    text = piece * times
    assert len(stems.stems(text)) <= 5 * stems.TEXT_LIMIT
    assert len(stems.query(text)) <= stems.TERM_LIMIT
    assert len(stems.fts5(stems.query(text))) <= 20_000


def test_a_word_of_100_kilobytes_is_cut():
    assert stems.stems("z1" * 50_000) == "z1" * (stems.WORD_LIMIT // 2)


@pytest.mark.parametrize(
    "family",
    [
        "développeur développeuse developpeurs développement developer développer",
        "directeur directrice directrices direction",
        "chargé chargée chargés charge",
        "chef cheffe chefs",
        "graphiste graphistes graphisme graphique",
        "conseiller conseillère conseillères conseil",
        "informaticien informaticienne",
        "vendeur vendeuse",
        "animateur animatrice animation animer",
        "rédacteur rédactrice rédaction",
        "formateur formatrice formation",
        "créateur créatrice création",
        "acteur actrice",
        "monteur monteuse",
        "créatif créative",
        "consultant consultante",
        "cartographe cartographie cartographique",
        "responsable responsabilité responsabilités",
        "ennui ennuie ennuies ennuyer ennuyé ennuyée",
        "premier première",
        "événement évènement evenements",
        "programmeur programmeuse programmation programmer",
        "recruteur recruteuse recruter recrutement",
        "commercial commerciale commerciaux",
        "musée musees",
        "jeu jeux",
        "réseau réseaux",
        "emploi emplois",
    ],
)
def test_a_word_meets_its_genders_and_its_relatives(family):
    members = family.split()
    assert {(a, b): finds(a, b) for a in members for b in members if finds(a, b) != [stems.SAME]} == {}


@pytest.mark.parametrize(
    ("one", "other"),
    [("dev", "devis"), ("css", "cas"), ("Saint-Pierre", "Pierre Boyer"), ("musée", "musique"), ("seo", "seoul")],
)
def test_words_that_only_look_alike_stay_apart(one, other):
    assert (finds(f"{one} nantes", other)[0], finds(f"{other} nantes", one)[0]) == (0.0, 0.0)


@pytest.mark.parametrize(
    ("question", "text", "grade"),
    [
        ("un taf", "On cherche à pourvoir un poste", stems.KIN),
        ("un dév", "Programmeuse chez Lagon", stems.KIN),
        ("développeur", "ancien dev iOS", stems.KIN),
        ("je m'ennuie", "il en a marre", stems.KIN),
        ("référencement", "La fille du SEO", stems.KIN),
        ("géomaticien", "fait des cartes en ligne", stems.KIN),
        ("AI", "formation IA", stems.SAME),
        ("cartogr", "Cartographe, arrivée de Lyon", stems.BEGINNING),
        ("hoar", "Jérémie Hoarau", stems.BEGINNING),
        ("HOARAU", "Jérémie Hoarau", stems.SAME),
        ("st pierre", "Musées, à Saint-Pierre", stems.SAME),
        ("Sainte Suzanne", "vit à Ste-Suzanne", stems.SAME),
        ("Ah-Hon", "Thierry Ah Hon", stems.SAME),
        ("frontend", "intégration front-end", stems.SAME),
        ("C#", "dév C# et .NET", stems.SAME),
        ("dotnet", "dév C# et .NET", stems.SAME),
        ("C++", "C, c#", 0.0),
        ("nodejs", "Node.js", stems.SAME),
        ("S.E.O.", "SEO", stems.SAME),
        ("UX", "Designer UX/UI", stems.SAME),
        ("3D", "images 3d", stems.SAME),
        ("evenement", "l’événement", stems.SAME),
    ],
)
def test_plain_speech_finds_what_was_meant(question, text, grade):
    assert finds(question, text)[0] == grade


def test_a_word_that_begins_alike_and_has_much_in_common_is_found_below_the_word_itself():
    [well] = finds("photographe", "photogravure")
    assert 0 < well < stems.BEGINNING
    assert finds("photographe", "photovoltaïque") == [0.0]


def test_a_town_does_not_resemble_another_that_is_called_after_a_saint():
    assert finds("à Saint-Pierre", "Saint-Paul, Saint-Denis, Sainte-Rose") == [0.0]
    [around] = finds("à Saint-Pierre", "Saint-Pierrois")
    assert stems.BEGINNING <= around < stems.SAME


def test_how_often_a_text_answers_is_counted_with_how_well():
    read = stems.Reading(stems.query("payet"))("payet hoarau payet paye")
    assert (read.grades, read.length) == ({"payet": 1.0}, 4)
    assert 2 < read.times["payet"] < 3


def test_it_is_a_trade_in_capitals_and_a_small_word_otherwise():
    assert [stems.stems(text) for text in ("IT", "DO IT", "responsable IT", "it is")] == [
        "informat informatiqu",
        "",
        "respons informat informatiqu",
        "",
    ]


def test_words_of_asking_are_left_out_unless_they_are_all_there_is():
    assert [term.word for term in stems.query("je cherche quelqu'un qui sait parler cadastre")] == [
        "parler",
        "cadastre",
    ]
    assert [term.word for term in stems.query("qui cherche ?")] == ["cherche"]
    assert stems.query("et de la ?") == ()
    assert (stems.fts5(()), stems.tsquery(())) == ("", "")


def test_only_the_last_word_may_be_unfinished_when_it_is_short():
    assert [term.prefix for term in stems.query("ux py")] == ["", "py"]


def test_a_word_asked_twice_counts_once():
    assert [term.word for term in stems.query("graphiste, Graphisme, GRAPHISTES")] == ["graphiste"]


def test_the_vocabulary_is_written_as_words_are_folded():
    data = [*vocabulary.STOP_WORDS, *vocabulary.ASKING_WORDS, *vocabulary.UNBENT, *" ".join(vocabulary.KIN).split()]
    assert [word for word in data if stems.words(word) != (word,)] == []


def test_nobody_is_kin_by_a_word_that_is_never_asked():
    asked_out = vocabulary.STOP_WORDS | vocabulary.ASKING_WORDS
    assert [word for line in vocabulary.KIN for word in line.split() if word in asked_out] == []


@given(word)
def test_forms_are_few_and_never_empty(text):
    assert [form for form in forms(stems.fold(text)) if not form] == []
    assert len(forms(stems.fold(text))) <= 2
