"""The service for other programs: probes, metrics and the JSON API."""
