"""What turns text into text and needs nothing else."""
