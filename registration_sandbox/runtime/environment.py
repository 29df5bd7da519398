"""The environment variables of the sandbox, each with its meaning: docs/settings.md is made from this table.

A test looks for every name that begins with ``SANDBOX_`` in the code, and fails where one is missing here.
"""

from dataclasses import dataclass

from registration_sandbox.runtime.settings import DEFAULT_BASE_PORT, DEFAULT_DATA_DIR, LISTEN_ON, url_variable
from simulators.kit.numbers import LONGEST_DURATION
from simulators.kit.services import TABLE
from simulators.kit.world_names import DEFAULT

GENERATED = "made once, kept in the data directory"


@dataclass(frozen=True)
class Variable:
    """A variable: what it sets, and in words what holds where it is not set."""

    name: str
    meaning: str
    default: str = ""


START = (
    Variable("SANDBOX_BASE_PORT", "The port of the control plane; the services follow it.", str(DEFAULT_BASE_PORT)),
    Variable("SANDBOX_HOST", "The address to listen on. One that is not loopback needs `SANDBOX_ADMIN_TOKEN`.",
             LISTEN_ON),
    Variable("SANDBOX_DATA_DIR", "Where databases and generated secrets are kept.", str(DEFAULT_DATA_DIR)),
    Variable("SANDBOX_DATABASE_URL", "A `postgresql://` URL in place of SQLite files. Sandboxes on one "
             "database are replicas of each other, and must have the same secrets; one that is started for a demo or a "
             "test run has files of its own all the same.", "SQLite in the data directory"),
    Variable("SANDBOX_SYNCHRONOUS", "`full` keeps through a power cut what was answered; commits wait for the disk.",
             "`off`"),
    Variable("SANDBOX_WORKERS", "How many processes serve.", "2, or 1 on one core"),
    Variable("SANDBOX_WORLD_TTL", "For how long a world is kept that nobody uses: an ISO 8601 duration up to "
             f"`P{LONGEST_DURATION.days}D`, or `never`. The log says which were deleted; `default` never is.", "`P7D`"),
    Variable("SANDBOX_UNDO_TTL", "For how long the console can undo that a world was deleted or replaced: an ISO 8601 "
             f"duration up to `P{LONGEST_DURATION.days}D`. With `never` it cannot, and keeps no copy of it.", "`P1D`"),
    Variable("SANDBOX_JOURNAL_LIMIT", "How many exchanges each service keeps of a world. The log says where the oldest "
             "are deleted, the journal and coverage how many were.", "20000"),
    Variable("SANDBOX_MESSAGE_LIMIT", "How many messages the mailroom keeps of a world. The log says where the oldest "
             "are deleted.", "5000"),
    Variable("SANDBOX_TLS_CERT", "With `--tls`: the certificate chain to serve with, in PEM.",
             "made, in the data directory"),
    Variable("SANDBOX_TLS_KEY", "With `--tls`: its key, in PEM, unencrypted.", "made, in the data directory"),
    Variable("SANDBOX_CA_FILE", "The CA, in PEM, that clients trust which come with the sandbox, and with `--tls` the "
             "services.", "the system's"),
    Variable("SANDBOX_MTLS", "With `--tls`: `optional` has the TSG ask clients for a certificate, `required` refuses "
             "institution calls without one.", "`off`"),
    Variable("SANDBOX_MTLS_CA", "A further CA, in PEM, whose clients' certificates the TSG takes.",
             "the sandbox's own CA alone"),
    Variable("SANDBOX_ALLOWED_HOSTS", "Further hosts that a request may name, with commas between: "
             "`sandbox.example.com`, `*.example.com`, or `*` for any.",
             "loopback, `SANDBOX_HOST`, the hosts of the services' URLs"),
    Variable("SANDBOX_PUSH_HOSTS", "The hosts that the policy `tsg.push_url` may name, written as above.", "loopback"),
    Variable("SANDBOX_CORS_ORIGINS", "Further origins whose pages may ask, with commas between; `*` for any.",
             "pages of loopback"),
    Variable("SANDBOX_TRUST_FORWARDED", "Of how many proxies in a row `X-Forwarded-For`, `-Proto`, `-Host`, `-Port` "
             "and `-Prefix` are believed.", "none"),
    Variable("SANDBOX_SMTP_IN", f"`1` takes mail in by SMTP on the base port + {len(TABLE)}: it lands in the world "
             "that the header `Sandbox-World` or an address like `asha+world.team-a@example.test` names. "
             "A mail may have 100 recipients and 50 parts, and 32 KiB of headers, those of its parts included.",
             "no mail is taken in"),
    Variable("SANDBOX_OTLP_ENDPOINT", "The collector that exchanges are exported to as OpenTelemetry spans, by OTLP "
             "over HTTP: `http://127.0.0.1:4318`. Needs the extra `otlp`.", "none are exported"),
    Variable("SANDBOX_SMTP_URL", "An `smtp://host:port` server that emails are sent to as well.", "none"),
)  # fmt: skip
"""What ``sandbox up`` starts, and where."""

