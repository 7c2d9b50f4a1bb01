"""The console's page of broadcasts: what is listed, written, looked at before and after. The rules are `bot.services.broadcasts`'s."""
