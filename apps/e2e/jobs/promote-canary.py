#!/usr/bin/env python3
from gateway import start

client, given = start("Gives all traffic of a stage to its canary, variables included, and ends the canary.", "api", "stage")
stage = client.update_stage(
    restApiId=given.api,
    stageName=given.stage,
    patchOperations=[
        {"op": "copy", "from": "/canarySettings/stageVariableOverrides", "path": "/variables"},
        {"op": "copy", "from": "/canarySettings/deploymentId", "path": "/deploymentId"},
        {"op": "remove", "path": "/canarySettings"},
    ],
)
print(stage["deploymentId"])
