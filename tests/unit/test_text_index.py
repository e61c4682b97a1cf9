"""Text relevance: what is about the same comes first, changes take effect at once, reasons are words."""

import numpy as np
import pytest

from expertpool.foundation.progress import Cancelled, Progress
from expertpool.relevance import text_index
from expertpool.relevance.field_vote import Holders, at_wipo_level, closest_rows, field_vote
from expertpool.relevance.relevance import scores
from expertpool.relevance.text_index import TextIndex

TEXTS = {
    "battery": "锂离子电池正极材料的掺杂改性；固态电解质",
    "motor": "永磁同步电机的矢量控制；电机转子结构设计",
    "seed": "玉米自交系选育与分子标记辅助育种",
    "network": "移动通信系统的随机接入；5G NR信道估计",
    "steel": "高强度低合金钢的控轧控冷工艺",
    "chip": "碳化硅MOSFET功率器件的封装与可靠性",
}


def index() -> TextIndex[str]:
    return TextIndex.build(TEXTS, TEXTS.values())


def best(of: TextIndex[str], text: str) -> str:
    return of.ids[int(np.argmax(of.query(text)))]


@pytest.mark.parametrize(("text", "expected"), [
    ("一种电机转子", "motor"), ("涉案专利涉及锂电池正极", "battery"), ("5g nr", "network"),
    ("５Ｇ ＮＲ", "network"), ("mosfet", "chip"), ("杂交玉米品种权", "seed"), ("钢", "steel"),
])
def test_the_nearest_text_comes_first(text: str, expected: str) -> None:
    assert best(index(), text) == expected


def test_a_text_is_most_like_itself() -> None:
    built = index()
    for number, text in enumerate(TEXTS.values()):
        scores = built.query(text)
        assert int(np.argmax(scores)) == number
        assert scores[number] == pytest.approx(1, abs=0.01)
        assert scores.dtype == np.float32


def test_the_cosine_is_the_textbook_one() -> None:
    built = TextIndex.build([1, 2], ["机", "机械"])
    idf_shared, idf_single = 1.0, 1 + np.log(3 / 2)
    single = float(text_index.SINGLE)
    long = np.array([single * idf_shared, single * idf_single, idf_single])
    assert built.query("机") == pytest.approx([1, long[0] / np.linalg.norm(long)], abs=0.002)


@pytest.mark.parametrize("text", ["", "   ", "！？", "qqqq", "𠀀"])
def test_a_text_that_shares_nothing_scores_nothing(text: str) -> None:
    assert index().query(text).tolist() == [0] * len(TEXTS)


def test_an_empty_pool_answers() -> None:
    empty: TextIndex[str] = TextIndex.build([], [])
    assert empty.ids == []
    assert empty.query("电机").shape == (0,)
    empty.replace("motor", TEXTS["motor"])
    assert best(empty, "电机") == "motor"


def test_documents_without_text_do_no_harm() -> None:
    built = TextIndex.build([1, 2, 3], ["", "电机", "。"])
    assert built.query("电机").tolist() == pytest.approx([0, 1, 0], abs=0.001)


def test_a_replaced_text_counts_and_the_old_one_does_not() -> None:
    built = index()
    built.replace("steel", "水稻品种的特异性测试")
    assert best(built, "水稻品种") == "steel"
    assert built.query("控轧控冷")[built.ids.index("steel")] == 0
    assert built.ids == list(TEXTS)
    built.replace("steel", TEXTS["steel"])
    assert best(built, "控轧控冷") == "steel"
    assert built.query("水稻品种")[built.ids.index("steel")] < 0.2


def test_a_changed_index_ranks_as_one_built_anew() -> None:
    changed = index()
    changed.replace("seed", "水稻品种的特异性测试")
    changed.replace("laser", "光纤激光器的谐振腔")
    changed.remove("motor")
    texts = TEXTS | {"seed": "水稻品种的特异性测试", "laser": "光纤激光器的谐振腔"}
    del texts["motor"]
    anew = TextIndex.build(texts, texts.values())
    assert changed.ids == anew.ids
    for text in ("水稻的特异性", "光纤激光器", "功率器件封装", "移动通信随机接入"):
        assert best(changed, text) == best(anew, text)
        assert changed.query(text) == pytest.approx(anew.query(text), abs=0.12)


def test_a_removed_document_is_gone() -> None:
    built = index()
    built.remove("motor")
    assert "motor" not in built.ids
    assert len(built.query("电机")) == len(TEXTS) - 1
    with pytest.raises(KeyError):
        built.remove("motor")
    built.replace("motor", "电机")
    assert built.ids[-1] == "motor"
    assert best(built, "电机") == "motor"


def test_an_id_twice_is_refused() -> None:
    with pytest.raises(ValueError, match="once"):
        TextIndex.build([1, 1], ["电机", "电池"])
    with pytest.raises(ValueError, match="one text"):
        TextIndex.build([1, 2], ["电机"])


def test_blocks_make_no_difference(monkeypatch: pytest.MonkeyPatch) -> None:
    whole = index()
    monkeypatch.setattr(text_index, "BLOCK", 2)
    parts = index()
    for text in TEXTS.values():
        assert parts.query(text).tolist() == whole.query(text).tolist()


