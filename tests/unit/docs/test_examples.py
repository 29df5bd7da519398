"""The examples in the OpenAPI documents: of every body, fitting its schema, without a secret, and of today's run."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from jsonschema import Draft202012Validator

from registration_sandbox.examples.__main__ import DIRECTORY, main
from registration_sandbox.examples.collecting import MASKS
from registration_sandbox.runtime.embedded import running_sandbox
from simulators.kit.masking import MASK, SECRET_FIELDS
from simulators.kit.services import SERVICES

WITHOUT = {
    "POST /sdk/emcert", "POST /_sandbox/worlds/{world}/restore", "POST /_sandbox/worlds/{world}/takeover",
    "PUT /_sandbox/worlds/{world}/state", "POST /_sandbox/worlds/{world}/subjects",
    "POST /_sandbox/worlds/{world}/customers", "PATCH /_sandbox/worlds/{world}/customers/{cif}",
    "POST /ciamregsrvc/otp/verifyOtp", "POST /otp/verifyOtp", "POST /auth/introspect",
    "auth_service POST /tsg/push", "POST /_sandbox/worlds/{world}/addressees",
}  # fmt: skip
"""Operations of which no run of the flows sends a body, or only one that is a secret as a whole."""

BY_TIMING = ("/exchanges[]", "/facts", "/tries[]", "/branches")
"""Below these, what a run has depends on what came first in it."""

Media = tuple[str, dict[str, Any]]


@pytest.fixture(scope="module")
def documents() -> dict[str, Any]:
    import urllib.request

    with running_sandbox() as sandbox:
        return {
            name: json.load(urllib.request.urlopen(f"{sandbox.urls[name]}/openapi.json", timeout=60))
            for name in SERVICES
        }


def media_of(document: dict[str, Any]) -> Iterator[Media]:
    """Yield the description of each body and answer, with its place."""
    for path, methods in document["paths"].items():
        for method, operation in methods.items():
            name = f"{method.upper()} {path}"
            for media in operation.get("requestBody", {}).get("content", {}).values():
                yield name, media
            for status, answer in operation["responses"].items():
                for media in answer.get("content", {}).values():
                    yield f"{name} {status}", media


@pytest.mark.parametrize("service", SERVICES)
def test_an_example_fits_its_schema(documents: dict[str, Any], service: str) -> None:
    document = documents[service]
    found = 0
    for place, media in media_of(document):
        if "example" in media:
            schema = {**media["schema"], "components": document["components"]}
            flaws = Draft202012Validator(schema).iter_errors(media["example"])
            assert [flaw.message for flaw in flaws] == [], place
            found += 1
    assert found > 10


@pytest.mark.parametrize("service", SERVICES)
def test_every_body_has_an_example(documents: dict[str, Any], service: str) -> None:
    lacking = {
        f"{method.upper()} {path}"
        for path, methods in documents[service]["paths"].items()
        for method, operation in methods.items()
        if "example" not in operation.get("requestBody", {}).get("content", {}).get("application/json", {"example": 1})
    }
    assert {name for name in lacking if not {name, f"{service} {name}"} & WITHOUT} == set()


def test_secrets_in_the_examples_are_masked() -> None:
    def check(value: Any, name: str = "") -> None:
        if isinstance(value, dict):
            for key, each in value.items():
                check(each, key)
        elif isinstance(value, list):
            for each in value:
                check(each, name)
        elif isinstance(value, str) and name.replace("_", "").lower() in SECRET_FIELDS:
            assert value in ("", MASK, MASKS.get(name)), name

    files = [*DIRECTORY.glob("*.json")]
    assert len(files) == len(SERVICES) + 1
    for file in files:
        check(json.loads(file.read_text("utf-8")))


def test_the_examples_have_the_fields_that_a_run_has_today(tmp_path: Path) -> None:
    assert CliRunner().invoke(main, [str(tmp_path)]).exit_code == 0
    for file in DIRECTORY.glob("*.json"):
        kept, today = (fields_of(json.loads((each / file.name).read_text("utf-8"))) for each in (DIRECTORY, tmp_path))
        message = "Run python -m registration_sandbox.examples, and commit what it writes."
        assert kept == today, f"{file.name}: {sorted(kept ^ today)[:5]}. {message}"


def fields_of(value: Any, place: str = "") -> set[str]:
    """Return the places of all fields in a JSON value, whatever they hold."""
    if place.endswith(BY_TIMING):
        return set()
    if isinstance(value, dict):
        return {place}.union(*(fields_of(each, f"{place}/{key}") for key, each in value.items()))
    if isinstance(value, list):
        return {place}.union(*(fields_of(each, f"{place}[]") for each in value))
    return {place}
