"""Fields from words: rosters' specialties and technical issues lead to the places an examiner would name."""

import pytest

from expertpool.fields.recognise import recognise
from expertpool.fields.tree import tree

SPECIALTIES = [
    ("电机与电力电子", "W01"), ("高分子材料", "W17"), ("植物新品种", "W36"), ("芯片设计", "W37"),
    ("机械", "T01"),
    ("电学", "T02"), ("化工", "W23"), ("软件", "W38"), ("医药", "W16"), ("光电技术", "W09"),
    ("通信网络", "W04"),
    ("机械工程", "T01"), ("材料科学与工程", "T06"), ("控制科学与工程", "W12"), ("计算机科学与技术", "W06"),
    ("船舶设计", "W32"), ("航空发动机", "W27"), ("中药制剂", "W16"), ("临床医学", "W13"), ("岩土工程", "W35"),
    ("建筑结构", "W35"), ("动力电池", "W01"), ("半导体器件", "W08"), ("人工智能", "W06"), ("网络安全", "W04"),
    ("集成电路布图设计", "W37"), ("外观设计", "W39"), ("工业设计", "W39"), ("玉米育种", "W36"),
    ("暖通空调", "W30"),
    ("纺织工程", "W28"), ("纳米材料", "W22"), ("电镀", "W21"), ("污水处理", "W24"), ("轴承", "W31"),
    ("数控机床", "W26"),
    ("伺服控制", "W12"), ("食品科学与工程", "W18"), ("农药", "W19"), ("体外诊断试剂", "W11"), ("玩具", "W33"),
    ("珠宝首饰", "W34"), ("液晶显示", "W09"), ("电子商务", "W07"), ("锁相环", "W05"), ("天线", "W03"),
    ("起重机", "W25"),
]

TITLES = [  # invented titles in the manner of patents, with the subclass an examiner would choose
    ("一种带有散热结构的永磁同步电机转子", "H02K"), ("三相逆变器的并联均流控制方法", "H02M"),
    ("一种锂离子电池用复合负极材料及其制备方法", "H01M"), ("配电网单相接地故障选线的继电保护方法", "H02H"),
    ("一种基于深度学习的人脸识别方法及系统", "G06V"), ("分布式数据库的查询优化方法", "G06F"),
    ("面向多租户的神经网络训练方法及装置", "G06N"), ("一种电商平台的订单分配方法", "G06Q"),
    ("随机接入方法、用户设备及基站", "H04W"), ("一种报文转发方法及路由器", "H04L"),
    ("一种双频微带天线", "H01Q"), ("视频编码中的帧内预测方法", "H04N 19"),
    ("一种晶圆清洗机台的传输装置", "H01L"), ("一种光纤激光器", "H01S"), ("一种广角镜头组", "G02B"),
    ("用于检测水中重金属的电化学传感器", "G01N"), ("一种超声波流量计", "G01F"),
    ("激光雷达的测距方法", "G01S"),
    ("一种免疫层析试剂盒及其检测方法", "G01N 33"), ("基于可编程控制器的生产线运动控制系统", "G05B"),
    ("一种火灾报警器", "G08B"), ("一种可弯曲的内窥镜", "A61B"), ("一种带止血阀的球囊导管", "A61M"),
    ("一种人工膝关节", "A61F"), ("吡唑类化合物的合成方法", "C07D"),
    ("一种耐高温酶的突变体及其编码基因", "C12N"),
    ("抗PD-1单克隆抗体", "C07K"), ("一种治疗咳嗽的中药组合物", "A61K 36"), ("一种缓释片剂", "A61K 9"),
    ("一种水性聚氨酯的制备", "C08G"), ("一种阻燃聚丙烯树脂组合物", "C08L"), ("低盐酱油的酿造方法", "A23L"),
    ("一种防腐涂料", "C09D"), ("一种含氟除草剂", "A01N"), ("一种耐磨钢及其热处理方法", "C21D"),
    ("一种轻质泡沫混凝土", "C04B"), ("一种磁控溅射镀膜设备", "C23C"), ("一种精馏塔内件", "B01D"),
    ("加氢催化剂的再生方法", "B01J"), ("一种含油废水处理装置", "C02F"), ("一种六自由度机械臂", "B25J"),
    ("带式输送机的纠偏装置", "B65G"), ("一种激光焊接夹具", "B23K"), ("一种数控车床刀架", "B23B"),
    ("一种柴油机的喷油器", "F02M"), ("海上风电机组的变桨装置", "F03D"), ("一种多级离心泵", "F04D"),
    ("一种剑杆织机", "D03D"), ("一种注塑模具的顶出机构", "B29C"), ("一种玉米联合收割机割台", "A01D"),
    ("一种多联机空调系统的控制方法", "F24F"), ("一种行星齿轮减速器", "F16H"), ("一种双密封球阀", "F16K"),
    ("圆锥滚子轴承", "F16C"), ("一种电动汽车充电桩", "B60L"), ("履带车辆的转向系统", "B62D"),
    ("一种可折叠的多旋翼无人机", "B64U"), ("一种可升降的办公桌", "A47B"), ("一种扫地机器人", "A47L"),
    ("一种电子烟的雾化芯", "A24F"), ("滚筒洗衣机", "D06F"), ("一种盾构机的刀盘", "E21D"),
    ("一种装配式建筑的梁柱节点", "E04B"), ("一种桥梁伸缩缝", "E01D"), ("一种指纹锁", "E05B"),
]


@pytest.mark.parametrize(("specialty", "code"), SPECIALTIES)
def test_a_specialty_leads_to_its_field(specialty: str, code: str) -> None:
    guesses = recognise(specialty, kinds=("group", "wipo"))
    assert code in [guess.code for guess in guesses[:2]], guesses[:4]


def test_titles_lead_to_the_examiners_subclass() -> None:
    missed = []
    for title, place in TITLES:
        codes = [guess.code for guess in recognise(title, kinds=("subclass", "symbol"))][:3]
        if place not in codes:
            missed.append((title, place, codes))
    assert len(missed) <= len(TITLES) // 10, missed


def test_a_symbol_in_the_text_comes_first() -> None:
    guesses = recognise("G01N 33/68 免疫检测方法")
    assert guesses[0].code == "G01N 33/68"
    assert guesses[0].value == 1.0
    assert guesses[1].code == "W11"
    assert "G01N 33/68" in guesses[1].words


def test_each_guess_says_which_words_led_there() -> None:
    for title, _place in TITLES:
        for guess in recognise(title, kinds=("subclass",))[:1]:
            assert all(word in title.lower() for word in guess.words), guess


def test_the_order_is_falling_and_stable() -> None:
    text = "涉案专利为一种混凝土搅拌车的液压驱动系统，被诉侵权产品采用双泵合流"
    guesses = recognise(text)
    assert [g.value for g in guesses] == sorted((g.value for g in guesses), reverse=True)
    assert guesses == recognise(text)
    assert "B28C" in [g.code for g in guesses[:3]]


def test_kinds_are_kept_apart() -> None:
    kinds = {tree().node(guess.code).kind for guess in recognise("电机控制与变频调速", kinds=("wipo",))}
    assert kinds == {"wipo"}


@pytest.mark.parametrize("text", ["", "  ", "司法会计", "product list", "！？", "一种装置及方法"])
def test_no_field_is_made_up(text: str) -> None:
    assert recognise(text) == []


def test_latin_words_are_not_cut_from_longer_ones() -> None:
    assert not recognise("ACTION")
    assert recognise("CT")[0].code in ("A61B", "W13")
