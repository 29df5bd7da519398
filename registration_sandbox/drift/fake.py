"""A fake's own interface, from the description that it serves; the control plane is the sandbox's own and left out."""

import tempfile
from pathlib import Path
from typing import Any

from registration_sandbox.drift.openapi import read_openapi
from registration_sandbox.drift.shapes import Interface
from simulators.kit.services import CREDENTIALS, SERVICES, spec_of
from simulators.kit.settings import Settings
from simulators.kit.web.problems import PROBLEM

CONTROL_PLANE = "/_sandbox"


def describe_fake(service: str) -> Interface:
    """Return the interface of a fake, read from its OpenAPI document without starting it."""
    with tempfile.TemporaryDirectory() as directory:
        urls = {name: f"http://127.0.0.1:{number}" for number, name in enumerate(SERVICES, start=1)}
        settings = Settings(urls, Path(directory), dict.fromkeys(CREDENTIALS, "whsec_a2V5"), "key")
        document = spec_of(service).load_factory()(settings).test_client().get("/openapi.json").get_json()
    _leave_out_the_sandbox(document)
    interface = read_openapi(service, document)
    interface.operations = [each for each in interface.operations if not each.path.startswith(CONTROL_PLANE)]
    return interface


def _leave_out_the_sandbox(document: dict[str, Any]) -> None:
    """Leave out the answers that the sandbox itself gives before the fake is asked: no real system has them."""
    for operation in (each for methods in document["paths"].values() for each in methods.values()):
        answers = operation["responses"]
        for status in [status for status, answer in answers.items() if "x-basis" not in answer]:
            del answers[status]
        for answer in answers.values():
            content = answer.get("content", {})
            if len(content) > 1:
                content.pop(PROBLEM, None)
