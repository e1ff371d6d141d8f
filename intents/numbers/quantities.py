"""Tells counts and measures (三台, 500吨, 20人, 3 licenses) from sums, times and ordinals by what follows a number."""

from __future__ import annotations

from decimal import Decimal

from intents import patterns as re
from intents.numbers.alphabet import Numeral
from intents.numbers.context import bounds_of
from intents.numbers.model import Quantity
from intents.numbers.spans import Span, Spans

# A measure word, and what it must not run into: 30万只能 is no count of 只, 20万包含 none of 包, 38万张总 none of 张.
_CHINESE = (
    "台套|台班|台(?![湾州账阶词面风北南东式])|套(?![路餐现用利话装牌件])|吨|公斤|千克|斤|毫克|克(?![隆服制扣拉里什莱])|箱|盒(?!马)|瓶(?!颈)|桶|罐(?!头)|袋"
    "|包(?![含括装干税邮月年销办给了下在容揽公厢不维安运])|件(?!数)|辆|架(?![构势子])|艘|枚|颗|粒|支(?![付持出票撑部行援架])|根(?![据本源治])"
    "|片(?![区面刻段场])|卷|捆|匹(?!配)|株|棵"
    "|只(?![要是能够有给收付报差占算可好做卖买限剩需用想会不按和跟拿签认])"
    "|张(?![总经工姐哥老主厂局处科部院校医博教三四先女小大罗家贴开董所队会书律店站副行师])"
    "|把(?![握价单合这那它他她关我你客金控手总钱货款事所])|条(?![件款例约码理目])|份(?![额子量])|位(?![于置子数移])"
    "|名(?![单额字称片义下气牌录校目次叫为是])|人次|人天|人月|人日|人(?![民事力才工均家为体机造类性物生行])"
    "|家(?![里属具电庭居长装用乡访政园教人境族])|间(?![接隔歇])|门店|门(?![口槛市诊面票卫禁窗类户店])|户(?![口型外主籍名])|亩|公顷"
    "|平方米|平方公里|平方|平米|立方米|立方|公里|千米|厘米|毫米|米(?![饭粉其兰勒哈])|毫升|升(?![级值到至为职学温降了高])"
    "|千瓦时|千瓦|兆瓦|度电|次(?![日要性数品月年序贷])|遍|趟|场(?![地景所馆合面长外内])|项(?![目链])|种(?![子植类族])|类(?![似型别])"
    "|组(?![织件成合长装建员])|座(?![机谈位])|部(?![门长分队委属署件位])|头(?=[猪牛羊驴])|车(?![间辆票主队型载展位险床站库道上里祸次])|柜(?!台)|标箱|托盘|席位|席|节点|册|页|篇|封(?![顶闭装面条口测控])"
    "|工位|床位|车位|点位|用户|员工|会员|粉丝|学生|学员|客户|账号|账户|许可证?|终端|设备|样品|样本|样(?![机板子式])|订单|工时|课时"
    "|个(?!亿|点(?!位)|百分点|半?月|半?小时|钟头|星期|礼拜|工作日|季度|学期|世纪|自然日|交易日|税|人所得|性|体户?|头)"
)
# These follow a sum too often (38万对吧, 30万批了, 50万单子): measure words of small numbers only.
_SMALL_ONLY = (
    "对(?![方吧不接账了面比应手公外内标折半此于的啊我他客这那本一])|双(?![方休十倍向重人击])|副(?![总经主院校市厂局处董])"
    "|批(?![准发复下了量评次注])|款(?![项到式子待额没还是])|单(?![价子独元位个纯台套据号身一项方日笔签月次品车机])"
    "|笔(?![记试者画芯录迹直])|本(?![金来周月年人次身地该质科土期季部票店市省公单色])|节(?![前后日约点省奏假能目气])|段|句|道(?![路理歉])|桌|块"
)
_LATIN = (
    r"(?:kgs?|km|cm|mm|ml|kwh?|mwh?|gb|tb|mb|pcs|kva|sqm|m2|t|l)(?![a-z0-9])|m²|㎡"
    r"|(?!(?:day|week|month|quarter|year|hour|minute|min|second|dollar|buck|euro|pound|percent|point|time|thousand|million"
    r"|billion|hundred|dozen|yuan)s?(?![a-z])|(?:across|less|plus|this|his|its|was|has|yes|is|as|us)(?![a-z]))"
    r"(?:[a-z]{3,20}s|people|pieces|box|unit|set|ton|tonne|seat|license|user|person|copy|item|machine)(?![a-z])"
)
_LATIN_COUNT = rf"(?: (?:more|extra|additional))?(?P<latin> ?(?:{_LATIN}))"
_SMALL_COUNT = re.compile(rf"(?P<word> ?(?:{_CHINESE}|{_SMALL_ONLY}))|{_LATIN_COUNT}", re.IGNORECASE)
_LARGE_COUNT = re.compile(rf"(?P<word> ?(?:{_CHINESE}))|{_LATIN_COUNT}", re.IGNORECASE)

