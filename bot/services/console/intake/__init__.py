"""登记: orders that staff enter for walk-ins and callers, one by a form or many from a file of the hotline."""
