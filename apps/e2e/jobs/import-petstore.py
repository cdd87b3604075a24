#!/usr/bin/env python3
from pathlib import Path

from gateway import start

client, given = start("Makes an API of an OpenAPI or Swagger document, JSON or YAML, and prints its id.", "document")
api = client.import_rest_api(
    parameters={"endpointConfigurationTypes": "REGIONAL"}, body=Path(given.document).read_bytes()
)
print(api["id"])
