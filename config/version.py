"""The version of the application: that of pyproject.toml, which an image need not hold."""

VERSION = "0.1.0"
