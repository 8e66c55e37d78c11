"""The article's Flask service: what bench/peers/go is, in Python. gunicorn serves it, as `service:app`."""

from __future__ import annotations

from flask import Flask, Response, jsonify, request

app = Flask(__name__)


def problem_of(location: object) -> str | None:
    if not isinstance(location, dict):
        return "a location is a JSON object"
    entity = location.get("id")
    if not isinstance(entity, str) or not 1 <= len(entity) <= 128:
        return "id takes 1 to 128 characters"
    for name, most in (("lat", 90), ("lon", 180)):
        value = location.get(name)
        if isinstance(value, bool) or not isinstance(value, (int, float)) or not abs(value) <= most:
            return f"{name} takes a number from {-most} to {most}"
    return None


@app.post("/match")
def match() -> tuple[Response, int]:
    location = request.get_json()
    problem = problem_of(location)
    if problem is not None:
        return jsonify(error=problem), 422
    return jsonify(id=location["id"], status="accepted"), 200
