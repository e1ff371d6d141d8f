"""What may follow a number, or stand before it, and what that makes of it: money, a percentage, a discount, a time."""

from __future__ import annotations

from intents import patterns as re

_SUFFIXES = {
    "CNY": "元人民币|块钱|元|圆|RMB|CNY|人民币|yuan|kuai",
    "USD": "美元|美金|美刀|刀(?![具片头口模])|USD|US dollars?|dollars?|bucks",
    "EUR": "欧元|欧(?![洲美盟阳])|EUR|euros?",
    "GBP": "英镑|GBP|pounds?",
    "JPY": "日元|日币|JPY",
    "HKD": "港元|港币|HKD",
    "KRW": "韩元|韩币|KRW",
    "TWD": "新台币|台币|TWD",
    "SGD": "新加坡元|新币|SGD",
    "AUD": "澳元|AUD",
    "CAD": "加元|CAD",
}
_PREFIXES = {
    "CNY": r"¥|￥|CN¥|RMB|CNY|人民币",
    "USD": r"US\$|\$|USD|美元|美金",
    "EUR": "€|EUR|欧元",
    "GBP": "£|GBP|英镑",
    "JPY": "JPY|日元",
    "HKD": r"HK\$|HKD|港币|港元",
    "AUD": r"A\$|AUD|澳元",
    "CAD": r"C\$|CAD|加元",
    "SGD": r"S\$|SGD|新币",
    "KRW": "₩|KRW|韩元",
    "TWD": r"NT\$|TWD|台币",
}
_NO_CURRENCY = "元(?=[旦件器素宝月宵老首帅勋])|块(?!钱)"
CURRENCY_AFTER = re.compile(
    f" ?(?!{_NO_CURRENCY})(?:{'|'.join(f'(?P<{code}>{words})' for code, words in _SUFFIXES.items())})(?![A-Za-z])",
    re.IGNORECASE,
)
CURRENCY_BEFORE = re.compile(
    "(?:" + "|".join(f"(?P<{code}>{words})" for code, words in reversed(_PREFIXES.items())) + r") ?$", re.IGNORECASE
)
_LAST_OF_CURRENCY = frozenset("¥￥$€£₩币元金")
# 块 is money, unless it counts something (三块屏幕): small numbers only before what can end a price.
YUAN_SPOKEN = re.compile(
    r"块(?:钱)?(?=$|[^\w]|[钱每一的了吧左右上下多不就行包可能给报卖以和到呢啊嘛呀也都还\d二两三四五六七八九])"
)
YUAN_OF_LARGE = re.compile(r"块(?:钱)?(?![儿头状])")
_ONE_DIGIT = r"[\d一二两三四五六七八九]"
CENTS = re.compile(rf"(?P<jiao>{_ONE_DIGIT})(?![\d.万千百十])(?:[毛角](?:(?P<fen>{_ONE_DIGIT})分?)?)?")
JIAO = re.compile(r"[毛角](?![利坯病衣巾重度色落])(?:钱)?")

_MINUTE = (
    "过?(?:零[一二三四五六七八九]|[二三四五]?十[一二三四五六七八九]?|[0-5][0-9]"
    f"|{_ONE_DIGIT}(?=分))分?(?![0-9百千万亿])"
)
# One look at what follows tells what a number without a currency is.
KIND_AFTER = re.compile(
    r" ?(?:(?P<percent>[%％]|个?百分点|个点(?![位子钟])|点(?=的?(?:优惠|折扣|让利|返利|回扣))|per ?cent(?![a-z]))"
    r"|(?P<permille>‰)"
    r"|(?P<fold>折(?![叠腾旧合算返磨中线断射服现扣]))"
    r"|(?P<tenth>成(?![本交立功都员果品套为了长绩熟分单型像人]|不变))"
    r"|(?P<times>倍(?![速频率])|番)"
    r"|(?P<of>分之)"
    rf"|(?P<clock>点(?:钟|整|半|[一二三]刻|{_MINUTE})?|月份?(?:的?[0-9一二三四五六七八九十]{1, 3}[号日])?"
    r"|(?:个|半)?(?:半?月|半?小时|钟头|星期|礼拜|工作日|季度|学期|世纪|自然日|交易日)|[年日号秒刻季旬晚夜岁届期楼层栋幢室级强区路街弄巷院版档轮阶线维象伏寸]"
    r"|天|周(?![边转全到])|时(?!候)|分(?!之)|代(?![理码])|单元|环|中(?!标)|标段|度(?!电)|赫兹|英寸"
    r"|(?:am|pm|a\.m|p\.m|o'clock|days?|weeks?|months?|quarters?|years?|hours?|minutes?|mins?|seconds?|times|st|nd|rd|th)(?![a-z])))",
    re.IGNORECASE,
)
DURATION_OF_LARGE = re.compile(r"个?(?:小时|钟头|工时)|公里")


def currency_after(text: str, at: int, *, large: bool) -> tuple[str, int]:
    """The currency said right after a number and where it ends; ('', at) when none is."""
    spoken = (YUAN_OF_LARGE if large else YUAN_SPOKEN).match(text, at)
    if spoken is not None:
        return "CNY", spoken.end()
    found = CURRENCY_AFTER.match(text, at)
    return (found.lastgroup or "", found.end()) if found is not None else ("", at)


def currency_before(text: str, at: int) -> tuple[str, int]:
    """The currency said right before a number and where it begins; ('', at) when none is."""
    last = text[at - 2 : at].rstrip()[-1:] if at > 1 else text[:at]
    if last not in _LAST_OF_CURRENCY and not (last.isascii() and last.isalpha()):
        return "", at
    found = CURRENCY_BEFORE.search(text, max(0, at - 5), at)
    return (found.lastgroup or "", found.start()) if found is not None else ("", at)
