"""What has been decided is shown: tables, charts, sentences, placeholders. Nothing is decided here."""
