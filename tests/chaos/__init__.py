"""Kills during writes, with a ledger of what was acknowledged and a judge that counts what was lost."""
