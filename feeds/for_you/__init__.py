"""Papers in the order of one reader's taste, which is learned from what they said of others."""
