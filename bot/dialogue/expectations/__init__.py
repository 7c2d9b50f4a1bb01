"""Everything that we wait for from a person: a question asked, an invitation, a confirmation, an approval, a reminder, a relayed message.

`question` is what the bot asked last; `waiting` is what waits in the database. Each kind has a file: how an answer is
recognised, what it does, and when there is no answer in the words (None).
"""
