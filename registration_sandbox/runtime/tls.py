"""TLS for ``sandbox up --tls``: a CA and a certificate in the data directory, or files that are given."""

import datetime as dates
import os
import ssl
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.request import HTTPSHandler, OpenerDirector, ProxyHandler, build_opener

from registration_sandbox.runtime.authority import CLIENTS, SERVER, make_authority
from registration_sandbox.runtime.values import BadSetting
from simulators.kit.clock import wall_now

DIRECTORY = "tls"
CERTIFICATE, KEY, CA, TRUSTED = f"{SERVER}.pem", f"{SERVER}.key", "ca.pem", "trusted.pem"
GIVEN = ("SANDBOX_TLS_CERT", "SANDBOX_TLS_KEY")
CA_VARIABLE = "SANDBOX_CA_FILE"
"""Names the CA to clients that come with the sandbox."""


@dataclass(frozen=True)
class TlsFiles:
    """What is served with, and ``trusted``: the CAs that the services trust when they call each other.

    ``is_own`` tells that certificate and CA were made here. ``client_cas`` are the CAs whose certificates the TSG's
    clients may present, none where they are asked for none.
    """

    certificate: Path
    key: Path
    trusted: Path
    is_own: bool = True
    client_cas: tuple[Path, ...] = ()

    def server_context(self) -> ssl.SSLContext:
        """Return the context that listeners serve with. Raises BadSetting where the files do not fit each other."""
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        try:
            context.load_cert_chain(self.certificate, self.key)
        except (OSError, ssl.SSLError) as error:
            words = f"{self.certificate} and {self.key} cannot be served with: {error}"
            raise BadSetting(f"{words}. Give a certificate chain in PEM and its unencrypted key.") from error
        return context

    def context_for_institutions(self) -> ssl.SSLContext:
        """Return the context of a listener that asks clients for a certificate, and takes none but its CAs' own.

        A client may present none: whether it may then call is the application's to say. Raises BadSetting.
        """
        context = self.server_context()
        context.verify_mode = ssl.CERT_OPTIONAL
        for path in self.client_cas:
            try:
                context.load_verify_locations(path)
            except (OSError, ssl.SSLError) as error:
                raise BadSetting(f"{path} holds no CA in PEM for clients' certificates: {error}.") from error
        return context


def find_files(data_dir: Path, host: str, environment: Mapping[str, str], *, asks_clients: bool = False) -> TlsFiles:
    """Return the files that the environment names, else those of the data directory, made where they are missing.

    ``asks_clients`` has the sandbox's own CA made in any case: it certifies the clients that come with it.

    Raises BadSetting.
    """
    given = [environment.get(name) for name in GIVEN]
    directory = data_dir / DIRECTORY
    if any(given) and not all(given):
        raise BadSetting(f"{' and '.join(GIVEN)} go together: name the certificate and its key.")
    ca = environment.get(CA_VARIABLE)
    further = environment.get("SANDBOX_MTLS_CA")
    client_cas = (directory / CA, *([Path(further)] if further else [])) if asks_clients else ()
    try:
        if (asks_clients or not all(given)) and not _is_usable(directory, host):
            make_authority(directory, host)
        if all(given):
            certificate, key = (Path(str(path)) for path in given)
            _write_trusted(directory, Path(ca) if ca else certificate)
            return TlsFiles(certificate, key, directory / TRUSTED, is_own=False, client_cas=client_cas)
        _write_trusted(directory, directory / CA)
    except OSError as error:
        raise BadSetting(f"{directory} cannot be written to: {error.strerror}. Give another --data-dir.") from error
    return TlsFiles(directory / CERTIFICATE, directory / KEY, directory / TRUSTED, client_cas=client_cas)


def client_context(environment: Mapping[str, str] = os.environ) -> ssl.SSLContext | None:
    """Return the context of a client that trusts the CA of ``SANDBOX_CA_FILE``, None where none is named.

    Raises BadSetting where the file cannot be read.
    """
    path = environment.get(CA_VARIABLE)
    if not path:
        return None
    try:
        return ssl.create_default_context(cafile=path)
    except (OSError, ssl.SSLError) as error:
        raise BadSetting(f"{CA_VARIABLE} is {path}: it holds no CA in PEM ({error}).") from error


def loopback_opener(ca_file: Path | None = None) -> OpenerDirector:
    """Return what opens URLs of this machine, whatever proxy the environment names.

    It trusts ``ca_file``, else the CA of ``SANDBOX_CA_FILE``. Raises BadSetting.
    """
    context = ssl.create_default_context(cafile=ca_file) if ca_file else client_context()
    return build_opener(ProxyHandler({}), *([HTTPSHandler(context=context)] if context else []))


def _write_trusted(directory: Path, ca: Path) -> None:
    """Put the CA beside those that everybody trusts: a real system may be called as well."""
    import certifi

    directory.mkdir(mode=0o700, parents=True, exist_ok=True)
    try:
        own = ca.read_text("ascii")
    except (OSError, UnicodeDecodeError) as error:
        raise BadSetting(f"{ca} cannot be read as PEM: {error}.") from error
    (directory / TRUSTED).write_text(Path(certifi.where()).read_text("utf-8") + own, "utf-8")


def _is_usable(directory: Path, host: str) -> bool:
    """Tell whether the data directory has a certificate for a host that is good for another month."""
    from cryptography import x509

    try:
        certificate = x509.load_pem_x509_certificate((directory / CERTIFICATE).read_bytes())
    except (OSError, ValueError):
        return False
    names = certificate.extensions.get_extension_for_class(x509.SubjectAlternativeName).value
    known = {*names.get_values_for_type(x509.DNSName), *map(str, names.get_values_for_type(x509.IPAddress))}
    soon = wall_now() + dates.timedelta(days=30)
    are_there = all((directory / f"{name}{end}").exists() for name in (SERVER, *CLIENTS) for end in (".pem", ".key"))
    return are_there and host in known and soon < certificate.not_valid_after_utc
