"""Settings from the environment, read once at start; the only reader of it."""

from __future__ import annotations

import re
from ipaddress import IPv4Network, IPv6Network, ip_network
from pathlib import Path
from typing import Annotated

from pydantic import Field, ValidationError, field_validator
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

from qa_service.errors import SettingError

PREFIX = "BUDGET_QA_"
LIMIT = 120
"""Requests a minute from one address where no limit is set."""

Network = IPv4Network | IPv6Network
_ORIGIN = re.compile(r"\*|https?://[^/\s,?#*@]+")


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

    allowed_origins: Annotated[tuple[str, ...], NoDecode] = Field(
        (),
        description="可以嵌入问答窗口的网站，如 https://www.example.gov.cn，用逗号隔开；* 为任何",
    )
    rate_limit: int | None = Field(
        None, ge=0, le=1_000_000, description="每个地址每分钟最多多少次请求，0 为不限"
    )
    """None: `LIMIT` for all but this machine itself, which asks when it measures the service."""
    trusted_proxies: Annotated[tuple[Network, ...], NoDecode] = Field(
        (),
        description="可信的反向代理的地址或网段，如 10.0.0.0/8，多个用逗号隔开",
    )
    feedback_file: Path = Field(Path("var/feedback.jsonl"), description="存放评价的文件")

    def is_given(self, field: str) -> bool:
        """Whether the field was set, and is not the default."""
        return field in self.model_fields_set

    @field_validator("allowed_origins", mode="before")
    @classmethod
    def _origins(cls, value: object) -> object:
        found = tuple(origin.rstrip("/").lower() for origin in _listed(value))
        if not all(_ORIGIN.fullmatch(origin) for origin in found):
            raise ValueError(value)
        return found

    @field_validator("trusted_proxies", mode="before")
    @classmethod
    def _networks(cls, value: object) -> object:
        return tuple(ip_network(network, strict=False) for network in _listed(value))

    @field_validator("feedback_file", mode="before")
    @classmethod
    def _file(cls, value: object) -> object:
        if not str(value).strip() or Path(str(value)).is_dir():
            raise ValueError(value)
        return value

    @field_validator("index_dir", mode="before")
    @classmethod
    def _folder(cls, value: object) -> object:
        if not str(value).strip() or (Path(str(value)).exists() and not Path(str(value)).is_dir()):
            raise ValueError(value)
        return value


def _listed(value: object) -> tuple[str, ...]:
    """The parts of a setting that lists several, separated by commas."""
    parts = value.split(",") if isinstance(value, str) else value
    if not isinstance(parts, list | tuple):
        raise ValueError(value)  # noqa: TRY004
    return tuple(text for part in parts if (text := str(part).strip()))


def cannot_be_used(field: str, value: object, why: str) -> SettingError:
    """The error that names a setting whose value is found to be no good when it is used."""
    expected = Settings.model_fields[field].description
    name = PREFIX + field.upper()
    return SettingError(f"设置 {name} 的值 {str(value)!r} 不能用，应为：{expected}。{why}")


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
