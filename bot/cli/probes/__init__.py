"""What `setup` and `doctor` ask of the world outside this host."""
