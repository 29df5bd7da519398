"""Card attempts that are under way: while CBS verifies some, no more are begun than the customer has left."""

from datetime import datetime, timedelta

from simulators.cymmetri import cbs_client
from simulators.cymmetri import lockout as rules
from simulators.cymmetri.policies import CymmetriPolicies
from simulators.cymmetri.records import Lockout, Registration
from simulators.cymmetri.steps import blocks, notices
from simulators.cymmetri.steps.list_factors import STAGE
from simulators.cymmetri.steps.staged import open_registration
from simulators.kit import clock
from simulators.kit.waiting import look_until
from simulators.kit.web.call import Call
from simulators.kit.wire.client import UpstreamFailure

BLOCKED, OUTAGE = "WR-7.8", "WR-7.7"

POLL_INTERVAL = 0.02
"""Seconds between two looks whether CBS has answered the attempts that are under way."""

LOST_AFTER = 3
"""How many times the longest wait for CBS an attempt may be under way; after that its process must have died."""


def book_attempt(call: Call, registration: Registration) -> datetime:
    """Book an attempt, commit, and return when it began; wait while those under way use up what is left."""
    longest = timedelta(seconds=call.settings.connect_timeout + call.service.client.patience)
    began = look_until(lambda: _begin_attempt(call, registration, longest), longest.total_seconds(), POLL_INTERVAL)
    if began is None:
        with cbs_client.required(call, OUTAGE):
            raise UpstreamFailure("cbs", "has not answered the attempts before this one")
    return began


def _begin_attempt(call: Call, registration: Registration, longest: timedelta) -> datetime | None:
    """Book an attempt, if those under way leave any, and return when it began; commit in any case."""
    policies = call.world.policies(CymmetriPolicies)
    maximum = policies.card.max_attempts
    open_registration(call, STAGE)
    lockout = blocks.refuse_blocked(call, registration.cif, BLOCKED)
    wall = clock.wall_now()
    before = wall - LOST_AFTER * longest
    lockout = rules.count_lost_attempts(lockout, "card", maximum, policies.block, call.now, before)
    if not lockout.blocked and rules.may_begin(lockout, "card", maximum):
        blocks.save(call, rules.book_attempt(lockout, wall))
        call.commit()
        return wall
    blocks.save(call, lockout)
    if lockout.blocked:
        notices.schedule_blocked(call, notices.Person.of(registration), lockout.blocked_until)
    call.commit()
    return None


def give_back_attempt(call: Call, cif: str, began: datetime) -> Lockout:
    """Take an attempt back that CBS has answered, or did not answer; return the customer's lockout."""
    lockout = rules.give_back_attempt(blocks.find_lockout(call, cif), began)
    blocks.save(call, lockout)
    return lockout
