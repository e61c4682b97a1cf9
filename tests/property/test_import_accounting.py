"""Rows in = created + updated + unchanged + duplicates + rejected, for any table; twice is once; undo restores."""

import tempfile
from pathlib import Path
from typing import Any

from hypothesis import HealthCheck, Phase, example, given
from hypothesis import strategies as st

from expertpool.experts.browse import PeopleQuery, people_ids
from expertpool.importing.experts import import_experts
from expertpool.pool import ExpertPool
from tests.seeds import examples

NAMES = st.sampled_from(["王新宇", "李娜", "赵启明", "阿依古丽·买买提", "", "张 伟", "欧阳静"])
UNITS = st.sampled_from(["浑河理工大学", "棋盘山研究院", "", "示例自动化研究所"])
PHONES = st.sampled_from(["13800000001", "13800000002", "", "1.38E+10", "024-23456789"])
BIRTHS = st.sampled_from(["1978-05", "1978.5", "", "1990-13", "1985年3月2日"])
IDS = st.sampled_from(["", "11010519491231002X", "110105194912310021", "2.10102E+17"])
ROWS = st.lists(st.tuples(NAMES, UNITS, PHONES, BIRTHS, IDS), min_size=1, max_size=12)


def balanced(report: dict[str, Any]) -> bool:
    parts = ("created", "updated", "unchanged", "duplicates", "rejected")
    return report["rows"] == sum(report[part] for part in parts)


@examples(12, phases=[Phase.explicit, Phase.reuse, Phase.generate], suppress_health_check=[HealthCheck.function_scoped_fixture])
@example(rows=[("李娜", "示例自动化研究所", "13800000001", "", ""), ("李娜", "浑河理工大学", "13800000001", "1978.5", ""),
               ("李娜", "示例自动化研究所", "024-23456789", "1985年3月2日", "")])
@given(rows=ROWS)
def test_every_row_is_accounted_for(rows: list[tuple[str, ...]], sqlite_template: Path) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "pool.expertpool"
        path.write_bytes(sqlite_template.read_bytes())
        table = Path(folder) / "名单.csv"
        lines = ["姓名,工作单位,手机,出生年月,身份证号", *(",".join(row) for row in rows),
                 "末行人,浑河理工大学,13800000009,1970-01,"]
        table.write_text("\n".join(lines), encoding="utf-8-sig")
        with ExpertPool.open(path) as pool:
            report = import_experts(pool, [table])
            assert balanced(report)
            assert report["created"] == len(people_ids(pool, PeopleQuery()))
            again = import_experts(pool, [table])
            assert balanced(again)
            assert again["rows"] == report["rows"]
            assert again["created"] == 0
            while pool.counts()["experts"]:
                pool.undo_last()
            assert len(people_ids(pool, PeopleQuery(state=""))) == 0
