"""The talk table: what somebody says in a place of a conversation, and what must be true afterwards."""
