"""What the records named and the words used say for and against an intent, beside the classifier's opinion."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache

from intents import patterns as re
from intents.literals import Needs, letters, needed
from intents.names import Kind
from intents.prospects import Prospects
from intents.sentence import Sentence

LEADS = ("create_lead", "update_lead", "convert_lead", "list_leads")
TASK_CHANGES = ("update_task", "complete_task", "cancel_task", "reopen_task")
DEALS = ("update_opportunity", "win_opportunity", "lose_opportunity", "opportunity_detail")
QUESTIONS = (
    "find_customers", "customer_360", "list_contacts", "purchase_history", "list_notes", "list_tasks", (
        "list_opportunities"
    ),
    "opportunity_detail", "pipeline_figures", "performance", "product_info", "list_leads", "list_users", "list_stages",
    "change_history", "search_collateral", "recommend", "next_actions", "help",
)  # fmt: skip
_ASKS = re.compile(
    r"[？?]|吗$|呢$|(?:现在?|目前|当前|眼下)的?(?:负责人|归属|级别|等级|阶段|金额|进展|状态|地址|电话)$|(?:能|可以|行|中|会|成|可|有|是|对|该|准)[^，。；]{0,6}不$|何时|啥时|什么|哪|谁|多少|(?<![这那])几[个条家号点单位]|(?<![过这那前好近后十等隔再有没])几(?:年|成|折|台|套|级)|几次(?=[了呢啊呀哦吗]?(?:$|[？?，。；\s]))|(?:过|了)几次(?![都也还才没不打])|(?<![这那好])几[样件桩](?:活儿?|事儿?)(?![:：，])|怎么|咋|如何|啥|为何|来着|好多钱|几多|边一?[个度步]|几时|咩|有没有|是不是|是否|\b(?:what|who|which|"
    r"when|how|why|where|is|are|does|did|do we)\b",
    re.I,
)
_ORDERS = re.compile(
    r"提醒|设个|设成|改成|改为|更新|推到|挪|顺延|推迟|建个|新建|加个|记一下|记个|登记|标成|划掉|划给|转给|删|打上|"
    r"升到|降到|调到|重新(?:打开|开启|激活)|重开|存档|录入|remind|set|move|create|add|mark|update|delete",
    re.I,
)
_NEGATES = re.compile(
    r"(?<![特级类区分告个])别(?!(?:让|给)我们?(?:漏|忘|错过|耽误|误))(?:再|急着|给|把|动|改|推|发|记|设|建|删|往|去|约|催|提醒|碰|标|转|让)|先别|先不(?:要|"
    r"用)?(?=[\u4e00-\u9fff])|不要(?:再|给|把|改|动|推|发|记|设|建|删|提醒|标)|暂时不|不用(?:再|建|记|提醒|设|写|发|"
    r"改|管|动|给)|\bdon'?t\b|do not",
    re.I,
)
_LEFT_ALONE = re.compile(
    r"(?<=[，, ])(?:时间|日期|日子|钟点|点儿|金额|钱数?|价格?|阶段|级别|标题|内容|其[他它余]的?|别的|剩下的?)"
    r"(?:先|都|就|也)?别(?:动|改|变|碰)"
)
"""「提到这周五,时间别动」: what stays as it is beside what changes; it takes nothing back."""
_WISHES = re.compile(r"想|打算|希望|可能|估计|要是|如果|假如|也许|说不定|盼着|hope|wish|maybe|might", re.I)
MUSES = re.compile(
    r"我?(?:在|正)(?:想|琢磨|考虑|犹豫|纠结)|想着|琢磨|考虑(?:着|要不要|是不是|一下[要该])|要不要(?!紧)|该不该|是不是(?:该|要|得|应该)|"
    r"(?:我|再|得|容我|让我)想想|我想一想|(?:还|都)没想好|没想好|(?:要是|如果|假如|若是|倘若|等).{1,24}(?:就好|就踏实|多好|就放心|"
    r"就省心|就妙|才好|该多好|就圆满|就完美|就轻松|就舒服)|希望.{0,12}能|巴不得|恨不得|盼着|\bwondering\b|"
    r"\bshould (?:i|we)\b|"
    r"\bthinking (?:of|about|whether)\b|\bwould be (?:nice|great)\b|\bif only\b|\bi wish\b",
    re.I,
)
"""Thinking aloud: nothing is asked for yet."""
_FINISHED = re.compile(
    r"(?:弄|整|搞|办|做|改|写|寄|送|发|交|收|打|约|填|核对|处理|对|谈|看|跑|拿|取|传|准备|整理|确认|回|催|测|盖|买)(?:完|好|妥|定|掉|过|齐|走|到位)"
    r"(?:了|啦|喽|咯|成功)|([寄送发交打办做改签填写约])了\1了|搞定|弄妥|办妥|办结|完事|完成了|已经?(?:寄|送|发|交|收|打|办|做|完成|提交|处理)|"
    r"勾(?:掉|上|选|了)|打勾|划(?:掉|了)|\b(?:done|finished|completed|ticked off)\b",
    re.I,
)
_BARE_NOTE = re.compile(
    r"(?:请|麻烦你?|帮我|给我|我|再)*(?:要|想|得|需要|来|打算)?(?:再|帮我|给我)*(?:记|写|补|录|做|加|建|登|添|新增|整理?|存)(?:录|记)?"
    r"(?:上|一下|下)?一?[条个份笔篇段下次]?(?:新的?|今天的|客户的?)?(?:客户)?(?:拜访|走访|会议|会谈|沟通|洽谈|电话|跟进|回访|来访)?的?"
    r"(?:纪要|记录|纪录|笔记|小结|备忘|拜访|走访|沟通)(?:吧|哈|啊|呢|呗|可以吗|行吗|好吗)?|"
    r"(?:i (?:want|need) to |please )?(?:log|add|record|write|take) (?:a |an )?(?:new )?(?:visit|meeting|"
    r"call)?(?: ?notes?| ?minutes?| record)?",
    re.I,
)
_BARE_TASK = re.compile(
    r"(?:请|麻烦你?|帮我|给我|替我|我|再)*(?:要|想|得|需要)?(?:再|帮我|给我)*(?:设|建|加|新建|新增|添加?|创建|定|弄|来|记|排|开|挂|整|搞|列|"
    r"安排|写)(?:立|上|置)?一?[个条项]?(?:新的?)?(?:待办|提醒|任务|日程|闹钟|\s*(?:reminder|task|to-?do))(?:事项)?(?:吧|哈|啊|呗|可以吗|行吗|好吗)?|提醒我(?:一下|一声)?|"
    r"(?:i (?:want|need) to |please )?(?:create|add|set(?: up)?|make) (?:me )?(?:a |an )?(?:new )?(?:task|"
    r"reminder|to-?do)(?: please)?|remind me",
    re.I,
)
"""Orders that name neither what is to be noted or done nor for whom: the rest is asked for."""
_MEASURED = r"有?多(?:重|大(?![了的])|长(?!时间)|宽|高|厚|深|快)|几(?:公斤|千克|克|米|厘米|毫米|瓦|千瓦|度电?|伏|升|吨)"
"""Asks for a measure, which stands in documents, not in records."""
DEED_BY = re.compile(r"[^，。；]{1,8}?前(?:得|要|先|必须)?(?:把|给|发|寄|送|交|出|提交|准备|回复)")
"""What is to be done by a day (下周三前发方案): of the speaker's own doing, so that it is no news from the customer."""
CHANGES = (
    "create_task", "update_task", "complete_task", "reopen_task", "update_opportunity", "win_opportunity", (
        "create_opportunity"
    ),
    "update_customer", "update_contact", "create_contact", "create_customer", "create_lead", "update_lead", (
        "convert_lead"
    ),
    "delete_record", "record_order", "log_interaction", "merge_customers",
)  # fmt: skip


