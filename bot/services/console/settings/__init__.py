"""设置 at the console: what an administrator may change, how it is changed, and what it was before."""
