"""How units write the headings: usual spellings, unusual ones, bilingual ones, misspelt ones and decorations."""

from random import Random

SPELLINGS: dict[str, tuple[str, ...]] = {
    "no": ("序号", "序", "编号", "No.", "顺序号", "行次", "项目序号", "排号"),
    "name": ("姓名", "专家姓名", "专家名称", "名字", "人员名称", "专家人选", "推荐人姓名", "拟推荐人选", "姓名（中文）", "人选姓名", "技术专家姓名",
             "拟聘专家姓名", "鉴定人员姓名", "评审专家", "入选专家", "专家（姓名）", "老师姓名", "拟入库人员", "被推荐专家姓名"),
    "gender": ("性别", "性 别", "男/女", "性別", "性别（男/女）"),
    "birth": ("出生年月", "出生日期", "生日", "出生年月日", "出生时间", "何时出生", "出生（年月）", "诞生日期", "生于", "出生年月（与身份证一致）",
              "出生年/月", "生  日"),
    "id_number": ("身份证号", "身份证号码", "公民身份号码", "证件号码", "身份证", "居民身份证号码", "身份证件号", "身份证明号码", "身份证号（18位）",
                  "本人身份证号", "证件编号", "身份证NO.", "公民身份证", "有效证件号"),
    "mobile": ("手机", "手机号码", "联系电话", "移动电话", "手机号", "本人手机号码", "联系手机号码", "手机（必填）", "联系电话（手机）", "常用手机",
               "个人手机", "移动电话号", "联络电话", "手机联系电话", "手机号（常用）"),
    "landline": ("办公电话", "座机", "固定电话", "单位电话", "办公室座机", "办公固定电话", "固话号码", "座机电话", "单位座机号", "办公电话（含区号）"),
    "email": ("电子邮箱", "邮箱", "E-mail", "电子邮件", "Email地址", "电邮地址", "常用电子邮箱", "联系邮箱地址", "邮箱（E-mail）", "电子信箱地址"),
    "unit": ("工作单位", "单位名称", "所在单位", "单位", "现工作单位", "任职机构", "所在工作单位", "工作单位（全称）", "目前工作单位", "现任职机构",
             "就职机构", "现单位", "人员所在单位", "专家所在单位", "单位（盖章名称）"),
    "title": ("职称", "专业技术职务", "技术职称", "专业技术职称", "现有技术职称", "专业技术资格", "现任职称", "评定职称", "职称（专业技术职务）",
              "最高职称", "专技职称", "所获职称", "技术职称名称"),
    "position": ("职务", "行政职务", "现任职务", "职位", "党政职务", "现任行政职务", "任职岗位", "单位职务", "担任行政职务", "岗位/职务", "现职"),
    "education": ("学历", "最高学历", "文化程度", "最后学历", "学历（最高）", "目前学历", "学历程度", "最高学历层次", "第一学历"),
    "specialties": ("专业领域", "技术领域", "研究方向", "专业特长", "擅长领域", "从事专业", "擅长专业领域", "熟悉的技术领域", "主要从事专业",
                    "技术专长领域", "拟任技术领域", "研究专业方向", "主要技术特长", "专业（技术）领域", "现从事专业及研究方向", "擅长技术方向"),
    "ethnicity": ("民族", "民 族", "族别", "所属民族"),
    "party": ("政治面貌", "党派", "政治面貌（党派）", "政治面目", "所在党派", "党派/政治面貌"),
    "hired": ("入库时间", "聘任日期", "入库日期", "聘任时间", "受聘日期", "首次入库时间", "入选时间", "聘请时间", "入库年月日"),
    "expert_no": ("专家编号", "专家代码", "专家号", "入库编号", "专家库编号", "专家序列号", "专家证编号"),
    "former_name": ("曾用名", "曾用姓名", "原名", "曾用名（如有）", "曾用名/别名"),
    "remark": ("备注", "备 注", "说明", "其他说明", "备注（需说明事项）", "备注栏", "备注信息"),
    "name_gender": ("姓名（性别）", "姓名/性别", "姓名及性别", "姓名、性别"),
    "education_degree": ("学历/学位", "学历学位", "学历（学位）", "最高学历/学位", "学历及学位", "学历、学位"),
    "position_title": ("职务/职称", "职务职称", "职务及职称", "职务、职称", "行政职务及职称", "现任职务/职称", "职务（职称）"),
    "contact": ("联系方式", "联系电话及邮箱", "联系方式（电话、邮箱）", "通讯联络", "联系方式（手机/座机/邮箱）", "电话/邮箱"),
    "birth_age": ("出生年月（年龄）", "出生年月及年龄", "出生日期/年龄", "出生年月/年龄"),
    "work": ("单位及职务", "工作单位及职务", "单位及职务职称", "工作单位/职务/职称", "工作单位及职务、职称", "所在单位及职务职称", "现工作单位、职务及职称"),
    "name_unit": ("姓名及单位", "姓名（单位）", "专家姓名及工作单位"),
}
ENGLISH: dict[str, tuple[str, ...]] = {
    "no": ("No.", "Item", "S/N"), "name": ("Name", "Full Name", "Expert Name"), "gender": ("Gender", "Sex"),
    "birth": ("Date of Birth", "Birth Date", "DOB"), "id_number": ("ID Number", "ID Card No.", "National ID"),
    "mobile": ("Mobile", "Mobile Phone", "Cell Phone No."), "landline": ("Office Phone", "Office Tel."),
    "email": ("E-mail", "Email Address"), "unit": ("Organization", "Employer", "Work Unit", "Institution"),
    "title": ("Professional Title", "Technical Title", "Academic Title"), "position": ("Position", "Post", "Duty"),
    "education": ("Education", "Education Level", "Educational Background"),
    "specialties": ("Specialty", "Field of Expertise", "Research Interests", "Technical Field"),
    "ethnicity": ("Ethnicity", "Ethnic Group", "Nationality (Ethnic)"), "party": ("Political Status", "Party"),
    "hired": ("Date Hired", "Hire Date"), "expert_no": ("Expert No.", "Expert ID"),
    "former_name": ("Former Name",), "remark": ("Remarks", "Note", "Comments"),
}
MISSPELT: dict[str, tuple[str, ...]] = {
    "id_number": ("身份正号码", "身份证号吗", "身分证号码"), "mobile": ("手机号吗", "联系电活", "手机号玛"), "unit": ("工做单位", "工作单未"),
    "title": ("专业技术植称", "专业技术职务务"), "email": ("电子油箱", "电子邮相"), "specialties": ("专业领城", "技术领城"),
    "birth": ("出生年月曰", "出身年月"), "education": ("最高学力", "文化程渡"), "party": ("政治面貎",),
}
STRANGE: dict[str, tuple[str, ...]] = {  # wordings that no list of spellings holds
    "name": ("专家同志", "推荐何人", "人　员", "成员", "先生/女士", "人选"), "gender": ("男女", "性别情况", "男或女"),
    "birth": ("哪年出生", "出生于", "出生（年）", "生辰"), "id_number": ("身份证（号）", "证号", "ID号", "身份证号（请核对）", "公民号码"),
    "mobile": ("怎么联系（手机）", "号码（移动）", "电话1", "手机1", "随身电话", "可接通手机"),
    "landline": ("单位固话", "办公室号码（座机）", "工作座机", "座机（区号）"), "email": ("电子联系地址", "邮址", "网上邮箱", "收件邮箱"),
    "unit": ("在哪里工作", "供职何处", "目前供职", "单位/机构", "来自", "所在地单位", "工作于"),
    "title": ("何种职称", "职称（技术）", "职称情况", "评上的职称", "技术头衔"), "position": ("担任职位", "任何职务", "目前职务", "职务（行政）"),
    "education": ("读书程度", "学历（全日制）", "学历情况说明", "受教育情况"), "ethnicity": ("何民族", "族", "民族成分"),
    "party": ("加入党派", "面貌", "政治状况"), "specialties": ("主要方向", "懂哪些技术", "学术领域", "长项", "技术面", "能解决的技术问题"),
    "hired": ("何时入库", "进入专家库日期", "入专家库时间"), "expert_no": ("专家库内编号", "入库专家编号", "库内专家号"),
    "former_name": ("曾经用名", "曾用过的名字"), "remark": ("备 注 栏目", "其它备注", "备注事项"),
}


