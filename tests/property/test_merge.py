"""Judgement is symmetric; merging and separating, importing and taking back leave everything as it was."""

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from hypothesis import HealthCheck, Phase, given
from hypothesis import strategies as st

from expertpool.experts.drafts import EmploymentDraft, FieldDraft, PersonDraft, PhoneDraft
from expertpool.experts.duplicate_index import IdentityIndex
from expertpool.experts.merge import merge, unmerge
from expertpool.experts.register import register_many
from expertpool.experts.same_person import Identity, judge
from expertpool.importing.batches import batches, undo_batch
from expertpool.importing.experts import import_experts
from expertpool.pool import ExpertPool
from tests.engines.test_merge import everything, listings
from tests.property.test_import_accounting import ROWS
from tests.seeds import examples

NAMES = st.sampled_from(["王新宇", "王新雨", "王宇", "張偉", "张伟", "章伟", "张伟（女）", "阿依古丽·买买提", "Li Na"])
NUMBERS = st.sampled_from(["", "11010519491231002X", "110105491231002", "110105194912310021", "210102197805123016",
                           "G12345678", "?"])
BIRTHS = st.sampled_from(["", "1949", "1949-12", "1949-12-31", "1978-05", "1978-05-12"])
PHONES = st.sampled_from(["13800000001", "13800000002", "13800000003"])
UNITS = st.sampled_from(["浑河理工大学", "浑河理工大", "浑河理工大学机械学院", "棋盘山研究院"])
IDENTITIES = st.builds(Identity, NAMES, NUMBERS, BIRTHS, st.lists(PHONES, max_size=2, unique=True).map(tuple),
                       st.lists(UNITS, max_size=2, unique=True).map(tuple), st.sampled_from(["", "张伟", "王新宇"]),
                       st.sampled_from(["", "男", "女"]))
DRAFTS = st.builds(
    PersonDraft, name=NAMES, id_number=NUMBERS, birth=BIRTHS, title=st.sampled_from(["", "教授", "副教授"]),
    email=st.sampled_from(["", "a@example.cn", "b@example.cn"]), remark=st.sampled_from(["", "甲", "乙乙"]),
    phones=st.lists(st.builds(PhoneDraft, number=PHONES), max_size=3, unique_by=lambda p: p.number),
    employments=st.lists(st.builds(EmploymentDraft, employer=UNITS, position=st.sampled_from(["", "院长"])), max_size=2,
                         unique_by=lambda job: job.employer),
    fields_=st.lists(st.builds(FieldDraft, code=st.sampled_from(["B62D", "B25J"]), main=st.booleans()), max_size=2,
                     unique_by=lambda f: f.code),
    specialties=st.lists(st.sampled_from(["机器人", "步态控制", "焊接"]), max_size=3, unique=True))
FEW = examples(15, phases=[Phase.explicit, Phase.reuse, Phase.generate],
               suppress_health_check=[HealthCheck.function_scoped_fixture])


@contextmanager
def fresh(template: Path) -> Iterator[ExpertPool]:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "pool.expertpool"
        path.write_bytes(template.read_bytes())
        with ExpertPool.open(path) as pool:
            yield pool


@examples(300)
@given(one=IDENTITIES, other=IDENTITIES)
def test_judgement_is_symmetric(one: Identity, other: Identity) -> None:
    there, back = judge(one, other), judge(other, one)
    assert (there.kind, set(there.keys)) == (back.kind, set(back.keys))


@examples(200)
@given(one=IDENTITIES, other=IDENTITIES)
def test_the_index_finds_all_that_judgement_would(one: Identity, other: Identity) -> None:
    index = IdentityIndex()
    index.add(1, one)
    wanted = judge(one, other)
    assert [verdict.kind for _key, verdict in index.candidates(other)] == (
        [wanted.kind] if wanted.kind != "different" else [])
    assert index.best(other)[1].kind == wanted.kind


@FEW
@given(people=st.lists(DRAFTS, min_size=2, max_size=3))
def test_merge_then_unmerge_restores(people: list[PersonDraft], sqlite_template: Path) -> None:
    with fresh(sqlite_template) as pool:
        with pool.write("register") as transaction:
            register_many(transaction, people)
        before, listed = everything(pool), listings(pool)
        uids = [row["uid"] for row in before["person"].values()]
        merge(pool, uids[0], uids[1], reason="同一人")
        assert sum(row["state"] == "merged" for row in listings(pool)) == 1
        done = unmerge(pool, uids[1])
        assert done.spared == ()
        assert everything(pool) == before
        assert listings(pool) == listed


@FEW
@given(known=st.lists(DRAFTS, max_size=3), rows=ROWS)
def test_import_then_taking_back_restores(known: list[PersonDraft], rows: list[tuple[str, ...]],
                                          sqlite_template: Path) -> None:
    with fresh(sqlite_template) as pool, tempfile.TemporaryDirectory() as folder:
        if known:
            with pool.write("register") as transaction:
                register_many(transaction, known)
        before, listed = everything(pool, without=("importbatch",)), listings(pool)
        table = Path(folder) / "名单.csv"
        table.write_text("\n".join(["姓名,工作单位,手机,出生年月,身份证号", *(",".join(row) for row in rows),
                                    "末行人,浑河理工大学,13800000009,1970-01,"]), encoding="utf-8-sig")
        import_experts(pool, [table])
        for batch in batches(pool):
            _changes, done = undo_batch(pool, batch.uid)
            assert done.spared == ()
        assert everything(pool, without=("importbatch",)) == before
        assert listings(pool) == listed
