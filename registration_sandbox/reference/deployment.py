"""What Compose, Kubernetes, the image and import-linter say of the services, from the one table of them.

Files that say nothing else are made as a whole. In the others, a part between two marks is made, or a range of ports.
"""

import re
from collections.abc import Callable, Iterable, Mapping
from functools import partial
from pathlib import Path

from registration_sandbox.runtime.settings import DEFAULT_BASE_PORT, url_variable
from simulators.kit.services import SERVICES, TABLE

PROJECT = Path(__file__).parents[2]
BEGIN, END = "# made from simulators/kit/services.py: {part}", "# end of {part}"
KUBERNETES = "deploy/kubernetes"
MIDDLEWARE = "orchestrator"
SYSTEMS = "simulators."
FIRST, LAST = DEFAULT_BASE_PORT, DEFAULT_BASE_PORT + len(SERVICES) - 1

POD = """\
apiVersion: apps/v1
kind: Deployment
metadata:
  name: {host}
spec:
  selector:
    matchLabels: {{app.kubernetes.io/name: {host}}}
  template:
    metadata:
      labels: {{app.kubernetes.io/name: {host}}}
    spec:
      containers:
        - name: service
          args: [up, --only, {name}, --host, 0.0.0.0]
          env:
            # Its own URL is left empty: what has one is not started.
            - {{name: {variable}, value: ""}}
          ports:
            - {{name: http, containerPort: {port}}}
---
apiVersion: v1
kind: Service
metadata:
  name: {host}
spec:
  selector: {{app.kubernetes.io/name: {host}}}
  ports:
    - {{name: http, port: {port}, targetPort: http}}
"""

BUDGET = """\
apiVersion: policy/v1
kind: PodDisruptionBudget
metadata:
  name: {host}
spec:
  minAvailable: 1
  selector:
    matchLabels: {{app.kubernetes.io/name: {host}}}
"""

CONTAINER = """\
  {name}:
    <<: *service
    command: [up, --only, {name}]
    environment: {{<<: *environment, {variable}: ""}}
    ports: ["127.0.0.1:{port}:{port}"]
    volumes: ["{name}:/data"]
    labels: {{<<: *labels, registration-sandbox.service: {name}}}
"""


def facts_of(name: str) -> dict[str, str]:
    """Return what the templates say of a service; its host is its name where names have no underscore."""
    port = str(DEFAULT_BASE_PORT + SERVICES.index(name))
    return {"name": name, "host": name.replace("_", "-"), "port": port, "variable": url_variable(name)}


def replace_part(text: str, part: str, lines: Iterable[str]) -> str:
    """Return a text with other lines between the marks of a part. Raises ValueError where it has no such part."""
    begin, end = re.escape(BEGIN.format(part=part)), re.escape(END.format(part=part))
    marked = re.compile(rf"(?P<begin>[^\n]*{begin}[^\n]*\n).*?(?P<end>[^\n]*{end})", re.DOTALL)
    if not marked.search(text):
        raise ValueError(f"there is no part {part!r}")
    within = "".join(f"{line}\n" for line in lines)
    return marked.sub(lambda found: found["begin"] + within + found["end"], text)


def _make_pod(name: str) -> str:
    return POD.format(**facts_of(name))


def _make_budgets() -> str:
    budgets = "---\n".join(BUDGET.format(**facts_of(name)) for name in SERVICES)
    return f"# While nodes are drained, one replica of each service stays.\n{budgets}"


def _fill_kustomization() -> str:
    return replace_part(_read(f"{KUBERNETES}/kustomization.yaml"), "services", map(_resource, SERVICES))


def _resource(name: str) -> str:
    return f"  - services/{facts_of(name)['host']}.yaml"


def _fill_settings() -> str:
    urls = ["{variable}=http://{host}:{port}".format(**facts_of(name)) for name in SERVICES]
    return replace_part(_read(f"{KUBERNETES}/settings.env"), "URLs", urls)


def _fill_network() -> str:
    return re.sub(r"port: \d+, endPort: \d+", f"port: {FIRST}, endPort: {LAST}", _read(f"{KUBERNETES}/network.yaml"))


def _fill_dockerfile() -> str:
    text = re.sub(r"EXPOSE \d+-\d+", f"EXPOSE {FIRST}-{LAST}", _read("Dockerfile"))
    return re.sub(r'healthy.py", "\d+", "\d+"', f'healthy.py", "{FIRST}", "{LAST}"', text)


def _fill_project() -> str:
    """Name every system in import-linter's layers: none may import another."""
    packages = " | ".join(spec.package for spec in TABLE if spec.package.startswith(SYSTEMS))
    return re.sub(r'^  "simulators\.\w+ \|.*",$', f'  "{packages}",', _read("pyproject.toml"), flags=re.MULTILINE)


def _fill_compose() -> str:
    urls = ["  {variable}: http://{host}:{port}".format(**facts_of(name)) for name in SERVICES]
    text = replace_part(_read("docker-compose.yml"), "URLs", urls)
    text = replace_part(text, "services", [_container(name) for name in SERVICES])
    return replace_part(text, "volumes", [f"  {name}:" for name in SERVICES])


def _container(name: str) -> str:
    facts = facts_of(name)
    lines = [CONTAINER.format(**facts).rstrip("\n")]
    if facts["host"] != name:
        lines.append(f"    networks: {{sandbox: {{aliases: [{facts['host']}]}}}}")
    if name == MIDDLEWARE:
        others = ", ".join(f"{other}: *healthy" for other in SERVICES if other != name)
        lines.append(f"    depends_on: {{<<: *database, {others}}}")
    return "\n".join(lines)


def _read(path: str) -> str:
    return (PROJECT / path).read_text("utf-8")


FILES: Mapping[str, Callable[[], str]] = {
    "docker-compose.yml": _fill_compose,
    "Dockerfile": _fill_dockerfile,
    "pyproject.toml": _fill_project,
    f"{KUBERNETES}/disruption.yaml": _make_budgets,
    f"{KUBERNETES}/kustomization.yaml": _fill_kustomization,
    f"{KUBERNETES}/network.yaml": _fill_network,
    f"{KUBERNETES}/settings.env": _fill_settings,
    **{f"{KUBERNETES}/services/{facts_of(name)['host']}.yaml": partial(_make_pod, name) for name in SERVICES},
}
"""The files, by their path in the project."""
