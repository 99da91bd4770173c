"""DynamoDB, and nothing else, lives here."""
