"""Two replicas of every service on one PostgreSQL, behind a load balancer that hands each request to either."""

import os
import shutil
import socket
import subprocess
from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from pathlib import Path

from registration_sandbox.runtime.embedded import RunningSandbox, free_base_port, start
from registration_sandbox.runtime.settings import url_variable
from simulators.kit.clock import monotonic, pause
from simulators.kit.services import SERVICES
from tests.conftest import PUSH_SECRET

NGINX = Path("/usr/sbin/nginx")
REPLICAS = 2
REPLICA = "x-replica"
"""The header in which the load balancer tells which replica answered."""

PATIENCE = 10.0
NOBODY = "www-data"

SHARED = {
    "SANDBOX_TSG_API_KEY": "tsg-key",
    "SANDBOX_TSG_PUSH_SECRET": PUSH_SECRET,
    "SANDBOX_AUTH_SERVICE_API_KEY": "auth-key",
    "SANDBOX_SIGNING_KEY": "signing-key",
    "SANDBOX_WORKERS": "1",
}
"""What replicas must have in common: the secrets that each sandbox would otherwise make for itself."""

CONFIGURATION = """
daemon off;
worker_processes 1;
pid {directory}/nginx.pid;
error_log stderr warn;
events {{ worker_connections 1024; }}
http {{
  access_log off;
  client_max_body_size 0;
  client_body_temp_path {directory}/body;
  proxy_temp_path {directory}/proxy;
  fastcgi_temp_path {directory}/fastcgi;
  uwsgi_temp_path {directory}/uwsgi;
  scgi_temp_path {directory}/scgi;
  proxy_http_version 1.1;
  proxy_set_header Connection "";
  proxy_set_header Host $http_host;
  proxy_buffering off;
  proxy_read_timeout 120s;
  proxy_next_upstream off;
  {services}
}}
"""

SERVICE = """
  upstream {name} {{ {servers} keepalive 16; }}
  server {{
    listen 127.0.0.1:{port};
    location / {{ proxy_pass http://{name}; add_header {header} $upstream_addr always; }}
  }}
"""


@contextmanager
def balanced(directory: Path, database_url: str) -> Iterator[RunningSandbox]:
    """Start replicas and the load balancer; give what a client sees of them."""
    directory.chmod(0o755)  # the load balancer is another user's
    base_port = free_base_port()
    urls = {name: f"http://127.0.0.1:{base_port + number}" for number, name in enumerate(SERVICES)}
    with ExitStack() as running, ThreadPoolExecutor(os.cpu_count()) as pool:
        bases = [free_base_port() for _ in range(REPLICAS)]

        def replica(name: str, number: int) -> RunningSandbox:
            others = {url_variable(other): url for other, url in urls.items() if other != name}
            environment = {**SHARED, "SANDBOX_DATABASE_URL": database_url, **others}
            return start(directory / f"{name}-{number}", bases[number], only=[name], environment=environment)

        balancer = running.enter_context(_nginx(directory / "nginx", urls, bases))  # first: nobody holds its ports
        for sandbox in pool.map(lambda each: replica(*each), [(n, r) for n in SERVICES for r in range(REPLICAS)]):
            running.callback(sandbox.stop)
        yield RunningSandbox(urls, directory, balancer)


@contextmanager
def _nginx(directory: Path, urls: Mapping[str, str], bases: list[int]) -> Iterator["subprocess.Popen[bytes]"]:
    directory.mkdir()
    as_user: list[str] = []
    if os.geteuid() == 0:
        shutil.chown(directory, NOBODY)
        as_user = ["setpriv", f"--reuid={NOBODY}", f"--regid={NOBODY}", "--clear-groups"]
    services = ""
    for number, name in enumerate(SERVICES):
        servers = " ".join(f"server 127.0.0.1:{base + number} max_fails=0;" for base in bases)
        services += SERVICE.format(name=name, servers=servers, header=REPLICA, port=urls[name].rpartition(":")[2])
    file = directory / "nginx.conf"
    file.write_text(CONFIGURATION.format(directory=directory, services=services))
    process = subprocess.Popen([*as_user, NGINX, "-p", directory, "-e", "stderr", "-c", file])
    try:
        deadline = monotonic() + PATIENCE
        while not all(_listens(int(url.rpartition(":")[2])) for url in urls.values()):
            assert process.poll() is None, "nginx ended; it says above why"
            assert monotonic() < deadline, "nginx does not listen"
            pause(0.02)
        yield process
    finally:
        process.terminate()
        process.wait(PATIENCE)


def _listens(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0
