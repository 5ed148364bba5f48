"""A small simulator of a Gladly tenant that writes raw extracts and their truth.

Modules
-------
``tenant``          the world: what happens, and when
``state``           what the world looks like at a moment
``extracts``        writers, one per family of extract, and capture plans
``oddities``        damage and drift applied to files already written
``truth``           the answers a correct build must give
``random_tenant``   a plausible tenant from three numbers
``bulk``            very large landings for benchmarks
``stories``         the scenario book
"""
