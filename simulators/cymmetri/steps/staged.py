"""Staged tokens at work: a token opens its step's calls only, and each step ends with the next one."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import NoReturn

from simulators.cymmetri import tables
from simulators.cymmetri.policies import CymmetriPolicies
from simulators.cymmetri.records import Registration, Stage
from simulators.cymmetri.staged_tokens import ExpiredToken, InvalidToken, Seal, StagedToken
from simulators.kit.errors import Refusal
from simulators.kit.web.call import Call
from simulators.kit.work import Work


@dataclass(frozen=True)
class TokenBranches:
    """The branches that a step takes by its token: one that is not genuine, one that is over, one of another step."""

    unauthorized: str | None = None
    expired: str | None = None
    out_of_order: Callable[[Registration], str | None] = lambda _: None


NO_BRANCHES = TokenBranches()


@dataclass(frozen=True)
class PresentedToken:
    """A genuine token that a caller presents, and its registration, which may have gone on since."""

    token: StagedToken
    registration: Registration

    @property
    def is_current(self) -> bool:
        return self.token.stage == self.registration.stage and self.token.number == self.registration.token_number


def seal_of(work: Work) -> Seal:
    """Return what signs and opens the tokens of the work's world."""
    return Seal(work.world.origin)


def read_token(call: Call, branches: TokenBranches = NO_BRANCHES) -> PresentedToken:
    """Return the caller's token and its registration.

    Raises Refusal: UNAUTHORIZED (401) for no token, one that is forged or of another world, and one of a registration
    that was superseded; SESSION_EXPIRED (401) for a genuine one whose time is over.
    """
    if call.bearer is None:
        refuse_unauthorized(call, branches, "missing")
    try:
        token = seal_of(call).open(call.bearer, StagedToken, call.now)
    except ExpiredToken:
        _refuse_expired(call, branches)
    except InvalidToken as error:
        refuse_unauthorized(call, branches, str(error))
    registration = call.tx.get(tables.registrations, Registration, id=token.registration)
    if registration is None or registration.superseded:
        refuse_unauthorized(call, branches, "of a registration that was superseded")
    return PresentedToken(token, registration)


def open_registration(call: Call, *stages: Stage, branches: TokenBranches = NO_BRANCHES) -> Registration:
    """Return the registration that the caller's token opens for a call of these stages.

    Raises Refusal as ``read_token`` does, and STEP_OUT_OF_ORDER (409) for a genuine token of another stage, or of one
    that the registration has left.
    """
    presented = read_token(call, branches)
    if presented.token.stage not in stages or presented.token.stage != presented.registration.stage:
        refuse_out_of_order(call, presented, branches)
    if not presented.is_current:
        refuse_unauthorized(call, branches, "replaced by a later one")
    return presented.registration


def find_token_stage(call: Call) -> Stage | None:
    """Return the stage that the caller's token is for, even if its time is over; ``None`` for none that is genuine."""
    try:
        return seal_of(call).read(call.bearer or "", StagedToken).stage
    except InvalidToken:
        return None


def save_registration(work: Work, registration: Registration) -> None:
    """Save what has changed of a registration."""
    work.tx.update(tables.registrations, registration)


def refuse_unauthorized(call: Call, branches: TokenBranches, reason: str) -> NoReturn:
    """Refuse a call whose token is none, or was replaced."""
    call.decide(branches.unauthorized, "staged_token.unauthorized", reason=reason)
    raise Refusal(
        "UNAUTHORIZED",
        401,
        "The staged token is missing, not genuine or replaced. Send the last one as a bearer token, or begin again "
        "with checkIdentity.",
        headers={"WWW-Authenticate": "Bearer"},
    )


def refuse_out_of_order(call: Call, presented: PresentedToken, branches: TokenBranches) -> NoReturn:
    """Refuse a call that is not the registration's next step."""
    stage = presented.registration.stage
    branch = branches.out_of_order(presented.registration)
    call.decide(branch, "staged_token.out_of_order", token_stage=presented.token.stage, stage=stage)
    advice = "The registration is completed; log in." if stage == "COMPLETED" else f"The next step is {stage}."
    raise Refusal("STEP_OUT_OF_ORDER", 409, f"This call is not the next step. {advice}", details={"nextStep": stage})


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


def _refuse_expired(call: Call, branches: TokenBranches) -> NoReturn:
    call.decide(branches.expired, "staged_token.expired")
    raise Refusal(
        "SESSION_EXPIRED",
        401,
        "The session has ended because nothing was done for too long. Begin again.",
        headers={"WWW-Authenticate": 'Bearer error="invalid_token"'},
    )
