"""Settings from the environment, read once at start; the only reader of it."""

from __future__ import annotations

from pathlib import Path

from pydantic import Field, ValidationError
from pydantic_settings import BaseSettings, SettingsConfigDict

from qa_service.errors import SettingError

PREFIX = "BUDGET_QA_"


class Settings(BaseSettings):
    """All settings; each is the environment variable `BUDGET_QA_` and its name in capitals."""

    model_config = SettingsConfigDict(env_prefix=PREFIX, extra="forbid", frozen=True)

    index_dir: Path = Field(Path("var/index"), description="Folder of the index.")
    encoder: str | None = Field(
        None,
        description="Name or path of a sentence-transformers model; the shipped one by default.",
    )
    host: str = Field("127.0.0.1", description="Address that the service listens on.")
    port: int = Field(8000, ge=1, le=65535, description="Port that the service listens on.")
    public_url: str = Field(
        "", description="Address before the links of citations; none by default."
    )
    log_level: str = Field(
        "info", pattern="^(debug|info|warning|error)$", description="Least level logged."
    )


def load_settings() -> Settings:
    """The settings of this process. Raises SettingError that names the first bad one."""
    try:
        return Settings()
    except ValidationError as problem:
        first = problem.errors()[0]
        name = PREFIX + str(first["loc"][0]).upper()
        raise SettingError(
            f"设置 {name} 的值 {first.get('input')!r} 不能用：{first['msg']}"
        ) from problem
