"""連署 Lianshu: the audit kit, a second implementation of the record's verification in plain Python.

Written from the public formats (c2sp.org, RFC 6962, RFC 8032, RFC 8785, FIPS 204) and the project's trust document,
with the standard library only and no code of the first implementation, so that the agreement of the two means
something. Where a format leaves a choice, README.md says which one was made.
"""
