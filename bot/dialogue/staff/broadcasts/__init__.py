"""Broadcasts in the chat of staff: written step by step, approved by somebody else, watched by their author."""
