"""The Kubernetes manifests, and what kustomize builds of them."""

import json
import shutil
import subprocess
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import pytest
import yaml

MANIFESTS = Path(__file__).parents[3] / "deploy" / "kubernetes"
EXAMPLE = "secrets.env.example"

Document = dict[str, Any]
Build = Callable[..., list[Document]]


def settings(file: str) -> dict[str, str]:
    """Return the settings in a file of lines ``NAME=value``."""
    lines = (MANIFESTS / file).read_text("utf-8").splitlines()
    return dict(line.split("=", 1) for line in lines if line and not line.startswith("#"))


def of_kind(documents: Iterable[Document], kind: str) -> dict[str, Document]:
    """Return the documents of a kind, by name."""
    return {each["metadata"]["name"]: each for each in documents if each["kind"] == kind}


def _program() -> list[str] | None:
    """Return what builds a kustomization as this one is written: kustomize, or a kubectl of this decade."""
    if shutil.which("kustomize"):
        return ["kustomize", "build"]
    if shutil.which("kubectl"):
        told = subprocess.run(["kubectl", "version", "--client", "-o", "json"], capture_output=True, check=False)
        if told.returncode == 0 and "kustomizeVersion" in json.loads(told.stdout):
            return ["kubectl", "kustomize"]
    return None


@pytest.fixture(scope="package")
def build(require: Callable[[str, bool, str], None], tmp_path_factory: pytest.TempPathFactory) -> Build:
    """Build the manifests, with secrets filled in, and with more in the kustomization as given."""
    program = _program()
    require("kustomize", program is not None, "there is neither kustomize nor a kubectl that has it")
    assert program is not None

    def built(**more: Any) -> list[Document]:
        place = tmp_path_factory.mktemp("manifests") / "kubernetes"
        shutil.copytree(MANIFESTS, place)
        (place / "secrets.env").write_text("".join(f"{name}=secret\n" for name in settings(EXAMPLE)))
        file = place / "kustomization.yaml"
        file.write_text(yaml.safe_dump({**yaml.safe_load(file.read_text()), **more}))
        done = subprocess.run([*program, place], capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr
        assert "deprecated" not in done.stderr
        return list(yaml.safe_load_all(done.stdout))

    return built


@pytest.fixture(scope="package")
def manifests(build: Build) -> list[Document]:
    return build()
