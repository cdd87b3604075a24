#!/usr/bin/env python3
from gateway import start

client, given = start("Gives a consumer a key under a usage plan for one stage, and prints its value.", "api", "stage", "consumer")
plan = client.create_usage_plan(
    name=given.consumer,
    apiStages=[{"apiId": given.api, "stage": given.stage}],
    throttle={"rateLimit": 10, "burstLimit": 20},
    quota={"limit": 1000, "period": "DAY"},
)
key = client.create_api_key(name=given.consumer, enabled=True)
client.create_usage_plan_key(usagePlanId=plan["id"], keyId=key["id"], keyType="API_KEY")
print(key["value"])
