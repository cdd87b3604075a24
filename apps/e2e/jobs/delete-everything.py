#!/usr/bin/env python3
from gateway import start

client, _ = start("Deletes all domain names, usage plans, API keys and APIs of the account, in an order in which nothing is in use.")


def every(operation):
    for page in client.get_paginator(operation).paginate():
        yield from page["items"]


for domain in list(every("get_domain_names")):
    for mapping in list(client.get_base_path_mappings(domainName=domain["domainName"], limit=500).get("items", [])):
        client.delete_base_path_mapping(domainName=domain["domainName"], basePath=mapping["basePath"])
    client.delete_domain_name(domainName=domain["domainName"])
for plan in list(every("get_usage_plans")):
    stages = [f"{stage['apiId']}:{stage['stage']}" for stage in plan["apiStages"]]
    removals = [{"op": "remove", "path": "/apiStages", "value": stage} for stage in stages]
    client.update_usage_plan(usagePlanId=plan["id"], patchOperations=removals)
    client.delete_usage_plan(usagePlanId=plan["id"])
for key in list(every("get_api_keys")):
    client.delete_api_key(apiKey=key["id"])
for api in list(every("get_rest_apis")):
    client.delete_rest_api(restApiId=api["id"])
