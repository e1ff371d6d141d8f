"""Words of tasks that several of their modules look for."""

from __future__ import annotations

from assistant.planner.embedded.handlers import words
from intents import patterns as re

OVERDUE = re.compile(
    r"到(?:点|期|时间).{0,3}(?:没|未)|逾期|过期|超期|超时|过了(?:时限|期限|时间|点)|没按时|拖(?:着|了|到|过)|到期没|"
    r"拖(?:期|延)|延(?:误|期)(?=的|了|没|未)|耽(?:误|搁)|晚了(?=的)|误了|一期(?=的)|过了期|误期|\boverdue\b|\blate\b"
)
NOT_OVERDUE = re.compile(r"(?<!有)(?:没有?|还没有?|未|尚未|不曾)(?:逾期|过期|超期|超时|到期|到点|到时间)(?!多久)")
"""「还没过期的」: what is due later than now."""
EARLIER = re.compile(rf"{words.EARLIER}|[向朝]前[提挪移调赶拉]?|[挪移调]前|前移|forward")
SAME_DAY = re.compile(r"(?:同一?天|那一?天|当天|当日|同日|这一?天|that day|same day)的?[，,\s]*(?:at )?$", re.I)
THE_TASK_IS = re.compile(
    r"^(?:刚才?)?(?:[这那]个|[这那]条|的)?"
    r"(?:任务|待办|提醒|日程)(?:的?内容|的?标题)?(?:就)?(?:是|叫|写|为|[:：])+"
)
"""「任务是…」: what a task asked about a while ago is to be."""
DAY_BESIDE = re.compile(r"(?:(头一?天|前一天|前一?晚|头晚)|(?:后一天|转天|隔天|第二天))的?[，,\s]*$")
THAT_HOUSE = re.compile(
    r"(?:[上前]面|刚才?|刚刚|先前|之前|前头|上头|方才)?(?:说|提|讲|聊|问|查|看)?(?:到|过|起)?的?(?:[那这]一?家|上一家)(?:公司|客户|厂|店)?|"
    r"(?:该|上述|前述)(?:公司|客户|单位)|[那这]个客户"
)
"""A customer spoken of before, by its measure word."""
