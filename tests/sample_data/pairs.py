"""Which rule fires for which sample case and person, and why: the table of the samples' README."""

from dataclasses import dataclass

from tests.sample_data.docket import BULU, YUNLING
from tests.sample_data.people import INSTITUTE, LICENCE_BODIES, UNIVERSITY
from tests.sample_data.supplement import (
    AGAIN,
    APPRAISER,
    BATTERY,
    COBOT,
    DRUG,
    GINSENG,
    IMPELLER_REVIEW,
    INVESTIGATOR,
    MACHINE,
    RULING,
    SOFTWARE,
    STANDARD,
    TESTING,
    WAFER,
    WATER,
    WIND,
)


@dataclass(frozen=True)
class Pair:
    """One line of the table; ``level`` is block, warn or inform; R14 concerns the case alone."""

    rule: str
    level: str
    case: str
    name: str
    unit: str
    why: str
    role: str = INVESTIGATOR


PAIRS = (
    Pair("R1", "block", COBOT, "骆书航", BULU, "是原告的法定代表人，姓名与单位均相同"),
    Pair("R2", "block", COBOT, "秦朗川", YUNLING, "现任职单位是被告"),
    Pair("R2", "warn", COBOT, "常胜男", "沈阳云岭精密传动有限公司", "单位由被告控股"),
    Pair("R2", "block", WATER, "夏清和", UNIVERSITY, "在被告处兼任外部技术委员"),
    Pair("R3", "warn", COBOT, "安若溪", UNIVERSITY, "2025年6月从原告处离职，未满三年"),
    Pair("R4", "block", COBOT, "苏婉晴", UNIVERSITY, "申报的回避单位“步云机器人”是原告的简称"),
    Pair("R4", "block", WAFER, "潘若愚", INSTITUTE, "申报的回避人员江若涵是原告代理人"),
    Pair("R5", "block", COBOT, "曹启航", INSTITUTE, "配偶孟繁星是被告代理人"),
    Pair("R6", "block", COBOT, "游子谦", "浑河专利代理事务所", "被告代理人的机构是其任职单位"),
    Pair("R6", "block", BATTERY, "石敬之", UNIVERSITY, "受原告委托的技术服务结束未满一年"),
    Pair("R7", "block", AGAIN, "韩启明", UNIVERSITY, "参与过同一案件的一审"),
    Pair("R7", "block", AGAIN, "蒋文澜", INSTITUTE, "参与过同一案件的重审一审"),
    Pair("R7", "inform", AGAIN, "魏长风", INSTITUTE, "参与过发回重审前的二审，第五条第二款允许"),
    Pair("R7", "warn", WAFER, "杜思衡", INSTITUTE, "参与过诉前财产保全"),
    Pair("R7", "block", IMPELLER_REVIEW, "姚景行", UNIVERSITY, "参与过一审，现为再审审查"),
    Pair("R7", "block", SOFTWARE, "尚文蔚", LICENCE_BODIES[0], "在本案中曾任专家辅助人", APPRAISER),
    Pair("R8", "block", BATTERY, "季凌霄", "专利审查协作示例中心", "申报审查过涉案专利"),
    Pair("R8", "block", STANDARD, "辛若川", "专利审查协作示例中心", "与涉案专利的审查员同名，且在审查部门任职"),
    Pair("R9", "block", DRUG, "邱明澈", UNIVERSITY, "持有被告（非上市）1.5%股权"),
    Pair("R10", "warn", RULING, "卢景明", INSTITUTE, "正在同一专利的民事二审中履职"),
    Pair("R11", "warn", WAFER, "汪子衡", UNIVERSITY, "与涉案专利的发明人同名"),
    Pair("R12", "warn", COBOT, "牛致和", "大连云岭机器人有限公司", "单位与被告字号相同而地名不同"),
    Pair("R13", "block", WIND, "龙在野", UNIVERSITY, "已指派，尚未签署本案利益冲突声明（发出告知前检查）"),
    Pair("R14", "warn", GINSENG, "", "", "商标权案件，不在第一条列举的案件之内"),
    Pair("R14", "inform", TESTING, "", "", "技术服务合同案件，属于其他专业技术性较强的案件"),
    Pair("E-ROLE", "block", COBOT, "祝明理", LICENCE_BODIES[0], "只有司法鉴定人身份"),
    Pair("E-ROLE", "block", COBOT, "谢知行", INSTITUTE, "技术调查官已解聘"),
    Pair("E-TERM", "block", COBOT, "冯致远", INSTITUTE, "聘期已于2025年2月届满"),
    Pair("E-TERM", "block", COBOT, "段明轩", INSTITUTE, "聘期自2027年1月开始"),
    Pair("E-TERM", "inform", COBOT, "文修齐", "大东示例汽车零部件有限公司", "聘期在90日内届满"),
    Pair("E-STATE", "block", COBOT, "任晓棠", INSTITUTE, "暂停履职"),
    Pair("E-AWAY", "block", COBOT, "彭一苇", INSTITUTE, "出国期间"),
    Pair("E-LOAD", "block", COBOT, "康宁远", UNIVERSITY, "本人上限两件，在办两件"),
    Pair("E-AGE", "warn", COBOT, "姚景行", UNIVERSITY, "年满六十周岁"),
    Pair("E-LICENCE", "block", MACHINE, "费思诚", LICENCE_BODIES[0], "执业证已过期", APPRAISER),
    Pair("E-LICENCE", "inform", MACHINE, "祝明理", LICENCE_BODIES[0], "执业证在90日内到期", APPRAISER),
    Pair("E-EDUCATION", "warn", COBOT, "应怀宁", "浑南柔臂自动化有限公司", "学历为大专"),
)
