"""Settings from the environment, read once at start; the only reader of it."""

from __future__ import annotations

from pathlib import Path

from pydantic import Field, ValidationError, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from qa_service.errors import SettingError

PREFIX = "BUDGET_QA_"


class Settings(BaseSettings):
    """All settings; each is the environment variable `BUDGET_QA_` and its name in capitals."""

    model_config = SettingsConfigDict(env_prefix=PREFIX, extra="forbid", frozen=True)

    index_dir: Path = Field(Path("var/index"), description="放索引的文件夹")
    encoder: str | None = Field(
        None,
        description="sentence-transformers 模型的名称或文件夹，不设则用自带的",
    )
    host: str = Field("127.0.0.1", description="监听的地址，如 127.0.0.1")
    port: int = Field(8000, ge=1, le=65535, description="1 到 65535 的端口号")
    log_level: str = Field(
        "info",
        pattern="^(debug|info|warning|error)$",
        description="debug、info、warning、error 之一",
    )

    @field_validator("index_dir", mode="before")
    @classmethod
    def _folder(cls, value: object) -> object:
        if not str(value).strip() or (Path(str(value)).exists() and not Path(str(value)).is_dir()):
            raise ValueError(value)
        return value


def load_settings() -> Settings:
    """The settings of this process. Raises SettingError that names the first bad one."""
    try:
        return Settings()
    except ValidationError as problem:
        first = problem.errors()[0]
        field = str(first["loc"][0])
        name = PREFIX + field.upper()
        expected = Settings.model_fields[field].description
        raise SettingError(
            f"设置 {name} 的值 {first.get('input')!r} 不能用，应为：{expected}"
        ) from problem
