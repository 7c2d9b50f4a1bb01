"""The SMS providers and the robots of WeCom groups: what they take, refuse, know and report."""
