"""What a handler may ask of the service and do through it: one small protocol for each subject.

The implementations stand in `bot.services.context`. All of them work in the message's own transaction; a refusal is an
exception of `bot.errors` that carries the key of its sentence.
"""
