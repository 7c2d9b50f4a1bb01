"""The pages inside WeChat: who is signed in, and what residents and members see and do there by the chat's own handlers."""
