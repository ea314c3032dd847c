"""What the business talks about: cases, specialists, accounts, credentials, authority, calendars and rules."""
