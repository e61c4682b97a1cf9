"""The register of persons (专家): roles and terms, employers, interests; search and lists, duplicates, merging."""
