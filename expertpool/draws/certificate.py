"""The certificate of a draw (抽取证书): one JSON file with everything needed to compute the draw again."""

import json
from typing import Any

from expertpool.accounts.pool_protocol import Pool
from expertpool.draws import algorithm as algorithm
from expertpool.draws.browse import DrawDetail, draw_detail
from expertpool.foundation.json_values import JsonMapping, JsonObject
from expertpool.foundation.places import resource
from expertpool.foundation.problems import UserProblem
from expertpool.foundation.uids import now_stamp

SCHEMA = "expertpool-draw-certificate/1"
LANGUAGES = ("en", "zh_CN")
SELF = "certificate"  # the field that holds the fingerprint of all other fields

# the exact shape: a missing or additional key, or a value of another type, makes the file invalid
_TEXT, _COUNT, _TRUTH = str, int, bool
_GROUND = {"rule": _TEXT, "key": _TEXT, "text": _TEXT}
RECORD: JsonObject = {
    "schema": _TEXT, "algorithm": _TEXT, "draw": _TEXT, "number": _COUNT, "ground": _TEXT,
    "earlier": [{"draw": _TEXT, "fingerprint": _TEXT, "result": _TEXT, "state": _TEXT, "ground": _TEXT}],
    "case": _TEXT, "court": _TEXT, "role": _TEXT, "rules": _TEXT, "day": _TEXT, "frozen_at": _TEXT, "mains": _COUNT,
    "reserves": _COUNT, "weighting": _TEXT, "hands": _TEXT, "commitment": _TEXT, "public_source": _TEXT,
    "operator": _TEXT, "witness": _TEXT, "witness_unit": _TEXT, "place": _TEXT, "purpose": _TEXT, "blind": _TRUTH,
    "open_at": _TEXT,
    "conditions": {"fields": [_TEXT], "closeness": _TEXT, "courts": [_TEXT], "court_levels": [_TEXT],
                   "title_levels": [_TEXT], "regions": [_TEXT], "unit_kinds": [_TEXT], "doubtful": _TRUTH,
                   "refused_before": _TRUTH},
    "candidates": [{"label": _TEXT, "weight": _COUNT, "verify": [_GROUND]}],
    "excluded": [{"label": _TEXT, "grounds": [_GROUND]}]}
SHAPE: JsonObject = {
    "schema": _TEXT, "record": RECORD, "fingerprint": _TEXT, "operator_half": _TEXT, "salt": _TEXT,
    "witness_half": _TEXT, "seed": _TEXT, "order": [_TEXT], "result": _TEXT, "check_code": _TEXT, "drawn_at": _TEXT,
    "draws": _COUNT, "state": _TEXT, "void": {"ground": _TEXT, "by": _TEXT, "at": _TEXT},
    "opened": {"officers": [_TEXT], "reason": _TEXT, "at": _TEXT},
    "people": [{"label": _TEXT, "name": _TEXT, "unit": _TEXT}],
    "answers": [{"label": _TEXT, "answer": _TEXT, "reason": _TEXT, "caller": _TEXT, "at": _TEXT, "by": _TEXT,
                 "rules": [_TEXT]}],
    "described": dict.fromkeys(LANGUAGES, _TEXT), "issued_at": _TEXT, "issued_by": _TEXT, SELF: _TEXT}


def certificate(pool: Pool, uid: str) -> JsonObject:
    """The certificate of a draw in its present state. Raises ``draw.not_drawn`` before there is a result."""
    detail = draw_detail(pool, uid)
    if not detail.result:
        raise UserProblem("draw.not_drawn", number=detail.case)
    return _sealed({
        "schema": SCHEMA, "record": dict(detail.record), "fingerprint": detail.fingerprint,
        "operator_half": detail.operator_half, "salt": detail.salt, "witness_half": detail.witness_half,
        "seed": detail.seed, "order": [one.label for one in detail.places], "result": detail.result,
        "check_code": detail.code, "drawn_at": detail.drawn_at, "draws": detail.of, "state": detail.state,
        "void": void_of(detail), "opened": opened_of(detail),
        "people": [] if detail.masked else [
            {"label": one.label, "name": one.name, "unit": one.unit} for one in detail.places],
        "answers": answers_of(detail), "described": {name: description_print(name) for name in LANGUAGES},
        "issued_at": now_stamp(), "issued_by": pool.actor.name})


def answers_of(detail: DrawDetail) -> list[JsonObject]:
    """The answers as a certificate lists them. A reason why a rule bars somebody may name relatives, so only the rule
    is given."""
    return [{**one, "reason": "" if one["answer"] == "barred" else one["reason"]} for one in detail.answers]


def void_of(detail: DrawDetail) -> dict[str, str]:
    """Why, by whom and when a draw was declared void; empty texts if it is valid."""
    return dict(zip(("ground", "by", "at"), detail.void, strict=True))


def opened_of(detail: DrawDetail) -> JsonObject:
    """Who opened the names of a blind draw, why and when."""
    officers, reason, at = detail.opened
    return {"officers": list(officers), "reason": reason, "at": at}


def certificate_text(content: JsonMapping) -> str:
    """The text of the file in its single spelling: one value a line, keys sorted, a line feed at the end. Write it in
    UTF-8."""
    return json.dumps(content, ensure_ascii=False, sort_keys=True, indent=1) + "\n"


def self_print(content: JsonMapping) -> str:
    """The fingerprint of all fields except the one that holds it."""
    return algorithm.fingerprint({key: value for key, value in content.items() if key != SELF})


def description(language: str) -> str:
    """A description of how draws are computed, half a page of Markdown."""
    return resource("templates", f"draw_algorithm.{language}.md").read_text(encoding="utf-8")


def description_print(language: str) -> str:
    """SHA-256 of that description; a certificate states it, so that the text it was issued with can be identified."""
    return algorithm.sha256(description(language))


def misfit(value: Any, shape: Any, place: str = "") -> str | None:
    """Where a value departs from the shape, as ``.record.candidates[3].weight``; None if it fits."""
    if isinstance(shape, dict):
        if not isinstance(value, dict):
            return place
        if different := sorted(value.keys() ^ shape.keys()):
            return f"{place}.{different[0]}"
        parts = [(value[key], shape[key], f"{place}.{key}") for key in shape]
    elif isinstance(shape, list):
        if not isinstance(value, list):
            return place
        parts = [(item, shape[0], f"{place}[{number}]") for number, item in enumerate(value)]
    else:
        return None if type(value) is shape else place
    return next((found for part in parts if (found := misfit(*part)) is not None), None)


def _sealed(content: JsonObject) -> JsonObject:
    return content | {SELF: self_print(content)}
