"""The TSG's pushes, seen and sent again by way of the control plane."""

from urllib.parse import quote

import msgspec

from registration_sandbox.control_plane import fleet
from registration_sandbox.control_plane.refusals import ASKING
from simulators.kit.web.api import Answer, Api
from simulators.kit.work import Service
from simulators.kit.world_names import world_id
from simulators.tsg.control_models import NewPush, Pushes, PushView

TSG = "tsg"

api = Api()


@api.operation(
    "GET", "/_sandbox/worlds/<world>/pushes", answer=Pushes, control=True,
    refusals=[*ASKING, (409, "outside-the-sandbox")],
)  # fmt: skip
def list_pushes(service: Service, world: str) -> Pushes:
    """List the TSG's pushes in a world, oldest first, with every try and the receiver's answer to it."""
    return fleet.ask_for(service, TSG, _path(service, world), Pushes)


@api.operation(
    "POST", "/_sandbox/worlds/<world>/pushes", body=NewPush, answer=PushView, status=202, control=True,
    refusals=[*ASKING, (400, "validation-failed"), (409, "outside-the-sandbox")],
)  # fmt: skip
def send_push(service: Service, new: NewPush, world: str) -> Answer:
    """Have the TSG send a push made by hand, to try a receiver."""
    return Answer(fleet.ask(service, TSG, "POST", _path(service, world), msgspec.to_builtins(new)).body, 202)


@api.operation(
    "POST", "/_sandbox/worlds/<world>/pushes/<push>/resend", answer=PushView, status=202, control=True,
    refusals=[*ASKING, (404, "unknown-push"), (409, "outside-the-sandbox")],
)  # fmt: skip
def resend_push(service: Service, world: str, push: str) -> Answer:
    """Have the TSG send a push once more, whatever became of it."""
    path = f"{_path(service, world)}/{quote(push, safe='')}/resend"
    return Answer(fleet.ask(service, TSG, "POST", path).body, 202)


def _path(service: Service, world: str) -> str:
    return f"/worlds/{service.worlds.find(world_id(world)).id}/pushes"
