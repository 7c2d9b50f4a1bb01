"""People of the roster at the console: who is listed for whom, and what an administrator does to them."""
