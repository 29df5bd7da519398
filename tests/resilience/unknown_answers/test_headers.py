"""Odd headers of Cymmetri's do no harm."""

from types import SimpleNamespace
from typing import Any, cast

import pytest

from orchestrator.gateways import cymmetri
from simulators.kit.wire.client import Reply
from simulators.kit.work import Work
from tests.resilience.unknown_answers.odd import envelope

pytestmark = pytest.mark.thorough


class Answered:
    """Stands for the work of a request to which Cymmetri answers with one header."""

    def __init__(self, retry_after: str) -> None:
        self._headers = {"retry-after": retry_after}
        self.world = SimpleNamespace(policies=lambda kind: kind())

    def ask(self, *_: Any, **__: Any) -> Reply:
        return Reply("cymmetri", 429, envelope(errorCode="REGSRVC.RESEND_TOO_SOON"), self._headers)


@pytest.mark.parametrize(
    ("said", "understood"),
    [("30", 30), ("", None), ("²", None), ("٣", None), ("soon", None), ("Wed, 21 Oct 2026 07:28:00 GMT", None)],
)
def test_a_retry_after_that_is_no_number_of_seconds_is_left_out(said: str, understood: int | None) -> None:
    assert cymmetri.call(cast(Work, Answered(said)), "POST", "resendOtpEmail").retry_after == understood
