"""Public identifiers say nothing: neither when, nor how many, nor after which."""

from uuid import UUID

from entregent.common import chance, ids


def test_an_id_is_a_random_uuid():
    drawn = [ids.new() for _ in range(1000)]
    assert {(one.version, one.variant) for one in drawn} == {(4, UUID(int=0, version=4).variant)}
    assert len(set(drawn)) == 1000
    assert sorted(drawn) != drawn


def test_every_bit_that_is_free_is_drawn():
    with chance.seeded("bits"):
        drawn = [ids.new().int for _ in range(200)]
    ever, always = 0, ~0
    for one in drawn:
        ever, always = ever | one, always & one
    fixed = UUID(int=0, version=4).int
    assert always & ((1 << 128) - 1) == fixed
    assert (ever ^ fixed).bit_count() == 122


def test_an_id_is_drawn_from_the_seed_of_the_act():
    with chance.seeded("act"):
        first = ids.new()
    with chance.seeded("act"):
        assert ids.new() == first
