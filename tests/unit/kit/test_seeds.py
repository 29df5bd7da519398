"""Chance that repeats."""

from simulators.kit import seeds


def test_the_same_seed_and_labels_give_the_same_value() -> None:
    assert seeds.derive("7", "otp", 1) == seeds.derive("7", "otp", 1)


def test_another_seed_or_label_gives_another_value() -> None:
    values = {
        seeds.derive(*arguments) for arguments in [("7", "otp", 1), ("8", "otp", 1), ("7", "otp", 2), ("7", "otp1")]
    }
    assert len(values) == 4


def test_picked_characters_come_from_the_alphabet() -> None:
    picked = seeds.pick("7", "ABC", 40, "code")
    assert len(picked) == 40
    assert set(picked) == set("ABC")


def test_what_a_seed_gives_is_the_same_in_every_version() -> None:
    assert seeds.derive("7", "otp", 1).hex() == "073d3e25e221bf29c3f1e80141c63aaa8f9b9699536261a082032f8388e52e7c"
    assert seeds.derive_hex("7", "otp", 1) == "073d3e25e221bf29c3f1e80141c63aaa"
    assert seeds.derive_hex("7", "otp", 1, length=4) == "073d"
    assert f"{seeds.derive_int('7', 'otp', 1):064x}" == seeds.derive("7", "otp", 1).hex()
    assert seeds.derive_base32("7", "otp", 1) == "A46T4JPCEG7STQ7R5AAUDRR2VKHZXFUZ"
    assert seeds.pick("7", "ABC", 12, "code") == "ABAACAACCAAA"


def test_a_seed_of_any_length_is_one() -> None:
    values = {seeds.derive(seed, "a").hex() for seed in ("x" * 63, "x" * 64, "x" * 65, "x" * 1000)}
    assert len(values) == 4
    assert seeds.derive("x" * 64, "a").hex() == "2480ae533f2806d99cee08f905c850e5b766d159bd2d66ec4c0f5d099190057f"
    assert seeds.derive("x" * 65, "a").hex() == "4ceaca9c3149c994885664ee6a4d4bfc8f402f0f5e85608b1ac6e901e6ac1084"


def test_fresh_seeds_differ() -> None:
    assert seeds.fresh_seed() != seeds.fresh_seed()
    assert len(seeds.fresh_seed()) == 32
