"""Staged tokens at work: a token opens its step's calls only, and each step ends with the next one."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, NoReturn

from simulators.cymmetri.policies import CymmetriPolicies
from simulators.cymmetri.registration import Registration, Stage
from simulators.cymmetri.staged_tokens import BadToken, Seal, StagedToken
from simulators.kit.call import Call
from simulators.kit.errors import Refusal
from simulators.kit.lazy import lazy
from simulators.kit.work import Work

if TYPE_CHECKING:
    from simulators.cymmetri import tables
else:
    tables = lazy("simulators.cymmetri.tables")

BranchOf = Callable[[Registration | None], str | None]
"""Names the branch that a refusal takes, given the registration where the token is a genuine one."""


@dataclass(frozen=True)
class Held:
    """A genuine token that a caller holds, and its registration, which may have gone on since."""

    token: StagedToken
    registration: Registration

    @property
    def is_current(self) -> bool:
        return self.token.stage == self.registration.stage and self.token.number == self.registration.token_number


def no_branch(registration: Registration | None) -> str | None:
    del registration
    return None


def seal_of(work: Work) -> Seal:
    world = work.world
    return Seal(work.settings.signing_key, world.id, world.seed, world.created_at)


def held(call: Call, branch_of: BranchOf = no_branch) -> Held:
    """Return the caller's token and its registration.

    Raises Refusal (UNAUTHORIZED, 401) for no token, one that is forged, expired or of another world, and one of a
    registration that was superseded.
    """
    if call.bearer is None:
        unauthorized(call, branch_of, "missing")
    try:
        token = seal_of(call).open(call.bearer, StagedToken, call.now)
    except BadToken as error:
        unauthorized(call, branch_of, str(error))
    registration = call.tx.get(tables.registrations, Registration, id=token.registration)
    if registration is None or registration.superseded:
        unauthorized(call, branch_of, "of a registration that was superseded")
    return Held(token, registration)


def opened(call: Call, *stages: Stage, branch_of: BranchOf = no_branch) -> Registration:
    """Return the registration that the caller's token opens for a call of these stages.

    Raises Refusal as ``held`` does, and STEP_OUT_OF_ORDER (409) for a genuine token of another stage, or of one that
    the registration has left.
    """
    caller = held(call, branch_of)
    if caller.token.stage not in stages or caller.token.stage != caller.registration.stage:
        out_of_order(call, caller, branch_of)
    if not caller.is_current:
        unauthorized(call, branch_of, "replaced by a later one")
    return caller.registration


def unauthorized(call: Call, branch_of: BranchOf, reason: str) -> NoReturn:
    call.decide(branch_of(None), "staged_token.unauthorized", reason=reason)
    raise Refusal(
        "UNAUTHORIZED",
        401,
        "The staged token is missing, not genuine, expired or replaced. Send the last one as a bearer token, or begin "
        "again with checkIdentity.",
        headers={"WWW-Authenticate": "Bearer"},
    )


def out_of_order(call: Call, caller: Held, branch_of: BranchOf) -> NoReturn:
    stage = caller.registration.stage
    call.decide(
        branch_of(caller.registration), "staged_token.out_of_order", token_stage=caller.token.stage, stage=stage
    )
    words = "The registration is completed; log in." if stage == "COMPLETED" else f"The next step is {stage}."
    raise Refusal("STEP_OUT_OF_ORDER", 409, f"This call is not the next step. {words}", details={"nextStep": stage})


def move_on(work: Work, registration: Registration, stage: Stage) -> str:
    """Bring a registration to a stage and return the staged token for it; the token before it is spent."""
    registration.stage = stage
    registration.token_number += 1
    registration.token_expires_at = work.now + work.world.policies(CymmetriPolicies).token_lifetime
    work.tx.update(tables.registrations, registration)
    token = StagedToken(
        registration=registration.id,
        stage=stage,
        number=registration.token_number,
        expires_at=registration.token_expires_at,
    )
    return seal_of(work).sign(token)