def head(name: str, rng: Random, style: str = "") -> str:
    """A heading for a field. ``style``: "" usual or unusual, ``english``, ``bilingual``, ``misspelt``, ``strange``, ``messy``."""
    text = rng.choice(SPELLINGS[name])
    if style == "english":
        return rng.choice(ENGLISH.get(name, (text,)))
    if style == "bilingual":
        return SPELLINGS[name][0] + rng.choice(("\n", " ", "/", "（")) .replace("（", " ") + rng.choice(ENGLISH.get(name, ("",)))
    if style == "strange" and name in STRANGE:
        return rng.choice(STRANGE[name])
    if style == "misspelt" and name in MISSPELT:
        return rng.choice(MISSPELT[name])
    return _messy(text, rng) if style == "messy" else text


def _messy(text: str, rng: Random) -> str:
    """A heading with line breaks, spaces, marks, notes and numbering as forms have them."""
    if text.isascii() or "（" in text or "/" in text:
        return rng.choice((text, f"*{text}", f"{text}*"))
    middle = len(text) // 2
    return rng.choice((
        "　".join(text) if len(text) < 4 else text, f"{text[:middle]}\n{text[middle:]}", f"*{text}", f"{text}（必填）", f"{text}：",
        f"{rng.randint(1, 9)}.{text}", f"{text}\n（请如实填写）", f" {text} ", f"{text}＊", f"【{text}】", f"{text}(选填)", f"{text[:middle]} {text[middle:]}",
        f"（{rng.randint(1, 9)}）{text}", f"{text}[必填]"))
