#!/usr/bin/env python3
from gateway import start

client, given = start("Makes an API with GET /pets in front of a backend, deploys it to dev, and prints its id.", "name", "backend")
api = client.create_rest_api(name=given.name, endpointConfiguration={"types": ["REGIONAL"]})
resource = client.create_resource(restApiId=api["id"], parentId=api["rootResourceId"], pathPart="pets")
method = {"restApiId": api["id"], "resourceId": resource["id"], "httpMethod": "GET"}
client.put_method(**method, authorizationType="NONE")
client.put_integration(**method, type="HTTP_PROXY", integrationHttpMethod="GET", uri=given.backend)
client.create_deployment(restApiId=api["id"], stageName="dev")
print(api["id"])
