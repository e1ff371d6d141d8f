"""Headers that every response carries: the request's id and what a browser must not do with the page."""

from __future__ import annotations

Headers = list[tuple[bytes, bytes]]

# No inline script or style anywhere: what a page needs comes from its own files.
CONTENT_SECURITY_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
    "connect-src 'self'; media-src 'self' blob:; manifest-src 'self'; "
    "base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
)
_FIXED: Headers = [
    (b"content-security-policy", CONTENT_SECURITY_POLICY.encode()),
    (b"x-content-type-options", b"nosniff"),
    (b"x-frame-options", b"DENY"),
    (b"referrer-policy", b"no-referrer"),
    (b"cross-origin-opener-policy", b"same-origin"),
    (b"cross-origin-resource-policy", b"same-origin"),
    (b"permissions-policy", b"camera=(), geolocation=(), microphone=(self)"),
]


def security_headers(request_id: str) -> Headers:
    """The headers as ASGI wants them."""
    return [*_FIXED, (b"x-request-id", request_id.encode())]
