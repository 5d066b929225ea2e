"""Our settings, with `benchmarks.bare` in place of our addresses."""

from config.settings import *  # noqa: F403

ROOT_URLCONF = "benchmarks.bare"
