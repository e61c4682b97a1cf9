"""Verifying a certificate (验证证书): every step is computed again, then compared with the draw stored in the
pool."""

import json
from collections.abc import Iterator
from dataclasses import dataclass

from sqlalchemy import select
from sqlmodel import col

from expertpool.accounts.pool_protocol import Pool
from expertpool.draws import algorithm as algorithm
from expertpool.draws import certificate as form
from expertpool.draws.browse import draw_detail
from expertpool.draws.drawing import HANDS, WEIGHTINGS
from expertpool.draws.drawing import SCHEMA as RECORD_SCHEMA
from expertpool.draws.step_up import WrongAnswerError, places_after
from expertpool.draws.tables import Draw
from expertpool.foundation.json_values import JsonMapping, JsonObject
from expertpool.storage.queries import id_of

HEAVIEST = 2**32


@dataclass(frozen=True)
class Check:
    """One step of verifying: ``code`` (see :func:`verify`), whether it holds, and where it fails."""

    code: str
    holds: bool
    detail: str = ""


@dataclass(frozen=True)
class Verification:
    """All steps that could be carried out; ``valid`` if each holds. ``compared``: the pool has this draw."""

    checks: tuple[Check, ...]
    compared: bool
    case: str = ""
    check_code: str = ""
    number: int = 0

    @property
    def valid(self) -> bool:
        return all(check.holds for check in self.checks)


def verify(data: bytes, pool: Pool | None = None) -> Verification:
    """Verify the bytes of a certificate file. Steps in order; the first ones must hold for the later ones:

    ``file`` UTF-8 and JSON, ``spelling`` written as the program writes it, ``shape`` exactly the known fields,
    ``sealed`` its own fingerprint, ``record`` the frozen record's, ``candidates`` listed once and in order, ``seal``
    the committed half, ``seed``, ``order``, ``result`` with check code, ``answers`` follow from each other,
    ``people`` are those drawn; with a pool that has the draw ``stored`` and ``answers_stored``.
    """
    content, checks = _read(data)
    if content is None:
        return Verification(tuple(checks), False)
    checks += [Check("sealed", form.self_print(content) == content[form.SELF]), *_computed(content)]
    record = content["record"]
    stored = list(_stored(content, pool)) if pool is not None else []
    return Verification((*checks, *stored), bool(stored), record["case"], content["check_code"], record["number"])


def _read(data: bytes) -> tuple[JsonObject | None, list[Check]]:
    try:
        text = data.decode()
        content = json.loads(text)
    except (ValueError, RecursionError) as error:  # UnicodeDecodeError and JSONDecodeError are both
        return None, [Check("file", False, str(error)[:120])]
    checks = [Check("file", True)]
    if (wrong := form.misfit(content, form.SHAPE)) is not None:
        return None, [*checks, Check("shape", False, wrong.lstrip("."))]
    try:
        same = form.certificate_text(content).encode() == data
    except ValueError:  # half a surrogate pair
        return None, [*checks, Check("spelling", False)]
    checks += [Check("shape", True), Check("spelling", same)]
    known = (form.SCHEMA, RECORD_SCHEMA, algorithm.VERSION)
    versions = (content["schema"], content["record"]["schema"], content["record"]["algorithm"])
    if versions != known:
        return None, [*checks, Check("version", False, "、".join(versions))]
    return content, [*checks, Check("version", True)]


def _computed(content: JsonMapping) -> Iterator[Check]:
    record, order = content["record"], content["order"]
    wanted = record["mains"] + record["reserves"]
    yield Check("record", algorithm.fingerprint(record) == content["fingerprint"])
    sound = _plausible(record)
    yield Check("candidates", sound)
    if record["hands"] == "public":
        sealed = not (content["operator_half"] or content["salt"] or record["commitment"])
    else:
        sealed = algorithm.commitment(content["operator_half"], content["salt"]) == record["commitment"]
    yield Check("seal", sealed)
    seed = algorithm.seed(content["fingerprint"], record["case"], content["operator_half"], content["witness_half"])
    yield Check("seed", seed == content["seed"])
    yield Check("order", sound and algorithm.drawn(seed, record["candidates"], record["weighting"], wanted) == order)
    result = algorithm.result_print(content["fingerprint"], seed, order)
    yield Check("result", result == content["result"] and algorithm.check_code(result) == content["check_code"])
    yield Check("answers", *_following(order, record["mains"], content["answers"]))
    yield Check("people", [one["label"] for one in content["people"]] in ([], order))


def _plausible(record: JsonMapping) -> bool:
    """Whether everybody is listed once and in order, weights are positive, and two people are named."""
    lists = [[row["label"] for row in record[name]] for name in ("candidates", "excluded")]
    ordered = all(labels == sorted(labels, key=str.encode) for labels in lists)
    once = len(set(lists[0] + lists[1])) == len(lists[0]) + len(lists[1])
    weights = {row["weight"] for row in record["candidates"]}
    fair = weights == {1} or (record["weighting"] == "load" and bool(weights) and min(weights) > 0
                              and max(weights) <= HEAVIEST)
    return (ordered and once and fair and record["weighting"] in WEIGHTINGS and record["hands"] in HANDS
            and record["mains"] > 0 <= record["reserves"] and record["operator"] != record["witness"])


def _following(order: list[str], mains: int, answers: list[JsonObject]) -> tuple[bool, str]:
    try:
        places_after(order, mains, answers)
    except WrongAnswerError as error:
        return False, error.label
    return True, ""


def _stored(content: JsonMapping, pool: Pool) -> Iterator[Check]:
    """Compare with the pool's own draw if it has one; later answers may have been added since."""
    uid = content["record"]["draw"]
    with pool.read() as session:
        if session.scalars(select(id_of(Draw)).where(col(Draw.uid) == uid)).first() is None:
            return
    own = draw_detail(pool, uid)
    same = {"record": dict(own.record), "fingerprint": own.fingerprint, "operator_half": own.operator_half,
            "salt": own.salt, "witness_half": own.witness_half, "seed": own.seed, "result": own.result,
            "order": [one.label for one in own.places], "drawn_at": own.drawn_at, "state": own.state,
            "void": form.void_of(own)}
    if content["opened"]["at"]:  # the draw may have been opened since
        same["opened"] = form.opened_of(own)
    yield Check("stored", *_first_difference(content, same))
    answers, given = form.answers_of(own), content["answers"]
    yield Check("answers_stored", answers[:len(given)] == given)


def _first_difference(content: JsonMapping, own: JsonMapping) -> tuple[bool, str]:
    different = [key for key, value in own.items() if content[key] != value]
    return not different, different[0] if different else ""
