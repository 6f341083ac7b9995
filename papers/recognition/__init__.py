"""Which papers an address or a text names, by the table that the browser extension reads too: extension/rules.json."""
