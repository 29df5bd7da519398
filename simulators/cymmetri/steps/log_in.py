"""Login, to which step 1 leads, and the customer of a login token. Wrong passwords count towards the block of codes."""

from typing import NoReturn

from simulators.cymmetri import tables
from simulators.cymmetri.lockout import count_attempts, forget_attempts
from simulators.cymmetri.models import Credentials, LoginTokens, UserInfo
from simulators.cymmetri.passwords import check_in_vain, is_password
from simulators.cymmetri.policies import CymmetriPolicies
from simulators.cymmetri.records import Account, Lockout, LoginSession
from simulators.cymmetri.staged_tokens import InvalidToken, LoginToken, RefreshToken
from simulators.cymmetri.steps import blocks
from simulators.cymmetri.steps.notices import Person
from simulators.cymmetri.steps.staged import seal_of
from simulators.cymmetri.user_ids import user_id_key
from simulators.kit.errors import Refusal
from simulators.kit.web.call import Call


def log_in(call: Call, given: Credentials) -> LoginTokens:
    """Log a user in. Whether the user exists is not told."""
    account = call.tx.first(tables.account_by_user, Account, value=user_id_key(given.userId))
    if account is None:
        check_in_vain(given.password)
        call.decide("WR-12.2", "login.unknown_user")
        _refuse_credentials()
    right = is_password(given.password, account.password)
    lockout = blocks.refuse_blocked(call, account.cif, "WR-12.4" if right else None)
    if not right:
        _refuse_wrong(call, account, lockout)
    blocks.save(call, forget_attempts(lockout, "login"))
    call.decide("WR-12.1", "login.right", cif=account.cif)
    return _open_session(call, account)


def user_info(call: Call) -> UserInfo:
    """Return the customer of the login token that the caller presents. Raises Refusal (UNAUTHORIZED, 401)."""
    try:
        token = seal_of(call).open(call.bearer or "", LoginToken, call.now)
        _use_session(call, token)
    except InvalidToken as error:
        call.decide(None, "login_token.unauthorized", reason=str(error))
        _refuse_token()
    account = call.tx.get(tables.accounts, Account, cif=token.cif)
    if account is None:
        _refuse_token()
    return UserInfo(account.user_id, account.cif, account.legal_name, account.email, account.mobile)


def _refuse_wrong(call: Call, account: Account, lockout: Lockout) -> NoReturn:
    maximum = call.world.policies(CymmetriPolicies).login.max_attempts
    counted = blocks.count_wrong(call, lockout, "login", maximum, Person.of(account))
    if counted.blocked:
        blocks.refuse(call, counted, "WR-12.3", "login.attempts_exhausted")
    facts = {"attempts": count_attempts(counted, "login"), "maximum": maximum}
    call.decide("WR-12.2", "login.wrong_password", cif=account.cif, **facts)
    _refuse_credentials()


def _open_session(call: Call, account: Account) -> LoginTokens:
    policy = call.world.policies(CymmetriPolicies).login
    number, seal = call.tx.next("login"), seal_of(call)
    call.tx.insert(tables.login_sessions, LoginSession(number, account.cif, call.now))
    token = LoginToken(cif=account.cif, number=number, expires_at=call.now + policy.token_lifetime)
    refresh = RefreshToken(cif=account.cif, number=number, expires_at=call.now + policy.refresh_lifetime)
    return LoginTokens(seal.sign(token), seal.sign(refresh), int(policy.token_lifetime.total_seconds()))


def _use_session(call: Call, token: LoginToken) -> None:
    """Keep when a token is used. Raises InvalidToken for one that was not used for ``login.idle``."""
    idle = call.world.policies(CymmetriPolicies).login.idle
    if idle is None:
        return
    session = call.tx.get(tables.login_sessions, LoginSession, number=token.number)
    if session is None or call.now >= session.used_at + idle:
        raise InvalidToken("idle for too long")
    session.used_at = call.now
    call.tx.update(tables.login_sessions, session)


def _refuse_credentials() -> NoReturn:
    raise Refusal("INVALID_CREDENTIALS", 401, "User id or password is wrong.")


def _refuse_token() -> NoReturn:
    message = "Log in, and send the token as a bearer token."
    raise Refusal("UNAUTHORIZED", 401, message, headers={"WWW-Authenticate": "Bearer"})
