"""Turns what a draft refused into problems of a form's fields."""

from pydantic import ValidationError

from expertpool.foundation.problems import Problem


def problems_of(error: ValidationError, empty: str = "field.type") -> list[Problem]:
    """One problem for each field; ``empty`` is the code used for a required value that is missing."""
    found = []
    for one in error.errors():
        field, value = str(one["loc"][0]), str(one.get("input", ""))
        said = one.get("ctx", {}).get("said", "")
        if said:
            found.append(Problem("field.said", field=field, value=value, parameters={"said": said}))
        else:
            code = empty if one["type"] == "string_too_short" else "field.type"
            found.append(Problem(code, field=field, value=value))
    return found
