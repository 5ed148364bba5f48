"""A small simulator of a Gladly tenant that writes raw extracts and their truth.

Modules and packages:

``tenant``          what happens in a company, and when, by subject
``state``           the company at a moment, by subject
``extracts``        writers, one per family of extract, and capture plans
``oddities``        damage and drift applied to files already written
``truth``           the answers a correct build must give, by table
``random_tenant``   a plausible tenant from three numbers
``scenes``          what such a tenant can play besides, for what goes wrong in extracts
``bulk``            very large landings for benchmarks
``stories``         the scenario book
"""
