"""What every layout is made with: chance, people, columns, and the truth that grows with the rows."""

from random import Random
from typing import Any

from tests.sample_data.roster_layouts.heads import head
from tests.sample_data.roster_layouts.pages import Page, Roster
from tests.sample_data.roster_layouts.persons import Habits, Made, cell, issues, person, truth

BASE = ["name", "gender", "birth", "id_number", "mobile", "unit", "title", "specialties", "email", "remark"]
OPTIONAL = ["landline", "position", "education", "ethnicity", "party", "hired", "expert_no", "former_name"]
TITLES = ("知识产权司法专家推荐汇总表", "技术调查官候选人名单", "某某中级人民法院技术咨询专家信息表", "2024年度专家库入库人员一览表",
          "附件2：专家推荐名册", "司法鉴定专家名册（2023年）")
COMBINED = {"name_gender": ("name", "gender"), "education_degree": ("education",), "position_title": ("position", "title"),
            "contact": ("mobile", "landline", "email"), "birth_age": ("birth",), "work": ("unit", "position", "title"),
            "name_unit": ("name", "unit")}


class Kit:
    """One layout of one seed. ``size`` is about how many people a file holds."""

    def __init__(self, seed: int, layout: str, size: int, **habits: Any) -> None:
        self.seed, self.layout, self.size = seed, layout, size
        self.rng = Random(f"{seed}/{layout}")
        self.habits = Habits.of(self.rng, **habits)
        self.made = 0
        self.names: set[str] = set()
        self.truth: list[dict[str, Any]] = []
        self.file = f"{layout}_{seed}.xlsx"

    def person(self, wrong: bool = True) -> Made:
        self.made += 1
        made = person(self.rng, self.made, wrong)
        while made.values["name"] in self.names:  # the truth tells people side by side apart by their names
            made = person(self.rng, self.made, wrong)
        self.names.add(made.values["name"])
        return made

    def people(self, count: int = 0, wrong: bool = True) -> list[Made]:
        return [self.person(wrong) for _ in range(count or self.size)]

    def fields(self, base: list[str] | None = None, extra: float = .45) -> list[str]:
        """The file's columns in an order of its own; the name stands in front more often than not."""
        names = list(base or BASE)
        names += [name for name in OPTIONAL if name not in names and self.rng.random() < extra]
        first, rest = names[:1], names[1:]
        self.rng.shuffle(rest)
        if "remark" in rest:
            rest.remove("remark")
            rest.append("remark")
        if self.rng.random() < .2:
            return [rest[0], *first, *rest[1:]]
        return first + rest

    def heads(self, fields: list[str], style: str = "") -> list[str]:
        found: list[str] = []
        for name in fields:
            text = head(name, self.rng, style)
            found.append(text if text not in found else head(name, self.rng) + "（" + name[:1].upper() + "）")
        return found

    def cells(self, made: Made, fields: list[str]) -> list[Any]:
        return [self.joined(made, name) if name in COMBINED else cell(made, name, self.habits, self.rng) for name in fields]

    def joined(self, made: Made, name: str) -> str:
        """A cell that holds several fields."""
        v, rng = made.values, self.rng
        if name == "name_gender":
            return rng.choice(("{name}（{gender}）", "{name}({gender})", "{name}/{gender}", "{name} {gender}")).format(**v)
        if name == "education_degree":
            return "/".join(filter(None, (v["education"], made.degree))) if rng.random() < .7 else v["education"]
        if name == "position_title":
            mark = rng.choice(("/", "、", " ", "，", "\n"))
            return mark.join(filter(None, (v["position"], v["title"])))
        if name == "contact":
            entries = [text for text in (v["mobile"] or made.cells.get("mobile"), v["landline"], v["email"]) if text]
            return rng.choice(("/", "\n", " ", "；", "，")).join(entries)
        if name == "birth_age":
            return f"{cell(made, 'birth', self.habits, rng)}{rng.choice(('（', '('))}{2024 - made.birth.year}岁）"
        if name == "name_unit":
            return f"{v['name']}（{v['unit']}）"
        mark = rng.choice((" ", "，", "、", "\n"))
        return mark.join(filter(None, (v["unit"], v["position"], v["title"])))

    def say(self, page: Page, row: int | None, made: Made, fields: list[str], slot: int = 0, more: tuple[str, ...] = ()) -> None:
        """Enter a person into the truth."""
        single = [part for name in fields for part in COMBINED.get(name, (name,))]
        self.truth.append({"file": self.file, "sheet": page.name if self.file.endswith(".xlsx") else "", "row": row, "slot": slot,
                           "person": made.number, "fields": truth(made, self.habits, single),
                           "issues": [*issues(made, self.habits, single), *more]})

    def table(self, page: Page, fields: list[str], people: list[Made], style: str = "", numbered: bool = True,
              heading: bool = True) -> None:
        """A plain table with heading below what the page holds."""
        if heading:
            page.add(*([head("no", self.rng)] if numbered else []), *self.heads(fields, style))
        for number, made in enumerate(people, 1):
            row = page.add(*([number] if numbered else []), *self.cells(made, fields))
            self.say(page, row, made, fields)

    def title(self) -> str:
        return self.rng.choice(TITLES)

    def roster(self, *pages: Page, **more: Any) -> list[Roster]:
        return [Roster(self.file, list(pages), self.truth, **more)]
