"""The docket (案件): case numbers, procedures, parties and agents, patents, lineage (案件链)."""
