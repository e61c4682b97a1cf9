"""Migrations, one file for each structure revision."""
