#!/usr/bin/env python3
from gateway import resource_of, start

client, given = start("Lets pages of an origin use a resource: OPTIONS is answered by a mock.", "api", "path", "origin")
resource = resource_of(client, given.api, given.path)
method = {"restApiId": given.api, "resourceId": resource, "httpMethod": "OPTIONS"}
headers = {
    "method.response.header.Access-Control-Allow-Origin": f"'{given.origin}'",
    "method.response.header.Access-Control-Allow-Methods": "'GET,POST,OPTIONS'",
    "method.response.header.Access-Control-Allow-Headers": "'Content-Type,X-Api-Key'",
}
client.put_method(**method, authorizationType="NONE")
client.put_method_response(**method, statusCode="200", responseParameters={name: False for name in headers})
client.put_integration(**method, type="MOCK", requestTemplates={"application/json": '{"statusCode": 200}'})
client.put_integration_response(**method, statusCode="200", responseParameters=headers)
