"""Answers that no document knows."""

from typing import Any

from tests.support.world import Said, World

PAGE = "<html><body>Down for maintenance. Pardon our dust!</body></html>"


def envelope(**changed: Any) -> dict[str, Any]:
    """Return an envelope of Cymmetri's, of a refusal unless changed."""
    plain = {
        "success": False,
        "data": None,
        "message": "Something that was never seen before.",
        "errorCode": "REGSRVC.SOMETHING_NEW",
        "errorMeta": {"colour": "blue"},
        "timestamp": "2026-01-05T09:00:00.000000Z",
    }
    return {**plain, **changed}


def says(status: int, body: Any) -> dict[str, Any]:
    """Return the effect of a fault that answers so; the body ``None`` is an empty one."""
    return {"status": status, "body": body}


UNDOCUMENTED = {
    "an unknown code": (says(418, envelope()), "REGSRVC.SOMETHING_NEW"),
    "an unknown code in a success's status": (says(200, envelope()), "REGSRVC.SOMETHING_NEW"),
    "an unknown code in a known status": (says(401, envelope()), "REGSRVC.SOMETHING_NEW"),
    "an unknown code that hands over data": (
        says(409, envelope(data={"token": "a-token-of-nothing", "nextStep": "NOWHERE"})), "REGSRVC.SOMETHING_NEW",
    ),
    "a code of another service": (says(400, envelope(errorCode="OTHERSRVC.INVALID_OTP")), "OTHERSRVC.INVALID_OTP"),
    "a code that is a number": (says(400, envelope(errorCode=4711)), "4711"),
    "a refusal without a code": (says(422, envelope(errorCode=None)), "HTTP.422"),
    "a success in a refusal's status": (
        says(418, envelope(success=True, data={"token": "a-token-of-nothing"}, errorCode=None)), "HTTP.418",
    ),
}  # fmt: skip
"""What Cymmetri says in its envelope, and the code by which the middleware tells it."""

UNUSABLE = {
    "a page": says(200, PAGE),
    "a page that says not found": says(404, PAGE),
    "a page that says forbidden": says(403, PAGE),
    "nothing": says(204, None),
    "nothing, in a refusal's status": says(400, None),
    "an array": says(200, [envelope()]),
    "a text": says(200, '"REGSRVC.SOMETHING_NEW"'),
    "another object": says(200, {"ok": True}),
    "another refusal": says(400, {"error": "SOMETHING_NEW", "code": 7}),
    "a redirection": says(302, {}),
    "an error of its own": says(500, envelope(errorCode="REGSRVC.INTERNAL_ERROR")),
    "an error of its own that nobody knows": says(599, envelope()),
    "half a JSON object": says(200, '{"success": tr'),
}
"""What is no answer at all, of whatever system."""

WITHOUT_DATA = {
    "a success without data": says(200, envelope(success=True, errorCode=None)),
    "a success with an array for data": says(200, envelope(success=True, data=["token"], errorCode=None)),
}


def is_undocumented(said: Said, code: str) -> None:
    assert said.status == 502, said.text
    assert said.headers["content-type"] == "application/problem+json"
    assert (said.body["code"], said.body["upstream_code"]) == ("undocumented-answer", code)


def is_later(said: Said) -> None:
    assert said.status == 503, said.text
    assert said.headers["content-type"] == "application/problem+json"
    assert said.body["code"] == "upstream-unavailable"
    assert int(said.headers["retry-after"]) > 0


def last_exchange(world: World, service: str, path: str) -> dict[str, Any]:
    return world.exchanges(service=service, path=path)[-1]