_REFERENCE_BEFORE = frozenset("上下这那哪某每另同")  # 下一家, 这一单 point at one and count none
_SET_PHRASE = re.compile(r"一(?:次性|条龙|家人|把手|对一|件套|套路|个劲|句话|块儿|门心思|片|道)")
_COUNT_WORD_BEFORE = re.compile(
    r"(?:数量|台数|套数|件数|个数|人数|户数|座席数|quantity|qty)\s*(?:[改调变增减]?[成为到至是:：]|to|is|of)?\s*$",
    re.IGNORECASE,
)
_TIMES = frozenset("xX*×")
_MAY_BE_COUNT = re.compile("数|qty|quantity", re.IGNORECASE)
_TIMES_BEFORE = re.compile(r"[A-Za-z\u4e00-\u9fff）)][A-Za-z0-9]* ?[xX*×] ?$")  # C60x3, 主机*2
_HALF_AFTER = re.compile("半(?![年月天个小价径数])")  # 两吨半
_TWO_OR_HALF = re.compile(
    r"[俩仨](?<![他她它咱你我们][俩仨])|半(?<![一多大过两个点年月天对减折])(?=[箱吨套车柜桶盒瓶斤])"
)
_FIXED = {"俩": (Decimal(2), "个"), "仨": (Decimal(3), "个")}


def quantity_of(text: str, numeral: Numeral) -> Quantity | None:
    """Read a numeral as a count or a measure, if a measure word follows or a word for count goes before."""
    counted = (_LARGE_COUNT if numeral.scale > 1 else _SMALL_COUNT).match(text, numeral.stop)
    if counted is not None:
        if _is_no_count(text, numeral):
            return None
        return _quantity(text, numeral, counted.end(), (counted["word"] or counted["latin"]).strip())
    before = text[max(0, numeral.begin - 12) : numeral.begin]
    if numeral.whole and before.rstrip()[-1:] in _TIMES and _TIMES_BEFORE.search(before):
        return _quantity(text, numeral, numeral.stop, "")
    if numeral.whole and _MAY_BE_COUNT.search(before) and _COUNT_WORD_BEFORE.search(before):
        return _quantity(text, numeral, numeral.stop, "")
    return None


def _is_no_count(text: str, numeral: Numeral) -> bool:
    if numeral.low != 1 or not text.startswith("一", numeral.begin):
        return False
    return text[numeral.begin - 1 : numeral.begin] in _REFERENCE_BEFORE or bool(_SET_PHRASE.match(text, numeral.begin))


def _quantity(text: str, numeral: Numeral, stop: int, classifier: str) -> Quantity:
    bounds = bounds_of(text, numeral.begin, stop)
    ranged = numeral.low != numeral.high
    half = Decimal("0.5") if classifier and _HALF_AFTER.match(text, stop) else Decimal(0)
    stop += half > 0
    return Quantity(
        text=text[numeral.begin : stop], begin=numeral.begin, stop=stop,
        value=numeral.low + half, classifier=classifier, approximate=numeral.approximate or bounds.approximate,
        low=numeral.low if ranged or bounds.least else None, high=numeral.high if ranged or bounds.most else None,
    )  # fmt: skip


def counts_without_digits(text: str, taken: Spans) -> list[Quantity]:
    """Find 俩, 仨 and 半箱."""
    return [_fixed(text, said.span()) for said in _TWO_OR_HALF.finditer(text) if not taken.touch(*said.span())]


def _fixed(text: str, span: Span) -> Quantity:
    begin, stop = span
    value, classifier = _FIXED.get(text[begin], (Decimal("0.5"), text[stop : stop + 1]))
    stop += text[begin] == "半"
    return Quantity(text=text[begin:stop], begin=begin, stop=stop, value=value, classifier=classifier)
