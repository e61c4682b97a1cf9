"""What people declare and how they served: the sample supplement, sheet by sheet, by the keys of the pool workbook."""

from tests.sample_data.docket import BATTERY_PATENT, BULU, TRANSFER_PATENT, YUNLING, patent
from tests.sample_data.people import INSTITUTE, LICENCE_BODIES, UNIVERSITY

Row = dict[str, object]
FIRST, SECOND, REMAND, AGAIN = (
    "(2025)辽01知民初101号", "(2025)最高法知民终812号", "(2026)辽01知民初55号", "(2026)最高法知民终903号")
RULING, COBOT = "(2026)辽01知行初3号", "(2026)辽01知民初118号"
IMPELLER, IMPELLER_APPEAL, IMPELLER_REVIEW = (
    "(2025)辽01知民初230号", "(2026)辽知民终31号", "(2026)最高法知民申88号")
SEIZURE, WAFER, DRUG = "(2026)辽01财保6号", "(2026)辽01知民初140号", "(2026)辽01知民初162号"
BATTERY, SOFTWARE, WATER = "(2026)辽01知民初171号", "(2026)辽01知民初179号", "(2026)辽01知民初201号"
WIND, SCANNER, MILK = "(2026)辽01知民初197号", "(2026)辽01知民初204号", "(2026)辽01知民初208号"
STANDARD, MACHINE, DESIGN = "(2026)辽01知民初219号", "(2026)辽01知民初229号", "(2026)辽01知民初243号"
TESTING, GINSENG = "(2026)辽01知民初233号", "(2026)辽01知民初240号"
INVESTIGATOR, CONSULTANT, APPRAISER = "技术调查官", "技术咨询专家", "司法鉴定人"


def who(name: str, unit: str) -> Row:
    """How a row names its person."""
    return {"person_name": name, "person_unit": unit}


def task(number: int) -> str:
    """The number of a sample assignment."""
    return f"00000000-0000-4000-8000-{number:012}"


def _university(name: str) -> Row:
    return who(name, UNIVERSITY)


def _institute(name: str) -> Row:
    return who(name, INSTITUTE)


