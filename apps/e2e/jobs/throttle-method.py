#!/usr/bin/env python3
from gateway import replace, start

client, given = start("Throttles one method of a stage.", "api", "stage", "path", "verb", "rate", "burst")
# In the path of a patch ~ is ~0 and / is ~1.
path = given.path.replace("~", "~0").replace("/", "~1")
client.update_stage(
    restApiId=given.api,
    stageName=given.stage,
    patchOperations=[
        replace(f"/{path}/{given.verb}/throttling/rateLimit", given.rate),
        replace(f"/{path}/{given.verb}/throttling/burstLimit", given.burst),
    ],
)
