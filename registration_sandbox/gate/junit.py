"""A run as JUnit XML: a file a feature, as CI servers read it."""

from pathlib import Path
from typing import Any

from junitparser import Error, Failure, IntAttr, JUnitXml, Properties, Property, Skipped, TestCase, TestSuite
from junitparser.junitparser import Attr

from registration_sandbox.gate import judging
from registration_sandbox.gate.plain import plain
from registration_sandbox.gate.results import Finding, Run, ScenarioResult

GATE = "branch gate"
LAST_EXCHANGES = 15


class PlacedCase(TestCase):
    """A test case that tells where it is written."""

    file = Attr()
    line = IntAttr()


def write(run: Run, findings: list[Finding], directory: Path) -> None:
    """Write ``TEST-<feature>.xml`` for each feature, and ``TEST-branch-gate.xml`` for the gate's findings.

    Raises OSError.
    """
    directory.mkdir(parents=True, exist_ok=True)
    for feature in run.features:
        scenarios = [scenario for scenario in run.scenarios if scenario.feature == feature.path]
        if scenarios:
            name = feature.path.removesuffix(".feature").removeprefix("features/").replace("/", ".")
            _write(name, [_case(scenario, name) for scenario in scenarios], directory)
    _write(GATE.replace(" ", "-"), _gate(run, findings), directory)


def last_exchanges(result: ScenarioResult, most: int = LAST_EXCHANGES) -> list[str]:
    """Return what was said last in a scenario's world, a line for each exchange."""
    return [
        f"{said.caller} → {said.service}  {said.method} {said.path}  {said.status} {' '.join(said.branches)}".rstrip()
        for said in result.exchanges[-most:]
    ]


def _case(scenario: ScenarioResult, feature: str) -> TestCase:
    case = PlacedCase(plain(scenario.name), feature, round(scenario.duration, 3))
    file, _, line = scenario.location.rpartition(":")
    case.file, case.line = file, int(line)
    _set_properties(case, scenario)
    if scenario.status in ("skipped", "not-tried"):
        prefix = "not tried: " if scenario.status == "not-tried" else ""
        case.result = [Skipped(plain(prefix + scenario.error))]
    elif scenario.status == "failed":
        wrong = [step for step in scenario.steps if step.status in ("failed", "undefined")]
        told = "\n".join([*(f"{step.keyword} {step.text}\n{step.error}" for step in wrong), scenario.error]).strip()
        failure = Failure(plain(told.splitlines()[0] if told else "failed"))
        exchanges = "\n".join(["The last exchanges of its world:", *last_exchanges(scenario)])
        failure.text = plain(f"{told}\n{exchanges}\nReplay it: {scenario.replay}")
        case.result = [failure]
    case.system_out = plain("\n".join(f"{step.status:<9} {step.keyword} {step.text}" for step in scenario.steps))
    return case


def _set_properties(case: TestCase, scenario: ScenarioResult) -> None:
    properties: Any = Properties()  # type: ignore[no-untyped-call]
    for branch in scenario.claimed:
        properties.add_property(Property("branch", branch))
    properties.add_property(Property("seed", str(scenario.seed)))
    if scenario.world:
        properties.add_property(Property("world", scenario.world))
    case.append(properties)  # type: ignore[no-untyped-call]


def _gate(run: Run, findings: list[Finding]) -> list[TestCase]:
    cases = []
    for finding in findings:
        if finding.kind == "scenario-failed":
            continue  # it stands with its feature
        case = TestCase(plain(f"{finding.kind} {finding.subject}"), GATE, 0)
        case.result = [Error(plain(finding.words))]
        cases.append(case)
    if cases:
        return cases
    whole = "every branch is proven as it is claimed"
    return [TestCase(whole if judging.is_whole(run) else "nothing is wrong with this part of the run", GATE, 0)]


def _write(name: str, cases: list[TestCase], directory: Path) -> None:
    suite = TestSuite(name)
    for case in cases:
        suite.add_testcase(case)
    xml = JUnitXml()
    xml.add_testsuite(suite)
    xml.write(str(directory / f"TEST-{name}.xml"), pretty=True)
