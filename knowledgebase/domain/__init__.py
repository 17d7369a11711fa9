"""What would still be true without computers: the values of the exchange and its errors."""
