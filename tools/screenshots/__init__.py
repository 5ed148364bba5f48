"""Pictures of the report and the docs, to look at before a release."""
