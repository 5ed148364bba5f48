"""The docs site: pages made of the manifest, the catalog and the built tables."""
