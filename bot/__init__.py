"""梧桐 Wutong: what residents say, what becomes of it, and who is told."""
