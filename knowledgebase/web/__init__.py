"""What knows HTTP, sessions, templates and translation."""
