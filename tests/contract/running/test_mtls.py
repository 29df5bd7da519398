"""``SANDBOX_MTLS``: institutions present a client's certificate to the TSG, and the journal says whom it named."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import requests
from cryptography import x509

from registration_sandbox.runtime import settings, tls
from registration_sandbox.runtime.authority import make_authority
from registration_sandbox.runtime.values import BadSetting
from simulators.kit.services import SERVICES
from tests.contract.running.test_tls import fetch, up

pytestmark = pytest.mark.thorough


QUERY = {"service_id": "registration-sandbox", "subject_id": "0" * 64}
INSTITUTION = "institution"


@dataclass
class Bank:
    """A sandbox over TLS as an institution with the right API key sees it."""

    port: int
    directory: Path

    def ask(self, service: str, method: str, path: str, certificate: Path | None = None, **sent: Any) -> Any:
        """Send a request, with a client's certificate where one is given."""
        pair = (str(certificate), str(certificate.with_suffix(".key"))) if certificate else None
        url = f"https://localhost:{self.port + SERVICES.index(service)}{path}"
        return requests.request(method, url, cert=pair, verify=self.directory / tls.CA, timeout=10, **sent)

    def subject_info(self, certificate: Path | None = None) -> requests.Response:
        key = self.ask("orchestrator", "GET", "/_sandbox/credentials").json()["SANDBOX_TSG_API_KEY"]
        answer: requests.Response = self.ask(
            "tsg", "POST", "/tsg/subject_info", certificate, json=QUERY, headers={"X-API-Key": key}
        )
        return answer

    def certificates(self) -> list[str | None]:
        """Return whom the journal says that the certificates of the last institution calls named."""
        journal = self.ask("orchestrator", "GET", "/_sandbox/worlds/default/journal?service=tsg&path=/tsg/*").json()
        return [exchange["certificate"] for exchange in journal["exchanges"]]


