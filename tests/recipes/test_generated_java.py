"""What a generator for Java makes of the OpenAPI documents: every service's client compiles, and one plays."""

import json
import shutil
import sys
import urllib.request
from collections.abc import Callable
from pathlib import Path

import pytest

from registration_sandbox.client import Sandbox
from simulators.kit.services import SERVICES
from tests.recipes.test_typescript import ran, run

pytestmark = [pytest.mark.thorough, pytest.mark.slow]

GENERATOR = "openapi-generator-cli>=7.14,<8"
JAR = "env/lib/*/site-packages/openapi_generator_cli/openapi-generator.jar"
"""The generator with all that it needs, Jackson included, which is what the clients need, too."""

ANNOTATIONS = {
    "Nonnull": "",
    "Nullable": "",
    "Generated": 'String[] value(); String date() default ""; String comments() default "";',
}
"""What else they need: annotations of jakarta.annotation, which do nothing."""

PLAY = """
import sandbox.orchestrator.ApiClient;
import sandbox.orchestrator.ApiException;
import sandbox.orchestrator.api.*;
import sandbox.orchestrator.model.*;

public class Play {
  public static void main(String[] given) throws Exception {
    ApiClient client = new ApiClient();
    client.updateBaseUri(given[0]);
    NewWebRegistration identity = new NewWebRegistration().flow(NewWebRegistration.FlowEnum.WEB)
        .deviceId("browser").type(NewWebRegistration.TypeEnum.CIF).id(given[1]);
    RegistrationView begun = new RegistrationsApi(client).postRegistration(new NewRegistration(identity), null);
    System.out.println(begun.getStatus());
    try {
      new WebFlowApi(client).verifyEmailOtp(begun.getId(), new Otp().otp("no code"), null);
    } catch (ApiException refused) {
      System.out.println(refused.getCode());
    }
  }
}
"""


def config_of(name: str) -> dict[str, object]:
    return {
        "inputSpec": f"{name}.json",
        "generatorName": "java",
        "library": "native",
        "outputDir": "java",
        "invokerPackage": f"sandbox.{name}",
        "apiPackage": f"sandbox.{name}.api",
        "modelPackage": f"sandbox.{name}.model",
        "additionalProperties": {"openApiNullable": False, "useJakartaEe": True},
        # Where a body may be JSON or a form, the form's model is imported, but would not be written.
        "globalProperties": {"skipFormModel": "false", "modelTests": "false", "apiTests": "false"},
    }


@pytest.fixture(scope="module")
def compiled(
    running: Sandbox, tmp_path_factory: pytest.TempPathFactory, require: Callable[[str, bool, str], None]
) -> tuple[Path, str]:
    """A folder in which every service's client is compiled, and the class path."""
    require("java", shutil.which("javac") is not None, "there is no Java compiler")
    directory = tmp_path_factory.mktemp("generated-java")
    run([sys.executable, "-m", "venv", "env"], directory)
    installed = ran(["env/bin/pip", "install", "--quiet", "--disable-pip-version-check", GENERATOR], directory)
    require("pip", installed.returncode == 0, f"pip could not install the generator: {installed.stderr[-200:]}")
    (jar,) = directory.glob(JAR)
    for name in SERVICES:
        with urllib.request.urlopen(f"{running.urls[name]}/openapi.json", timeout=60) as answer:
            (directory / f"{name}.json").write_bytes(answer.read())
        (directory / f"{name}.config.json").write_text(json.dumps(config_of(name)), "utf-8")
    configs = [f"{name}.config.json" for name in SERVICES]
    run(["java", "-jar", str(jar), "batch", "--fail-fast", *configs], directory)
    annotations = directory / "java/src/main/java/jakarta/annotation"
    annotations.mkdir(parents=True)
    for name, members in ANNOTATIONS.items():
        text = f"package jakarta.annotation; public @interface {name} {{ {members} }}"
        (annotations / f"{name}.java").write_text(text, "utf-8")
    (directory / "java/src/main/java/Play.java").write_text(PLAY, "utf-8")
    sources = [str(each) for each in directory.glob("java/src/main/java/**/*.java")]
    (directory / "sources").write_text("\n".join(sources), "utf-8")
    run(["javac", "-nowarn", "-proc:none", "-cp", str(jar), "-d", "classes", "@sources"], directory)
    return directory, f"classes:{jar}"


def test_every_service_s_client_compiles_and_one_plays(running: Sandbox, compiled: tuple[Path, str]) -> None:
    directory, class_path = compiled
    with running.make("new-customer") as world:
        base = f"{running.urls['orchestrator']}/w/{world.id}"
        said = run(["java", "-cp", class_path, "Play", base, world.persona("Asha").cif], directory)
    assert said.split() == ["Email_Otp_Sent", "400"]
