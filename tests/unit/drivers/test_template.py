"""The driver to fill in, and how a driver reaches the system under test."""

import pytest

from registration_sandbox.drivers import Surroundings
from registration_sandbox.drivers.template import make_driver
from registration_sandbox.drivers.wire import Line, Wire

URL = "http://127.0.0.1:1"


@pytest.mark.parametrize("urls", [{"orchestrator": URL}, {"orchestrator": "http://127.0.0.1:2"}], ids=["in", "beside"])
def test_a_new_driver_reaches_the_system_whether_or_not_it_has_the_place_of_the_middleware(urls):
    namespace = {}
    exec(make_driver("acme_driver.py"), namespace)
    line = Line(urls)
    driver = namespace["Acme"](None, Surroundings(URL, "mine", Wire(line, "mine")))
    assert driver.wire.urls[driver.system] == URL
    line.close()


def test_a_service_that_there_is_none_of_is_told_with_the_name_to_use():
    line = Line({"orchestrator": URL})
    with pytest.raises(LookupError, match=r"no service is named 'http://127.0.0.1:1'; .*surroundings.service"):
        Wire(line, "mine").ask(URL, "GET", "/")
    line.close()
