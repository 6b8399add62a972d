"""Credentials that makers carry in; whether they hold, and what they open where, out.

Open Badges 3.0 on the Verifiable Credentials Data Model 2.0, signed with keys of hubs from the registry.
"""
