"""Words cut to size."""

from entregent.exchange.contacts import texts


def test_no_text_is_looked_at_once_as_many_are_kept_as_may_be():
    told = iter(["", "Clients", " ", "Clients ", "\u200b", "Plongée", "Apéro", "", "Clients", "Galette"])
    assert texts.distinct(told, 6, 3) == ("Client", "Plongé", "Apéro")
    assert [*told] == ["", "Clients", "Galette"]


def test_texts_are_one_once_they_are_cut_and_blank_ones_are_none():
    assert texts.distinct(["Galette 1", "Galette 2", "\u3164", "été"], 7, 9) == ("Galette", "été")
    assert texts.distinct([], 7, 9) == ()