ORGANISATIONS: list[Row] = [
    {"name": BULU, "kind": "企业", "region": "沈阳市浑南区", "listed": "否"},
    {"name": YUNLING, "kind": "企业", "region": "沈阳市铁西区", "listed": "是"},
    {"name": "沈阳云岭精密传动有限公司", "kind": "企业", "region": "沈阳市铁西区", "listed": "否"},
    {"name": "沈阳示例半导体设备股份有限公司", "kind": "企业", "region": "沈阳市浑南区", "listed": "是"},
    {"name": "丹东示例制药有限公司", "kind": "企业", "region": "丹东市", "listed": "否"},
    {"name": "大东示例汽车零部件有限公司", "kind": "企业", "region": "沈阳市大东区", "listed": "否"},
    {"name": "沈北智行科技有限公司", "kind": "企业", "region": "沈阳市沈北新区", "listed": "否"},
    {"name": UNIVERSITY, "kind": "高等院校", "region": "沈阳市浑南区"},
    {"name": "浑河工学院", "kind": "高等院校", "region": "沈阳市浑南区", "remark": "2008年更名为浑河理工大学"},
    {"name": INSTITUTE, "kind": "科研院所", "region": "沈阳市浑南区"},
    {"name": "棋盘山农业科学院", "kind": "科研院所", "region": "沈阳市浑南区"},
    {"name": "浑河专利代理事务所", "kind": "专利代理机构", "region": "沈阳市和平区"},
    {"name": "专利审查协作示例中心", "kind": "专利审查机构", "region": "沈阳市浑南区"},
    *({"name": body, "kind": "鉴定机构", "region": "沈阳市"} for body in LICENCE_BODIES),
]
ALIASES: list[Row] = [
    {"organisation": BULU, "alias": "步云机器人", "kind": "简称"},
    {"organisation": BULU, "alias": "沈阳步云智能装备有限公司", "kind": "曾用名", "end": "2021-05"},
    {"organisation": YUNLING, "alias": "云岭机器人", "kind": "简称"},
    {"organisation": YUNLING, "alias": "Yunling Robot Co., Ltd.", "kind": "外文名称"},
    {"organisation": UNIVERSITY, "alias": "浑理工", "kind": "简称"},
    {"organisation": INSTITUTE, "alias": "示例自动化所", "kind": "简称"},
    {"organisation": "棋盘山农业科学院", "alias": "棋盘山农科院", "kind": "简称"},
]
LINKS: list[Row] = [
    {"upper": YUNLING, "lower": "沈阳云岭精密传动有限公司", "kind": "控股", "start": "2022-01", "source": "企业年报（样例）"},
    {"upper": "大东示例汽车零部件有限公司", "lower": "沈北智行科技有限公司", "kind": "控股", "start": "2023", "source": "企业年报（样例）"},
    {"upper": "浑河工学院", "lower": UNIVERSITY, "kind": "更名/承继", "start": "2008"},
]
EXPERTS: list[Row] = [
    {"name": "任晓棠", "employer": INSTITUTE, "state": "暂停", "state_reason": "本人申请暂停履职", "state_since": "2026-09-01"},
    {"name": "康宁远", "employer": UNIVERSITY, "case_cap": 2},
    {"name": "罗建章", "employer": UNIVERSITY, "age_exemption": "本领域专家稀缺，经院领导批准放宽"},
    {"name": "王家汐", "employer": "盘山示例海洋装备研究所", "gender": "女", "birth": "1981-06", "title": "研究员",
     "title_level": "正高级", "education": "博士研究生", "degree": "博士", "roles": INVESTIGATOR, "term_start": "2025-07-01",
     "term_end": "2028-06-30", "specialties": "船舶推进；水下机器人；海洋平台", "field_codes": "B63H；B63C",
     "mobile": "13800000999", "email": "expert999@example.cn"},
]
ROLES: list[Row] = [
    {**_institute("谢知行"), "role": INVESTIGATOR, "start": "2025-01-01", "state": "已解聘", "end_reason": "工作变动",
     "decision_no": "沈知调〔2026〕3号（样例）"},
    *({**person, "role": INVESTIGATOR, "start": "2021-03-01", "end": "2024-02-29", "state": "届满", "mode": "兼职",
       "body": "沈阳市中级人民法院"} for person in (_university("韩启明"), _university("罗建章"), _institute("魏长风"))),
    {**_institute("曹启航"), "role": CONSULTANT, "start": "2020-09-01", "end": "2022-08-31", "state": "届满", "mode": "志愿"},
]
EMPLOYMENTS: list[Row] = [
    {**_university("安若溪"), "employer": BULU, "position": "算法工程师", "start": "2018-07", "end": "2025-06", "current": "否"},
    {**_institute("龚景澄"), "employer": "沈阳铁西示例机床有限责任公司", "position": "技术主管", "start": "2009-07", "end": "2019-12",
     "current": "否"},
    {**_university("石敬之"), "employer": "浑河工学院", "position": "助教", "start": "1998-07", "end": "2008-06", "current": "否"},
]
INTERESTS: list[Row] = [
    {**_university("苏婉晴"), "kind": "回避单位", "unit": "步云机器人", "organisation": BULU,
     "detail": "正在进行科研合作", "declared_on": "2026-03-02"},
    {**_institute("潘若愚"), "kind": "回避人员", "name": "江若涵", "unit": "北陵示例律师事务所", "declared_on": "2026-03-02"},
    {**_institute("曹启航"), "kind": "近亲属", "relation": "配偶", "name": "孟繁星", "unit": "浑河专利代理事务所",
     "declared_on": "2026-03-03"},
    {**_university("石敬之"), "kind": "受委托事项", "unit": "抚顺示例新能源电池有限公司", "detail": "电池热失控试验技术服务",
     "start": "2025-03", "end": "2026-08", "declared_on": "2026-03-03"},
    {**_university("夏清和"), "kind": "任职", "unit": "盘锦示例水务有限公司", "detail": "外部技术委员", "start": "2024-05",
     "declared_on": "2026-03-03"},
    {**_university("邱明澈"), "kind": "持股", "unit": "丹东示例制药有限公司", "unlisted": "是", "detail": "出资比例1.5%",
     "start": "2020-11", "declared_on": "2026-03-04"},
    {**who("季凌霄", "专利审查协作示例中心"), "kind": "审查过的专利", "name": BATTERY_PATENT, "detail": "实质审查员",
     "declared_on": "2026-03-04"},
    {**who("尚文蔚", LICENCE_BODIES[0]), "kind": "本案其他诉讼身份", "relation": "专家辅助人", "name": SOFTWARE, "declared_on": "2026-09-01"},
    {**_institute("廖思危"), "kind": "近亲属", "relation": "同学", "name": "常胜男", "detail": "大学同学", "declared_on": "2026-03-05"},
    {**_university("范以诺"), "kind": "本人专利", "name": patent("201710223358"), "detail": "抗体纯化方法", "declared_on": "2026-03-05"},
]
UNAVAILABLE: list[Row] = [
    {**_institute("彭一苇"), "start": "2026-10-08", "end": "2027-06-30", "reason": "出国(境)"},
    {**_university("宋雨桐"), "start": "2026-12-20", "end": "2027-01-10", "reason": "培训学习"},
    {**_institute("崔景和"), "start": "2026-05-06", "end": "2026-05-20", "reason": "出差"},
]
PARTIES: list[Row] = [
    {"case_number": COBOT, "side": "原告", "name": BULU, "legal_representative": "骆书航"},
    {"case_number": COBOT, "side": "被告", "name": YUNLING, "legal_representative": "周远岭"},
    {"case_number": WAFER, "side": "原告", "name": "沈阳示例半导体设备股份有限公司", "legal_representative": "顾长川"},
]
PATENTS: list[Row] = [
    {"case_number": WAFER, "number": TRANSFER_PATENT, "title": "双臂晶圆传输机械手的偏心校正方法",
     "inventors": "汪子衡；顾长川", "patentees": "沈阳示例半导体设备股份有限公司"},
    {"case_number": STANDARD, "number": patent("201710582916"), "title": "一种资源调度方法", "examiners": "辛若川"},
]
CASE_LINKS: list[Row] = [
    {"earlier": AGAIN, "later": RULING, "kind": "相关无效行政案件", "source": "同一专利的行政案件"}]


