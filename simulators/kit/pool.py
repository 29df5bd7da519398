"""The pooled ``requests`` session below a client. Imported at the first call, which no first answer needs."""

import requests
from requests.adapters import HTTPAdapter

CONNECTIONS = 64
"""How many connections to one service are kept open at the most."""


class NoAnswer(Exception):
    """No answer came; why, in words that follow the service's name."""


class Pool:
    """Connections to the other services that are used again and again."""

    def __init__(self, user_agent: str, connect_timeout: float) -> None:
        """Connect within ``connect_timeout`` seconds."""
        self._connect_timeout = connect_timeout
        self._session = requests.Session()
        self._session.trust_env = False
        self._headers = {"User-Agent": user_agent, "Accept": "application/json"}
        for scheme in ("http://", "https://"):
            self._session.mount(scheme, HTTPAdapter(pool_connections=16, pool_maxsize=CONNECTIONS))

    def send(
        self, method: str, url: str, body: bytes | None, headers: dict[str, str], read_timeout: float
    ) -> tuple[int, bytes, dict[str, str]]:
        """Return the answer's status, body, and headers by their names in lower case. Raises NoAnswer."""
        request = requests.PreparedRequest()
        timeouts = (self._connect_timeout, read_timeout)
        try:
            request.prepare(method, url, {**self._headers, **headers}, data=body)
            answer = self._session.send(request, timeout=timeouts, allow_redirects=False)
        except (requests.ConnectTimeout, requests.ReadTimeout) as error:
            raise NoAnswer("did not answer in time") from error
        except requests.ConnectionError as error:
            raise NoAnswer("could not be reached") from error
        except requests.RequestException as error:
            raise NoAnswer(f"gave no usable answer ({type(error).__name__})") from error
        return answer.status_code, answer.content, {name.lower(): value for name, value in answer.headers.items()}
