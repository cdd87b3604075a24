#!/usr/bin/env python3
from gateway import start

client, given = start("Ends the canary of a stage: all traffic goes to what the stage served before.", "api", "stage")
remove = {"op": "remove", "path": "/canarySettings"}
print(client.update_stage(restApiId=given.api, stageName=given.stage, patchOperations=[remove])["deploymentId"])
