"""A run as JUnit XML: a file a feature, as CI servers read it."""

from pathlib import Path

from junitparser import Error, Failure, JUnitXml, Skipped, TestCase, TestSuite

from orchestrator.gate.results import Finding, Run, ScenarioResult

GATE = "branch gate"


def write(run: Run, findings: list[Finding], directory: Path) -> None:
    """Write ``TEST-<feature>.xml`` for each feature, and ``TEST-branch-gate.xml`` for the gate's findings."""
    directory.mkdir(parents=True, exist_ok=True)
    for feature in run.features:
        scenarios = [scenario for scenario in run.scenarios if scenario.feature == feature.path]
        if scenarios:
            name = feature.path.removesuffix(".feature").removeprefix("features/").replace("/", ".")
            _write(name, [_case(scenario, name) for scenario in scenarios], directory)
    _write(GATE.replace(" ", "-"), list(_gate(findings)), directory)


def _case(scenario: ScenarioResult, feature: str) -> TestCase:
    case = TestCase(scenario.name, feature, round(scenario.duration, 3))
    if scenario.status == "skipped":
        case.result = [Skipped(scenario.error)]
    elif scenario.status == "failed":
        wrong = [step for step in scenario.steps if step.error]
        told = "\n".join([*(f"{step.keyword} {step.text}\n{step.error}" for step in wrong), scenario.error])
        failure = Failure(told.strip().splitlines()[0] if told.strip() else "failed")
        failure.text = f"{told}\nReplay it: {scenario.replay}"
        case.result = [failure]
    case.system_out = "\n".join(f"{step.status:<9} {step.keyword} {step.text}" for step in scenario.steps)
    return case


def _gate(findings: list[Finding]) -> list[TestCase]:
    cases = []
    for finding in findings:
        if finding.kind == "scenario-failed":
            continue  # it stands with its feature
        case = TestCase(f"{finding.kind} {finding.subject}", GATE, 0)
        error = Error(finding.words)
        case.result = [error]
        cases.append(case)
    return cases or [TestCase("every branch is proven as it is claimed", GATE, 0)]


def _write(name: str, cases: list[TestCase], directory: Path) -> None:
    suite = TestSuite(name)
    for case in cases:
        suite.add_testcase(case)
    xml = JUnitXml()
    xml.add_testsuite(suite)
    xml.write(str(directory / f"TEST-{name}.xml"), pretty=True)
