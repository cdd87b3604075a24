#!/usr/bin/env python3
from pathlib import Path

from gateway import replace, resource_of, start

client, given = start("Has a method refuse bodies that do not fit a JSON schema.", "api", "path", "verb", "model", "schema")
client.create_model(
    restApiId=given.api, name=given.model, contentType="application/json", schema=Path(given.schema).read_text()
)
validator = client.create_request_validator(restApiId=given.api, name=f"body of {given.model}", validateRequestBody=True)
client.update_method(
    restApiId=given.api,
    resourceId=resource_of(client, given.api, given.path),
    httpMethod=given.verb,
    patchOperations=[
        {"op": "add", "path": "/requestModels/application~1json", "value": given.model},
        replace("/requestValidatorId", validator["id"]),
    ],
)
