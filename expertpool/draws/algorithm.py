"""The draw's algorithm (抽取算法), version 1: pure functions over texts and whole numbers; they use neither pool nor
clock.

Described for readers in ``resources/templates/draw_algorithm.*.md``. Whoever changes a line here must change both
descriptions and the version, because certificates must remain verifiable for years.
"""

import hashlib
import hmac
import json
from collections.abc import Iterable, Mapping, Sequence

from expertpool.foundation.json_values import JsonMapping

VERSION = "expertpool-draw/1"
_DOMAIN = 2**256  # exclusive upper bound of an HMAC-SHA-256 read as a whole number
_SIGNS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"  # base 32 without I, L, O, U
_CODE = 16  # characters of a check code, 80 bits


def canonical_text(value: object) -> str:
    """The single spelling of a JSON value (RFC 8785, for texts, whole numbers, booleans, null, lists, mappings with
    ASCII keys): sorted keys, no spaces. Raises ``ValueError`` for any other value."""
    _demand_plain(value)
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def sha256(text: str) -> str:
    """SHA-256 of a text in UTF-8, as 64 lower-case hexadecimal digits."""
    return hashlib.sha256(text.encode()).hexdigest()


def fingerprint(record: JsonMapping) -> str:
    """The fingerprint of a frozen record."""
    return sha256(canonical_text(record))


def commitment(half: str, salt: str) -> str:
    """What the operator publishes before the witness chooses: it fixes the operator's half without revealing it."""
    return sha256("\n".join((f"{VERSION}/commit", half, salt)))


def seed(record_print: str, number: str, operator_half: str, witness_half: str) -> str:
    """The seed computed from both halves, the frozen record and the case number. With a public value the first half
    is empty and the second is that value."""
    return sha256("\n".join((f"{VERSION}/seed", record_print, number, operator_half, witness_half)))


def ranked(seed_hex: str, labels: Iterable[str]) -> list[str]:
    """All labels in the order of the draw, every order equally likely: sorted by HMAC-SHA-256 of the label under the
    seed, ties by the label itself. The order in which labels are given does not matter."""
    return sorted(labels, key=lambda label: (_keyed(seed_hex, label), label.encode()))


def weighted(seed_hex: str, weights: Mapping[str, int], count: int) -> list[str]:
    """The first ``count`` places where chances are proportional to positive whole weights: each place is drawn from
    the labels left, by exact whole-number arithmetic."""
    left = sorted(weights, key=str.encode)
    total, found = sum(weights.values()), []
    for place in range(1, min(count, len(left)) + 1):
        point = _below(seed_hex, place, total)
        index = 0
        while point >= weights[left[index]]:
            point -= weights[left[index]]
            index += 1
        found.append(left.pop(index))
        total -= weights[found[-1]]
    return found


def drawn(seed_hex: str, candidates: Sequence[JsonMapping], weighting: str, count: int) -> list[str]:
    """Labels of the first ``count`` places among the candidates of a frozen record."""
    if weighting == "load":
        return weighted(seed_hex, {one["label"]: one["weight"] for one in candidates}, count)
    return ranked(seed_hex, (one["label"] for one in candidates))[:count]


def result_print(record_print: str, seed_hex: str, order: Sequence[str]) -> str:
    """SHA-256 over record, seed and order: identifies this result."""
    return sha256("\n".join((f"{VERSION}/result", record_print, seed_hex, *order)))


def check_code(result: str) -> str:
    """Sixteen characters computed from a result, to be read aloud or compared on paper."""
    value = int(result, 16) >> (256 - 5 * _CODE)
    signs = [_SIGNS[value >> (5 * place) & 31] for place in reversed(range(_CODE))]
    return "-".join("".join(signs[start:start + 4]) for start in range(0, _CODE, 4))


def _keyed(seed_hex: str, text: str) -> bytes:
    return hmac.digest(bytes.fromhex(seed_hex), text.encode(), "sha256")


def _below(seed_hex: str, place: int, total: int) -> int:
    """A whole number below ``total``, all equally likely: a value in the incomplete last stretch is drawn again."""
    limit, attempt = _DOMAIN - _DOMAIN % total, 0
    while (value := int.from_bytes(_keyed(seed_hex, f"{place}\n{attempt}"))) >= limit:
        attempt += 1
    return value % total


def _demand_plain(value: object) -> None:
    if isinstance(value, str):
        value.encode()  # half a surrogate pair cannot be written in UTF-8
    elif isinstance(value, Mapping):
        for key, item in value.items():
            if not isinstance(key, str) or not key.isascii():
                raise ValueError(f"no key of a record: {key!r}")
            _demand_plain(item)
    elif isinstance(value, list):
        for item in value:
            _demand_plain(item)
    elif value is not None and not isinstance(value, int):
        raise ValueError(f"no value of a record: {value!r}")
