"""The register of persons (专家): roles and terms, employers, fields, interests; search and lists."""
