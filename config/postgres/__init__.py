"""PostgreSQL as Django's `ENGINE`, by a pool that expects it to be away now and then."""
