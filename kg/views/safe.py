"""Text from data made fit for a page: inert JSON, steering characters written out, a strict policy."""

from __future__ import annotations

import base64
import hashlib
import json
import re
from dataclasses import fields, is_dataclass
from typing import Any
from urllib.parse import urlsplit

from markupsafe import Markup

from kg.output.text import STEERING, bracketed


def link(url: str) -> str:
    """The address if it is a whole one by http or https, else nothing."""
    if STEERING.search(url) or re.search(r"\s", url):
        return ""
    try:
        parts = urlsplit(url)
    except ValueError:
        return ""
    return url if parts.scheme in ("http", "https") and parts.netloc else ""


def plain(thing: Any) -> Any:
    """Records as dicts without their empty fields, tuples as lists, nothing in a text that steers.

    A field is called as its metadata say under ``on_page``, else by its name.
    """
    if isinstance(thing, str):
        return bracketed(thing)
    if is_dataclass(thing) and not isinstance(thing, type):
        pairs = (
            (field.metadata.get("on_page", field.name), getattr(thing, field.name))
            for field in fields(thing)
        )
        return {name: plain(value) for name, value in pairs if value not in ("", (), None)}
    if isinstance(thing, dict):
        return {bracketed(str(key)): plain(value) for key, value in thing.items()}
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
