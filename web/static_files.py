"""Serves the built style sheets, scripts and the icon from memory, under names made of their content."""

import json
from collections.abc import Mapping
from functools import cache
from pathlib import Path

from flask import Flask, Response, abort

HERE = Path(__file__).resolve().parent
PLACES = (HERE / "static", HERE.parent / "static" / "built")  # an installed package first, then a checkout
TYPES = {
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".png": "image/png",
}


class StaticFilesMissingError(Exception):
    """The built files are not where either an installation or a checkout keeps them."""


@cache
def built_folder() -> Path:
    """The folder that holds ``manifest.json`` and what it names."""
    for place in PLACES:
        if (place / "manifest.json").is_file():
            return place
    raise StaticFilesMissingError("The built style sheets are missing: run static/build.sh")


@cache
def manifest() -> Mapping[str, str]:
    """Plain name to content-hashed name, as the build wrote it."""
    names = json.loads((built_folder() / "manifest.json").read_text("utf-8"))
    return {str(plain): str(hashed) for plain, hashed in names.items()}


def asset(name: str) -> str:
    """The path of a built file on this host, for instance ``asset("public.css")``."""
    return f"/static/{manifest()[name]}"


def serve_static_files(app: Flask) -> None:
    """Answer ``/static/<hashed name>``, and nothing else below it.

    A name changes with its content, so a browser keeps it for a year and never asks again: an ETag or a date
    would be a mark by which a returning visitor is known.
    """
    held = {
        hashed: (TYPES[Path(hashed).suffix], (built_folder() / hashed).read_bytes()) for hashed in manifest().values()
    }

    def static_file(name: str) -> Response:
        if name not in held:
            abort(404)
        content_type, content = held[name]
        response = Response(content, content_type=content_type)
        response.headers["Cache-Control"] = "public, max-age=31536000, immutable"
        return response

    app.add_url_rule("/static/<name>", "static", static_file, methods=["GET"])
    app.jinja_env.globals["asset"] = asset
