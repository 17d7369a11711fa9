"""What turns untrusted input into a domain value or a refusal that names every fault."""
