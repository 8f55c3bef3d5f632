"""Measures how often the service is right, declines, or is wrong, and proves it case by case."""