def _served(number: int, case: str, person: Row, on: str, state: str, ended: str = "", **more: object) -> Row:
    role = more.pop("role", INVESTIGATOR)
    return {"uid": task(number), "case_number": case, **person, "role": role, "state": state, "method": "择优推荐",
            "appointed_on": on, "ended_on": ended, **more}


ASSIGNMENTS: list[Row] = [
    _served(1, FIRST, _university("韩启明"), "2025-02-10", "已完成", "2025-05-15", opinion_signed_on="2025-04-02"),
    _served(2, SECOND, _institute("魏长风"), "2025-07-01", "已完成", "2025-11-20", opinion_signed_on="2025-10-09"),
    _served(3, REMAND, _institute("蒋文澜"), "2026-02-02", "已完成", "2026-06-25", opinion_signed_on="2026-05-06"),
    _served(4, AGAIN, _institute("卢景明"), "2026-09-02", "履职中", notified_on="2026-09-04",
            duties="提出技术调查意见；参与询问、听证、庭前会议、开庭审理"),
    _served(5, IMPELLER, _university("姚景行"), "2025-04-01", "已完成", "2025-09-28", opinion_signed_on="2025-07-01"),
    _served(6, IMPELLER_APPEAL, _institute("龚景澄"), "2026-02-10", "已完成", "2026-06-30", role=CONSULTANT),
    _served(7, SEIZURE, _institute("杜思衡"), "2026-05-20", "已完成", "2026-05-29", duties="参与调查取证、勘验、保全"),
    _served(8, WIND, _university("龙在野"), "2026-11-19", "已指派"),
    _served(9, SCANNER, _university("康宁远"), "2026-10-12", "履职中", notified_on="2026-10-14"),
    _served(10, DESIGN, _university("康宁远"), "2026-10-20", "已告知", notified_on="2026-10-22"),
    _served(11, STANDARD, _institute("崔景和"), "2026-10-09", "履职中", notified_on="2026-10-12"),
    _served(12, MILK, _university("宋雨桐"), "2026-10-15", "已告知", notified_on="2026-10-17"),
    _served(13, MACHINE, _institute("戴云深"), "2026-10-21", "已谢绝", "2026-10-23", end_reason="本职工作繁忙"),
]
EVENTS: list[Row] = [
    {"assignment": task(1), "on": "2025-02-10", "to_state": "已指派"},
    {"assignment": task(1), "on": "2025-05-15", "from_state": "履职中", "to_state": "已完成", "note": "一审宣判"},
    {"assignment": task(4), "on": "2026-09-02", "to_state": "已指派"},
    {"assignment": task(4), "on": "2026-09-04", "from_state": "已指派", "to_state": "已告知"},
    {"assignment": task(4), "on": "2026-09-10", "from_state": "已告知", "to_state": "履职中"},
    {"assignment": task(13), "on": "2026-10-23", "from_state": "已指派", "to_state": "已谢绝", "note": "本职工作繁忙"},
]
APPLICATIONS: list[Row] = [
    {"assignment": task(2), "applicant": YUNLING, "ground": "认为其与对方有学术合作", "received_on": "2025-07-08",
     "suspended_from": "2025-07-08", "decided_on": "2025-07-10", "decision": "驳回申请", "decided_by": "审判长"}]
