"""Events told to other programs: found, written into a ledger, signed, sent."""
