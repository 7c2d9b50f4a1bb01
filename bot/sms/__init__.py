"""Short messages as they are read and counted; pure."""
