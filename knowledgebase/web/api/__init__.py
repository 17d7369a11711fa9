"""The exchange for programs: searches, cases and cities as JSON."""
