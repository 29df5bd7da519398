"""``Idempotency-Key`` on the channel API: one answer for one request, whatever happens to the connection."""

import pytest

from tests.support.world import Request

pytestmark = pytest.mark.thorough


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


@pytest.fixture
def log_in(chitra):
    def bearer(name):
        persona = chitra.personas[name]
        login = {"username": persona["username"], "password": persona["password"]}
        return {"Authorization": f"Bearer {chitra.ask('auth_service', 'POST', '/auth/login', login).body['token']}"}

    return bearer


@pytest.fixture
def begin_device(chitra):
    def body(name):
        return {"flow": "device", "emCertID": chitra.personas[name]["handsets"][0]["emCertID"]}

    return body


def test_a_login_that_has_expired_gets_no_old_answer_and_a_new_one_of_the_user_gets_it(chitra, log_in, begin_device):
    headers, body = log_in("Chitra"), begin_device("Chitra")
    made = chitra.send(request("/registrations", body, "a", headers))
    assert made.status == 201
    path = f"/registrations/{made.body['id']}/actions/check"
    checked = chitra.send(request(path, {}, "b", headers))
    assert checked.status == 200
    chitra.advance("PT23H")
    for again in (request("/registrations", body, "a", headers), request(path, {}, "b", headers)):
        said = chitra.send(again)
        assert (said.status, said.body["code"]) == (401, "not-logged-in"), said.text
    fresh = log_in("Chitra")
    assert same(made, chitra.send(request("/registrations", body, "a", fresh)))
    assert same(checked, chitra.send(request(path, {}, "b", fresh)))


def test_nobody_gets_the_answer_of_another_user_s_key(chitra, log_in, begin_device):
    body = begin_device("Chitra")
    made = chitra.send(request("/registrations", body, "a", log_in("Chitra")))
    path = f"/registrations/{made.body['id']}/actions/check"
    assert chitra.send(request(path, {}, "b", log_in("Chitra"))).status == 200
    for headers, statuses in (
        (log_in("Jai"), [201, 403]),
        ({"Authorization": "Bearer none"}, [401, 401]),
        ({}, [401, 401]),
    ):
        said = [
            chitra.send(request("/registrations", body, "a", headers)),
            chitra.send(request(path, {}, "b", headers)),
        ]
        assert [each.status for each in said] == statuses
        assert said[0].body.get("id") != made.body["id"]


def test_a_key_in_quotes_is_the_same_key(send, begin):
    first = send("/registrations", begin, "k-1")
    assert same(first, send("/registrations", begin, '"k-1"'))
    second = send("/registrations", begin, r'"a \"b\" \\ c"')
    assert second.body["id"] != first.body["id"]
    assert same(second, send("/registrations", begin, r'a "b" \ c'))


@pytest.mark.parametrize("key", ['"', '"a', '"a"b', '"a\\"', '"a\\x"', '"\u00e4"', '""', f'"{"x" * 256}"'])
def test_a_quoted_key_that_is_none_is_refused(send, begin, key):
    said = send("/registrations", begin, key)
    assert (said.status, said.body["field"]) == (400, "Idempotency-Key")


def test_the_longest_key_is_taken(send, begin):
    assert send("/registrations", begin, "x" * 255).status == 201
    assert send("/registrations", begin, f'"{"y" * 255}"').status == 201


def test_a_key_is_forgotten_after_its_lifetime_in_the_world_s_time(asha, send, begin):
    first = send("/registrations", begin)
    asha.advance("PT23H59M59S")
    assert same(first, send("/registrations", begin))
    asha.advance("PT1S")
    again = send("/registrations", {**begin, "deviceId": "other"})
    assert again.status == 201
    assert again.body["id"] != first.body["id"]
    assert same(again, send("/registrations", {**begin, "deviceId": "other"}))


def test_answers_whose_keys_are_forgotten_are_not_kept_for_ever(asha, send, begin, wire):
    def kept():
        state = wire.ask("orchestrator", "GET", f"/_sandbox/worlds/{asha.name}/snapshots/now").json
        return len(state["services"]["orchestrator"]["tables"]["answers"])

    for number in range(3):
        send("/registrations", {**begin, "id": "000000000"}, f"old-{number}")
    asha.advance("PT23H59M59S")
    send("/registrations", begin, "young")
    assert kept() == 4
    asha.advance("PT1S")
    send("/registrations", begin, "new")
    assert kept() == 2


def test_the_lifetime_is_a_policy_and_is_told(wire, new_world):
    world = new_world(seed=7, clock={"set": "2026-01-05T09:00:00Z", "frozen": True}, personas=[{"name": "Asha"}],
                      policies={"orchestrator": {"idempotency_key_lifetime": "PT1H"}})  # fmt: skip
    begin = {"flow": "web", "deviceId": "browser", "type": "CIF", "id": world.personas["Asha"]["cif"]}
    first = world.send(request("/registrations", begin))
    world.advance("PT1H")
    assert world.send(request("/registrations", begin)).body["id"] != first.body["id"]
    paths = wire.ask("orchestrator", "GET", "/openapi.json").json["paths"]
    for path in ("/registrations", "/registrations/{id}/actions/verify-email-otp"):
        told = {each["name"]: each for each in paths[path]["post"]["parameters"]}["Idempotency-Key"]
        assert "P1D of the world's time" in told["description"]


def test_worlds_of_the_same_scenario_and_seed_have_registrations_that_nobody_can_guess(new_world):
    def begun():
        world = new_world(seed=7, personas=[{"name": "Asha"}])
        begin = {"flow": "web", "deviceId": "browser", "type": "CIF", "id": world.personas["Asha"]["cif"]}
        made = world.send(Request("orchestrator", "POST", "/registrations", begin))
        return made.body["id"], world.messages(purpose="email-otp")[0]["code"]

    (one, code), (other, same_code) = begun(), begun()
    assert one != other
    assert len(one) >= 32
    assert code == same_code
