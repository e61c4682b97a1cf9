"""What the sample spreadsheets say: invented people, cases and declarations."""
