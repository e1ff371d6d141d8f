"""Settings of the process, from `SALES_ASSISTANT_…` variables or a `.env` file; read by entry points only."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

from pydantic import Field, SecretStr
from pydantic_settings import BaseSettings, SettingsConfigDict


class Settings(BaseSettings):
    """Every setting has a default that works on one laptop."""

    model_config = SettingsConfigDict(env_prefix="SALES_ASSISTANT_", env_file=".env", extra="ignore")

    database_url: str = Field(default="sqlite:///var/sales-assistant.db", description="SQLAlchemy URL of the store")
    planner: Literal["embedded", "llm", "auto"] = Field(default="auto", description="who plans a turn")
    host: str = Field(default="127.0.0.1", description="address the service listens on")
    port: int = Field(default=8000, ge=0, le=65535, description="port the service listens on; 0 picks a free one")
    secret_file: Path = Field(default=Path("var/secret"), description="file with the signing key; made when absent")
    session_hours: int = Field(default=24 * 14, ge=1, description="how long a sign-in lasts, in hours")
    max_message_chars: int = Field(default=20_000, ge=100, description="longest text message, in characters")
    reminder_seconds: float = Field(default=15.0, gt=0, description="how often due tasks are looked for, in seconds")
    collateral_folder: Path | None = Field(default=None, description="folder whose documents are kept up with")
    collateral_seconds: float = Field(default=30.0, gt=0, description="how often that folder is looked at, in seconds")
    llm_base_url: str | None = Field(default=None, description="OpenAI-compatible endpoint")
    llm_api_key: SecretStr | None = Field(default=None, description="key of the endpoint")
    llm_model: str | None = Field(default=None, description="model name at the endpoint")
    models: Path | None = Field(default=None, description="folder of speech weights; default below the user's cache")
    speech_engine: Literal["auto", "faster-whisper", "openai-whisper", "endpoint", "none"] = Field(
        default="auto", description="what makes text of speech; auto: the first that is installed"
    )
    speech_model: str = Field(default="whisper-base", description="name or folder of the speech model")
    speech_language: str = Field(default="zh", description="language spoken (ISO 639-1); empty: found out each time")
    speech_beam: int = Field(default=5, ge=1, le=20, description="beam width of the recogniser")
    speech_threads: int = Field(default=2, ge=1, description="threads of the recogniser")
    speech_base_url: str | None = Field(default=None, description="OpenAI-compatible endpoint for speech")
    speech_api_key: SecretStr | None = Field(default=None, description="key of that endpoint")