DECLARATIONS: list[Row] = [
    {**_institute("卢景明"), "case_number": AGAIN, "signed_on": "2026-09-02", "content": "与本案无利害关系"},
    {**_institute("崔景和"), "case_number": STANDARD, "signed_on": "2026-10-09", "content": "与本案无利害关系"},
    {**_university("韩启明"), "signed_on": "2026-01-15", "valid_until": "2026-12-31", "content": "年度声明"},
]
EVALUATIONS: list[Row] = [
    {**_university("韩启明"), "assignment": task(1), "year": 2025, "grade": "优秀", "score": 96, "by": "承办法官",
     "note": "意见清楚，对步态阈值的解释有说服力"},
    {**_institute("魏长风"), "assignment": task(2), "year": 2025, "grade": "称职", "score": 88, "by": "承办法官"},
    {**_institute("蒋文澜"), "assignment": task(3), "year": 2026, "grade": "优秀", "score": 93, "by": "承办法官"},
    {**_university("姚景行"), "assignment": task(5), "year": 2025, "grade": "称职", "score": 85, "by": "承办法官"},
    {**_institute("杜思衡"), "assignment": task(7), "year": 2026, "grade": "优秀", "score": 91, "by": "承办法官",
     "note": "现场识别部件迅速准确"},
    {**_institute("戴云深"), "year": 2025, "grade": "基本称职", "score": 68, "by": "技术调查室", "note": "两次谢绝指派"},
]
SHEETS: dict[str, list[Row]] = {
    "experts": EXPERTS, "roles": ROLES, "employments": EMPLOYMENTS, "interests": INTERESTS, "unavailable": UNAVAILABLE,
    "evaluations": EVALUATIONS, "organisations": ORGANISATIONS, "aliases": ALIASES, "organisation_links": LINKS,
    "parties": PARTIES, "patents": PATENTS, "case_links": CASE_LINKS, "assignments": ASSIGNMENTS,
    "assignment_events": EVENTS, "recusal_applications": APPLICATIONS, "declarations": DECLARATIONS,
}
