"""Secrets come from the system; a seed makes everything that is drawn come again."""

import pytest

from entregent.common import chance, ids


def drawn() -> list[object]:
    return [chance.token(), chance.code(), chance.bits(64), ids.new()]


def seeded(seed: object) -> list[object]:
    with chance.seeded(seed):
        return drawn()


def test_what_is_drawn_from_a_seed_comes_again_and_from_another_does_not():
    assert seeded("act 1") == seeded("act 1")
    assert all(one != other for one, other in zip(seeded("act 1")[:2], seeded("act 2")[:2], strict=True))


def test_without_a_seed_nothing_comes_again():
    for draw in (chance.token, chance.code, lambda: chance.bits(64), ids.new):
        assert draw() != draw()


def test_a_seed_ends_with_its_block_even_when_it_fails():
    with pytest.raises(KeyError), chance.seeded(1):
        raise KeyError
    with chance.seeded(1):
        again = drawn()
    assert drawn()[0] != again[0]


def test_a_seed_within_another_leaves_the_outer_one_as_it_was():
    with chance.seeded(1):
        first, second = chance.code(), chance.code()
    with chance.seeded(1):
        assert chance.code() == first
        with chance.seeded(2):
            chance.code()
        assert chance.code() == second


@pytest.mark.parametrize("seed", [None, 7])
def test_a_code_can_be_read_aloud_and_a_token_stands_in_an_address(seed):
    def one() -> tuple[str, str]:
        return chance.code(200), chance.token()

    if seed is None:
        code, token = one()
    else:
        with chance.seeded(seed):
            code, token = one()
    assert len(code) == 200
    assert set(code) <= set(chance.READABLE)
    assert not set(chance.READABLE) & set("01ILO")
    assert len(token) >= 24
    assert all(letter.isalnum() or letter in "-_" for letter in token)


def test_a_token_holds_as_many_random_bytes_as_asked():
    assert len(chance.token(48)) == 64


def test_a_digest_is_stable_and_keeps_its_parts_apart():
    assert chance.digest("viewer", 1) == chance.digest("viewer", "1") != chance.digest("viewer", 2)
    assert chance.digest("abc") == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
    assert chance.digest("a", "bc") != chance.digest("ab", "c")
