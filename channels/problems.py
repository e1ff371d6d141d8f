"""What goes wrong at the border, as one JSON shape: a code, the message in Chinese and English, the request's id."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from typing import Any

from fastapi import FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from pydantic_core import to_json
from starlette.exceptions import HTTPException

from assistant.errors import AssistantError
from channels.headers import security_headers
from crm_store.editing import BadReference, KeyTaken
from crm_store.errors import NotPermitted, RecordNotVisible, StoreError, UndoRefused, UnstorableText, VersionConflict
from tools.base import ToolRefused

log = logging.getLogger(__name__)

# code: status, Chinese, English. The code is stable; clients decide by it.
PROBLEMS: dict[str, tuple[int, str, str]] = {
    "bad_request": (400, "请求有误。", "The request is malformed."),
    "not_signed_in": (401, "请先登录。", "Please sign in."),
    "link_invalid": (
        401,
        "登录链接无效、已用过或已过期,请申请新的链接。",
        "This sign-in link is invalid, used or expired.",
    ),
    "csrf": (403, "页面已过期,请刷新后再试。", "The page has expired (CSRF token missing or wrong); reload it."),
    "not_permitted": (403, "没有权限这样做。", "You are not permitted to do this."),
    "not_found": (404, "没有找到。", "There is no such thing."),
    "method_not_allowed": (405, "不支持这种操作。", "This method is not allowed here."),
    "conversation_busy": (
        409,
        "同一个对话里有别的消息正在处理,请稍后再发一次。",
        "The conversation is busy; please repeat.",
    ),
    "conflict": (409, "与已有的数据冲突。", "This conflicts with data that is already there."),
    "duplicate": (409, "系统里可能已经有这个客户。", "This customer is probably known already."),
    "undo_refused": (409, "无法撤销。", "This can't be undone."),
    "version_conflict": (412, "这条记录刚被改过,请重新读取后再改。", "The record has changed since you read it."),
    "body_too_large": (413, "内容太大,最多 1 MB。", "The body is too large; the limit is 1 MB."),
    "unsupported_media_type": (415, "请用 application/json 发送。", "Please send application/json."),
    "upload_expected": (
        415,
        "请用 multipart/form-data 上传文件。",
        "Please send files as multipart/form-data.",
    ),
    "document_refused": (422, "文件不能用,原因见每个文件。", "No file can be used; each says why."),
    "invalid_json": (422, "内容不是合格的 JSON。", "The body is not acceptable JSON."),
    "invalid_body": (422, "有的字段缺失或不合规。", "Some fields are missing or invalid."),
    "input_rejected": (422, "这条消息无法处理。", "This message can't be processed."),
    "transcription": (422, "语音没有听清,请改用文字。", "The speech could not be understood; please type."),
    "too_many_requests": (429, "请求太频繁,请稍后再试。", "Too many requests; please try again later."),
    "internal": (500, "系统出错了,什么都没有改。请稍后再试。", "Something broke on our side; nothing was changed."),
    "execution": (
        500,
        "执行时出错了,什么都没有改。请稍后再试。",
        "Something broke on our side; nothing was changed.",
    ),
    "planner": (503, "暂时无法理解消息,请稍后再试。", "Understanding is unavailable for now; please try again."),
    "store_unavailable": (
        503,
        "数据库暂时不可用,请稍后再试。",
        "The database is unavailable for now; please try again.",
    ),
}
_RETRY = {"conversation_busy": "1", "too_many_requests": "5", "store_unavailable": "5", "planner": "5"}
_BY_STATUS = {401: "not_signed_in", 403: "not_permitted", 404: "not_found", 405: "method_not_allowed"}


class Problem(Exception):
    """A request that can't be served; `code` is one of `PROBLEMS`. `details` are JSON values that say more."""

    def __init__(self, code: str, message: str | None = None, *, details: Any = None) -> None:
        super().__init__(code)
        self.code = code
        self.status, chinese, self.message_en = PROBLEMS[code]
        self.message = message or chinese
        self.details = details

    def shape(self, request_id: str) -> dict[str, Any]:
        """The JSON that a client gets."""
        shape = {"code": self.code, "message": self.message, "message_en": self.message_en, "request_id": request_id}
        return shape if self.details is None else {**shape, "details": self.details}

    @property
    def headers(self) -> dict[str, str]:
        """Headers that belong to the code: when to try again, how to sign in."""
        if self.code == "not_signed_in":
            return {"WWW-Authenticate": "Bearer"}
        return {"Retry-After": _RETRY[self.code]} if self.code in _RETRY else {}


ERRORS = (
    AssistantError,
    BadReference,
    KeyTaken,
    NotPermitted,
    RecordNotVisible,
    StoreError,
    ToolRefused,
    UndoRefused,
    UnstorableText,
    VersionConflict,
)
"""What the layers below raise for a user or an operator to act on; `problem_of` puts it into our shape."""


def problem_of(error: BaseException) -> Problem:
    """The problem that stands for an error of the layers below."""
    match error:
        case Problem():
            return error
        case AssistantError(code=code):
            return Problem(code if code in PROBLEMS else "internal", error.say)
        case NotPermitted() | UndoRefused():
            return Problem("not_permitted" if isinstance(error, NotPermitted) else "undo_refused", error.reason)
        case ToolRefused(reason=reason):
            return Problem("conflict", reason)
        case BadReference(column=column):
            return Problem("invalid_body", details=[{"field": column, "message": "there is no such record"}])
        case KeyTaken():
            return Problem("conflict")
        case RecordNotVisible():
            return Problem("not_found")
        case VersionConflict():
            return Problem("version_conflict")
        case UnstorableText():
            return Problem("invalid_body", str(error))
        case StoreError():
            return Problem("store_unavailable")
        case _:
            return Problem("internal")


def respond(problem: Problem, request_id: str, headers: Mapping[str, str] | None = None) -> Response:
    """A problem as a response."""
    return Response(
        to_json(problem.shape(request_id)),
        status_code=problem.status,
        media_type="application/json",
        headers={**problem.headers, **(headers or {})},
    )


def install(app: FastAPI) -> None:
    """Make every error that leaves a route a response of our shape."""
    for kind in (Problem, *ERRORS):
        app.add_exception_handler(kind, _known)
    app.add_exception_handler(HTTPException, _of_the_framework)
    app.add_exception_handler(RequestValidationError, _of_parameters)
    app.add_exception_handler(Exception, _unexpected)


async def _known(request: Request, error: Exception) -> Response:
    return counted(request, problem_of(error))


async def _of_the_framework(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    return counted(request, Problem(_BY_STATUS.get(error.status_code, "bad_request")))


async def _of_parameters(request: Request, error: Exception) -> Response:
    assert isinstance(error, RequestValidationError)
    return counted(request, Problem("invalid_body", details=field_problems(error.errors())))


async def _unexpected(request: Request, error: Exception) -> Response:
    """This handler runs outside our middleware, so it adds the headers itself; the framework raises the error again."""
    log.error("unexpected %s", type(error).__name__)
    response = counted(request, Problem("internal"))
    for name, value in security_headers(request.state.request_id):
        response.headers[name.decode()] = value.decode()
    return response


def counted(request: Request, problem: Problem) -> Response:
    """A problem as the response to a request, having counted it."""
    request.app.state.service.metrics.problem(problem.code)
    return respond(problem, request.state.request_id)


def field_problems(errors: Any) -> list[dict[str, str]]:
    """Pydantic's errors without the input, which may be private."""
    return [{"field": ".".join(str(part) for part in e["loc"]), "message": e["msg"]} for e in errors]
