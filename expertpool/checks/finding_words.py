"""Turns the parameters of a finding into words: codes, participants (被告一), dates, sources, links."""

from collections.abc import Mapping, Sequence

from expertpool.foundation.json_values import JsonMapping, JsonObject
from expertpool.foundation.language import _, language
from expertpool.foundation.sentences import sentence
from expertpool.rules import vocabulary

_WORDS = {  # parameter → kind of the vocabulary its code belongs to
    "relation": "relation", "earlier": "procedure", "later": "procedure", "role": "case_role",
    "wanted": "case_role", "state": "person_state", "role_state": "role_state", "reason": "unavailability",
    "link": "case_link", "education": "education", "at_least": "education", "grade": "grade",
}
_DIGITS = "零一二三四五六七八九十"


def shown(parameters: JsonMapping) -> JsonObject:
    """The values that fill the sentence of a finding."""
    words: JsonObject = dict(parameters)
    for name, kind in _WORDS.items():
        if name in words:
            words[name] = vocabulary.word(kind, words[name])
    if "kind" in words:
        words["whom"] = whom(words["kind"], words.get("side", ""), words.get("place", 0))
    words["period"] = period(words.get("start", ""), words.get("end", ""))
    words["declared"] = _declared(words.get("declared_on", ""), words.get("declared_in", ""))
    words["unit_also"] = _also(words.get("unit_alias") or {})
    words["other_also"] = _also(words.get("other_alias") or {})
    words["links"] = _links(words.get("steps") or (), words)
    words["mine"], words["theirs"] = (_joined(words.get(name) or ()) or _("nothing further is recorded")
                                      for name in ("mine", "theirs"))
    words["why"] = _why(words.get("why", ""))
    if words.get("holder"):
        words["holder"] = _("near relative “{name}”").format(name=words["holder"])
    elif "holder" in words:
        words["holder"] = _("expert")
    return {name: _joined(value) if isinstance(value, (list, tuple)) else value for name, value in words.items()}


def whom(kind: str, side: str, place: int = 0) -> str:
    """How a case calls a participant: 被告一, 被告一的诉讼代理人, 涉案专利的发明人."""
    party = vocabulary.word("party_side", side) if side else _("party")
    if place:
        party = _("{side} {number}").format(side=party, number=_numeral(place))
    texts = {
        "party": "{party}",
        "legal_representative": _("legal representative of {party}"),
        "agent": _("agent of {party}"),
        "firm": _("the agents' firm of {party}"),
        "inventor": _("inventor of the patent in suit"),
        "patentee": _("patentee of the patent in suit"),
        "examiner": _("examiner of the patent in suit"),
    }
    return texts.get(kind, "{party}").format(party=party)


def period(start: str, end: str) -> str:
    """From when to when, as written beside a post; "" if nothing is known."""
    if start and end:
        return _(" (from {start} to {end})").format(start=start, end=end)
    if start:
        return _(" (since {start})").format(start=start)
    return _(" (until {end})").format(end=end) if end else ""


def _declared(day: str, source: str) -> str:
    """When and where an interest was declared."""
    if day and source:
        return _(" (declared on {day}, source: {source})").format(day=day, source=source)
    if day:
        return _(" (declared on {day})").format(day=day)
    return _(" (source: {source})").format(source=source) if source else ""


def _also(note: Mapping[str, str]) -> str:
    """A note that a unit was written under another name than its own."""
    if not note:
        return ""
    kind = vocabulary.word("alias_kind", note["kind"]) if note.get("kind") else _("other name")
    if note.get("source"):
        return _(" ({kind} of “{name}”, source: {source})").format(kind=kind, name=note["of"], source=note["source"])
    return _(" ({kind} of “{name}”)").format(kind=kind, name=note["of"])


def _links(steps: Sequence[Mapping[str, str]], words: JsonMapping) -> str:
    """How two units are connected: every link with its days and source, or what their names have in common."""
    if not steps:
        return _why(words.get("why", ""))
    texts = {"parent": _("{upper} is the parent of {lower}"), "controls": _("{upper} controls {lower}"),
             "branch": _("{lower} is a branch of {upper}"), "formerly": _("{lower} was formerly {upper}"),
             "affiliated": _("{upper} and {lower} are affiliated")}
    sentences = []
    for step in steps:
        ends = {end: f"“{step[end]}”" for end in ("upper", "lower")}
        for end, name in ends.items():
            if step[end] == words.get("other"):
                ends[end] = (" " if language() == "en" else "").join((words.get("whom", ""), name))
        said = texts.get(step["kind"], texts["affiliated"]).format(**ends)
        days = period(step["start"], step["end"]).strip().strip("()")
        source = _("source: {source}").format(source=step["source"]) if step["source"] else ""
        note = (", " if language() == "en" else "，").join(part for part in (days, source) if part)
        sentences.append(said + (_(" ({note})").format(note=note) if note else ""))
    return ("; " if language() == "en" else "；").join(sentences)


def _why(code: str) -> str:
    return sentence(f"organisations.why.{code}").rstrip(".。") if code else ""


def _joined(values: Sequence[object]) -> str:
    return (", " if language() == "en" else "、").join(map(str, values))


def _numeral(number: int) -> str:
    """一 … 九十九 in Chinese, digits otherwise."""
    if language() == "en" or not 0 < number < 100:
        return str(number)
    tens, ones = divmod(number, 10)
    head = "" if not tens else "十" if tens == 1 else _DIGITS[tens] + "十"
    return head + (_DIGITS[ones] if ones else "")
