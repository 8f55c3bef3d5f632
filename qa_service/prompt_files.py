"""The texts of `prompts/` that people edit: the only importer of yaml."""

from __future__ import annotations

from importlib import resources
from typing import Any

import yaml

from qa_service.errors import SettingError

# libyaml reads the same twenty times faster, where PyYAML was built with it.
_Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def read_prompt(name: str) -> Any:
    """What a YAML file of `prompts/` holds. Raises SettingError that names the file."""
    text = resources.files("prompts").joinpath(name).read_text("utf-8")
    try:
        return yaml.load(text, Loader=_Loader)
    except yaml.YAMLError as problem:
        raise SettingError(f"prompts/{name} 不是有效的 YAML：{problem}") from problem