@dataclass(frozen=True, kw_only=True, slots=True)
class Evidence:
    """What a stretch of text shows: kinds of records named (best score each), whether it asks or orders."""

    named: dict[Kind, float]
    asks: bool
    orders: bool
    has_time: bool
    negates: bool
    wishes: bool
    text: str
    words: str
    """The stretch as written; `text` also has it as heard."""
    letters: frozenset[str]
    """The characters of `text`, in lower case."""

    def names(self, kind: Kind, least: float = 0.7) -> bool:
        """Whether a record of that kind is named."""
        return self.named.get(kind, 0.0) >= least

    @property
    def muses(self) -> bool:
        """Whether the speaker thinks aloud: the musing comes before any order."""
        if not self._may(MUSES):
            return False
        musing, order = MUSES.search(self.words), _ORDERS.search(self.words)
        return musing is not None and (order is None or musing.start() < order.start())

    @property
    def finished(self) -> bool:
        """Whether something is said to be over and done."""
        return self._may(_FINISHED) and _FINISHED.search(self.words) is not None

    @property
    def bare_note(self) -> bool:
        """Whether a minute is asked for and nothing more."""
        return self._may(_BARE_NOTE) and _BARE_NOTE.fullmatch(self.words) is not None

    @property
    def bare_task(self) -> bool:
        """Whether a task is asked for and nothing more."""
        return self._may(_BARE_TASK) and _BARE_TASK.fullmatch(self.words) is not None

    @property
    def leaves_alone(self) -> bool:
        """Whether the words say what stays as it is, beside what changes."""
        return _LEFT_ALONE.search(self.words) is not None

    @property
    def without_left_alone(self) -> str:
        """The words less those that say what stays as it is."""
        return _LEFT_ALONE.sub("", self.words)

    def _may(self, pattern: re.Pattern[str]) -> bool:
        """Whether the text has what a pattern needs."""
        needs = needed(pattern.pattern)
        return needs is None or not needs.isdisjoint(self.letters)

    def says(self, words: str) -> bool:
        """Whether the text has one of the words."""
        pattern, needs = _compiled(words)
        if needs is not None and needs.isdisjoint(self.letters):
            return False
        return pattern.search(self.text) is not None


@cache
def _compiled(words: str) -> tuple[re.Pattern[str], Needs]:
    return re.compile(words, re.I), needed(words)


def evidence_in(sentence: Sentence, begin: int, stop: int) -> Evidence:
    """The evidence of `text[begin:stop]`."""
    known = sentence.derived.get(("evidence", begin, stop))
    if not isinstance(known, Evidence):
        known = sentence.derived["evidence", begin, stop] = _evidence_in(sentence, begin, stop)
    return known


def _evidence_in(sentence: Sentence, begin: int, stop: int) -> Evidence:
    named: dict[Kind, float] = {}
    for mention in sentence.mentions:
        if begin <= mention.begin and mention.stop <= stop:
            for candidate in mention.candidates:
                kind = candidate.nameable.kind
                named[kind] = max(named.get(kind, 0.0), candidate.score)
    text = sentence.text[begin:stop]
    words = text
    tail = sentence.text[stop : stop + 1]
    text = f"{text} {sentence.heard[begin:stop]}" if sentence.heard[begin:stop] != text else text
    return Evidence(
        named=named,
        asks=bool(_ASKS.search(text + tail)),
        orders=bool(_ORDERS.search(text)),
        has_time=any(begin <= t.begin and t.stop <= stop for t in sentence.times),
        negates=bool(_NEGATES.search(_LEFT_ALONE.sub("", text).strip(" ，,。") or text)),
        wishes=bool(_WISHES.search(text)),
        text=text,
        words=words.strip(" ，。！？,.!?~"),
        letters=letters(text),
    )