def test_a_large_pool_drops_terms_of_one_document_only(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(text_index, "LARGE", 2)
    built = TextIndex.build([1, 2, 3], ["电机控制", "电机转子", "钢"])
    assert built.query("电机")[:2].min() > 0.3
    assert built.query("转子").tolist() == [0, 0, 0]


def test_shared_words_are_whole_words() -> None:
    built = index()
    assert built.shared_terms("涉及永磁同步电机的转子结构", TEXTS["motor"])[0] == "永磁同步电机"
    assert "转子结构" in built.shared_terms("涉及永磁同步电机的转子结构", TEXTS["motor"])
    assert built.shared_terms("MOSFET的封装", TEXTS["chip"]) == ["mosfet", "封装"]
    assert built.shared_terms("玉米", TEXTS["steel"]) == []
    assert len(built.shared_terms("".join(TEXTS.values()), TEXTS["network"], most=2)) == 2


def test_common_terms_as_whole_rows_make_no_difference(monkeypatch: pytest.MonkeyPatch) -> None:
    postings = index()
    monkeypatch.setattr(text_index, "LARGE", 2)
    monkeypatch.setattr(text_index, "COMMON", 6)
    texts = [*TEXTS.values(), *TEXTS.values()]
    whole: TextIndex[int] = TextIndex.build(range(len(texts)), texts)
    monkeypatch.setattr(text_index, "COMMON", 0)
    sparse: TextIndex[int] = TextIndex.build(range(len(texts)), texts)
    assert (whole.arrays()["place"] >= 0).any()
    assert not (sparse.arrays()["place"] >= 0).any()
    for text in TEXTS.values():
        assert whole.query(text) == pytest.approx(sparse.query(text), abs=1e-4)
        assert len(postings.query(text)) == len(TEXTS)


def test_an_index_comes_back_from_its_arrays() -> None:
    built: TextIndex[int] = TextIndex.build(range(len(TEXTS)), TEXTS.values())
    built.replace(2, "水稻品种的特异性测试")
    built.remove(4)
    built.replace(77, "光纤激光器的谐振腔")
    again = TextIndex.of_arrays(built.arrays())
    assert again.ids == built.ids
    for text in (*TEXTS.values(), "水稻", "光纤激光"):
        assert again.query(text) == pytest.approx(built.query(text), abs=1e-6)
    again.replace(2, "谐振腔")
    assert 2 in again
    assert 4 not in again
    assert again.query("水稻品种").max() < built.query("水稻品种").max()


def test_many_changes_ask_for_a_new_build() -> None:
    built = index()
    assert not built.stale
    for number in range(60):
        built.replace(f"new {number}", f"新增第{number}人")
    assert built.stale


def test_a_build_reports_and_can_be_stopped() -> None:
    told: list[tuple[int, int]] = []
    progress = Progress(lambda done, total, what: told.append((done, total)))
    TextIndex.build(TEXTS, TEXTS.values(), progress)
    assert told[-1][0] == told[-1][1]
    progress.stop.set()
    with pytest.raises(Cancelled):
        TextIndex.build(TEXTS, TEXTS.values(), progress)


VOTE = {"closest": 2, "power": 2.0, "sharp": 1.0}
RULES = {"codes": 1.0, "vote": 2.0, "vote_sharp": 1.0, "vote_alone": 8.0, "vote_sharp_alone": 3.0,
         "vote_closest": 50, "vote_power": 2.0}


def test_the_closest_vote_for_their_fields() -> None:
    similarity = np.array([0.9, 0.1, 0.5, 0.1], np.float32)  # mean 0.4
    holders = Holders.of([["W01"], ["W32"], ["W01", "W12"], ["W32"]])
    votes = field_vote(similarity, holders, **VOTE)
    assert holders.codes == ("W01", "W12", "W32")
    assert votes.sum() == pytest.approx(1)
    assert votes == pytest.approx(np.array([0.26, 0.01, 0]) / 0.27, abs=1e-5)
    assert holders.best(votes) == pytest.approx([votes[0], 0, votes[0], 0])
    sharper = field_vote(similarity, holders, closest=2, power=2.0, sharp=2.0)
    assert sharper[0] > votes[0]


def test_rows_without_fields_and_pools_without_anything() -> None:
    holders = Holders.of([[], ["W01"], []])
    assert holders.best(np.array([0.5], np.float32)).tolist() == [0, 0.5, 0]
    assert holders.best(np.array([0.5], np.float32), np.array([0.5], np.float32)).tolist() == [0, 0.25, 0]
    empty = Holders.of([])
    assert field_vote(np.zeros(0, np.float32), empty, **VOTE).shape == (0,)
    assert scores(np.zeros(0, np.float32), empty, None, RULES)[0].shape == (0,)


def test_given_codes_take_the_place_of_a_guess() -> None:
    similarity = np.array([0.5, 0.1, 0.1], np.float32)
    holders = Holders.of([["W01"], ["W32"], []])
    alone, parts = scores(similarity, holders, None, RULES)
    assert alone.argmax() == 0
    assert alone[0] == pytest.approx(1)
    assert not parts["codes"].any()
    both = scores(np.zeros(3, np.float32), holders, np.array([0, 1, 0], np.float32), RULES)[0]
    assert both.argmax() == 1
    without = scores(similarity, holders, np.array([0, 1, 0], np.float32), RULES, without=("vote",))
    assert not without[1]["vote"].any()
    assert without[0][1] == pytest.approx((0.2 + 1) / 4)


def test_ties_keep_their_order() -> None:
    assert closest_rows(np.array([0.2, 0.5, 0.2, 0.2], np.float32), 3).tolist() == [1, 0, 2]
    assert closest_rows(np.zeros(3, np.float32), 2).tolist() == []
    assert closest_rows(np.ones(3, np.float32), 0).tolist() == []


def test_codes_of_any_level_vote_for_their_wipo_field() -> None:
    assert at_wipo_level(["B62D 57/032", "W32", "T01"]) == {"W32", "T01"}
    assert at_wipo_level(["nonsense"]) == frozenset()
