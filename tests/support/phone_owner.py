"""A logged-in user with a phone, who registers it through the middleware."""

from typing import Any

from tests.support.world import Request, Said, World

CHITRA = {"name": "Chitra", "cymmetri": {}, "phones": [{"model": "Pixel 9"}]}


class PhoneOwner:
    """Chitra: she has a web account and a phone."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.persona: dict[str, Any] = world.personas[CHITRA["name"]]
        self.phone: dict[str, Any] = self.persona["handsets"][0]
        body = {"username": self.persona["username"], "password": self.persona["password"]}
        self.token = str(world.client.call("auth_service", "POST", "/auth/login", body)["token"])

    def begin(self) -> str:
        """Begin the registration of her phone and return its id, once she has been told that the phone is unknown."""
        body = {"flow": "device", "emCertID": self.phone["emCertID"]}
        made = self.world.client.call("orchestrator", "POST", "/registrations", body, token=self.token)
        told = self.world.client.call("mailroom", "GET", "/messages?purpose=device-not-found&wait=20")["messages"]
        assert told, "no notification came"
        return str(made["id"])

    def action(self, registration: str, name: str, **fields: Any) -> Request:
        path = f"/registrations/{registration}/actions/{name}"
        return Request("orchestrator", "POST", path, fields, self.token)

    def acts(self, registration: str, name: str, **fields: Any) -> Said:
        return self.world.send(self.action(registration, name, **fields))

    def status(self, registration: str) -> str:
        path = f"/registrations/{registration}"
        return str(self.world.client.call("orchestrator", "GET", path, token=self.token)["status"])

    def at_sign_up(self) -> str:
        registration = self.begin()
        assert self.acts(registration, "sign-up", via="sms", contact=self.persona["mobile"]).status == 200
        return registration

    def at_activate(self) -> str:
        registration = self.at_sign_up()
        assert self.types(self.codes()[0]).status == 200
        self.world.client.wait_for(registration, "Register_Complete", self.token)
        return registration

    def codes(self) -> list[str]:
        """Return the sign-up codes that came to her, newest first."""
        return [message["code"] for message in self.world.messages(self.persona["mobile"], "sign-up-code")]

    def types(self, code: str) -> Said:
        return self.world.ask("handset", "POST", f"/handsets/{self.phone['id']}/sign-up", {"code": code})
