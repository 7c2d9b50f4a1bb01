"""Understanding: what a message wants, about what, how urgent, and where. Pure; data comes from config/."""

from bot.understanding.reader import Reader, load
from bot.understanding.result import Category, Command, Place, Speaker, Understanding

__all__ = ["Category", "Command", "Place", "Reader", "Speaker", "Understanding", "load"]
