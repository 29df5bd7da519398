"""The middleware is an example to build one's own by: it starts where the tool around it cannot be imported."""

import subprocess
import sys

PROGRAM = """
import sys, tempfile
from pathlib import Path

class Missing:
    def find_spec(self, name, path=None, target=None):
        if name.partition(".")[0] in ("registration_sandbox", "steps", "scenarios", "tests"):
            raise ModuleNotFoundError(f"{name} is not there", name=name)

sys.meta_path.insert(0, Missing())
from orchestrator.app import create_app
from simulators.kit.services import SERVICES
from simulators.kit.settings import Settings

urls = dict.fromkeys(SERVICES, "http://127.0.0.1:9")
credentials = {"tsg_api_key": "k", "tsg_push_secret": "whsec_YQ==", "auth_service_api_key": "k"}
client = create_app(Settings(urls, Path(tempfile.mkdtemp()), credentials, "signing-key")).test_client()
assert client.put("/_sandbox/worlds/default", json={}).status_code == 201
print(client.get("/_sandbox/health").json["status"], client.post("/registrations", json={"flow": "device"}).status_code)
"""


def test_the_middleware_starts_without_the_tool():
    said = subprocess.run([sys.executable, "-c", PROGRAM], capture_output=True, text=True, check=False)
    assert said.stdout.split() == ["ok", "401"], said.stderr
