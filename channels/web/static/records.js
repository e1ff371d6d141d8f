// The dialog that shows one record, whatever its type.

import { get } from "/static/api.js";
import { make } from "/static/elements.js";
import { word } from "/static/words.js";

const LABELS = {
  name: "名称", title: "标题/职务", summary: "内容", aliases: "别名", industry: "行业", region: "地区", level: "等级", owner_id: "负责人",
  tags: "标签", phone: "电话", email: "邮箱", address: "地址", website: "网站", customer_id: "客户", role: "角色", category: "类别",
  list_price: "标价(元)", stage_id: "阶段", amount: "金额(元)", expected_close_date: "预计签约", product_ids: "产品", product_id: "产品",
  closed_on: "结束日期", lost_reason: "丢单原因", quantity: "数量", ordered_on: "下单日期", author_id: "记录人", occurred_at: "时间",
  opportunity_id: "商机", attendees: "参会人", details: "详情", assignee_id: "执行人", lead_id: "线索", due_at: "到期", recurrence: "重复",
  status: "状态", priority: "优先级", completed_at: "完成于", company: "公司", source: "来源", kind: "方式", user_id: "记录人",
  team: "团队", key: "账号", probability: "概率(%)",
};
const PLURALS = { opportunity: "opportunities" };

export async function showRecord(link) {
  const dialog = document.getElementById("record");
  const body = document.getElementById("record-body");
  const found = await get(`/${PLURALS[link.type] ?? `${link.type}s`}/${link.id}`).catch(() => null);
  body.replaceChildren(make("h2", {}, link.label), found ? fields(found) : make("p", {}, word("gone")));
  if (!dialog.open) dialog.showModal();
}

function fields(record) {
  const pairs = Object.entries(LABELS).filter(([name]) => shown(record[name]));
  return make("dl", {}, ...pairs.flatMap(([name, label]) => [make("dt", {}, label), make("dd", {}, text(record, name))]));
}

function shown(value) {
  if (value === null || value === undefined || value === "") return false;
  return typeof value !== "object" || Object.keys(value).length > 0;
}

function text(record, name) {
  const value = record.names[name] ?? record[name];
  if (Array.isArray(value)) return value.join("、");
  if (typeof value === "object") return Object.entries(value).map(([key, each]) => `${key}: ${each}`).join("\n");
  if (typeof value === "number" && !name.endsWith("_id")) return value.toLocaleString();
  return name.endsWith("_at") ? String(value).replace("T", " ").slice(0, 16) : String(value);
}
