"""Counsel: a question how to answer what a customer says, or which product fits; what it is about without the asking.

「他嫌贵,我怎么回」 asks for our words on 他嫌贵; 「他怎么回的」 asks what was said, and is none.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

from crm_store.collateral.styles import Style


class Wish(StrEnum):
    """WORDS: what to say or do about it; PRODUCT: which of ours fits."""

    WORDS = "words"
    PRODUCT = "product"


@dataclass(frozen=True, kw_only=True, slots=True)
class Counsel:
    """`about` is the question without the words of asking, `then` what follows them; '' where there is nothing else."""

    wish: Wish
    about: str
    then: str = ""


STYLES = {
    Wish.WORDS: Style(
        name="counsel",
        kinds=("script", "battlecard", "playbook", "case"),
        subjects=frozenset({"counter", "next_step", "script", "follow_up", "objection", "convince"}),
    ),
    Wish.PRODUCT: Style(
        name="fit",
        kinds=("product", "case", "playbook", "manual"),
        subjects=frozenset({"compat_sample", "compatible"}),
    ),
}
_HOW = r"(?:怎么|怎样|怎么样|咋个?|咋样|如何|点样)"
_THEM = r"(?:[他她它]们?|人家|客户|对方|对面|老板|你们|伢|佢)"
_TO = rf"(?:(?:跟|给|对|向|和|同|帮|把){_THEM}?)?"
_ANSWER = (
    r"(?:接话|接招|接|回应|回复|回答|回绝|回|应对|应付|应答|应|答复|答|说服|说|讲|聊|解释|劝|破解|破局|破|顶回去|顶|怼|化解|打消|打动|打"
    r"|开口|搞定|拿下|处理|对付|圆|安抚|办)"
)
_THAT = rf"(?:{_THEM}?的?(?:[这那](?:个|句|番|种)?)?(?:话茬|话|问题|茬|异议|说法|顾虑|担心|质疑|疑问|说辞))?"
_TAIL = rf"{_THEM}?{_THAT}(?:去|住|回去|过去|下来)?(?:才好|才行|才是|比较好|最好|为好|合适|妥当|好|好一点|稳妥)?"
_END = r"(?:[嘛呢啊呀哦喔哈噻吧咧哩哟么]|[,,。.?？!！~\s])*"
_WE = (
    r"(?:(?:这个|这话|这事|这种|那个|那|这|这单|那这个)?(?:我们?|咱们?|俺们?|话|话术)?(?:到底|究竟)?(?:该|应该"
    r"|应当|得|要|能|可以|好)?(?:见了?面|当面|电话里|回头|下次|明天|今天|去了|到时候?|现在|这次)?(?:该|应该|得|要|能)?)"
)
_ASKED_HOW = re.compile(rf"(?:^|(?<=[,,。;;:\s])){_WE}{_HOW}(?:去|来|样)?{_TO}{_ANSWER}{_TAIL}(?=[,,。.?？!！\s]"
    rf"|$|嘛|呢|啊|呀|哦|哈|噻|吧|咧)")
_ASKED_HOW_WE = re.compile(
    rf"(?:我们?|咱们?|俺们?|话|话术)(?:到底|究竟)?(?:该|应该|应当|得|要|能|可以)?{_HOW}(?:去|来)?{_TO}{_ANSWER}{_TAIL}(?![的了过])"
    rf"|{_HOW}{_TO}(?:接|回|应|答|劝|顶|怼|说服|打动|应付|对付|回复|安抚){_THEM}(?![的了过])"
    rf"|[这那]一?(?:单|笔|局|个单子|个项目|个客户){_HOW}{_ANSWER}{_TAIL}{_END}$"
    rf"|(?<=[贵高低慢长久压宜差大小少]){_HOW}{_TO}{_ANSWER}{_TAIL}{_END}$"
)
_MEANS = r"(?:话术|话|材料|理由|东西|资料|说法|说辞|数据|数字|案例|证据|办法|招数?|法子|点子|牌|底气)"
_REMEDY = r"(?:应对|对付|解决|补救|挽回)?的?(?:好)?(?:办法|法子|对策|措施|高招|招数?|主意|解法|点子|应对|说法|话术)"
_BY_MEANS = re.compile(
    rf"(?:我们?|咱们?|俺们?)?(?:这边)?(?:该|能|可以)?(?:还|又|都)?有(?:没有)?(?:什么|啥|哪些|点啥|点什么)(?:好)?{_REMEDY}"
    rf"(?:能|可以|好)?(?:去|来)?{_TO}{_THEM}?(?:{_ANSWER}{_TAIL})?(?={_END}$|[,,。;;])|"
    rf"(?:我们?|咱们?|俺们?)?(?:该|应该|要|能|得)?(?:拿|用|靠|凭)(?:什么|啥|哪些|点啥|点什么){_MEANS}?(?:能|才能|可以)?(?:去|来)?{_TO}{_THEM}?"
    rf"(?:打动|说服|打消|顶|堵|反驳|反击|接|回|劝|应|破|安抚|证明|吸引|留住|赢|拿下|压过){_TAIL}(?:{_THEM}?的?(?:顾虑|担心|疑虑|嘴))?"
    rf"|有?(?:没有)?(?:什么|啥|哪些){_MEANS}(?:能|可以|好|适合|拿来|用来)?(?:去|来)?{_TO}{_THEM}?"
    rf"(?:顶|回|接|应|打动|说服|打消|劝|堵|反驳|破|压|安抚|拿得出手){_TAIL}(?:{_THEM}?的?(?:顾虑|担心|疑虑|嘴))?"
    rf"|{_HOW}(?:才能|能)?(?:打消|化解|消除|解开){_THEM}?的?(?:这个|这种)?(?:顾虑|担心|疑虑|担忧)"
    r"|how (?:do|should|can|would|could) (?:i|we) (?:best )?(?:respond|answer|handle|reply|counter|say|convince"
    r"|push back|deal with)"
    r"(?: to)?(?: (?:him|her|them|it|that|this))?"
    r"|what (?:do|should|can|could) (?:i|we) (?:say|answer|reply|tell (?:him|her|them))"
)
_OURS = (
    r"(?:产品|机器|型号|机型|设备|方案|款式|系列|套餐|配置|规格|版本|货|料|品|机械臂|机)"
)
_WHICH = r"(?:哪|什么|啥)(?:一)?(?:款|种|类|台|型|套|个型号|个系列|个产品|个方案|个机型|个套餐|个版本|样)"
_FITS = r"(?:合适|适合|对路|对口|合用|好使|最好|更好|比较好|管用|扛得住|胜任|够用|搭|匹配|稳妥|划算|靠谱)"
_FITTING = re.compile(
    rf"(?:咱们?|我们?|你说|该|应该|得|给{_THEM})*(?:推荐?|荐|用|上|选|配|介绍|主推|卖|报)(?:给{_THEM})?(?:{_WHICH}|(?:什么|啥|哪个|哪些)(?={_OURS}))"
    rf"(?:的)?(?P<kind>[\u4e00-\u9fff]{{0,6}}?)(?:比较|最|更|才|会|能)?(?:{_FITS})?(?:{_THEM})?(?={_END}$)"
    rf"|(?:咱们?|我们?)?(?:的)?(?:{_WHICH}|(?:什么|啥|哪个)(?={_OURS}))(?:的)?(?P<made>[\u4e00-\u9fff]{{0,6}}?)(?:比较|最|更|才|会|能)?{_FITS}(?:{_THEM})?"
    r"|which (?:of our )?(?:products?|models?|machines?|packages?)(?: of ours)?(?: (?:should|would|do|can) (?:i"
    r"|we) (?:recommend|offer|pitch|suggest)| (?:fits?|suits?|is (?:right|best|suitable))(?: for)?(?: (?:them"
    r"|him|her))?)"
    r"|what (?:should|would|can) (?:i|we) (?:recommend|pitch|offer)(?: to)?(?: (?:them|him|her))?"
)
_ANY_PRODUCT = re.compile(r"(?:的)?(?:产品|机器|机型|型号|设备|方案|货|料|品|款式?|系列|套餐|配置|规格|版本|机|东西)")
_AGAIN_AND_AGAIN = re.compile(r"老是|总是|老爱|一直|老(?=[拿嫌说问讲怕压催要提用])|总(?=[拿嫌说问怕催])")
_PAST = re.compile(r"来着|怎么(?:说|讲|回|答)[的过了]|咋(?:说|讲|回|答)[的过了]|上次|上回|当时|那天|那次"
    r"|之前怎么|前几天")
_RAISED = re.compile(
    r"嫌|怕|担心|担忧|顾虑|犹豫|贵|便宜|低价|压[我价咱俺着]|压得|超预算|预算|不放心|不习惯|不信|不认|不肯|不愿|不想|质疑|抱怨|吐槽|投诉"
    r"|[拿用].{1,12}(?:压|比|说事|砍)|比(?:我们|咱|俺).{0,8}(?:低|便宜|快|好|强|多|早)|[要想](?:再)?(?:降|让|打折|砍)|砍价|还价|讲价|杀价|压价|账期"
    r"|骂|发火|生气|不高兴|不满|闹|逼[我咱俺]|[说讲问提](?!一?[声下]).{2,}|非要|一直要|老是?|总是?|太[\u4e00-\u9fff]|没得|等着?|要等|再考虑|考虑考虑|对手|竞品|友商"
    r"|expensive|pric|cheaper|discount|worr|concern|afraid|complain|object|compet|says?\b|budget"
)
# The thing that is too expensive need not stand in what to say about it.
_PRICE = re.compile(r"(嫌|觉得|觉着|说|讲|抱怨|认为)([^,,。贵\d]{1,10}?)(?:的)?(?:价格?|报价)?(?:太|有点|偏|好"
    r"|忒|老|死)?(?:贵|价?高了)")


_SPEAKER = re.compile(
    r"^(?P<who>[^,,。;;]{1,14}?)(?P<said>(?:老是|总是|一直|老|总|又|都|就|跟我|和我|对我|也)*"
    r"(?:(?:说|讲|表示|反映|抱怨|吐槽|提出|强调)(?![法辞服明一])|(?=[嫌怕]|担心|觉得|认为)))(?P<what>[^,,。;;]{2,}.*)$"
)


def speaker_in(about: str) -> tuple[str, str]:
    """Who is told to have said something, and what: 「恒康的人老说没时间」; ('', the whole) where nobody is."""
    found = _SPEAKER.match(about)
    return (found["who"], found["what"]) if found else ("", about)


def counsel_in(text: str) -> Counsel | None:
    """What counsel a folded question asks for; None where it asks for none."""
    if _PAST.search(text):
        return None
    if (found := _FITTING.search(text)) is not None:
        kept = next((word for word in (found["kind"], found["made"]) if word and not _ANY_PRODUCT.fullmatch(word)), "")
        return Counsel(wish=Wish.PRODUCT, about=_trimmed(f"{text[: found.start()]} {kept} {text[found.end() :]}"))
    found = _BY_MEANS.search(text)
    if found is None:
        found = _ASKED_HOW.search(text) or _ASKED_HOW_WE.search(text)
        if found is None or not _RAISED.search(f"{text[: found.start()]} {text[found.end() :]}"):
            return None
    before, after = (_trimmed(_AGAIN_AND_AGAIN.sub("", part)) for part in (text[: found.start()], text[found.end() :]))
    return Counsel(wish=Wish.WORDS, about=_PRICE.sub(r"\1太贵", before or after), then=after if before else "")


def _trimmed(text: str) -> str:
    return re.sub(r"^[\s,,。?？!！嘛呢啊呀哦]+|[\s,,。?？!！嘛呢啊呀哦]+$", "", text)
