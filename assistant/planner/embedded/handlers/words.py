"""Words that the commands of several kinds of record look for, as alternatives of a regular expression."""

from __future__ import annotations

CREATING = "新增|新建|新加|添加|增加|录入|录|建|登记|创建|加|开|立"
"""To put a new customer on file."""
PUTTING_OFF = "推迟?|拖|延后?|挪|晚|缓|提前|早|顺延"
"""To move a day by so much, later or earlier."""
EARLIER = (
    r"提前|往前|提早|(?<![今明后当每清一大趁])早(?:个|上?个)?(?=[一两二三四五六七八九十半几\d]+(?:个|来)?(?:半)?(?:分钟|刻钟|小时|钟头|天|周|星期|礼拜|月))|earlier"
)
ONE_STAGE = "阶段|一档|一步|一级|一格"
"""What a deal goes forward or back by."""
