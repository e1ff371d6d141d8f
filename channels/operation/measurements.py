"""Measurements for Prometheus."""

from __future__ import annotations

from fastapi import APIRouter, Response
from prometheus_client import CONTENT_TYPE_LATEST

from channels.service import ServiceOf

router = APIRouter(tags=["operation"])


@router.get("/metrics", response_class=Response)
async def metrics(service: ServiceOf) -> Response:
    """Turns by outcome and latency, requests, errors by code."""
    return Response(service.metrics.text(), headers={"Content-Type": CONTENT_TYPE_LATEST})
