"""What whoever sets up a world may do to the TSG beside the control plane that every service has."""

from typing import TYPE_CHECKING

from simulators.kit.api import Api
from simulators.kit.errors import SandboxRefusal
from simulators.kit.lazy import lazy
from simulators.kit.work import Service
from simulators.kit.worlds import world_id
from simulators.tsg.models import KnownPush, KnownSubject, People, SubjectPlaces
from simulators.tsg.records import Subject

if TYPE_CHECKING:
    from simulators.tsg import tables
else:
    tables = lazy("simulators.tsg.tables")

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
                words = f"The TSG has issued no emCert {place.subject_id!r} in this world."
                raise SandboxRefusal("unknown-subject", 404, words, field="subjects.subject_id")
            subject.state = place.state
            tx.update(tables.subjects, subject)
    return places


@api.operation("GET", "/_sandbox/worlds/<world>/people", answer=People, control=True)
def get_people(service: Service, world: str) -> People:
    """Tell everyone that the TSG knows in a world, and its pushes."""
    found = service.worlds.find(world_id(world))
    with service.store.transaction(found.id) as tx:
        return People(tx.all(tables.every_subject, KnownSubject), tx.all(tables.every_push, KnownPush))
