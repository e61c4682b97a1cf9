from expertpool.experts.id_number import read_identity
from expertpool.foundation.dates import PartialDate


def test_published_numbers_are_valid() -> None:
    found = read_identity("11010519491231002X")
    assert found.valid
    assert (found.birth, found.gender) == (PartialDate(1949, 12, 31), "女")
    assert read_identity("210102197805123016").gender == "男"


def test_a_changed_digit_is_seen() -> None:
    assert not read_identity("110105194912310021").checksum_ok


def test_an_impossible_birth_is_not_valid() -> None:
    found = read_identity("210102197813123012")
    assert found.birth is None
    assert not found.valid


def test_old_number() -> None:
    found = read_identity("110105500120971")
    assert found.old
    assert (found.birth, found.gender) == (PartialDate(1950, 1, 20), "男")


def test_other_papers() -> None:
    assert read_identity("E12345678").kind == "passport"
    assert read_identity("H12345678").kind == "hm_permit"
    assert read_identity("军字123").kind == ""
