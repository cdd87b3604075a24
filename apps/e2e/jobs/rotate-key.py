#!/usr/bin/env python3
from gateway import replace, start

client, given = start(
    "Replaces a key by a new one of the same name in the same usage plans, disables the old one, and prints the new one's value.", "key"
)
old = client.get_api_key(apiKey=given.key)
new = client.create_api_key(name=old["name"], enabled=True)
for page in client.get_paginator("get_usage_plans").paginate(keyId=given.key):
    for plan in page["items"]:
        client.create_usage_plan_key(usagePlanId=plan["id"], keyId=new["id"], keyType="API_KEY")
client.update_api_key(apiKey=given.key, patchOperations=[replace("/enabled", "false")])
print(new["value"])
