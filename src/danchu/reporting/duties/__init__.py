"""The ledger of duties: what the law asks of a unit, what records show of it, what comes next."""
