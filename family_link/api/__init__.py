"""The mini-program's API: flask-smorest, described at /api/openapi.json."""
