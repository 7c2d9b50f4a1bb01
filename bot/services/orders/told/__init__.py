"""What further words tell about an order, and what of it they put right."""
