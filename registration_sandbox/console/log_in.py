"""The log-in with the admin token, where the sandbox has one."""

from flask import Blueprint, Response, redirect, request
from werkzeug.wrappers import Response as BaseResponse

from registration_sandbox.console import guard, urls
from registration_sandbox.console.pages import render, service

blueprint = Blueprint("console-log-in", __name__)

WRONG = 401


@blueprint.get(urls.LOG_IN)
def get_log_in() -> Response:
    return render("log_in.html", next=_next(request.args.get("next", "")), wrong=False)


@blueprint.post(urls.LOG_IN)
def post_log_in() -> BaseResponse:
    there = _next(request.form.get("next", ""))
    if guard.log_in(service().settings, request.form.get("admin_token", "")):
        return redirect(there, 303)
    return render("log_in.html", status=WRONG, next=there, wrong=True)


@blueprint.post(urls.LOG_OUT)
def post_log_out() -> BaseResponse:
    guard.log_out()
    return redirect(urls.LOG_IN, 303)


def _next(asked: str) -> str:
    """Return where to go after the log-in: a page of the console, never another site's."""
    return urls.own_page(asked) or urls.home()
