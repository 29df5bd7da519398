"""Exchanges as an HTTP archive (HAR 1.2), which browsers and other tools open."""

import json
from collections.abc import Mapping, Sequence
from http import HTTPStatus
from typing import Any
from urllib.parse import parse_qsl, urlsplit

from simulators.kit.journal import Exchange
from simulators.kit.settings import Settings
from simulators.kit.world import World

UNMASKED = "Unmasked: passwords, PINs, codes and tokens of the world's people are in here as they were sent."
JSON = "application/json"
UNKNOWN = -1
"""What HAR has for a size that nobody measured."""


def archive(exchanges: Sequence[Exchange], world: World, settings: Settings, version: str) -> dict[str, Any]:
    """Return the archive, oldest exchange first. What the journal masks is masked in it, too."""
    entries = [_entry(each, world.id, settings.url(each.service)) for each in exchanges]
    creator = {"name": "registration-sandbox", "version": version}
    comment = {"comment": UNMASKED} if world.unmasked else {}
    return {"log": {"version": "1.2", "creator": creator, "entries": entries, **comment}}


def _entry(exchange: Exchange, world: str, url: str) -> dict[str, Any]:
    return {
        "startedDateTime": exchange.at.isoformat(),
        "time": exchange.duration_ms,
        "request": _request(exchange, world, url),
        "response": _response(exchange),
        "cache": {},
        "timings": {"send": 0, "wait": exchange.duration_ms, "receive": 0},
        "comment": " ".join([f"{exchange.caller} asks {exchange.service}", *exchange.branches]),
        "_exchange": exchange.id,
        "_trace": exchange.trace_id,
        "_fault": exchange.fault,
    }


def _request(exchange: Exchange, world: str, url: str) -> dict[str, Any]:
    address = url + exchange.path
    found: dict[str, Any] = {
        "method": exchange.method,
        "url": address,
        "httpVersion": "HTTP/1.1",
        "cookies": [],
        "headers": _headers({"Baggage": f"sandbox.world={world}"} | exchange.request_headers),
        "queryString": [{"name": name, "value": value} for name, value in parse_qsl(urlsplit(address).query)],
        "headersSize": UNKNOWN,
        "bodySize": UNKNOWN,
    }
    if exchange.request is not None:
        found["postData"] = {"mimeType": JSON, "text": json.dumps(exchange.request, ensure_ascii=False)}
    return found


def _response(exchange: Exchange) -> dict[str, Any]:
    text = "" if exchange.answer is None else json.dumps(exchange.answer, ensure_ascii=False)
    known = exchange.status in set(HTTPStatus)
    return {
        "status": exchange.status,
        "statusText": HTTPStatus(exchange.status).phrase if known else "",
        "httpVersion": "HTTP/1.1",
        "cookies": [],
        "headers": _headers(exchange.answer_headers),
        "content": {"size": len(text.encode()), "mimeType": JSON if text else "", "text": text},
        "redirectURL": exchange.answer_headers.get("Location", ""),
        "headersSize": UNKNOWN,
        "bodySize": UNKNOWN,
    }


def _headers(headers: Mapping[str, str]) -> list[dict[str, str]]:
    return [{"name": name, "value": value} for name, value in headers.items()]
