"""Words by which questions tell what they want to know."""

from __future__ import annotations

from intents import patterns as re
from intents.numbers import parse_number

SPAN = re.compile(r"(\d+|[一二两三四五六七八九十半]+)\s*(?:个)?(天|日|周|星期|礼拜|月|季度|年)(?![初底末中份内])")
_DAYS = {"天": 1, "日": 1, "周": 7, "星期": 7, "礼拜": 7, "月": 30, "季度": 90, "年": 365} | {
    "day": 1,
    "week": 7,
    "month": 30,
}


def span_days(count: str, unit: str) -> int | None:
    """How many days 半年 or 三个礼拜 are."""
    value = parse_number(count)
    return None if value is None else max(1, int(value * _DAYS[unit.rstrip("s")]))


TOPICS_CUSTOMER = (
    ("level", r"什么级|哪一?级|几级|级别|等级|level"),
    ("owner", r"谁(?:在)?(?:负责|跟|管)|归谁|负责人|谁的客户|属于谁|owner|who owns"),
    ("industry", r"什么行业|哪个行业|做什么的|行业"),
    ("address", r"地址|在哪(?!一?步)|位置|怎么走|address"),
    (
        "last_contact",
        r"(?:上次|最近|最后).{0,4}(?:联系|沟通|拜访|见面|碰面|碰头|会面|聊|接触)|多久没|last (?:contact|talk|time)",
    ),
    ("progress", r"进展|进度|卡在|到哪一?步|怎么样了|什么情况|推进|动静|status|progress"),
    ("tags", r"标签|tag"),
    ("region", r"哪个(?:地区|区域|省|市)|什么地方的"),
    ("aliases", r"简称|别名|又叫"),
    ("phone", r"(?:总机|公司电话|前台)"),
)
TOPICS_CONTACT = (
    ("phone", r"手机|电话|号码|怎么联系|联系方式|phone|number|call"),
    ("email", r"邮箱|邮件|email|mail"),
    ("title", r"职务|职位|什么头衔|干什么的|做什么的|title"),
    ("role", r"角色|谁说了算|拍板|一锤定音|决策"),
)
TOPICS_DEAL = (
    ("stage", r"阶段|到哪|哪一?步|进展|stage"),
    ("amount", r"多少钱|金额|多大|报多少|报价(?!方案|阶段|议价)|值多少|多少(?!号|天)|amount|worth|how much"),
    (
        "close_date",
        r"(?:什么时候|啥时候|几时|几号|哪天)(?:能|给|被)?(?:签|成|关|定|丢|输|赢|黄)|预计.{0,6}(?:日|时间|签)|[签成][约单交](?:日|时间)|close",
    ),
    (
        "lost_reason",
        r"为(?:什么|啥|何).{0,4}(?:丢|输|没成|黄|失)|(?:丢|输|黄).{0,6}(?:原因|为啥|为什么|在哪|在什么|在啥)|"
        r"(?:栽|折|败|死|毁)(?:在|到)(?:了)?(?:哪|什么|啥|谁)|"
        r"(?:怎么|咋|咋个)(?:就)?(?:丢|输|黄|没成|没拿下|飞)(?:掉)?(?:了|的|啦)|why.{0,8}lost",
    ),
    ("owner", r"谁(?:在)?(?:负责|跟)|owner"),
    ("products", r"什么产品|哪些产品|买什么"),
    ("customer", r"哪家|哪个客户|谁家"),
)
TOPICS_LEAD = (
    ("phone", r"手机|电话|号码|联系方式|phone"),
    ("company", r"哪家|什么公司|单位|company"),
    ("source", r"哪来|来源|渠道|source"),
    ("owner", r"谁(?:在)?(?:负责|跟)|归谁|owner"),
    ("status", r"状态|什么情况|跟得|进展|status"),
)
ROLE_WORDS = (
    r"采购|财务|技术|质量|品质|生产|设备|工艺|研发|IT|信息|仓储|物流|法务|决策人|决策|拍板|说了算|做主|老板|使用|"
    r"一锤定音|影响|化验|检验|运营|安全|基建|工程|管钱|验收|decision|purchas\w*|buyer|finance|technical"
)
STATUSES = (
    (
        "won",
        r"赢单|赢了|赢的|赢过|签过|签下|签回|签了|签单|成交|拿下|成单|签(?:约)?(?:了|成|的)|中标|落袋|"
        r"\bwon\b|closed won|signed",
    ),
    ("lost", r"输单|输(?:了|掉|的|在|给|过)|丢标|失单|丢单|丢了|丢的|丢掉|丢过|黄了|黄过|黄掉|失败|流失|lost"),
    ("all", r"全部|所有.{0,4}(?:商机|单子|项目)|历史|all"),
)
GROUPS = (
    (
        "owner",
        r"(?:按|每|各|分)(?:个|位)?(?:人|销售|同事|负责人|组员|业务员| ?rep)|谁.{0,20}最(?:多|大|高|少|低)|"
        r"谁(?!家).{0,12}更?(?:多|大|高|(?<!多)少)(?:$|[，。？!！])|各(?:人|自)|人(?:都)?(?:各|分别)|"
        r"(?:同事|组员|手下|下属|[几两三四五六七八九]个?人|们).{0,16}(?:分别|各自?(?:有|是|报|多少))|"
        r"(?:[几两三四五六七八九]|每)[位个名](?:同事|组员|销售|业务员|下属|人).{0,12}(?:总额|合计|金额|多少"
        r"|几单)|by (?:rep|"
        r"owner|person)|per (?:rep|person)",
    ),
    ("stage", r"(?:按|每|各|分)(?:个)?阶段|阶段分布|分布|by stage"),
    ("product", r"(?:按|每|各|分)(?:个|种)?产品|哪个产品|by product"),
    ("customer", r"(?:按|每|各|分)(?:个|家)?客户|哪(?:家|个)客户|by customer"),
    ("month", r"(?:按|每|各|分)(?:个)?月|by month"),
    ("industry", r"(?:按|每|各|分)(?:个)?行业|by industry"),
    ("region", r"(?:按|每|各|分)(?:个)?(?:地区|区域|省)|by region"),
)
MEASURES = (
    ("weighted", r"加权|折算|按概率|乘(?:以)?概率|预测|weighted|forecast"),
    (
        "win_rate",
        r"赢单率|成单率|胜率|赢率|丢单率|输单率|转化率|win rate|输赢.{0,3}(?:各|几|多少|比)|赢输|"
        r"[赢签].{0,4}[输丢].{0,4}各|"
        r"[赢签](?:了|单)?(?:几|多少).{0,4}[，、和跟]?[输丢](?:了|掉|单)*(?:几|多少)|[输丢](?:了|单)?(?:几|多少).{0,4}[，、和跟]?赢",
    ),
    ("average", r"平均|均值|客单价|average"),
    ("count", r"几个|多少个|个数|数量|几单|多少单|how many"),
)
