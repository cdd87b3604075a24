#!/usr/bin/env python3
from pathlib import Path

from gateway import start

client, given = start("Writes what a stage serves as OpenAPI 3.0 with all of Amazon's extensions.", "api", "stage", "file")
export = client.get_export(
    restApiId=given.api, stageName=given.stage, exportType="oas30", parameters={"extensions": "apigateway"}
)
Path(given.file).write_bytes(export["body"].read())
