"""The HTTP API's contract: its routes, what each takes and gives, and its errors.

`brandlens.api.routes` is the one table of routes. The Chalice app in `functions/api` registers from it,
`infra` makes API Gateway's resources and methods and the groups' rights of it, and `brandlens.api.openapi`
writes it down as `schemas/openapi.json`.
"""