_NEW_LEAD = (
    r"(?:新增|新加|新建|添加?|增加?|录入?|建|登记|存|记|收|加|有)(?:了)?(?:一?[条个])?(?:新的?)?(?:销售)?(?:线索|线锁|潜客)|"
    r"(?:线索|线锁)一条|(?:录|存|记|登记|建)(?:成|为|到|进)(?:新)?线索|^(?:新)?线索[:：,，]|"
    r"(?:new|add|create) (?:a )?(?:new )?lead"
)
_NEW_CUSTOMER = (
    r"^(?:帮我|给我|请|再)?建档(?:一?[个家])?[:：，,]|"
    r"(?:建|录|开|立|登记|新增|新建|添加)(?:一?[个家份])?(?:崭?新的?)?客户(?:档案|资料|信息)?(?:$|[，,:：吧])|"
    r"^(?:来了?)?(?:一?[个家])?新客户[\s:：，,]"
)
_NEW_CONTACT = r"(?:新来|来|新认得|新认识|认识|新增|增补|添|加)了?(?:一?[个位])?[^，。]{0,10}(?:叫|姓名|联系人)"
_FIELD_CHANGED = (
    r"(?:地区|区域|行业|简称|别名|等级|级别)[^，。]{0,4}(?:错|不对|改|换|登记|填|添|加|补)|"
    r"(?:搬|迁)(?:到|去|至|往|了?[\u4e00-\u9fff]{2}).{0,8}(?:地区|区域|地址)"
)
_WHO_DOES = (
    r"谁(?:在)?(?:管|负责|分管|主管)(?:采购|财务|技术|设备|生产|质量|付款|收货|招标|招采|合同|法务|仓库|信息)|"
    r"(?:采购|财务|技术|设备|生产)(?:是|归)谁"
)
_WONDERS = r"要不要(?!.{0,12}提醒)|该不该|是不是该|需不需要|考虑要?把|(?:我|还)在想"
_FILED_LOST = (
    r"(?:弄|改|记|标|关|归|放|转|推|设|挪|划|拨|算|打|按|做)(?:一下)?(?:成|为|到|作|进|掉|个|入)?(?:了)?"
    r"(?:丢单|输单|失单|败单|流失)|(?:丢单|输单|失单)处理"
)
_LOST = r"(?:遭|被)?(?:丢|输|黄|吹|飞|凉|泡汤)(?:掉)?[了咗啦]|没戏|泡汤|不得行|搞不成|做不成|没成"
_DEAL_REPRICED = (
    r"单子?(?:的?(?:金额|价格?|报价))?(?:再|先|得|要|给|帮我|可以)*(?:砍|加|减|降|涨|抬|压)(?:掉|了|个|"
    r"价)?\s*[一二两三四五六七八九十\d]"
)
_DEAL_REDATED = (
    r"(?:close ?date|closing date|签约日期?|签单日期?|成交日期?|关单日期?|预计日期)(?:再|都|得|要|给我|"
    r"帮我)*(?:改|推|调|挪|换|延|定|提前)"
)
_REACH_WANTED = (
    r"(?:号码|电话|手机号?|联系方式|邮箱|微信)(?:先|也|都)?(?:发|报|念|给|甩|丢|说)(?:来|过来|给我|我|一下|下|"
    r"个)(?!.*\d{5})"
)
_EXTREME = r"最(?:大|小|高|低|贵|早|快|近|晚)的?|biggest|largest|smallest|soonest"


_NOTES_DOWN = (
    r"^(?:那|再|顺手|帮我|给我|请|另外|麻烦|还是|就|也|先|[这那](?:通|个|次|趟)(?:电话|拜访|沟通|会)?)*"
    r"记(?:一[笔条]|[一]?下(?:来|这[条个笔])?|个|条|笔)[:：]|"
    r"补(?:记|录|写|登)?一?[个条笔次段](?:电话|微信|线上|上门)?(?:沟通|拜访|走访|回访|来访|面谈|通话)(?:记录|纪要)?[:：]"
)
"""「记一笔:…」 with what happened behind the colon; a task's deed would be said with 提醒 or 待办."""
_A_NEW_NOTE = r"\b(?:log|record|write|take) (?:a|another) (?:new )?(?:meeting |visit |call )?note\b"
_LAST_MET = (
    r"\blast (?:\w+ )?(?:meet|met|see|saw|seen|visit|talk|speak|spoke)\w*|"
    r"\b(?:meet|met|saw|seen|visited|talked to|spoke to)\b.* last\b"
)
"""When somebody was met last stands in the minutes, not in the orders."""
_CALL_AT = r"(?:[点分半刻前午晚早上]|\d)\s*(?:要|得|先|再|去|我)?(?:call|打给|回电|致电|回call)\s*[\u4e00-\u9fffA-Za-z]"
_STANDS_A_DEAL = (
    r"(?:再|又|新|另|给.{1,12})(?:立|开|起|建)(?:上|了)?(?:一?[个张笔条]|一)(?:新)?(?:单(?![位据])|商机|项目|机会)"
)
_MOVES_BACK = r"错后[一两二三四五六七八九十半\d]+(?:天|个|周)"
_MADE_A_TASK = (
    r"(?:挂|设|记|列|建|转|立|排|弄|做)(?:成|为|作)一?[个条]?(?:待办|任务|提醒|日程)|"
    r"(?:放|写|记|列|加|挂|排|存|丢|塞|进)(?:进|入|到|在)?(?:我的?)?(?:待办|日程|任务)(?:清单|列表|里|中|表)*(?:吧|哈)?(?:$|[，。！])"
)
_AS_A_SERIES = r"(?:循环|重复|周期|定期)(?:性)?(?:的|提醒|待办|任务)?(?:吧|哈)?(?:$|[，。！])"


