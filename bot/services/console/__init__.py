"""What people who are signed in at the console do: the same handlers and rules as in the chat, with the same words."""
