"""What a message opens and closes with that says nothing: greetings, calls, politeness, particles."""

from __future__ import annotations

from intents import patterns as re

__all__ = ["core_of"]

_GAP = r"[\s，,、。.！!…~～]*"
_BREAK = r"[\s，,、。.！!…~～]+"
_PAUSE = r"(?:[嗯呃唔啊哎诶欸嘿喂噢哦]|额(?![度外头定角尔济敏满]))+呀?"
_BEGINS_A_WISH = "(?=[我你您咱帮把给跟请再还今明后昨上下本这周])"
_HELLO = r"(?:你|您|大家|早上|上午|中午|下午|晚上)好|哈喽|哈啰|嗨|在吗|在不在|(?:hi|hello|hey|morning)(?![a-z])"
_GREETING = rf"(?:{_HELLO})[呀啊哈哦]?"
_CALL = r"小销(?:同学|助手|助理)?(?:[呀啊]|(?:你|您)好)?"
_TELLING = r"我?跟(?:你|您)(?:说|讲)(?:一下|一声|个事儿?|件事儿?)?(?![过了的])"
_ANNOUNCING = r"(?:是这样的?|听好了?|听我说|来)"
_WISHED = "帮把给将按查列记建新添加设安提告看问选确取撤对改更再从汇统算展显核标完删推换放先"
_POLITE = (
    r"(?:麻烦(?:(?:你|您)(?:了|一下)?|一下)?(?![的了事吗啊]|大|不大|很|点)|劳驾(?:你|您)?|有劳(?:你|您)?|拜托(?:你|您)?"
    rf"|辛苦(?:你|您)?(?:一下)?(?![了费])|请问|请(?:你|您|(?=[{_WISHED}])))"
)
_OPENING = re.compile(
    rf"(?:{_PAUSE}(?:那个(?![单商客待任联线订合项方报产品记纪会拜电跟样]))?"
    rf"(?:{_BREAK}|(?=对了|那个|那啥|就是|小销|你好|麻烦|请|帮我|把|给我|跟你))"
    rf"|(?:那个|那啥|就是说?|然后|话说|另外说一句){_BREAK}"
    rf"|对了(?:{_BREAK}|{_BEGINS_A_WISH})"
    rf"|{_GREETING}{_BREAK}"
    rf"|{_CALL}{_GAP}"
    rf"|{_ANNOUNCING}{_BREAK}|{_TELLING}{_GAP}"
    rf"|{_POLITE}{_GAP})",
    re.IGNORECASE,
)
_THANKS = r"(?:(?:非常)?(?:谢谢|多谢|感谢)(?:你|您|大家|小销)?|谢了|谢啦|3q|thx|thanks(?: a lot)?|thank you|cheers)"
_URGING = (
    r"(?:(?:麻烦|辛苦|拜托)(?:你|您)?[了啦]?[啊哈哦呀]*|快点儿?[啊哈]?|赶紧的?"
    r"|听[到见]没有?|知道[不没]|明白没有?|晓得不|please|pls)"
)
_CLOSING = re.compile(
    rf"(?:{_GAP}{_THANKS}[了啦啊哈哦呀哟]*{_GAP}|{_BREAK}{_URGING}{_GAP}"
    r"|(?<=[\w”」』）)])[啊哈哦噢喔呀呗咯喽哟哒]+[。.!！~～…]*"
    r"|(?<=[\w”」』）)])(?<!干)嘛[。.!！~～…]*"
    r"|[。！!~～…]+)$",
    re.IGNORECASE,
)
_MAY_OPEN = re.compile(r"[嗯呃唔啊哎诶欸嘿喂噢哦额那就然话对你您大早上中下晚哈嗨在HhMm小我跟是听来麻劳有拜辛请另]")
_MAY_CLOSE = re.compile(r"[。！!~～…啊哈哦噢喔呀呗咯喽哟哒嘛啦了你您家销谢感烦苦托快点儿赶紧的没有不qQxXsSuUeE.]")


def core_of(text: str) -> tuple[int, int]:
    """The stretch `[begin, stop)` of a normalised message that is left without courtesies; linear, never raises.

    A message that is nothing but courtesies has an empty stretch: the caller keeps it as it is.
    """
    begin = 0
    while begin < len(text) and _MAY_OPEN.match(text, begin):
        found = _OPENING.match(text, begin)
        if found is None or found.end() == begin:
            break
        begin = found.end()
    stop = len(text)
    while stop > begin and _MAY_CLOSE.match(text, stop - 1):
        found = _CLOSING.search(text, max(begin, stop - _LONGEST_CLOSING), stop)
        if found is None or found.start() == stop:
            break
        stop = found.start()
    return begin, stop


_LONGEST_CLOSING = 24  # characters; longer runs are met in several steps
