#!/usr/bin/env python3
from gateway import replace, start

client, given = start("Sets a variable of a stage; what the stage serves stays what it is.", "api", "stage", "name", "value")
variable = replace(f"/variables/{given.name}", given.value)
stage = client.update_stage(restApiId=given.api, stageName=given.stage, patchOperations=[variable])
print(stage["variables"][given.name])
