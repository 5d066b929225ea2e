"""The ways on which an edition reaches a reader: a file each, found by the registry."""
