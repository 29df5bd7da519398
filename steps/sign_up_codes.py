"""Sign-up codes that a back office asks of TSG itself, with no middleware between."""

import re
from typing import Any

from steps.device_registration import owner
from steps.support.code_desk import DESKS, CodeDesk
from steps.support.sentences import Context, step, then


def desk(context: Context, service_id: str) -> CodeDesk:
    """Return where a bank asks for codes, the same throughout the scenario."""
    if "desks" not in context:
        context.desks = {each: CodeDesk(context.bank, each) for each in DESKS.values()}
    return context.desks[service_id]


@step("{service_id:Desk} asks TSG for a sign-up code {form:CodeForm}")
def requests_code(context: Context, service_id: str, form: dict[str, Any]) -> None:
    context.reply = desk(context, service_id).request_code(**form)


@step("{service_id:Desk} voids its sign-up code")
def voids_code(context: Context, service_id: str) -> None:
    desk(context, service_id).void_code()


@step("{service_id:Desk} asks TSG for {times:SomeCodes}, and voids each at once")
def voids_each(context: Context, service_id: str, times: int) -> None:
    for _ in range(times):
        context.reply = desk(context, service_id).request_code()
        if not context.reply.refused:
            voids_code(context, service_id)


@step("{name:Name} types the sign-up code of {service_id:Desk}")
def types_code_of_desk(context: Context, name: str, service_id: str) -> None:
    owner(context, name).phone.type_code(desk(context, service_id).codes[-1])


@then("{service_id:Desk} is given a code that has {shape:CodeShape}")
def is_given_code(context: Context, service_id: str, shape: str) -> None:
    assert not context.reply.refused, f"TSG answers {context.reply}"
    code = desk(context, service_id).codes[-1]
    assert re.fullmatch(shape, code), f"the code is {code}"


@then("no two codes of {service_id:Desk} are the same")
def codes_differ(context: Context, service_id: str) -> None:
    codes = desk(context, service_id).codes
    assert len(codes) > 1, f"there is no second code: TSG answers {context.reply}"
    assert len(set(codes)) == len(codes), f"the codes are {codes}"


@then("{service_id:Desk} is told that its sign-up is {standing:Standing}")
def is_told_standing(context: Context, service_id: str, standing: str) -> None:
    context.bank.settle()
    found = desk(context, service_id).find_standing()
    assert found == standing, f"TSG says {found}"
