"""A Ctrl-C while processes are being forked."""

import signal

import pytest

from registration_sandbox.gate import interrupts


@pytest.fixture(autouse=True)
def _ctrl_c_interrupts():
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)


def test_one_that_comes_meanwhile_is_raised_when_the_block_is_over():
    done = []

    def fork():
        with interrupts.held_back():
            signal.raise_signal(signal.SIGINT)
            done.append("the whole block")

    with pytest.raises(KeyboardInterrupt):
        fork()
    assert done == ["the whole block"]


def test_a_block_that_fails_lets_it_in_again():
    with pytest.raises(ValueError, match="no process"), interrupts.held_back():
        raise ValueError("no process")
    with pytest.raises(KeyboardInterrupt):
        signal.raise_signal(signal.SIGINT)
