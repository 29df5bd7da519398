"""docs/glossary.md: the report's glossary, and the words of those who work on the code."""

from collections.abc import Mapping

from registration_sandbox.reference.markdown import page
from registration_sandbox.report.glossary import GLOSSARY

MAINTAINERS = {
    "Call": "The work of one HTTP request: a Work that knows its request.",
    "Control plane": "What makes, changes and reads worlds: `/_sandbox` on every service for its own part, and on the "
    "base port for the whole sandbox.",
    "Decision": "The record of a rule that was applied: rule, branch if the documents name one, and the facts.",
    "Driver": "What turns a sentence of a feature into acts on the system under test.",
    "Due work": "Work that is scheduled in the store until its time in the world has come, such as a push or a lapse.",
    "Effect": "What a fault does to a request or a push; one file each.",
    "Front": "What listens on the base port: control plane, console and, where it is ours, the middleware.",
    "Journal": "Every exchange of a world as the service that answered it saw it, masked unless it is unmasked.",
    "Lease": "The claim of one process on a piece of due work; it ends by itself, so that another can take over.",
    "Observer": "What is looked at to judge a system under test: mail, phones, and the fakes' journals.",
    "Part": "What one service is told of a new world: seed, clock, policies, faults and the people that concern it.",
    "Refusal": "An answer that says no for a reason that the caller should know; each service gives it its own shape.",
    "Service": "What listens on a port of its own, the middleware or a fake: a line in `simulators/kit/services.py`.",
    "Settle": "To do everything in a world that is due by now, in its order, before an answer is given.",
    "Store": "A service's database: SQLite in a file, or a schema of PostgreSQL.",
    "System under test": "What stands in place of one of the services, or in front of them, and is judged.",
    "Wall clock": "The machine's time, as opposed to a world's; only leases and the order of exchanges use it.",
    "Work": "One unit of work in one world of one service, with its transaction, its decisions and its calls.",
}


def make_page() -> str:
    """Return the page."""
    sections = {**GLOSSARY, "The code": MAINTAINERS}
    made_from = "`registration_sandbox/report/glossary.py` and `registration_sandbox/reference/glossary.py`"
    return page("Glossary", made_from, *[f"## {title}\n\n{_terms(terms)}" for title, terms in sections.items()])


def _terms(terms: Mapping[str, str]) -> str:
    return "\n".join(
        f"- **{term}**: {meaning}" for term, meaning in sorted(terms.items(), key=lambda each: each[0].lower())
    )
