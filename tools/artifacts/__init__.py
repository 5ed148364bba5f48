"""What a build leaves behind: the manifest that dbt wrote and the tables."""
