"""The answer book at the console: its entries, their changes, and questions that it does not answer."""
