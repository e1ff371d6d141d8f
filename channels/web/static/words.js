// The page's own words in Chinese and English; what the assistant says comes in the language of the question.

const WORDS = {
  zh: {
    skip: "跳到输入框", conversations: "对话", newConversation: "新对话", otherLanguage: "English", docs: "接口", signOut: "退出",
    menu: "菜单", log: "消息", placeholder: "说一句话,例如:明天下午三点提醒我给客户打电话", send: "发送", close: "关闭",
    confirm: "确认", cancel: "取消", undo: "撤销", undone: "已撤销", confirmed: "已确认", cancelled: "已取消", retry: "重试",
    working: "正在处理…", hello: "你好!可以直接说要查什么、改什么、记什么。",
    examples: ["今天有什么待办", "这个月我的商机有哪些", "本季度的销售漏斗"],
    create: "新建", update: "修改", delete: "删除", offline: "连不上服务,请检查网络后重试。", reminder: "待办到期", late: "迟到的提醒",
    seen: "知道了", earlier: "更早的消息", pasteLink: "把登录链接粘贴到这里", signIn: "登录", signingIn: "正在登录…",
    signInFirst: "请用一次性登录链接登录(由管理员用 sales-assistant signin-link 生成)。", expires: "有效期至", gone: "没有找到这条记录。",
    collateral: "资料", askDocuments: "问资料,例如:东西坏了多久有人来", search: "搜索", upload: "上传", documents: "全部资料", chooseFiles: "选择文件",
    anyKind: "全部种类", anyProduct: "全部产品", anyAudience: "内部与可外发", audiences: { internal: "仅内部", customer: "可发给客户" }, expired: "已过期",
    near: "资料里没有直接写到,最接近的是", absent: "资料里没有写到", versions: "版本", current: "现行", earlierVersion: "这是当时引用的旧版本,现在已有新版本或已移除。",
    documentGone: "这份资料或这个版本已不在。", statuses: { stored: "已存", unchanged: "没有变化", refused: "未收" }, reasonOf: (each) => each.message,
  },
  en: {
    skip: "Skip to the message box", conversations: "Conversations", newConversation: "New conversation", otherLanguage: "中文",
    docs: "API", signOut: "Sign out", menu: "Menu", log: "Messages", placeholder: "Say something, e.g. remind me to call the customer tomorrow at 3 pm",
    send: "Send", close: "Close", confirm: "Confirm", cancel: "Cancel", undo: "Undo", undone: "Undone", confirmed: "Confirmed",
    cancelled: "Cancelled", retry: "Retry", working: "Working…", 
    hello: "Hello! Just say what to look up, change or note down.",
    examples: ["What are my tasks today", "My opportunities this month", "Sales funnel of this quarter"],
    create: "new", update: "changed", delete: "deleted", offline: "The service can't be reached; check the network and retry.",
    reminder: "Task due", late: "late", seen: "OK", earlier: "Earlier messages", pasteLink: "Paste your sign-in link here",
    signIn: "Sign in", signingIn: "Signing in…",
    signInFirst: "Please sign in with a one-time link (an administrator makes one with sales-assistant signin-link).",
    expires: "Good until", gone: "There is no such record.",
    collateral: "Documents", askDocuments: "Ask the documents, e.g. how long until somebody comes", search: "Search", upload: "Upload", documents: "All documents",
    chooseFiles: "Choose files", anyKind: "Any kind", anyProduct: "Any product", anyAudience: "Internal and sendable",
    audiences: { internal: "Internal only", customer: "May be sent" }, expired: "expired",
    near: "The documents don't say it directly; the nearest passage", absent: "The documents say nothing on this", versions: "Versions", current: "current",
    earlierVersion: "This is the earlier version that was cited; it was replaced or removed since.", documentGone: "This document or version is gone.",
    statuses: { stored: "stored", unchanged: "unchanged", refused: "refused" }, reasonOf: (each) => each.message_en,
  },
};

export function language() {
  const kept = localStorage.getItem("language");
  if (kept in WORDS) return kept;
  return navigator.language.toLowerCase().startsWith("zh") ? "zh" : "en";
}

export function switchLanguage() {
  localStorage.setItem("language", language() === "zh" ? "en" : "zh");
}

export function word(key) {
  return WORDS[language()][key];
}

// Fill the words into the page: data-word is text, data-placeholder and data-label are attributes.
export function translate(root = document) {
  document.documentElement.lang = language() === "zh" ? "zh-CN" : "en";
  for (const each of root.querySelectorAll("[data-word]")) each.textContent = word(each.dataset.word);
  for (const each of root.querySelectorAll("[data-placeholder]")) each.placeholder = word(each.dataset.placeholder);
  for (const each of root.querySelectorAll("[data-label]")) each.setAttribute("aria-label", word(each.dataset.label));
}
