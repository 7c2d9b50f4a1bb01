"""Understanding: what a message wants, about what, how urgent, and where. Pure; data comes from config/."""

from bot.understanding.meaning import Category, Command, Place, Speaker, Understanding
from bot.understanding.reader import Reader, load

__all__ = ["Category", "Command", "Place", "Reader", "Speaker", "Understanding", "load"]
