"""Keeping the data safe (保管): the key and its recovery paper, backups and trial restores, restoring, checks."""
