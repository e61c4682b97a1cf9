"""The docket (案件): case numbers, procedures, parties and agents, patents, chains of cases (案件链)."""