PLACES = tuple(
    Variable(url_variable(spec.name), f"{spec.title}: its URL. Where it is set, the service is not started here.",
             f"`http://127.0.0.1:{DEFAULT_BASE_PORT + number}`")
    for number, spec in enumerate(TABLE)
)  # fmt: skip
"""Where the services are: a real system takes a fake's place by its URL."""

CREDENTIALS = (
    Variable("SANDBOX_ADMIN_TOKEN", "The bearer token that calls below `/_sandbox` must carry.", "none on loopback"),
    Variable("SANDBOX_TSG_API_KEY", "The key with which the institution calls the TSG.", GENERATED),
    Variable("SANDBOX_TSG_PUSH_SECRET", "The secret that signs the TSG's push: `whsec_` and base64.", GENERATED),
    Variable("SANDBOX_AUTH_SERVICE_API_KEY", "The middleware's key at the Auth Service.", GENERATED),
    Variable("SANDBOX_SIGNING_KEY", "The key that signs tokens; replicas must share it.", GENERATED),
)
"""Secrets that a middleware or a shared sandbox needs."""

CLIENTS = (
    Variable("SANDBOX_URL", "The sandbox that commands, tests and the plugin ask: its control plane's URL.",
             "`SANDBOX_ORCHESTRATOR_URL`, else a sandbox of its own or the default port"),
    Variable("SANDBOX_WORLD", "The world that commands ask about, in place of `--world`.", f"`{DEFAULT}`"),
    Variable("_SANDBOX_COMPLETE", "Set by a shell that completes commands (`sandbox completion`)."),
)  # fmt: skip
"""What clients of a running sandbox read."""

CHECKS = (
    Variable("SANDBOX_OUTAGES", "`all` plays every outage of the specification, not a quarter of them.", "a quarter"),
    Variable("SANDBOX_REQUIRE", "Names, with commas between them, of what a test must not be skipped for: "
             "`docker,browser,postgres`.", "none"),
    Variable("SANDBOX_THOROUGH", "`1` runs what kills and restarts processes as well, `all` leaves nothing out.",
             "not set"),
    Variable("SANDBOX_TORTURE_EXAMPLES", "How many requests for each operation the fuzzing of all services makes up.",
             "5, and none where `SANDBOX_THOROUGH` is not set"),
    Variable("SANDBOX_TORTURE_REQUESTS", "How many requests at random are sent to each service.",
             "300, and none where `SANDBOX_THOROUGH` is not set"),
    Variable(
        "SANDBOX_TORTURE_URL",
        "The control plane of a sandbox that is up, such as a stack of containers, to attack with its "
        "`SANDBOX_ADMIN_TOKEN`.",
        "one is started",
    ),
    Variable("SANDBOX_TORTURE_SEED", "Which requests at random are sent; the same are made of the same.", "7"),
    Variable("SANDBOX_TORTURE_ROUNDS", "How often each race is run.",
             "5, and once where `SANDBOX_THOROUGH` is not set"),
    Variable("SANDBOX_TORTURE_FLOWS", "How many customers come and go while memory is looked at.", "60"),
    Variable("SANDBOX_MODEL_EXAMPLES", "How many examples the property tests try.", "a few"),
    Variable("SANDBOX_CHROMIUM", "The Chromium that the browser tests drive.", "the system's"),
    Variable("SANDBOX_IMAGE", "The image that the recipe for Testcontainers starts.", "`registration-sandbox`"),
    Variable("SANDBOX_BUILD_NETWORK", "The network that an image is built with, such as `host`.", "the engine's own"),
)  # fmt: skip
"""What the project's own tests and builds read."""

GROUPS = {
    "Starting a sandbox": START,
    "Where the services are": PLACES,
    "Credentials": CREDENTIALS,
    "Asking a sandbox that is up": CLIENTS,
    "Tests and builds": CHECKS,
}

VARIABLES = tuple(variable for group in GROUPS.values() for variable in group)
