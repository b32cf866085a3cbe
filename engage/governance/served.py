"""What does the area that is being served say in its area.yaml, as the file stands now?"""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

from django.conf import settings

from engage.store.area import open_area


def area_settings() -> Mapping[str, Any]:
    """Everything in the file; nothing where no area is served. Raises AreaSettingsWrong."""
    file = Path(settings.ENGAGE_AREA) / "area.yaml" if settings.ENGAGE_AREA else None
    return _settings(file, file.stat().st_mtime_ns) if file is not None and file.is_file() else {}


@lru_cache(maxsize=4)
def _settings(file: Path, _changed: int) -> Mapping[str, Any]:
    return open_area(file.parent).settings
