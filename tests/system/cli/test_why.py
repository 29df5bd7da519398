"""``sandbox why``: the decision behind an answer."""


def test_the_last_decision_is_told_with_rule_branch_document_and_facts(played):
    out = played.type("why", "last").out
    assert "WR-2.2  documented: documents/web_registration.md, step 2 VerifyEmailOtp" in out
    assert "When the email OTP is wrong" in out
    assert "then the attempt is counted and the attempts left are told" in out
    assert "cymmetri decided by the rule otp.wrong" in out
    facts = played.type("why", "last", "--json").json["decisions"][0]["facts"]
    assert facts
    assert all(name in out for name in facts)


def test_the_headers_of_request_and_answer_are_told(played):
    lines = played.type("why", "last").lines
    request, answer = lines.index("Headers of the request"), lines.index("Headers of the answer")
    assert any(line.startswith("  Authorization") and line.endswith("Bearer •••") for line in lines[request:answer])
    assert any(line.split() == ["Sandbox-Branch", "WR-2.2"] for line in lines[answer:])


def test_who_asked_whom_is_told_down_to_the_exchange(played):
    lines = played.type("why", "WR-1.2").lines
    chain = lines[lines.index("Who asked whom") + 1 :]
    assert [len(line) - len(line.lstrip()) for line in chain] == [2, 4, 6, 6]
    assert chain[0].startswith("  client → orchestrator  POST /registrations  201")
    assert chain[1].endswith("200  WR-1.2  ← this one")
    assert [line.split()[2] for line in chain[2:]] == ["cbs", "mailroom"]


def test_what_another_service_decided_is_told_with_an_answer_that_only_hands_it_on(played):
    told = played.type("why", played.exchanges[1], "--json").json
    assert told["exchange"]["id"] == played.exchanges[1]
    decision = told["decisions"][0]
    assert (decision["service"], decision["rule"], decision["branch"]["id"]) == ("cymmetri", "otp.wrong", "WR-2.2")
    assert decision["branch"]["basis"] == "documented"
    assert {each["trace_id"] for each in told["trace"]} == {told["exchange"]["trace_id"]}
    out = played.type("why", played.exchanges[1]).out
    assert f"The registration {played.registration} went from Email_Otp_Sent to Email_Otp_Sent" in out


def test_an_id_may_be_given_by_its_beginning(played):
    id = played.exchanges[2]
    assert played.type("why", id[:12].upper(), "--json").json["exchange"]["id"] == id


def test_a_beginning_that_is_many_exchanges_is_refused(played):
    said = played.type("why", "")
    assert said.code == 1
    assert "Give more of the id." in said.err


def test_a_branch_stands_for_the_last_time_it_was_taken(played):
    told = played.type("why", "wr-2.2", "--json").json
    assert told["exchange"]["parent"] == played.exchanges[2]


def test_what_is_not_there_is_told(played):
    for wanted, words in (
        ("zz", "There is no exchange whose id begins with 'zz'"),
        ("WR-1.1", "WR-1.1 was not taken in the world"),
        ("WR-2.22", "There is no branch WR-2.22. Did you mean WR-2.2?"),
    ):
        said = played.type("why", wanted)
        assert said.code == 1
        assert words in said.err


def test_a_world_without_decisions_says_so(world):
    said = world.type("why", "last")
    assert said.code == 1
    assert "There is no decision in the world" in said.err


def test_a_fault_is_told_as_the_reason(world):
    world.type("fault", "add", "cbs", "status=500")
    world.begins()
    id = world.type("journal", "--service", "cbs", "--json").json["exchanges"][0]["id"]
    out = world.type("why", id).out
    assert "A fault struck: status." in out
    assert "Nothing was decided here" in out
