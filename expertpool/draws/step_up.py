"""Computes from the answers who is asked, which reserves stepped up (递补), who is out. Pure; certificates depend on
it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from expertpool.foundation.json_values import JsonMapping

FINAL = ("accept", "decline", "no_answer", "barred")
LEAVING = ("decline", "no_answer", "barred", "released")  # the next reserve steps up
ANSWERS = ("accept", "decline", "no_answer", "undecided", "released")  # answers that a person may enter


@dataclass
class Place:
    """One place of the result. ``state``: waiting (a reserve not yet called), called, or the last answer."""

    label: str
    place: int
    main: bool
    state: str
    stepped_up: bool = False

    @property
    def asked(self) -> bool:
        """Whether this person is to be asked for an answer now."""
        return self.state in ("called", "undecided")


class WrongAnswerError(ValueError):
    """An answer that is impossible in this state: ``code`` is unknown, not_called, answered or not_accepted."""

    def __init__(self, code: str, label: str) -> None:
        self.code, self.label = code, label
        super().__init__(f"{code}: {label}")


def places_after(order: Sequence[str], mains: int, answers: Iterable[JsonMapping] = ()) -> list[Place]:
    """The places after these answers (``label``, ``answer``), in order. Raises :class:`WrongAnswerError`."""
    places = [Place(label, number, number <= mains, "called" if number <= mains else "waiting")
              for number, label in enumerate(order, 1)]
    by_label = {one.label: one for one in places}
    for said in answers:
        place = by_label.get(said["label"])
        if place is None:
            raise WrongAnswerError("unknown", said["label"])
        _take(place, said["answer"])
        if said["answer"] in LEAVING:
            _step_up(places)
    return places


def _take(place: Place, answer: str) -> None:
    if place.state == "waiting":
        raise WrongAnswerError("not_called", place.label)
    if answer == "released":
        if place.state != "accept":
            raise WrongAnswerError("not_accepted", place.label)
    elif not place.asked:
        raise WrongAnswerError("answered", place.label)
    elif answer not in (*FINAL, "undecided"):
        raise WrongAnswerError("unknown", place.label)
    place.state = answer


def _step_up(places: Sequence[Place]) -> None:
    """Call the first reserve who was not called yet."""
    following = next((one for one in places if one.state == "waiting"), None)
    if following is not None:
        following.state, following.stepped_up = "called", True
