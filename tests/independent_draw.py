"""The draw once more, written from ``resources/templates/draw_algorithm.en.md`` alone, with the standard library.

It shares no line with the program. ``python -m tests.independent_draw FILE`` computes a certificate again.
"""

import hmac
import json
import sys
from hashlib import sha256
from pathlib import Path
from typing import Any

NAME = "expertpool-draw/1"
ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"


def hash_of_lines(*lines: str) -> str:
    total = sha256()
    for place, line in enumerate(lines):
        total.update(b"\x0a" if place else b"")
        total.update(line.encode("utf-8"))
    return total.hexdigest()


def one_line(value: Any) -> str:
    """JSON by RFC 8785, for texts, whole numbers, true, false, null, lists and mappings with ASCII keys."""
    if value is True or value is False or value is None:
        return {True: "true", False: "false", None: "null"}[value]
    if isinstance(value, int):
        return str(value)
    if isinstance(value, list):
        return "[" + ",".join(map(one_line, value)) + "]"
    if isinstance(value, dict):
        return "{" + ",".join(f"{quoted(key)}:{one_line(value[key])}" for key in sorted(value)) + "}"
    return quoted(value)


def quoted(text: str) -> str:
    short = {'"': '\\"', "\\": "\\\\", "\b": "\\b", "\f": "\\f", "\n": "\\n", "\r": "\\r", "\t": "\\t"}
    return '"' + "".join(short.get(sign) or (f"\\u{ord(sign):04x}" if ord(sign) < 32 else sign)
                         for sign in text) + '"'


def seal(half: str, salt: str) -> str:
    return hash_of_lines(f"{NAME}/commit", half, salt)


def seed_of(print_: str, number: str, first: str, second: str) -> str:
    return hash_of_lines(f"{NAME}/seed", print_, number, first, second)


def tag(seed: str, message: str) -> bytes:
    return hmac.new(bytes.fromhex(seed), message.encode("utf-8"), sha256).digest()


def equal_chances(seed: str, labels: list[str]) -> list[str]:
    rows = [(tag(seed, label), label.encode("utf-8"), label) for label in labels]
    rows.sort()
    return [row[2] for row in rows]


def chances_by_load(seed: str, weights: dict[str, int], places: int) -> list[str]:
    left = dict(sorted(weights.items(), key=lambda item: item[0].encode("utf-8")))
    result: list[str] = []
    while left and len(result) < places:
        whole, attempt = sum(left.values()), 0
        multiple = (1 << 256) // whole * whole
        number = multiple
        while number >= multiple:
            number = int.from_bytes(tag(seed, f"{len(result) + 1}\n{attempt}"), "big")
            attempt += 1
        rest, labels = number % whole, iter(left)
        reached = next(labels)
        while rest >= left[reached]:
            rest -= left[reached]
            reached = next(labels)
        result.append(reached)
        del left[reached]
    return result


def result_of(print_: str, seed: str, order: list[str]) -> str:
    return hash_of_lines(f"{NAME}/result", print_, seed, *order)


def code_of(result: str) -> str:
    bits = f"{int(result, 16):0256b}"[:80]
    signs = "".join(ALPHABET[int(bits[start:start + 5], 2)] for start in range(0, 80, 5))
    return "-".join(signs[start:start + 4] for start in range(0, 16, 4))


def wrong_steps(certificate: dict[str, Any]) -> list[str]:
    """Names of the steps that do not come out as the certificate says; empty if all do."""
    record = certificate["record"]
    print_ = hash_of_lines(one_line(record))
    seed = seed_of(print_, record["case"], certificate["operator_half"], certificate["witness_half"])
    places = record["mains"] + record["reserves"]
    if record["weighting"] == "load":
        order = chances_by_load(seed, {row["label"]: row["weight"] for row in record["candidates"]}, places)
    else:
        order = equal_chances(seed, [row["label"] for row in record["candidates"]])[:places]
    result = result_of(print_, seed, order)
    sealed = seal(certificate["operator_half"], certificate["salt"]) if record["hands"] == "two" else ""
    rest = {key: value for key, value in certificate.items() if key != "certificate"}
    computed = {"fingerprint": print_, "seed": seed, "order": order, "result": result, "check_code": code_of(result),
                "certificate": hash_of_lines(one_line(rest))}
    wrong = [name for name, value in computed.items() if certificate[name] != value]
    return wrong + (["commitment"] if sealed != record["commitment"] else [])


if __name__ == "__main__":
    found = wrong_steps(json.loads(Path(sys.argv[1]).read_text(encoding="utf-8")))
    sys.stdout.write("; ".join(found) + "\n" if found else "every step comes out\n")
    sys.exit(bool(found))
