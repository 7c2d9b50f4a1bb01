"""What the pages for people have in common, at the console and inside WeChat: headers, forms, addresses to go on to."""
