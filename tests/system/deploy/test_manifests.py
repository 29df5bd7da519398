"""The manifests are what the API's schemas allow, and fit each other and the sandbox."""

from pathlib import Path
from typing import Any

import kubernetes_validate
import pytest

from registration_sandbox.runtime import settings as runtime_settings
from registration_sandbox.runtime.settings import DEFAULT_BASE_PORT, url_variable
from simulators.kit.services import SERVICES
from simulators.kit.web.everywhere import HEALTH_PATH
from tests.conftest import PUSH_SECRET
from tests.system.deploy.conftest import EXAMPLE, Build, Document, of_kind, settings

OLDEST = "1.30"
VERSIONS = [OLDEST, kubernetes_validate.latest_version()]
NAME = "app.kubernetes.io/name"


def name_of(service: str) -> str:
    """Return what a service is called where names have no underscore."""
    return service.replace("_", "-")


def container(deployment: Document) -> dict[str, Any]:
    (only,) = deployment["spec"]["template"]["spec"]["containers"]
    return dict(only)


@pytest.mark.parametrize("version", VERSIONS)
def test_every_manifest_is_what_the_api_takes(build: Build, version: str) -> None:
    documents = build(components=["ingress"])
    assert {each["kind"] for each in documents} == {
        "Namespace", "ConfigMap", "Secret", "Deployment", "Service", "PodDisruptionBudget", "NetworkPolicy", "Ingress",
    }  # fmt: skip
    for document in documents:
        kubernetes_validate.validate(document, version, strict=True)


def test_a_field_that_there_is_not_would_be_found(manifests: list[Document]) -> None:
    (deployment, *_) = of_kind(manifests, "Deployment").values()
    changed = {**deployment, "spec": {**deployment["spec"], "replica": 2}}
    with pytest.raises(kubernetes_validate.ValidationError):
        kubernetes_validate.validate(changed, OLDEST, strict=True)


@pytest.mark.parametrize("service", SERVICES)
def test_a_container_starts_its_service_alone_and_finds_the_others(
    manifests: list[Document], service: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    runs = container(of_kind(manifests, "Deployment")[name_of(service)])
    up, only, started, host, address = runs["args"]
    assert (up, only, host) == ("up", "--only", "--host")
    data_dir = tmp_path / "nothing-is-written-here"
    plan = runtime_settings.plan(
        only=(started,), host=address, environment={**environment(manifests, runs), "SANDBOX_DATA_DIR": str(data_dir)}
    )
    assert plan.started == (service,)
    assert list(plan.ports.values()) == [runs["ports"][0]["containerPort"]]
    assert plan.settings.database_url
    assert not data_dir.exists()
    there = of_kind(manifests, "Service")
    for number, other in enumerate(SERVICES):
        port = there[name_of(other)]["spec"]["ports"][0]["port"]
        assert port == DEFAULT_BASE_PORT + number
        if other != service:
            assert plan.settings.url(other) == f"http://{name_of(other)}:{port}"


def environment(manifests: list[Document], runs: dict[str, Any]) -> dict[str, str]:
    """Return the environment of a container, secrets filled in."""
    (settings_from, secrets_from) = runs["envFrom"]
    given = dict(of_kind(manifests, "ConfigMap")[settings_from["configMapRef"]["name"]]["data"])
    secrets = of_kind(manifests, "Secret")[secrets_from["secretRef"]["name"]]["data"]
    filled = dict.fromkeys(secrets, "a-long-secret") | {
        "SANDBOX_TSG_PUSH_SECRET": PUSH_SECRET,
        "SANDBOX_DATABASE_URL": "postgresql://sandbox@database.example.test/sandbox",
    }
    return given | filled | {each["name"]: each["value"] for each in runs["env"]}


def test_secrets_are_named_and_left_to_the_operator() -> None:
    given = settings(EXAMPLE)
    assert set(given.values()) == {""}
    assert given.keys() >= {"SANDBOX_ADMIN_TOKEN", "SANDBOX_SIGNING_KEY", "SANDBOX_DATABASE_URL"}
    assert settings("settings.env").keys() >= {url_variable(service) for service in SERVICES}
    assert settings("settings.env").keys().isdisjoint(given)


@pytest.mark.parametrize("service", SERVICES)
def test_every_service_is_reached_at_its_replicas_of_which_one_always_stays(
    manifests: list[Document], service: str
) -> None:
    name = name_of(service)
    deployment = of_kind(manifests, "Deployment")[name]
    labels = {NAME: name}
    assert deployment["spec"]["replicas"] >= 2
    assert deployment["spec"]["selector"]["matchLabels"] == labels
    assert labels.items() <= deployment["spec"]["template"]["metadata"]["labels"].items()
    assert of_kind(manifests, "Service")[name]["spec"]["selector"] == labels
    budget = of_kind(manifests, "PodDisruptionBudget")[name]["spec"]
    assert (budget["minAvailable"], budget["selector"]["matchLabels"]) == (1, labels)


@pytest.mark.parametrize("service", SERVICES)
def test_every_pod_is_watched_bounded_and_restricted(manifests: list[Document], service: str) -> None:
    pod = of_kind(manifests, "Deployment")[name_of(service)]["spec"]["template"]["spec"]
    runs = pod["containers"][0]
    for probe in ("startupProbe", "readinessProbe", "livenessProbe"):
        assert runs[probe]["httpGet"] == {"path": HEALTH_PATH, "port": "http"}
    assert runs["resources"]["requests"].keys() == {"cpu", "memory"}
    assert runs["resources"]["limits"]["memory"]
    # Kubernetes, Pod Security Standards, "Restricted", and what goes beyond it
    assert pod["securityContext"]["runAsNonRoot"] is True
    assert pod["securityContext"]["seccompProfile"] == {"type": "RuntimeDefault"}
    assert runs["securityContext"] == {
        "allowPrivilegeEscalation": False,
        "readOnlyRootFilesystem": True,
        "capabilities": {"drop": ["ALL"]},
    }
    assert pod["automountServiceAccountToken"] is False
    assert all("hostPath" not in volume for volume in pod["volumes"])


def test_nobody_speaks_but_as_a_policy_says(manifests: list[Document]) -> None:
    policies = of_kind(manifests, "NetworkPolicy")
    assert policies["nothing-else"]["spec"] == {"podSelector": {}, "policyTypes": ["Ingress", "Egress"]}
    ports = {service["spec"]["ports"][0]["port"] for service in of_kind(manifests, "Service").values()}
    for policy in ("among-themselves", "from-the-team"):
        (allowed,) = policies[policy]["spec"]["ingress"][0]["ports"]
        assert (allowed["port"], allowed["endPort"]) == (min(ports), max(ports))


def test_the_ingress_leads_to_services_that_there_are(build: Build) -> None:
    documents = build(components=["ingress"])
    for rule in of_kind(documents, "Ingress")["sandbox"]["spec"]["rules"]:
        for path in rule["http"]["paths"]:
            wanted = path["backend"]["service"]
            (port,) = of_kind(documents, "Service")[wanted["name"]]["spec"]["ports"]
            assert port["name"] == wanted["port"]["name"]
