"""What contains SQL; rows stop here, values leave."""