def _sums_up_won(evidence: Evidence) -> bool:
    """Whether the sum of what was won is asked for (本月已成交金额), of no record named and with nothing set."""
    named = any(evidence.names(kind) for kind in (Kind.CUSTOMER, Kind.OPPORTUNITY, Kind.CONTACT, Kind.PRODUCT))
    summed = evidence.says("(?:成交|赢单|签单|签约|签下)的?(?:总)?(?:金额|额|总额|数额|业绩)")
    return summed and not named and not evidence.says("改|调|更新|设|推|挪|预计|在谈|在跟|未|没|定为")


def _is_of_a_deal(evidence: Evidence) -> bool:
    """Whether a deal is named, by itself or as a customer's or product's."""
    by_owner = evidence.names(Kind.CUSTOMER, 0.6) and evidence.says("单|项目|商机")
    return evidence.names(Kind.OPPORTUNITY, 0.6) or by_owner or evidence.names(Kind.PRODUCT)


def _is_of_one(evidence: Evidence) -> bool:
    """Whether a deal is named, or a customer whose deal it is."""
    return evidence.names(Kind.OPPORTUNITY, 0.6) or evidence.names(Kind.CUSTOMER, 0.6)


_WHO_SAID = (
    r"(?:谁|哪[个位家些](?:客户|人)?)(?:家|们)?(?:曾经?|以前|之前|上次|上回|最近|都|有|还)*(?:提|说|问|讲|聊|谈|抱怨|反映|反馈|担心|念叨|吐槽|"
    r"投诉|要求)(?:过|起过|到过|及|到|起)"
)
"""谁提过保修: what people said stands in the minutes."""


_DROPS_A_LEAD = r"作废|废(?:掉|弃|了)|无效|不合格|关掉|不要了|淘汰|放弃"
_TEACHES_A_NAME = (
    r"(?:以后|往后|今后|之后|日后|从今|将来|下次).{0,8}(?:说|讲|提|喊|叫).{1,12}(?:指的|就是指|是指|说的)(?:就|都)?是?|(?:以后|往后|今后|之后|日后).{0,8}管.{1,20}叫|(?:叫法|称呼|小名|外号|昵称)(?:记|存|登|加)|"
    r"(?:记|存|登|加)(?:下|住|一下|上|个)?(?:这个|它的?|他们的?)?(?:叫法|称呼|小名|外号|昵称)"
)


_NOT_FORGOTTEN = r"(?:别|不要|免得|省得|防止)(?:让|叫|给)?(?:我|咱们?)?(?:又|再|给)?忘|闹铃"
_REACH_ASKED = r"(?:的|那边)(?:联系方式|联系电话|电话|手机号?|号码)(?:是|呢|吗|多少|[？?])*$"
_WHENCE = (
    r"(?:打|从|在|搁)?(?:哪儿?|哪里|哪个渠道|啥渠道|什么渠道)(?:来|认得|认识|得来|找来|搭上)的?|"
    r"(?:咋|怎么|如何)(?:认得|认识|搭上)的"
)
_MARKS_A_LEAD = (
    r"^(?:就|那|给我|帮我|把它)*(?:标|设|记|置)(?:成|为|作|个)?(?:不合格|无效|作废|合格)(?:就行|就好|即可|吧|得了|就成)?$"
)
_BY_WHOM = r"由谁(?:来|在)?(?:负责|跟进?|管|盯)(?:的|了|呢|着)?[？?]?$"
_STILL_AT = r"(?:投标价|报价|标价|价钱|价格|金额|钱数).{0,3}(?:没|未)(?:动|变|改)(?:过)?吧?.{0,4}(?:多少|几多)"
_STANDS_AT = r"\bwhere (?:does|do|is|are)\b.{1,40}\b(?:stand|at)\b|\b(?:what|which) stage (?:is|are)\b"
_WHAT_THE_OTHER_DOES = r"另外?(?:那)?一?[位个人](?:呢)?[，,]?(?:是|又是)?(?:干|做|管|负责)(?:啥|什么|嘛)的?"


Rule = tuple[Callable[[Evidence], bool], tuple[str, ...], float]

