"""What someone can do; opens the transaction and checks rights."""
