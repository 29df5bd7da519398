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


def test_fresh_seeds_differ() -> None:
    assert seeds.fresh_seed() != seeds.fresh_seed()
