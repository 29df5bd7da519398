"""Compose, Kubernetes and the image have the services of the one table.

That the files are fresh is in ``test_references``; what they mean is tried in ``tests/system/docker`` and
``tests/system/deploy``.
"""

from pathlib import Path

import pytest
import yaml

from registration_sandbox.reference import deployment
from registration_sandbox.reference.deployment import FILES, KUBERNETES, facts_of, replace_part
from simulators.kit.services import SERVICES

ROOT = Path(__file__).parents[3]
MARKED = "a\n# made from simulators/kit/services.py: part\nold\n# end of part\nb\n"


def test_a_part_between_its_marks_is_replaced_and_nothing_else() -> None:
    assert replace_part(MARKED, "part", ["one", "two"]) == MARKED.replace("old\n", "one\ntwo\n")
    assert replace_part(MARKED, "part", []) == MARKED.replace("old\n", "")


def test_a_part_that_is_not_marked_is_told() -> None:
    with pytest.raises(ValueError, match="no part 'other'"):
        replace_part(MARKED, "other", [])


def test_no_file_is_left_of_a_service_that_there_is_no_more() -> None:
    there = {path.relative_to(ROOT).as_posix() for path in (ROOT / KUBERNETES / "services").iterdir()}
    assert there == {f"{KUBERNETES}/services/{facts_of(name)['host']}.yaml" for name in SERVICES}


def test_another_service_is_in_every_file(monkeypatch: pytest.MonkeyPatch) -> None:
    with_one_more = (*SERVICES, "sanctions_list")
    monkeypatch.setattr(deployment, "SERVICES", with_one_more)
    monkeypatch.setattr(deployment, "LAST", deployment.LAST + 1)
    last = str(deployment.LAST)
    for name in (
        "docker-compose.yml",
        "Dockerfile",
        *[f"{KUBERNETES}/{file}" for file in ("network.yaml", "settings.env")],
    ):
        assert last in FILES[name](), name
    for file in ("kustomization.yaml", "disruption.yaml"):
        assert "sanctions-list" in FILES[f"{KUBERNETES}/{file}"]()
    compose = yaml.safe_load(FILES["docker-compose.yml"]())
    added = compose["services"]["sanctions_list"]
    assert (added["command"], added["ports"]) == (["up", "--only", "sanctions_list"], [f"127.0.0.1:{last}:{last}"])
    assert added["environment"]["SANDBOX_SANCTIONS_LIST_URL"] == ""
    assert compose["services"]["cbs"]["environment"]["SANDBOX_SANCTIONS_LIST_URL"] == f"http://sanctions-list:{last}"
    assert added["networks"]["sandbox"]["aliases"] == ["sanctions-list"]
    assert "sanctions_list" in compose["services"]["orchestrator"]["depends_on"]
    assert "sanctions_list" in compose["volumes"]
