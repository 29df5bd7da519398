"""Login, and who a login token belongs to. Wrong passwords count towards the same block as wrong codes."""

from typing import TYPE_CHECKING, NoReturn

from simulators.cymmetri.accounts import Account
from simulators.cymmetri.lockout import attempts, without_wrong
from simulators.cymmetri.models import Credentials, LoginTokens, UserInfo
from simulators.cymmetri.passwords import check_in_vain, is_password
from simulators.cymmetri.policies import CymmetriPolicies
from simulators.cymmetri.staged_tokens import BadToken, LoginToken, RefreshToken
from simulators.cymmetri.steps import blocks
from simulators.cymmetri.steps.opening import seal_of
from simulators.cymmetri.user_ids import user_id_key
from simulators.kit.call import Call
from simulators.kit.errors import Refusal
from simulators.kit.lazy import lazy

if TYPE_CHECKING:
    from simulators.cymmetri import tables
else:
    tables = lazy("simulators.cymmetri.tables")


def log_in(call: Call, said: Credentials) -> LoginTokens:
    """Log a user in. Whether the user exists is not told."""
    policy = call.world.policies(CymmetriPolicies).login
    account = call.tx.first(tables.account_by_user, Account, value=user_id_key(said.userId))
    if account is None:
        check_in_vain(said.password)
        call.decide(None, "login.unknown_user")
        _invalid()
    lockout = blocks.refuse_blocked(call, account.cif)
    if not is_password(said.password, account.password):
        counted = blocks.count_wrong(call, lockout, "login", policy.max_attempts)
        if counted.blocked:
            blocks.refuse(call, counted, None, "login.attempts_exhausted")
        call.decide(None, "login.wrong_password", cif=account.cif, attempts=attempts(counted, "login"))
        _invalid()
    blocks.save(call, without_wrong(lockout, "login"))
    call.decide(None, "login.right", cif=account.cif)
    number, seal = call.tx.next("login"), seal_of(call)
    token = LoginToken(cif=account.cif, number=number, expires_at=call.now + policy.token_lifetime)
    refresh = RefreshToken(cif=account.cif, number=number, expires_at=call.now + policy.refresh_lifetime)
    return LoginTokens(seal.sign(token), seal.sign(refresh), int(policy.token_lifetime.total_seconds()))


def user_info(call: Call) -> UserInfo:
    """Return whose login token the caller holds. Raises Refusal (UNAUTHORIZED, 401)."""
    try:
        token = seal_of(call).open(call.bearer or "", LoginToken, call.now)
    except BadToken as error:
        call.decide(None, "login_token.unauthorized", reason=str(error))
        _unauthorized()
    account = call.tx.get(tables.accounts, Account, cif=token.cif)
    if account is None:
        _unauthorized()
    return UserInfo(account.user_id, account.cif, account.legal_name, account.email, account.mobile)


def _invalid() -> NoReturn:
    raise Refusal("INVALID_CREDENTIALS", 401, "User id or password is wrong.")


def _unauthorized() -> NoReturn:
    words = "Log in, and send the token as a bearer token."
    raise Refusal("UNAUTHORIZED", 401, words, headers={"WWW-Authenticate": "Bearer"})