RULES: tuple[Rule, ...] = (
    (lambda e: e.asks and e.says("漏斗|各(?:个)?阶段|每个阶段|分阶段"), ("pipeline_figures",), 1.5),
    (
        lambda e: not e.names(Kind.LEAD) and not e.says("线索|潜客|公海|lead|转化|转正|转成客户|转客户|意向客户"),
        LEADS,
        -2.0,
    ),
    (lambda e: e.names(Kind.LEAD, 0.85) and not e.names(Kind.CONTACT, 0.9), LEADS, 0.8),
    (lambda e: e.names(Kind.TASK, 0.7), TASK_CHANGES, 0.8),
    (lambda e: e.says("待办|任务|提醒|日程"), TASK_CHANGES, 0.9),
    (lambda e: e.says("待办|任务|日程"), LEADS, -1.0),
    (lambda e: e.says("逾期|过期|过了期|超期"), ("update_task", "complete_task", "cancel_task"), 0.8),
    (lambda e: e.has_time and e.says("排[一个]|安排|约|叫我|提醒"), ("create_task",), 0.8),
    (lambda e: e.has_time and e.says("排[一个]|安排|叫我|提醒"), ("list_contacts", "customer_360"), -1.2),
    (
        lambda e: (
            e.has_time and not e.asks and e.names(Kind.CONTACT, 0.85) and e.says(r"\bcall\b|打(?:个)?电话给|打给|回电")
        ),
        ("create_task",),
        1.0,
    ),
    (lambda e: not e.asks and e.says(_DEAL_REPRICED), ("update_opportunity",), 2.5),
    (lambda e: not e.asks and e.says(_DEAL_REPRICED), ("record_order", "opportunity_detail", "update_customer"), -2.0),
    (lambda e: not e.asks and e.says(_DEAL_REDATED), ("update_opportunity",), 2.5),
    (lambda e: not e.asks and e.says(_DEAL_REDATED), ("opportunity_detail", "list_opportunities", "update_task"), -2.0),
    (lambda e: e.names(Kind.LEAD, 0.85) and e.says(_REACH_WANTED), ("list_leads",), 3.0),
    (lambda e: e.names(Kind.LEAD, 0.85) and e.says(_REACH_WANTED), ("update_lead", "create_lead"), -2.5),
    (lambda e: e.names(Kind.CONTACT, 0.85) and e.says(_REACH_WANTED), ("list_contacts",), 2.0),
    (lambda e: e.names(Kind.CONTACT, 0.85) and e.says(_REACH_WANTED), ("update_contact", "create_contact"), -2.0),
    (lambda e: e.names(Kind.LEAD, 0.85) and e.says(_REACH_ASKED), ("list_leads",), 3.0),
    (lambda e: e.names(Kind.LEAD, 0.85) and e.says(_REACH_ASKED), ("update_lead", "create_lead"), -3.0),
    (lambda e: e.has_time and not e.asks and e.says(_NOT_FORGOTTEN), ("create_task",), 3.0),
    (lambda e: e.has_time and not e.asks and e.says(_NOT_FORGOTTEN), ("negated",), -3.0),
    (lambda e: e.has_time and e.leaves_alone, ("negated",), -3.0),
    (lambda e: e.has_time and e.leaves_alone, ("update_task",), 1.5),
    (lambda e: e.asks and e.says(_WHENCE), ("list_leads",), 4.0),
    (lambda e: e.asks and e.says(_WHENCE), ("list_tasks", "list_contacts"), -2.5),
    (lambda e: e.says(_MARKS_A_LEAD), ("update_lead",), 5.0),
    (lambda e: e.says(_BY_WHOM), ("customer_360",), 3.0),
    (lambda e: e.says(_STILL_AT), ("opportunity_detail",), 4.0),
    (lambda e: e.says(_STANDS_AT) and _is_of_one(e), ("opportunity_detail",), 4.0),
    (lambda e: e.says(_STANDS_AT) and _is_of_one(e), ("list_stages", "list_contacts", "search_collateral"), -2.0),
    (lambda e: e.says(_WHAT_THE_OTHER_DOES), ("list_contacts",), 4.0),
    (lambda e: e.says("口述"), ("record_note",), 2.0),
    (lambda e: e.has_time and e.says("[这那][个家]新?客户|给新客户"), ("create_customer",), -2.0),
    (
        lambda e: e.has_time and e.says("[这那][个家]新?客户|给新客户") and e.says("排|安排|约|拜访|提醒"),
        ("create_task",),
        1.2,
    ),
    (
        lambda e: (
            not e.asks and e.says("邮箱|电话|手机|号码|职务") and e.says("不对|错了|换掉|过期了|停机|作废|换一?[个下]")
        ),
        ("update_contact",),
        1.5,
    ),
    (
        lambda e: (
            not e.asks and e.says("邮箱|电话|手机|号码|职务") and e.says("不对|错了|换掉|过期了|停机|作废|换一?[个下]")
        ),
        ("list_contacts",),
        -1.5,
    ),
    (lambda e: e.says("算我的|归我|认领|给我跟|我来跟"), ("update_lead",), 1.5),
    (lambda e: e.says("待办|任务|日程|提醒"), ("delete_record", "lose_opportunity", "update_opportunity"), -0.6),
    (lambda e: e.names(Kind.OPPORTUNITY, 0.85) or e.names(Kind.STAGE, 0.8), DEALS, 0.7),
    (
        lambda e: e.names(Kind.OPPORTUNITY, 0.85),
        ("update_customer", "customer_360", "update_contact", "product_info"),
        -0.5,
    ),
    (lambda e: e.says("阶段|金额|预计|签约日|成交日|商机|单子"), ("update_task", "update_customer"), -0.9),
    (lambda e: e.says("阶段|金额|预计.{0,3}日|签约日|成交日"), ("update_opportunity", "opportunity_detail"), 0.6),
    (lambda e: e.names(Kind.CONTACT, 0.85), ("update_contact", "list_contacts"), 0.3),
    (lambda e: e.asks and not e.orders, QUESTIONS, 0.8),
    (
        lambda e: e.asks and not e.orders and not e.says("能不能|能否|可不可以|可以.{1,12}吗|麻烦|行不行"),
        (*CHANGES, "record_note", "cancel_task"),
        -1.2,
    ),
    (lambda e: e.says("逐条|清单|列给|列一|列示|列出|汇总|念念|念一|报一下|给我看|查一下|show|list"), QUESTIONS, 0.8),
    (
        lambda e: e.says("逐条|清单|列给|列一|列示|列出|汇总|念念|念一|报一下|给我看|查一下"),
        (*CHANGES, "cancel_task", "record_note"),
        -1.0,
    ),
    (
        lambda e: e.says("新开一家|新客户|建客户|开户|新增客户|[建加录开][一个]?[个家]?(?:新)?客户|立户|新客户"),
        ("create_customer",),
        1.5,
    ),
    (
        lambda e: e.says("新开一家|新客户[:：]|建客户|新增客户|[建加录开][一个]?[个家]?(?:新)?客户"),
        ("create_contact", "create_lead", "find_customers", "update_customer"),
        -1.5,
    ),
    (lambda e: e.says("算我的|归我|认领|给我跟|我来跟"), ("list_leads",), -1.5),
    (lambda e: e.says("归谁|谁(?:在)?(?:跟|负责|管)"), ("customer_360",), 1.0),
    (lambda e: e.says("优先|紧急|加急"), ("update_task",), 1.0),
    (lambda e: e.says("优先级?.{0,4}(?:高|低|拉|调|提|改|设|标)"), ("list_tasks", "list_opportunities"), -1.5),
    (lambda e: e.orders and not e.asks, QUESTIONS, -0.6),
    (
        lambda e: not e.names(Kind.CUSTOMER) and not e.names(Kind.CONTACT) and e.says("组里|团队|大家|同事"),
        ("find_customers",),
        -0.4,
    ),
    (
        lambda e: e.says("纪要|记录|存档|记一下|走访|口述|minutes|notes?"),
        ("record_note", "list_notes", "amend_note"),
        0.3,
    ),
    (
        lambda e: e.says("标签|级别|等级|[ABCabc]级|地址|总机|行业|简称"),
        ("update_customer", "customer_360", "find_customers"),
        0.4,
    ),
    (
        lambda e: e.says("(?:全部|所有|统统|全都?|一律|通通).{0,8}(?:清|删|取消|作废|抹)|清空|清掉"),
        ("delete_record",),
        1.5,
    ),
    (lambda e: e.says("删(?!日程)") and not e.asks and not e.says("日程|日历|标签"), ("delete_record",), 0.8),
    (lambda e: e.says("删(?!日程)") and not e.says("日程|日历"), ("cancel_task",), -0.8),
    (lambda e: e.has_time and not e.asks and DEED_BY.match(e.text) is not None, ("create_task",), 1.0),
    (lambda e: e.says("恢复|重启|重新(?:打开|开|激活|启动)|重开|又要做|取消掉的"), ("reopen_task",), 1.0),
    (
        lambda e: (
            e.names(Kind.PRODUCT, 0.6) and e.says("多少|几个?钱|几块|挂牌|目录价|标价|单价|报价|list price|how much")
        ),
        ("product_info",),
        1.0,
    ),
    (
        lambda e: e.says("(?:记|补|写|存|录|加|来|做)[一个条份篇]{0,2}.{0,6}(?:纪要|记录|拜访|走访|小结)|存成|存为"),
        ("record_note",),
        1.2,
    ),
    (
        lambda e: e.says("(?:记|补|写|存|录|加|来|做)[一个条份篇]{0,2}.{0,6}(?:纪要|记录|拜访|走访|小结)|存成|存为"),
        ("list_notes", "out_of_scope", "create_task"),
        -1.0,
    ),
    (lambda e: e.says("(?:这个?|该|那个?)(?:新)?客户"), ("create_customer",), -1.5),
    (
        lambda e: e.says(
            "(?:采购|财务|技术|老板|负责人|经理|主任|总监|对接人|联系人|科长|厂长).{0,5}(?:叫什么|叫啥|是谁|谁|姓|"
            "电话|手机|号码|邮箱)"
        ),
        ("list_contacts",),
        1.0,
    ),
    (
        lambda e: e.names(Kind.CONTACT) and e.says("不对|错了|换掉|换了|变了|改了|更新|改成|改为"),
        ("update_contact",),
        1.0,
    ),
    (
        lambda e: e.names(Kind.CONTACT) and e.says("不对|错了|换掉|换了|变了|改了|更新|改成|改为"),
        ("list_contacts",),
        -1.0,
    ),
    (
        lambda e: e.names(Kind.PRODUCT, 0.6) and e.says("挂牌|目录价|牌价|标价|list price"),
        ("product_info",),
        1.2,
    ),
    (
        lambda e: (
            not e.says(
                "优先|轻重|先(?:跟|推|联系|处理|弄|盯|做|抓|打|催|拜访|搞|办)|急|风险|凉|黄|重点|主攻|行动|动作|下一步|晾|该.{0,4}催"
                "|精力|值得|下手|建议|该干|该做|该跟|最该|priorit|focus|risk|first|next|attention"
            )
        ),
        ("next_actions",),
        -3.0,
    ),
    (
        lambda e: (
            not e.says(
                "推荐|建议|策略|打法|话术|说法|主意|支招|方案|办法|招|怎么|怎样|如何|下一步|该|适合|还能|还有什么|拿下|上什么|配什么"
                "|说什么|聊什么|推什么|加购|交叉|破局|recommend|suggest|strategy|should|how|upsell|fit|talking|solution"
            )
        ),
        ("recommend",),
        -2.5,
    ),
    (lambda e: e.asks and e.says("[要该能会快]签|签约|签单"), ("list_opportunities",), 0.8),
    (lambda e: e.says("派.{0,4}(?:活|任务|事)|交代.{0,4}(?:活|任务|事)"), ("create_task",), 1.2),
    (
        lambda e: e.says("总机|前台|公司电话|官网|网站|网址|地址|行业|简称|别名") and not e.asks,
        ("update_customer",),
        1.2,
    ),
    (lambda e: e.says("总机|前台|公司电话|官网|网站"), ("create_contact", "update_contact"), -1.2),
    (
        lambda e: e.says("(?:赢单|签单|业绩|金额|销售额|成交额|总额).{0,6}(?:排|列|统计|汇总|比)|排名|排行"),
        ("performance", "pipeline_figures"),
        1.4,
    ),
    (
        lambda e: e.says("(?:活|任务|事情?|待办).{0,3}(?:派给|交给|转给|分给|让.{1,5}(?:做|干|跟))"),
        ("update_task",),
        1.5,
    ),
    (lambda e: e.negates, ("negated",), 1.6),
    (lambda e: e.negates, CHANGES, -0.8),
    (lambda e: e.wishes and not e.orders, ("create_task", "update_task"), -1.8),
    (lambda e: e.wishes and not e.orders, ("remark",), 0.8),
    (
        lambda e: (
            e.says("(?:定|改|升|降|标|评|调|划|设|列)(?:为|成|到|个)?[ABCabc](?:级|类|$|，)|级别.{0,3}[ABCabc]")
            and not e.asks
        ),
        ("update_customer",),
        1.2,
    ),
    (lambda e: e.says("同事|组里|团队成员|组员"), ("list_users",), 0.3),
    (lambda e: e.names(Kind.PRODUCT, 0.7) and e.says(_MEASURED), ("search_collateral",), 1.6),
    (lambda e: e.names(Kind.PRODUCT, 0.7) and e.says(_MEASURED), ("product_info",), -1.2),
    (lambda e: not e.asks and e.says("(?:搬|迁)(?:家|址)?(?:到|去|至|往)"), ("update_customer",), 1.5),
    (
        lambda e: (
            e.says("[他她]|[那这][位个]|对方")
            and not e.orders
            and e.says(r"(?:电话|手机|号码|邮箱|职务|微信)(?:号码?)?[呢吗？?]?$")
        ),
        ("list_contacts",),
        2.0,
    ),
    (lambda e: not e.asks and e.says("线索|lead") and e.says(_DROPS_A_LEAD), ("update_lead",), 3.0),
    (
        lambda e: not e.asks and e.says("线索|lead") and e.says(_DROPS_A_LEAD),
        ("list_leads", "create_lead", "convert_lead", "cancel_task", "lose_opportunity", "remark"),
        -2.0,
    ),
    (lambda e: not e.asks and e.names(Kind.CUSTOMER) and e.says(_TEACHES_A_NAME), ("update_customer",), 5.0),
    (
        lambda e: not e.asks and e.names(Kind.CUSTOMER) and e.says(_TEACHES_A_NAME),
        ("record_note", "remark", "create_task", "customer_360"),
        -4.0,
    ),
    (lambda e: not e.asks and e.says(_NEW_LEAD), ("create_lead",), 2.5),
    (
        lambda e: not e.asks and e.says(_NEW_LEAD),
        ("list_leads", "create_customer", "update_lead", "convert_lead"),
        -2.0,
    ),
    (lambda e: not e.asks and e.says(_NEW_CUSTOMER), ("create_customer",), 2.5),
    (lambda e: not e.asks and e.says(_NEW_CUSTOMER), ("find_customers", "customer_360", "help", "out_of_scope"), -2.0),
    (lambda e: not e.asks and e.says(_NEW_CONTACT), ("create_contact",), 1.5),
    (
        lambda e: not e.asks and e.says(_FIELD_CHANGED) and not e.says("待办|任务|提醒|标题"),
        ("update_customer",),
        1.8,
    ),
    (lambda e: not e.asks and e.says(_FIELD_CHANGED), ("correct", "remark"), -1.5),
    (lambda e: e.says("别名|别称"), ("negated",), -3.0),
    (lambda e: not e.asks and e.says(r"标签|\btag\b") and e.says("[打加贴标挂添]|去掉|撕"), ("update_customer",), 1.5),
    (lambda e: e.says(_WONDERS) and not e.says("帮我|给我"), CHANGES, -2.5),
    (lambda e: e.says(_WONDERS) and not e.says("帮我|给我"), ("remark",), 1.5),
    (lambda e: not e.asks and e.says(_FILED_LOST), ("lose_opportunity",), 2.5),
    (lambda e: not e.asks and e.says(_FILED_LOST), ("update_customer", "remark", "update_opportunity"), -1.5),
    (lambda e: not e.asks and e.says(_LOST) and _is_of_a_deal(e), ("lose_opportunity",), 2.2),
    (lambda e: not e.asks and e.says(_LOST) and _is_of_a_deal(e), ("update_customer", "remark"), -1.0),
    (lambda e: e.says(_EXTREME) and e.says("单|商机|项目|deal|pipeline"), ("list_opportunities",), 2.5),
    (
        lambda e: e.says(_EXTREME) and e.says("单|商机|项目|deal|pipeline"),
        ("opportunity_detail", "list_stages", "search_collateral", "customer_360", "list_users"),
        -1.5,
    ),
    (lambda e: e.says(_EXTREME) and e.says("一单|那单|单子?$") and not e.orders, ("update_opportunity",), -2.0),
    (
        lambda e: e.asks and e.says("(?:上回|上次).{0,12}(?:哪天|几号|什么时候|啥时候|多久)|多久没"),
        ("customer_360",),
        2.0,
    ),
    (lambda e: e.asks and e.says("几级|什么级|哪一?级|什么等级"), ("customer_360",), 2.0),
    (lambda e: e.says(_WHO_DOES), ("list_contacts",), 2.5),
    (lambda e: e.says(_WHO_DOES), ("find_customers", "customer_360"), -2.0),
    (
        lambda e: e.asks and e.says("下次|下回|下一次") and e.says("什么时候|哪天|几号|啥时候|几点|几时"),
        ("list_tasks",),
        1.8,
    ),
    (
        lambda e: e.says("[两三四五几](?:张|个|笔)?单") and e.asks and e.says("阶段|哪一?步|边一?步"),
        ("opportunity_detail",),
        3.0,
    ),
    (lambda e: e.says("全貌|整体情况|全景|画像|来龙去脉"), ("customer_360",), 2.0),
    (
        lambda e: e.asks and e.says("成交|签了|签下|赢了|赢单") and e.says("好多钱|多少钱|多少|几多"),
        ("performance",),
        1.5,
    ),
    (lambda e: e.says("个人各|每个人|各人|每人|各自|各有|per rep|each rep") and e.asks, ("pipeline_figures",), 1.0),
    (lambda e: e.says("(?:纪要|记录|小结|那条|那段).{0,4}(?:再)?[补加添]一?[句点]"), ("amend_note",), 2.0),
    (lambda e: e.says(_WHO_SAID) and not e.orders, ("list_notes",), 4.0),
    (lambda e: e.says(_WHO_SAID) and not e.orders, ("change_history", "search_collateral", "list_contacts"), -3.0),
    (lambda e: not e.says("合并|归并|并[到成入为进]|重复|同一[家个]|合成|一家|merge"), ("merge_customers",), -3.0),
    (lambda e: e.bare_note, ("record_note",), 6.0),
    (lambda e: e.says(_NOTES_DOWN), ("record_note",), 4.0),
    (lambda e: e.says(_NOTES_DOWN), ("create_task", "update_task", "update_opportunity", "amend_note", "remark"), -3.0),
    (lambda e: e.says(_A_NEW_NOTE), ("record_note",), 3.0),
    (lambda e: e.says(_A_NEW_NOTE), ("amend_note", "list_notes"), -4.0),
    (lambda e: e.asks and e.says(_LAST_MET), ("list_notes",), 4.0),
    (lambda e: e.asks and e.says(_LAST_MET), ("purchase_history",), -3.0),
    (lambda e: e.has_time and not e.asks and e.says(_CALL_AT), ("create_task",), 3.5),
    (lambda e: not e.asks and e.says(_STANDS_A_DEAL), ("create_opportunity",), 3.0),
    (lambda e: not e.asks and e.says(_STANDS_A_DEAL), ("record_order", "update_opportunity", "create_task"), -2.5),
    (lambda e: _sums_up_won(e), ("performance",), 4.0),
    (lambda e: _sums_up_won(e), DEALS, -4.0),
    (lambda e: not e.asks and e.says(_MADE_A_TASK), ("create_task",), 3.0),
    (lambda e: e.has_time and not e.asks and not e.names(Kind.TASK) and e.says(_AS_A_SERIES), ("create_task",), 2.5),
    (lambda e: e.says(_MOVES_BACK), ("update_task",), 2.0),
    (lambda e: e.says(_MOVES_BACK), ("create_task",), -2.0),
    (lambda e: not e.asks and e.says(_MADE_A_TASK), ("update_task", "list_tasks", "remark"), -3.0),
    (lambda e: e.asks and e.says("(?<![这那好])几(?:样|件|桩|档子?)(?:活儿?|事儿?)"), ("list_tasks",), 3.0),
    (lambda e: e.bare_note or e.bare_task, (*QUESTIONS, "remark", "out_of_scope", "amend_note"), -3.0),
    (lambda e: e.bare_task, ("create_task",), 6.0),
    (lambda e: e.muses, (*CHANGES, "cancel_task"), -2.5),
    (lambda e: e.muses, ("remark",), 1.2),
    (
        lambda e: e.finished and e.names(Kind.TASK, 0.5) and not (e.asks or e.negates) and not e.says("阶段|成交|赢单"),
        ("complete_task",),
        1.8,
    ),
    (
        lambda e: e.finished and e.says("待办|任务|提醒|那(?:件|条|个)?事|那[件条个]|[的个]事儿?") and not e.asks,
        ("complete_task",),
        1.0,
    ),
    (
        lambda e: e.says("(?:标|设|改|调|提|升)(?:成|为|到|个)?(?:最|更)?(?:高|低|急)(?:$|[，。！的吧])"),
        ("update_task",),
        2.0,
    ),
    (
        lambda e: e.says("(?:标|设|改|调|提|升)(?:成|为|到|个)?(?:最|更)?(?:高|低|急)(?:$|[，。！的吧])"),
        ("update_customer",),
        -1.5,
    ),
    (lambda e: e.has_time and e.says("(?:放|挪|改|调|移)回"), ("update_task",), 1.5),
    (lambda e: e.has_time and e.says("(?:放|挪|改|调|移)回"), ("create_task",), -1.5),
    (lambda e: e.says("标题"), ("update_task",), 2.0),
    (lambda e: e.says("标题"), ("update_contact", "update_customer", "update_opportunity"), -2.0),
    (
        lambda e: (
            e.names(Kind.USER, 0.75)
            and e.has_time
            and not e.asks
            and e.says(
                "(?:^|[，。；、 ]|就|再|请|麻烦)(?:让|叫|安排|派|通知|喊)|交给.{1,5}(?:办|做|跟|去|"
                "来)|前(?:要|得|必须)?(?:把|给|出|交)"
            )
        ),
        ("create_task",),
        1.6,
    ),
    (
        lambda e: (
            e.names(Kind.USER, 0.75)
            and e.has_time
            and not e.asks
            and e.says(
                "(?:^|[，。；、 ]|就|再|请|麻烦)(?:让|叫|安排|派|通知|喊)|交给.{1,5}(?:办|做|跟|去|"
                "来)|前(?:要|得|必须)?(?:把|给|出|交)"
            )
        ),
        (*QUESTIONS, "update_customer"),
        -1.2,
    ),
)
"""(when, intents, nats to add); hand-set, of the size of the classifier's own uncertainty."""


