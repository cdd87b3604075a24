#!/usr/bin/env python3
from gateway import replace, start

client, given = start("Points a stage to a deployment that it served before.", "api", "stage", "deployment")
stage = client.update_stage(
    restApiId=given.api, stageName=given.stage, patchOperations=[replace("/deploymentId", given.deployment)]
)
print(stage["deploymentId"])
