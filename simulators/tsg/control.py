"""What testers see and set of the TSG under ``/_sandbox``: subjects, and pushes with every try."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from simulators.kit.errors import SandboxRefusal
from simulators.kit.turns import in_pieces
from simulators.kit.web.api import Answer, Api
from simulators.kit.wire.tracing import Trace
from simulators.kit.work import Service, Work
from simulators.kit.world_names import world_id
from simulators.tsg import tables
from simulators.tsg.control_models import (
    KnownPush,
    KnownSubject,
    NewPush,
    People,
    Pushes,
    PushNumbers,
    PushTryView,
    PushView,
    SubjectPlaces,
)
from simulators.tsg.records import ListedPush, Push, PushAttempt, Subject
from simulators.tsg.steps import enqueue_push
from simulators.tsg.steps.complete_sign_up import encode_credential

api = Api()


@api.operation(
    "POST", "/_sandbox/worlds/<world>/subjects", body=SubjectPlaces, answer=SubjectPlaces, control=True,
    refusals=[(404, "unknown-world"), (404, "unknown-subject")],
)  # fmt: skip
def post_subjects(service: Service, places: SubjectPlaces, world: str) -> SubjectPlaces:
    """Put subjects that have an emCert into the states that a scenario begins with: all of them, or none."""
    found = service.worlds.find(world_id(world))
    with service.store.transaction(found.id) as tx:
        for place in places.subjects:
            subject = tx.get(tables.subjects, Subject, subject_id=place.subject_id)
            if subject is None:
                message = f"The TSG has issued no emCert {place.subject_id!r} in this world."
                raise SandboxRefusal("unknown-subject", 404, message, field="subjects.subject_id")
            subject.state = place.state
            tx.update(tables.subjects, subject)
    return places


@api.operation("GET", "/_sandbox/worlds/<world>/people", answer=People, control=True, refusals=[(404, "unknown-world")])
def get_people(service: Service, world: str) -> People:
    """List everyone that the TSG knows in a world, and its pushes."""
    found = service.worlds.find(world_id(world))
    subjects = service.store.look(tables.every_subject, KnownSubject, world=found.id)
    return People(subjects, service.store.look(tables.every_push, KnownPush, world=found.id))


@api.operation("GET", "/_sandbox/worlds/<world>/pushes", answer=Pushes, control=True, refusals=[(404, "unknown-world")])
def list_pushes(service: Service, world: str) -> Pushes:
    """List a world's pushes, oldest first, with every try and the receiver's answer to it."""
    found = service.worlds.find(world_id(world))
    pushes = service.store.look(tables.every_push, ListedPush, world=found.id)
    tries: dict[str, list[PushAttempt]] = {}
    for each in service.store.look(tables.every_attempt, PushAttempt, world=found.id):
        tries.setdefault(each.push, []).append(each)
    return Pushes([_view(push, tries.get(push.id, ())) for push in in_pieces(pushes)])


@api.operation("GET", "/_sandbox/pushes", answer=PushNumbers, control=True)
def count_pushes(service: Service) -> PushNumbers:
    """Return how many pushes there are in all worlds, by their state."""
    return PushNumbers({row["state"]: int(row["number"]) for row in service.store.read(tables.count_pushes)})


@api.operation(
    "POST", "/_sandbox/worlds/<world>/pushes", body=NewPush, answer=PushView, status=202, control=True,
    refusals=[(400, "validation-failed"), (404, "unknown-world")],
)  # fmt: skip
def send_push(service: Service, new: NewPush, world: str) -> Answer:
    """Send a push made by hand, to try a receiver; TSG signs and retries it as any other."""
    credential = encode_credential(new.credential)
    with _work(service, world) as work:
        push = enqueue_push.enqueue(
            work, new.subject_id, new.service_id, new.external_reference, credential=credential
        )  # fmt: skip
    return Answer(_view(push, []), 202)


@api.operation(
    "POST", "/_sandbox/worlds/<world>/pushes/<push>/resend", answer=PushView, status=202, control=True,
    refusals=[(404, "unknown-world"), (404, "unknown-push")],
)  # fmt: skip
def resend_push(service: Service, world: str, push: str) -> Answer:
    """Have a push sent once more, whatever became of it; while it is not acknowledged it is retried as before."""
    with _work(service, world) as work:
        pending = enqueue_push.resend(work, push)
        tries = work.tx.all(tables.attempts_of_push, PushAttempt, push=push)
    return Answer(_view(pending, tries), 202)


@contextmanager
def _work(service: Service, world: str) -> Iterator[Work]:
    """Do something in a world in one transaction, which is rolled back if the block raises."""
    work = Work(service, service.worlds.find(world_id(world)), Trace.from_headers(""))
    try:
        yield work
        work.commit()
    finally:
        work.rollback()


def _view(push: Push | ListedPush, tries: Sequence[PushAttempt]) -> PushView:
    views = [PushTryView(each.at, each.status) for each in tries]
    return PushView(push.id, push.external_reference, push.subject_id, push.receiver, views, push.state)
