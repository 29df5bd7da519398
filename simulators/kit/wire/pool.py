"""The pooled connections below a client: urllib3's, which costs a call half of what ``requests`` above it does."""

from pathlib import Path
from urllib.parse import unquote

import certifi
import urllib3
from urllib3.exceptions import (
    ConnectTimeoutError,
    HTTPError,
    NewConnectionError,
    ProtocolError,
    ReadTimeoutError,
    SSLError,
)

CONNECTIONS = 64
"""The most connections to one service that are kept open."""

HOSTS = 16
"""The most services to which connections are kept open."""


class NoAnswer(Exception):
    """No answer came; the message is why, to follow the service's name."""


class Pool:
    """Connections to the other services that are used again and again."""

    def __init__(
        self,
        user_agent: str,
        connect_timeout: float,
        ca_file: Path | None = None,
        certificate: tuple[Path, Path] | None = None,
    ) -> None:
        """Connect within ``connect_timeout`` seconds; ``ca_file`` holds the CAs to trust in place of the usual ones.

        ``certificate`` and its key are presented to servers that ask for one.
        """
        self._connect_timeout = connect_timeout
        self._headers = {"User-Agent": user_agent, "Accept": "application/json"}
        file, key = map(str, certificate) if certificate else (None, None)
        self._manager = urllib3.PoolManager(
            HOSTS, maxsize=CONNECTIONS, ca_certs=str(ca_file or certifi.where()), cert_file=file, key_file=key
        )

    def send(
        self, method: str, url: str, body: bytes | None, headers: dict[str, str], read_timeout: float
    ) -> tuple[int, bytes, dict[str, str]]:
        """Return the answer's status, body, and headers by their names in lower case. Raises NoAnswer.

        A user in the URL is sent as HTTP Basic (RFC 7617).
        """
        timeout = urllib3.Timeout(connect=self._connect_timeout, read=read_timeout)
        if "@" in url and (user := urllib3.util.parse_url(url).auth):
            headers = {**urllib3.make_headers(basic_auth=unquote(user)), **headers}
        try:
            answer = self._manager.urlopen(
                method, url, body=body, headers={**self._headers, **headers}, timeout=timeout, retries=False,
                redirect=False, preload_content=False,
            )  # fmt: skip
        except (NewConnectionError, ProtocolError, SSLError) as error:  # the first is a ConnectTimeoutError, too
            raise NoAnswer("could not be reached") from error
        except (ConnectTimeoutError, ReadTimeoutError) as error:
            raise NoAnswer("did not answer in time") from error
        except (HTTPError, ValueError) as error:
            raise NoAnswer(f"gave no usable answer ({type(error).__name__})") from error
        try:
            content = answer.read(decode_content=True)
        except ReadTimeoutError as error:
            raise NoAnswer("did not answer in time") from error
        except HTTPError as error:
            raise NoAnswer(f"gave no usable answer ({type(error).__name__})") from error
        finally:
            answer.release_conn()
        return answer.status, content, {name.lower(): answer.headers[name] for name in answer.headers}

    def close(self) -> None:
        """Close the connections; what is sent next opens new ones."""
        self._manager.clear()
