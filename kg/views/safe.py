"""Text from data made fit for a page: inert JSON, visible control characters, a strict policy."""

from __future__ import annotations

import base64
import hashlib
import json
import re
from dataclasses import fields, is_dataclass
from typing import Any
from urllib.parse import urlsplit

from markupsafe import Markup

# what turns the reading direction, hides or ends text: shown as its number instead of obeyed
_UNSEEN = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u061c\u200b\u200e\u200f\u2028\u2029"
    "\u202a-\u202e\u2060\u2066-\u2069\ufeff\ud800-\udfff]"
)


def visible(text: str) -> str:
    """The text with every control, bidi and half character shown as ``[U+202E]``."""
    return _UNSEEN.sub(lambda found: f"[U+{ord(found[0]):04X}]", text)


def link(url: str) -> str:
    """The address if it is a whole one by http or https, else nothing."""
    if _UNSEEN.search(url) or re.search(r"\s", url):
        return ""
    try:
        parts = urlsplit(url)
    except ValueError:
        return ""
    return url if parts.scheme in ("http", "https") and parts.netloc else ""


def plain(thing: Any) -> Any:
    """Records as dicts without their empty fields, tuples as lists, every text made visible."""
    if isinstance(thing, str):
        return visible(thing)
    if is_dataclass(thing) and not isinstance(thing, type):
        pairs = ((field.name, getattr(thing, field.name)) for field in fields(thing))
        return {name: plain(value) for name, value in pairs if value not in ("", (), None)}
    if isinstance(thing, dict):
        return {visible(str(key)): plain(value) for key, value in thing.items()}
    if isinstance(thing, (list, tuple)):
        return [plain(item) for item in thing]
    return thing


def island(data: Any) -> Markup:
    """JSON for a ``<script type="application/json">``, which no text in it can close or leave."""
    text = json.dumps(data, ensure_ascii=True, separators=(",", ":"), allow_nan=False)
    for sign in "<>&":
        text = text.replace(sign, f"\\u{ord(sign):04x}")
    return Markup(text)


def script(text: str) -> Markup:
    """Our own or vis's code as the inside of a ``<script>``, which no string in it can end."""
    text = re.sub(r"<(/?script|!--)", r"\\x3c\1", text, flags=re.IGNORECASE)
    return Markup(text)


def digest(text: str) -> str:
    """The source expression that lets a policy allow exactly this inline code."""
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"


def policy(scripts: list[str], style: str) -> str:
    """A content security policy: these scripts, this style, and nothing from anywhere."""
    return "; ".join(
        (
            "default-src 'none'",
            f"script-src {' '.join(map(digest, scripts))}",
            f"style-src {digest(style)}",
            "img-src data: blob:",
            "require-trusted-types-for 'script'",
            "trusted-types 'none'",
            "base-uri 'none'",
            "form-action 'none'",
        )
    )