@pytest.fixture(scope="module")
def strangers(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The directory of another CA, and of what it certifies."""
    directory = Path(tmp_path_factory.mktemp("strangers"))
    make_authority(directory, "localhost")
    return directory


def bank_with(data_dir: Path, **environment: str) -> Iterator[Bank]:
    with up(data_dir, **environment) as port:
        bank = Bank(port, data_dir / tls.DIRECTORY)
        for number in range(len(SERVICES)):
            fetch(port + number, "/_sandbox/health", bank.directory / tls.CA)
        yield bank


@pytest.fixture(scope="module")
def strict(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Bank]:
    yield from bank_with(Path(tmp_path_factory.mktemp("strict")), SANDBOX_MTLS="required")


@pytest.fixture(scope="module")
def lenient(tmp_path_factory: pytest.TempPathFactory, strangers: Path) -> Iterator[Bank]:
    environment = {"SANDBOX_MTLS": "optional", "SANDBOX_MTLS_CA": str(strangers / tls.CA)}
    yield from bank_with(Path(tmp_path_factory.mktemp("lenient")), **environment)


def test_an_institution_call_without_a_certificate_is_refused_where_one_is_required(strict: Bank) -> None:
    answer = strict.subject_info()
    assert (answer.status_code, answer.json()["error"]) == (401, "UNAUTHORIZED")
    assert "client certificate" in answer.json()["error_description"]
    assert strict.certificates()[-1] is None


def test_the_key_is_wanted_beside_the_certificate(strict: Bank) -> None:
    certificate = strict.directory / f"{INSTITUTION}.pem"
    answer = strict.ask("tsg", "POST", "/tsg/subject_info", certificate, json=QUERY)
    assert (answer.status_code, "API key" in answer.json()["error_description"]) == (401, True)
    assert strict.subject_info(certificate).json()["error"] == "SUBJECT_NOT_FOUND"


def test_the_journal_says_whom_the_certificate_named(strict: Bank) -> None:
    strict.subject_info(strict.directory / f"{INSTITUTION}.pem")
    assert strict.certificates()[-1] == INSTITUTION


def test_a_header_is_no_certificate(strict: Bank) -> None:
    forged = {"sandbox.client_certificate": INSTITUTION, "Sandbox-Client-Certificate": INSTITUTION}
    assert strict.ask("tsg", "POST", "/tsg/subject_info", json=QUERY, headers=forged).status_code == 401
    assert strict.certificates()[-1] is None


def test_phones_and_the_control_plane_need_no_certificate(strict: Bank) -> None:
    assert strict.ask("tsg", "POST", "/sdk/emcert", json={"csr": "none", "device": {}}).status_code == 400
    assert strict.ask("tsg", "GET", "/_sandbox/worlds/default/pushes").status_code == 200
    assert strict.ask("cymmetri", "GET", "/openapi.json").status_code == 200


def test_the_middleware_of_the_sandbox_presents_its_own(strict: Bank) -> None:
    personas = strict.ask("orchestrator", "GET", "/_sandbox/worlds/default/personas").json()["personas"]
    (indu,) = (each for each in personas if each["name"] == "Indu")
    login = {"username": indu["username"], "password": indu["password"]}
    token = strict.ask("auth_service", "POST", "/auth/login", json=login).json()["token"]
    body = {"flow": "device", "emCertID": indu["handsets"][0]["emCertID"]}
    made = strict.ask("orchestrator", "POST", "/registrations", json=body, headers={"Authorization": f"Bearer {token}"})
    assert (made.status_code, made.json()["status"]) == (201, "Register_Complete")
    assert strict.certificates()[-1] == "orchestrator"


def test_a_certificate_of_another_ca_does_not_get_through_the_handshake(strict: Bank, strangers: Path) -> None:
    with pytest.raises(requests.ConnectionError):
        strict.subject_info(strangers / f"{INSTITUTION}.pem")
    assert strict.subject_info(strict.directory / f"{INSTITUTION}.pem").status_code == 404


def test_where_it_is_optional_a_call_goes_without_and_a_further_ca_certifies_as_well(
    lenient: Bank, strangers: Path
) -> None:
    assert lenient.subject_info().status_code == 404
    assert lenient.subject_info(strangers / f"{INSTITUTION}.pem").status_code == 404
    assert lenient.certificates()[-2:] == [None, INSTITUTION]


@pytest.mark.parametrize(
    ("given", "is_tls", "message"),
    [("required", False, "needs TLS: start with sandbox up --tls"), ("maybe", True, "off, optional, required")],
)
def test_what_cannot_be_meant_is_refused_at_the_start(tmp_path: Path, given: str, is_tls: bool, message: str) -> None:
    with pytest.raises(BadSetting, match=message):
        settings.plan(data_dir=tmp_path, tls=is_tls, environment={"SANDBOX_MTLS": given})


def test_a_further_ca_that_is_none_is_named(tmp_path: Path) -> None:
    files = tls.find_files(tmp_path, "localhost", {"SANDBOX_MTLS_CA": __file__}, asks_clients=True)
    with pytest.raises(BadSetting, match=r"test_mtls\.py holds no CA"):
        files.context_for_institutions()


def test_a_certificate_that_is_given_is_served_and_clients_are_certified_by_the_sandbox(
    tmp_path: Path, strangers: Path
) -> None:
    given = {
        "SANDBOX_TLS_CERT": str(strangers / tls.CERTIFICATE), "SANDBOX_TLS_KEY": str(strangers / tls.KEY),
        tls.CA_VARIABLE: str(strangers / tls.CA),
    }  # fmt: skip
    files = tls.find_files(tmp_path, "localhost", given, asks_clients=True)
    assert (files.certificate, files.client_cas) == (strangers / tls.CERTIFICATE, (tmp_path / "tls" / tls.CA,))
    assert (tmp_path / "tls" / f"{INSTITUTION}.key").stat().st_mode & 0o077 == 0


def test_the_banks_services_have_certificates_of_their_own_and_a_phone_has_none(tmp_path: Path) -> None:
    made = settings.plan(data_dir=tmp_path, tls=True, environment={"SANDBOX_MTLS": "optional"}).settings
    for service in ("orchestrator", "auth_service"):
        pair = made.client_certificate(service)
        assert pair is not None
        subject = x509.load_pem_x509_certificate(pair[0].read_bytes()).subject
        assert subject.rfc4514_string().startswith(f"CN={service},")
    assert made.client_certificate("handset") is None
    plain = settings.plan(data_dir=tmp_path, tls=True, environment={}).settings
    assert plain.client_certificate("orchestrator") is None
