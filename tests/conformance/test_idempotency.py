"""``Idempotency-Key`` on the channel API: one answer for one request, whatever happens to the connection."""

import pytest

from tests.support.world import Request


@pytest.fixture
def send(asha):
    """Send a POST with a key."""

    def post(path, body, key="k-1", headers=None):
        return asha.send(request(path, body, key, headers))

    return post


def request(path, body, key="k-1", headers=None):
    return Request("orchestrator", "POST", path, body, headers={"Idempotency-Key": key, **(headers or {})})


@pytest.fixture
def begin(asha):
    return {"flow": "web", "deviceId": "browser", "type": "CIF", "id": asha.personas["Asha"]["cif"]}


def same(*answers):
    kept = ("content-type", "location", "retry-after", "sandbox-branch")
    told = [(said.status, said.text, {name: said.headers.get(name) for name in kept}) for said in answers]
    return all(each == told[0] for each in told)


def test_the_same_key_and_body_get_the_same_answer(asha, send, begin):
    first, again = send("/registrations", begin), send("/registrations", begin)
    assert first.status == 201
    assert same(first, again)
    assert len(asha.messages(purpose="email-otp")) == 1
    reordered = send("/registrations", dict(reversed(begin.items())))
    assert same(first, reordered)


def test_another_body_or_another_call_under_the_same_key_is_422(asha, send, begin):
    made = send("/registrations", begin).body
    for path, body in [
        ("/registrations", {**begin, "deviceId": "other"}),
        (f"/registrations/{made['id']}/actions/resend-email-otp", {}),
    ]:
        refused = send(path, body)
        assert (refused.status, refused.body["code"]) == (422, "idempotency-key-reused")
    assert send("/registrations", begin, "k-2").body["id"] != made["id"]


def test_a_refusal_is_an_answer_too(asha, send, begin):
    unknown = {**begin, "id": "000000000"}
    first, again = send("/registrations", unknown), send("/registrations", unknown)
    assert (first.status, first.branches) == (404, ["WR-1.3"])
    assert same(first, again)
    assert len(asha.exchanges(service="cymmetri")) == 1


def test_a_wrong_code_that_is_sent_again_under_its_key_counts_once(asha, send, begin):
    made = send("/registrations", begin).body
    path = f"/registrations/{made['id']}/actions/verify-email-otp"
    code = asha.messages(purpose="email-otp")[0]["code"]
    wrong = {"otp": f"{(int(code) + 1) % 10**6:06}"}
    answers = [send(path, wrong, "once") for _ in range(5)]
    assert (answers[0].status, answers[0].body["details"]["attemptsLeft"]) == (401, 2)
    assert same(*answers)
    right = [send(path, {"otp": code}, "twice") for _ in range(2)]
    assert right[0].body["status"] == "Mobile_Otp_Sent"
    assert same(*right)
    assert len(asha.messages(purpose="mobile-otp")) == 1


def test_a_too_early_resend_tells_again_when_to_come_back(asha, send, begin):
    made = send("/registrations", begin).body
    path = f"/registrations/{made['id']}/actions/resend-email-otp"
    answers = [send(path, {}, "soon") for _ in range(2)]
    assert (answers[0].status, answers[0].headers["retry-after"]) == (429, "30")
    assert same(*answers)


@pytest.mark.parametrize("service", ["cymmetri", "cbs"])
def test_an_outage_is_no_answer_to_keep(asha, send, begin, service):
    asha.fault(service, "", "*", {"status": 503}, times=None)
    assert [send("/registrations", begin).status for _ in range(2)] == [503, 503]
    asha.mend()
    first, again = send("/registrations", begin), send("/registrations", begin)
    assert first.status == 201
    assert same(first, again)


def test_an_answer_that_was_lost_on_the_way_is_had_again(asha, send, begin):
    asha.fault("orchestrator", "POST", "/registrations", {"lose_response": True})
    with pytest.raises(ConnectionResetError):
        send("/registrations", begin)
    assert send("/registrations", begin).status == 201
    assert len(asha.messages(purpose="email-otp")) == 1


def test_parallel_requests_under_one_key_do_the_work_once_and_get_one_answer(asha, begin):
    asha.fault("cymmetri", "", "*", {"delay": {"ms": 200}}, times=None)
    answers = asha.at_once([request("/registrations", begin)] * 8)
    assert answers[0].status == 201
    assert same(*answers)
    assert len(asha.messages(purpose="email-otp")) == 1
    assert len(asha.exchanges(service="cymmetri")) == 1


def test_a_key_is_its_users_and_its_worlds_own(asha, new_world, begin):
    other = new_world(seed=8, personas=[{"name": "Asha"}])
    mine = asha.send(request("/registrations", begin)).body
    theirs = other.send(request("/registrations", {**begin, "id": other.personas["Asha"]["cif"]}))
    assert theirs.status == 201
    assert theirs.body["id"] != mine["id"]
    with_token = asha.send(request("/registrations", begin, headers={"Authorization": "Bearer of.somebody"}))
    assert with_token.body["id"] != mine["id"]


@pytest.mark.parametrize("key", ["", "x" * 256])
def test_a_key_that_is_none_is_refused(asha, send, begin, key):
    said = send("/registrations", begin, key)
    assert (said.status, said.body["field"]) == (400, "Idempotency-Key")


def test_device_actions_honour_the_key_as_well(chitra):
    persona = chitra.personas["Chitra"]
    login = {"username": persona["username"], "password": persona["password"]}
    token = chitra.ask("auth_service", "POST", "/auth/login", login).body["token"]
    headers = {"Authorization": f"Bearer {token}"}
    begin = {"flow": "device", "emCertID": persona["handsets"][0]["emCertID"]}
    made = [chitra.send(request("/registrations", begin, "a", headers)) for _ in range(2)]
    assert made[0].status == 201
    assert same(*made)
    path = f"/registrations/{made[0].body['id']}/actions/sign-up"
    fields = {"via": "email", "contact": persona["email"]}
    begun = [chitra.send(request(path, fields, "b", headers)) for _ in range(3)]
    assert begun[0].body["status"] == "Sign_Up_In_Progress"
    assert same(*begun)
    assert len(chitra.messages(purpose="sign-up-code")) == 1
