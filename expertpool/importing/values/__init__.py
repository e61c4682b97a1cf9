"""Reads single cells by subject: names, dates, numbers, phones, titles, terms. Pure functions without table or
file."""
