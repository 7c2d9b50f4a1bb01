"""Pure: broadcasts; their texts, occasions, audiences and lives. No database, no framework."""
