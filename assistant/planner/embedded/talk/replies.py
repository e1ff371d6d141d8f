"""Yes and no in the words that people use, regional ones included: whole messages made of nothing else."""

from __future__ import annotations

from intents import patterns as re

_YES_WORDS = (
    "嗯呐|嗯哪|嗯呢|嗯嗯|嗯|对头|对的|对对|对|是的|是|好嘞|好勒|好咧|好滴|好的|好|行|可以|没错|没得错|确认|确定|同意|没问题|"
    "就这么?办|就这样|就按这个|照这个|按这个|就这么着|执行|批准|通过|提交|中(?![标间午途期])|得嘞|得勒|得咧|妥了?|成(?!交)|要得|可得|使得|"
    "巴适|晓得了|麻利的?|木问题|冇问题|得行|搞起|整(?![个理])|阔以|欧了|必须的|"
    "ok(?:ay)?|yes|yep|yeah|sure|confirm(?:ed)?|go ahead|do it|please do|right|correct"
)
_ACTS = (
    "办|改|调|删除?|转|发|推|记|做|弄|整|来|标|关|丢|派|挪|移|换|提交|执行|照办|处理|搞|delete|move|change|update|close"
)
"""What 「改吧」, 「转吧」 or 「对,删」 tells the assistant to do: whatever it holds."""
_FILLERS = (
    r"都|全|上|下来|的|了|吧|呗|咯|喽|噻|嘛|啊|呀|呢|哈|哦|啦|嘞|滴|呐|就|那就|那|你|给我|帮我|先|掉|它|来|哇|撒|please"
)
_NO_REGRET = r"不心疼|不可惜|不后悔|不要紧|没事儿?|没关系"
"""「删吧不心疼」: the yes to what is held goes on to say that nothing is lost by it."""
_GAP = r"[\s，,。.!！~～、]*"
YES = re.compile(
    rf"^(?:(?:{_YES_WORDS})(?:{_GAP}(?:{_YES_WORDS}|{_ACTS}|{_FILLERS}))*|(?:那就|就)?(?:{_ACTS})(?:掉|了)?(?:吧|呗|噻|嘛|咯|哇)(?:{_GAP}(?:{_NO_REGRET}))?)"
    rf"{_GAP}$",
    re.I,
)
REFERRED_YES = re.compile(
    rf"^[\u4e00-\u9fffA-Za-z0-9]{{0,8}}(?:那个|这个|那条|那单|的话|那件|的事|那事)?[，,\s]+(?:我|就)?(?:确认|同意|可以|没问题|执行|ok){_GAP}(?:了|吧)?{_GAP}$",
    re.I,
)
"""「丢单那个,确认」: the yes to what is held, named in a word, after something else was talked about."""
_NO_WORDS = (
    "不不|不了|不用了?|不要了?|不行|不对|不是|不|别|先别|甭|莫|算了|算球了?|算咯|拉倒|罢了|作罢|免了|取消|放弃|手滑|点错|按错|"
    "搞错|弄错|说错|等等|等下|等哈|等会儿?|慢着|且慢|停|打住|先不|先不要|暂时不|暂不|留着|缓缓|缓一缓|不急|再想想|再考虑|再看看|"
    "再说|回头再说|不必了?|不弄了|不整了|不搞了|冇得|no+|nope|cancel|never ?mind|don'?t|stop|forget it|hold on"
)
_NO_REST = (
    r"的|了|吧|呗|啊|呀|哈|哦|嘛|噻|动|改|删|发|弄|急|升|降|约|去|建|设|签|撤|这样|留着|先|要|它|转|推|挪|关|丢|标|记|派|办|整|搞|哎|诶|确认|"
    r"一下|下|that|it|do"
)
NO = re.compile(rf"^(?:哎|诶|唉|呃|啊|哦|嗯)?{_GAP}(?:{_NO_WORDS})(?:{_GAP}(?:{_NO_WORDS}|{_NO_REST}))*{_GAP}$", re.I)
BACKS_OUT = re.compile(
    r"取消$|^取消|算了|算球|拉倒|先不|不弄了|不整了|作罢|再考虑|再想想|别弄|别整|缓一缓|缓缓|先放一?放|先搁|回头再|"
    r"cancel|never mind",
    re.I,
)
AGREED = re.compile(r"^(?:行|好的?|嗯|可以|对|中|得|成|ok)(?:吧|嘞|啊)?[，,。\s]+(?:那就|那么?就?|就)?(?=\S{2,})", re.I)
"""The 「行,」 before a command that answers nothing: 「行,那就标成交」."""
