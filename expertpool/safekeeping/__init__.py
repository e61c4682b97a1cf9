"""Nothing is lost (保管): the key and its recovery paper, backups and their proof, restoring, checks."""
