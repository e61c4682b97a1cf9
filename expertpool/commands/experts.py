"""``experts``: the register on the command line."""

from typing import Annotated, Any

import typer

from expertpool.commands.frame import answer, answer_lines, opened, say, table
from expertpool.foundation.json_values import JsonObject
from expertpool.foundation.language import _
from expertpool.rules import vocabulary
from expertpool.storage.queries import chunks

app = typer.Typer(no_args_is_help=True, help="The register of persons (专家).")
PAGE = 500
LISTED = ("education", "degree", "ethnicity", "party")  # said in the words of the forms, not as codes


def canonical(detail: Any) -> JsonObject:
    """One person as JSON, with the canonical keys of the product's open format."""
    values, children, job = detail.values, detail.children, detail.current_job
    licence = children["licences"][0] if children["licences"] else {"number": "", "until": ""}
    return {
        "uid": detail.uid, "name": detail.name, "former_name": values["former_name"], "gender": values["gender"],
        "birth": values["birth"], "id_number": values["id_number"],
        "phones": [{"kind": p["kind"], "number": p["number"]} for p in children["phones"]],
        "email": values["email"], "employer": job["employer"], "department": job["department"],
        "position": job["position"], "title": values["title"], "title_level": values["title_level"],
        **{kind: vocabulary.word(kind, values[kind], "zh_CN") for kind in LISTED},
        "school": values["school"], "major": values["major"],
        "roles": [{key: r[key] for key in ("role", "mode", "start", "end", "state")} for r in children["roles"]],
        "specialties": [s["text"] for s in children["specialties"]],
        "fields": [{"code": f["code"], "main": f["main"]} for f in children["fields_"]],
        "licence_number": licence["number"], "licence_until": licence["until"],
        "expert_no": values["expert_no"], "hired": values["hired"], "remark": values["remark"],
        "sources": [{key: s[key] for key in ("file", "sheet", "row")} for s in detail.sources],
    }


@app.command("list")
def list_experts(
    search: Annotated[str, typer.Option(help="Name, pinyin, unit, field, tail of phone or id number.")] = "",
    role: Annotated[str, typer.Option(help="Only this role, as code or word.")] = "",
    jsonl: Annotated[bool, typer.Option("--jsonl", help="One JSON object a line.")] = False,
    json: Annotated[bool, typer.Option("--json", help="One JSON document.")] = False,
    reveal: Annotated[str, typer.Option(help="Reason for showing personal numbers in full.")] = "",
) -> None:
    """List people; personal numbers are masked unless a reason is given."""
    from expertpool.experts.browse import PeopleQuery, people_ids, people_rows
    from expertpool.experts.details import load_details, note_reveal

    with opened(create=False) as pool:
        ids = people_ids(pool, PeopleQuery(search=search, role=vocabulary.code_of("role", role) or role))
        if not (jsonl or json):
            rows = [row for part in chunks(ids, PAGE) for row in people_rows(pool, part)]
            answer(None, False, lambda: table([
                (r.name, r.employer, r.title, "、".join(vocabulary.word("role", c) for c in r.roles),
                 " ".join(r.fields[:3]), r.term_end, r.open_cases) for r in rows],
                [_("Name"), _("Employer"), _("Title"), _("Role"), _("Fields"), _("Term ends"), _("Open cases")]))
            say(_("{count} people").format(count=len(ids)))
            return
        if reveal:
            with pool.read() as session:
                uids = [d.uid for d in load_details(session, list(ids))] if len(ids) <= PAGE else []
            note_reveal(pool, reveal, uids)
        people: list[JsonObject] = []
        for part in chunks(ids, PAGE):
            with pool.read() as session:
                details = load_details(session, part, revealed=bool(reveal))
            if jsonl:
                answer_lines([canonical(detail) for detail in details])
            else:
                people.extend(canonical(detail) for detail in details)
        if json:
            answer(people, True)
