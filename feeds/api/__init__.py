"""The JSON API, version 1: docs/api.md tells of it, /api/v1/schema describes it."""
