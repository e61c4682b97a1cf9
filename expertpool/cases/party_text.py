"""Splits pasted parties (当事人): 原告：A公司、B公司；被告：C gives one draft each, with details."""

import re
import unicodedata
from dataclasses import dataclass, field

from expertpool.organisations.credit_code import clean_credit_code, credit_code_problem
from expertpool.rules import vocabulary

_ORGANISATION = re.compile(
    "公司|厂|院|所|中心|局|委员会|大学|学校|集团|合作社|事务所|协会|学会|研究会|银行|医院|店|行$|商行|经营部|工作室"
    "|政府|支队|大队|联合会|基金会|村民小组|矿$|站$|社$|部$|会$")
_LEGAL_FORM = re.compile(r"\b(?:Inc|Ltd|LLC|GmbH|AG|S\.A|Corp|Co|PLC|Limited|B\.V|KG)\b\.?", re.I)
_NUMBERED = re.compile(r"^(?:\d{1,2}[.、)]|[(（][\d一二三四五六七八九十]{1,3}[)）])\s*")
_REPRESENTATIVE = re.compile("^(?:法定代表人|负责人|执行事务合伙人|主要负责人)(?:或负责人)?[:：]?")
_AGENT = re.compile("^(?:(?:共同)?(?:委托)?(?:诉讼)?代理人|辩护人|(?:共同)?委托代理人)[一二三四1-4]?[:：]?")
_CREDIT = re.compile("^(?:统一社会信用代码|信用代码)[:：]?")
_ADDRESS = re.compile("^(?:住所地?|住址|地址|住)[:：]?")
_FIRM = re.compile("律师事务所|专利代理|知识产权代理|法律服务所|商标事务所|专利事务所")
_ORDINAL = re.compile(r"[一二三四五六七八九十\d]{1,2}$")
_SPLIT = re.compile(r"[、;；\n]")


@dataclass
class PastedAgent:
    """An agent as pasted: name, kind of vocabulary ``agent_kind``, firm."""

    name: str
    kind: str = "lawyer"
    firm: str = ""


@dataclass
class PastedParty:
    """A party as pasted; ``kind`` is organisation or person, ``side`` a code of ``party_side``."""

    side: str
    name: str
    kind: str
    credit_code: str = ""
    legal_representative: str = ""
    address: str = ""
    agents: list[PastedAgent] = field(default_factory=list)


def read_parties(text: str, default_side: str = "plaintiff") -> list[PastedParty]:
    """Parties in their order. Names before the first named side belong to ``default_side``.

    Text in brackets is not split; a name repeated on the same side is dropped.
    """
    parties: list[PastedParty] = []
    side = default_side
    # parties named together since the last side or detail: a detail belongs to the last of them
    fresh: list[PastedParty] = []
    for piece in _pieces(text):
        named, rest = _side(piece)
        if named:
            side, piece, fresh = named, rest, []
        if not piece or (fresh and _detail(fresh[-1], piece)):
            continue
        name = _NUMBERED.sub("", piece)
        party = PastedParty(side, name, kind_of_name(name))
        known = next((one for one in parties if (one.side, one.name) == (side, name)), None)
        if known is None:
            parties.append(party)
        fresh.append(known or party)
    return parties


def _pieces(text: str) -> list[str]:
    """Split at 、；;, line breaks and sentence ends, and at commas before a detail; not inside brackets."""
    plain = unicodedata.normalize("NFKC", text).replace("\r", "\n").replace("。", "\n")
    pieces, depth, current = [], 0, ""
    for place, sign in enumerate(plain):
        depth += (sign in "(〔[【") - (sign in ")〕]】")
        comma = sign in ",，" and _starts_detail(plain[place + 1:place + 12])
        if depth <= 0 and (_SPLIT.match(sign) or comma):
            pieces.append(current)
            current, depth = "", 0
        else:
            current += sign
    pieces.append(current)
    return [stripped for piece in pieces if (stripped := piece.strip(" \t,，:：.　"))]


def _starts_detail(text: str) -> bool:
    text = text.strip()
    details = (_REPRESENTATIVE, _AGENT, _CREDIT, _ADDRESS)
    return any(shape.match(text) for shape in details) or bool(_side(text)[0])


def _side(piece: str) -> tuple[str, str]:
    """The side a piece begins with and the rest (原告一：A → plaintiff, A); "" if none."""
    piece = _NUMBERED.sub("", piece)
    head, colon, rest = piece.partition(":")
    label = re.sub(r"\(.*?\)", "", head).strip()
    if colon and (code := _side_code(label)):
        return code, rest.strip()
    if code := _side_code(label):  # the label stands alone on its line
        return code, ""
    for word in sorted(vocabulary.words("party_side"), key=lambda word: -len(word.zh)):
        bracket = re.match(rf"{word.zh}\((?:一审|原审|二审)[^)]*\)[:：]?\s*(.+)", piece)
        if bracket:
            return word.code, bracket[1].strip()
        if word.code != "other" and piece.startswith(word.zh) and _ORGANISATION.search(piece[len(word.zh):]):
            return word.code, piece[len(word.zh):].strip()
    return "", piece


def _side_code(label: str) -> str:
    code = next((code for text in (label, _ORDINAL.sub("", label))
                 if (code := vocabulary.code_of("party_side", text))), "")
    return "" if code == "other" else code


def _detail(party: PastedParty, piece: str) -> bool:
    """Read a piece as a detail of the party named before it; False if it is no detail."""
    if found := _REPRESENTATIVE.match(piece):
        party.legal_representative = re.split("[,，(]", piece[found.end():])[0].strip()
    elif found := _AGENT.match(piece):
        party.agents.append(read_agent(piece[found.end():]))
    elif found := _CREDIT.match(piece):
        party.credit_code = clean_credit_code(piece[found.end():])
    elif not credit_code_problem(piece):
        party.credit_code = clean_credit_code(piece)
    elif found := _ADDRESS.match(piece):
        party.address = piece[found.end():].strip()
    else:
        return False
    return True


def read_agent(text: str) -> PastedAgent:
    """``张三，辽宁某律师事务所律师`` → name, kind, firm."""
    name, *rest = re.split("[,(]", unicodedata.normalize("NFKC", text).strip().rstrip(")"))
    words = " ".join(rest)
    firm = next((re.sub("(?:实习)?(?:律师|专利代理师|专利代理人|法律工作者)$", "", word.strip())
                 for word in rest if _FIRM.search(word)), "")
    kind = ("patent_attorney" if re.search("专利代理", words) else "lawyer" if "律师" in words
            else "employee" if re.search("员工|职员|工作人员|法务|职工", words)
            else "relative" if re.search("夫|妻|父|母|子|女|近亲属", words) else "lawyer")
    return PastedAgent(name.strip(), kind, firm)


def kind_of_name(name: str) -> str:
    unit = _ORGANISATION.search(name) or _LEGAL_FORM.search(name) or (len(name) > 8 and "·" not in name)
    return "organisation" if unit else "person"