TOPICS = {
    "opportunity": (*DEALS, "list_opportunities"),
    "task": (*TASK_CHANGES, "list_tasks"),
    "lead": LEADS,
    "contact": ("update_contact", "list_contacts"),
    "note": ("amend_note", "list_notes"),
    "customer": ("update_customer", "customer_360"),
}
TOPIC, ALONE = 0.6, 1.3


@cache
def _prospects() -> Prospects:
    return Prospects.of([applies for applies, _, _ in RULES])


def weigh(evidence: Evidence, intents: tuple[str, ...], topic: str | None = None) -> list[float]:
    """What to add to each intent's log probability; `topic` is the record type spoken of before."""
    added = dict.fromkeys(intents, 0.0)
    if topic == "lead" and evidence.says("作废|没戏|不要了|没计划|没需求|合格|认领|转成?客户|跟进"):
        added["update_lead"] = added.get("update_lead", 0.0) + 1.5
    if topic == "opportunity" and evidence.asks and evidence.names(Kind.OPPORTUNITY, 0.6):
        added["opportunity_detail"] = added.get("opportunity_detail", 0.0) + 1.5
    for name in TOPICS.get(topic or "", ()):
        if name in added:
            added[name] += (TOPIC if evidence.named else ALONE) + (2.0 if topic == "lead" and name in LEADS else 0.0)
    for number in _prospects().among(evidence.letters):
        applies, names, nats = RULES[number]
        if applies(evidence):
            for name in names:
                if name in added:
                    added[name] += nats
    return [added[name] for name in intents]
