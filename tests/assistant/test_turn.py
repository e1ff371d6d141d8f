"""A turn answers each message once, one at a time, and plans again when the conversation moved on."""

from __future__ import annotations

import asyncio

import pytest

from assistant.bootstrap import Runtime
from assistant.errors import ConversationBusy, InputRejected, TranscriptionError
from assistant.messages import Audio, Inbound, Outcome, Plan, Say
from assistant.planner import Heard
from assistant.turn import Assistant
from crm_store.errors import RecordNotVisible
from crm_store.store import Store
from tests.assistant.conftest import principal_in
from tests.assistant.world import FENGQIAO, Scripted, Talk, call

CREATE = call("create_task", title="送琴凳", customer=FENGQIAO)


async def test_a_repeated_message_gets_the_first_answer_and_has_one_effect(talk: Talk, planner: Scripted) -> None:
    planner.then(CREATE)
    planner.then(CREATE)
    first = await talk.say("送琴凳", message_id="m1")
    again = await talk.say("送琴凳", message_id="m1")
    assert (first.repeated, again.repeated) == (False, True)
    assert (again.text, again.changes, again.outcome) == (first.text, first.changes, first.outcome)
    assert [task.title for task in talk.all("task")].count("送琴凳") == 1


async def test_two_deliveries_at_the_same_time_have_one_effect(talk: Talk, planner: Scripted) -> None:
    planner.then(CREATE)
    planner.then(CREATE)
    replies = await asyncio.gather(*(talk.say("送琴凳", message_id="m1") for _ in range(2)))
    assert sorted(reply.repeated for reply in replies) == [False, True]
    assert len({reply.text for reply in replies}) == 1
    assert [task.title for task in talk.all("task")].count("送琴凳") == 1


async def test_a_repeated_press_of_confirm_has_one_effect(talk: Talk, planner: Scripted) -> None:
    planner.then(call("delete_record", record_type="task", record_ids=[1]))
    await talk.say("删掉")
    press = talk.inbound("", message_id="press")
    first = await talk.runtime.assistant.settle(press, confirm=True)
    again = await talk.runtime.assistant.settle(press, confirm=True)
    assert (first.outcome, again.outcome, again.repeated) == (Outcome.DONE, Outcome.DONE, True)


async def test_the_same_message_id_of_another_user_is_another_message(
    runtime: Runtime, talk: Talk, planner: Scripted
) -> None:
    planner.then(Say(text="甲"))
    planner.then(Say(text="乙"))
    other = Talk(runtime, principal_in(runtime, "du"), conversation_id="other")
    assert (await talk.say("你好", message_id="m1")).text == "甲"
    assert (await other.say("你好", message_id="m1")).text == "乙"


async def test_nobody_speaks_in_another_users_conversation(runtime: Runtime, talk: Talk, planner: Scripted) -> None:
    planner.then(Say(text="甲"))
    planner.then(Say(text="乙"))
    await talk.say("你好")
    other = Talk(runtime, principal_in(runtime, "du"))
    with pytest.raises(RecordNotVisible):
        await other.say("你好")


class Slow:
    """A planner that notes how many plans are being made at once."""

    def __init__(self) -> None:
        self.now = self.most = 0

    async def plan(self, heard: Heard, store: Store) -> Plan:
        """A plan, after letting everybody else run."""
        self.now += 1
        self.most = max(self.most, self.now)
        for _ in range(20):
            await asyncio.sleep(0)
        self.now -= 1
        version = await store.read(
            heard.inbound.principal,
            lambda uow: c.version if (c := uow.conversations.get(heard.inbound.conversation_id)) else 1,
        )
        return Plan(steps=(Say(text="好"),), conversation_version=version)


@pytest.mark.parametrize(("conversations", "most"), [(("a", "a", "a"), 1), (("a", "b", "c"), 3)])
async def test_one_turn_at_a_time_per_conversation(talk: Talk, conversations: tuple[str, ...], most: int) -> None:
    slow = Slow()
    talk.runtime.assistant._planner = slow
    talks = [Talk(talk.runtime, talk.principal, conversation_id=name) for name in conversations]
    await asyncio.gather(*(each.say("你好", message_id=f"m{i}") for i, each in enumerate(talks)))
    assert slow.most == most


async def test_a_plan_for_an_older_conversation_is_made_again(talk: Talk, planner: Scripted) -> None:
    planner.then(CREATE)
    planner.stale = 1
    reply = await talk.say("送琴凳")
    assert reply.outcome is Outcome.DONE
    assert planner.heard == ["送琴凳", "送琴凳"]


async def test_a_conversation_that_moves_on_twice_is_busy_and_nothing_is_written(talk: Talk, planner: Scripted) -> None:
    planner.then(CREATE)
    planner.stale = 2
    with pytest.raises(ConversationBusy):
        await talk.say("送琴凳", message_id="m1")
    assert "送琴凳" not in [task.title for task in talk.all("task")]
    assert (await talk.say("送琴凳", message_id="m1")).repeated is False


@pytest.mark.parametrize("text", ["", "   ", "\n\t", "……", "😀", "\u200b"])
async def test_a_message_without_words_is_asked_about(talk: Talk, planner: Scripted, text: str) -> None:
    reply = await talk.say(text)
    assert (reply.outcome, reply.changes, planner.heard) == (Outcome.ASKED, (), [])


async def test_a_message_that_is_too_long_is_rejected_with_the_limit(talk: Talk) -> None:
    limit = talk.runtime.settings.max_message_chars
    with pytest.raises(InputRejected, match=str(limit)):
        await talk.say("琴" * (limit + 1))


async def test_the_longest_message_is_taken(talk: Talk, planner: Scripted) -> None:
    planner.then(Say(text="好"))
    assert (await talk.say("琴" * talk.runtime.settings.max_message_chars)).text == "好"


class Dictation:
    """A transcriber that heard what the test says."""

    async def transcribe(self, audio: Audio, principal: object) -> str:
        """The words."""
        return audio.data.decode()


def spoken(talk: Talk, words: str) -> Inbound:
    """A voice message."""
    audio = Audio(data=words.encode(), media_type="audio/wav")
    return Inbound(principal=talk.principal, channel="test", conversation_id="talk", message_id="voice", audio=audio)


async def test_a_spoken_message_is_planned_as_text_and_says_what_was_heard(talk: Talk, planner: Scripted) -> None:
    planner.then(Say(text="好"))
    assistant = Assistant(
        store=talk.runtime.store,
        planner=planner,
        executor=talk.runtime.assistant._executor,
        transcriber=Dictation(),
        max_chars=100,
    )
    reply = await assistant.turn(spoken(talk, "送琴凳"))
    assert (reply.heard, planner.heard) == ("送琴凳", ["送琴凳"])


async def test_voice_without_an_engine_says_so(talk: Talk) -> None:
    with pytest.raises(TranscriptionError):
        await talk.runtime.assistant.turn(spoken(talk, "送琴凳"))


async def test_the_conversation_keeps_both_sides_of_a_turn(talk: Talk, planner: Scripted) -> None:
    planner.then(Say(text="您好"))
    await talk.say("你好")
    kept = talk.runtime.store.read_now(talk.principal, lambda uow: uow.conversations.messages("talk"))
    assert [(message.author, message.text) for message in kept] == [("user", "你好"), ("assistant", "您好")]
