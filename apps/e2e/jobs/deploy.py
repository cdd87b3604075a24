#!/usr/bin/env python3
from gateway import start

client, given = start("Deploys an API to a stage, which is made where it is missing.", "api", "stage", "description")
print(client.create_deployment(restApiId=given.api, stageName=given.stage, description=given.description)["id"])
