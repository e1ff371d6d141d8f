"""Words that the commands of several kinds of record look for, as alternatives of a regular expression."""

from __future__ import annotations

CREATING = "新增|新建|新加|添加|增加|录入|录|建|登记|创建|加|开|立"
"""To put a new customer on file."""
PUTTING_OFF = "推迟?|拖|延后?|挪|晚|缓|提前|早|顺延"
"""To move a day by so much, later or earlier."""
EARLIER = "提前|往前|提早|earlier"
ONE_STAGE = "阶段|一档|一步|一级|一格"
"""What a deal goes forward or back by."""
