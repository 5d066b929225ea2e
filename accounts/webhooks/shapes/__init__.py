"""What the body of a webhook looks like: a file each, found by the registry."""
