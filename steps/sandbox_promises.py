"""What the sandbox promises a tester: secrets, worlds, time and messages."""

from registration_sandbox.drivers import login
from registration_sandbox.drivers.wire import Wire
from steps.observers.tester import find_secrets_shown, messages_of, times_told
from steps.support.others import Institution
from steps.support.sentences import Context, given, step, then, when
from steps.support.vocabulary import IdentityOf
from steps.web_registration import customer

NOWHERE = "a-world-that-is-not-there"
ANY_CALL = {
    "cymmetri": ("POST", "/ciamregsrvc/webRegistration/checkIdentity"),
    "cbs": ("GET", "/cbs/user-ids/anybody"),
    "auth_service": ("POST", "/auth/login"),
    "tsg": ("POST", "/tsg/subject_info"),
    "mailroom": ("GET", "/messages"),
    "handset": ("GET", "/handsets/anything"),
}
"""A call of each fake; in a world that is there it would be answered, or refused for another reason."""


@then("the journal shows none of {name:Name}'s secrets")
def shows_no_secret(context: Context, name: str) -> None:
    shown = find_secrets_shown(context.bank, name)
    assert not shown, f"the journal shows {', '.join(shown)}"


@when("a tester asks every system in a world that is not there")
def asks_nowhere(context: Context) -> None:
    nowhere = Wire(context.line, NOWHERE)
    context.replies = {
        service: nowhere.ask(service, method, path, {} if method == "POST" else None)
        for service, (method, path) in ANY_CALL.items()
    }


@then("every system says that there is no such world")
def says_no_such_world(context: Context) -> None:
    for service, reply in context.replies.items():
        assert reply.body.get("code") == "unknown-world", f"{service} answered {reply}"
        assert reply.body.get("world") == NOWHERE, f"{service} means another world: {reply}"


@step("a tester makes another world with the same people")
def makes_a_twin(context: Context) -> None:
    context.twin = context.bank.twin()
    context.twin.open()
    context.add_cleanup(context.twin.close)


@when("{name:Name} starts to register {identity_of:HowToStart} in the other world")
def starts_in_the_twin(context: Context, name: str, identity_of: IdentityOf) -> None:
    context.bank = context.twin
    customer(context, name).start(identity_of(context.bank.person(name)))


@given("{name:Name} has logged in to the app in the other world")
def logs_in_in_the_twin(context: Context, name: str) -> None:
    seen, _ = login.to_app(context.twin.wire, *context.twin.person(name).credentials)
    assert not seen.refused, f"{name} cannot log in there: {seen}"


@then("{name:Name} has {phones:Phones} on the Auth Service of the other world")
def twin_has_phones(context: Context, name: str, phones: int) -> None:
    known = Institution(context.twin, context.twin.person(name)).devices()
    assert len(known) == phones, f"the Auth Service has {len(known)} phones of {name} there"


@when("a tester makes the same world again")
def makes_again(context: Context) -> None:
    context.bank.reopen()
    context.twin = context.bank


@then("nothing has happened in the other world")
@then("nothing has happened in the new world")
def nothing_in_the_twin(context: Context) -> None:
    people = [person.name for person in context.twin.everybody()]
    assert people, "nobody is there"
    for name in people:
        assert not messages_of(context.twin, name), f"{name} has got messages there"
    assert not context.twin.exchanges(service="cbs"), "somebody has asked core banking there"


@then("every system tells the same time")
def tell_the_same_time(context: Context) -> None:
    told = times_told(context.bank, tuple(ANY_CALL))
    assert len(set(told.values())) == 1, f"the systems tell {told}"


@then("each message to {name:Name} about the registration has come once")
def came_once(context: Context, name: str) -> None:
    found = [each for each in messages_of(context.bank, name) if each["purpose"] == "registered"]
    channels = sorted(each["channel"] for each in found)
    assert channels == ["email", "sms"], f"there came {channels}"
