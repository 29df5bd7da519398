"""Troubles that can be made with one click: each a fault, in the words of somebody who looks for trouble."""

from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class Trouble:
    """A fault under a name. ``service`` is the one that it strikes."""

    id: str
    words: str
    service: str
    effect: dict[str, Any]
    method: str = ""
    path: str = "*"
    times: int | None = None
    leads_to: tuple[str, ...] = field(default=())

    def fault(self) -> dict[str, Any]:
        """Return the trouble as the control plane takes a fault."""
        given = {"service": self.service, "method": self.method, "path": self.path, "times": self.times}
        return {"effect": self.effect} | {name: value for name, value in given.items() if value}


DOWN, ONCE = {"status": 503}, 1

TROUBLES = (
    Trouble("cbs-down", "CBS is down", "cbs", DOWN, leads_to=("WR-1.5", "WR-7.7")),
    Trouble("cbs-slow", "CBS takes two seconds", "cbs", {"delay": {"ms": 2000}}),
    Trouble("cbs-hangs", "CBS does not answer in time", "cbs", {"hang": True}, leads_to=("WR-1.5",)),
    Trouble("cbs-garbage", "CBS answers nonsense", "cbs", {"garbage": True}, leads_to=("WR-1.5",)),
    Trouble("cymmetri-down", "Cymmetri is down", "cymmetri", DOWN),
    Trouble("mail-fails", "The mail gateway fails", "mailroom", DOWN, "POST", "/messages",
            leads_to=("WR-1.8", "DR-1.7")),
    Trouble("mail-fails-once", "The mail gateway fails once", "mailroom", DOWN, "POST", "/messages", ONCE,
            ("WR-1.8", "DR-1.7")),
    Trouble("auth-down", "The Auth Service is down", "auth_service", DOWN, path="/users/*",
            leads_to=("DR-0.5", "DR-4.5")),
    Trouble("auth-lost", "The Auth Service adds a device, but its answer is lost", "auth_service",
            {"lose_response": True}, "PUT", "/users/*/devices/*", ONCE, ("DR-4.5", "DR-4.2")),
    Trouble("tsg-down", "TSG is down", "tsg", DOWN, path="/tsg/*", leads_to=("DR-0.6", "DR-1.5", "DR-3.3")),
    Trouble("tsg-no-code", "TSG gives no sign-up code", "tsg", DOWN, "POST", "/tsg/sign_up", leads_to=("DR-1.5",)),
    Trouble("tsg-register-fails", "TSG fails to register, once", "tsg", DOWN, "POST", "/tsg/register", ONCE,
            ("DR-3.3",)),
    Trouble("tsg-register-lost", "TSG registers, but its answer is lost", "tsg", {"lose_response": True}, "POST",
            "/tsg/register", ONCE, ("DR-3.4",)),
    Trouble("push-empty-reference", "The push has no reference, once", "tsg",
            {"tamper": {"field": "external_reference", "value": ""}}, path="push", times=ONCE, leads_to=("DR-2.6",)),
    Trouble("push-unknown-reference", "The push has an unknown reference, once", "tsg",
            {"tamper": {"field": "external_reference", "value": "never-issued"}}, path="push", times=ONCE,
            leads_to=("DR-2.7",)),
    Trouble("push-no-credential", "The push lacks the credential, once", "tsg",
            {"tamper": {"field": "credential", "remove": True}}, path="push", times=ONCE, leads_to=("DR-2.8",)),
    Trouble("push-bad-signature", "The push is signed by somebody else, once", "tsg", {"bad_signature": True},
            path="push", times=ONCE, leads_to=("DR-2.9",)),
    Trouble("push-twice", "The push arrives three times", "tsg", {"duplicate": 3}, path="push", leads_to=("DR-2.10",)),
    Trouble("push-refused", "The middleware does not take the push, once", "orchestrator", DOWN, "POST", "/tsg/push",
            ONCE, ("DR-2.11",)),
)  # fmt: skip


def trouble(id: str) -> Trouble | None:
    return next((each for each in TROUBLES if each.id == id), None)
