"""The tool that says who is in the team."""

from __future__ import annotations

from dataclasses import dataclass

from pydantic import Field

from crm_store.records import User
from tools.base import Args, Effect, ToolContext, UserRef, View, tool
from tools.cards import Answer, Card, Row
from tools.listing import shown
from tools.naming import Names, link_to
from tools.wording import ROLE, listed, word

_NONE = Names()


class ListUsers(Args):
    """Arguments of list_users."""

    user: UserRef | None = Field(default=None, description="某一位同事 (one colleague)")


@dataclass(frozen=True, kw_only=True, slots=True)
class UserList:
    """Colleagues: one, or all whom tasks can be given to."""

    items: tuple[User, ...]
    team: str | None

    def render(self, view: View) -> Answer:
        """The answer to show."""
        card = self._card(view)
        return Answer(text=self._headline(view), cards=(card,) if len(self.items) > 1 else (), shown=shown(card))

    def _headline(self, view: View) -> str:
        if len(self.items) == 1:
            only = self.items[0]
            team, role = only.team or "", word(ROLE, only.role, view)
            return view.say(f"{only.name}: {team}{role}。", f"{only.name}: {role}{f', {team}' if team else ''}.")
        people = listed([item.name for item in self.items], view)
        team = self.team or view.say("团队", "The team")
        return view.say(f"{team}共 {len(self.items)} 人: {people}。", f"{team}, {len(self.items)} people: {people}.")

    def _card(self, view: View) -> Card:
        columns = (view.say("姓名", "name"), view.say("角色", "role"), view.say("团队", "team"))
        rows = tuple(
            Row(cells=(item.name, word(ROLE, item.role, view), item.team or ""), link=link_to("user", item, _NONE))
            for item in self.items
        )
        return Card(title="", columns=columns, rows=rows)


@tool(args=ListUsers, effect=Effect.READ)
def list_users(ctx: ToolContext, args: ListUsers) -> UserList:
    """查团队成员. Say who is in the user's team, or what one colleague's role is."""
    if args.user is not None:
        return UserList(items=(ctx.crm.users.require(args.user),), team=None)
    return UserList(items=tuple(ctx.crm.users.reachable()), team=ctx.crm.principal.team)
