#!/usr/bin/env bash
# Makes an API with GET /pets in front of a backend, deploys it to the stage dev, and prints its id.
# create-api.sh [--endpoint-url ADDRESS] NAME BACKEND
. "$(dirname "$0")/gateway.sh"
name=$1 backend=$2

read -r api root < <(gateway create-rest-api --name "$name" --endpoint-configuration types=REGIONAL --query '[id, rootResourceId]')
resource=$(gateway create-resource --rest-api-id "$api" --parent-id "$root" --path-part pets --query id)
method=(--rest-api-id "$api" --resource-id "$resource" --http-method GET)
gateway put-method "${method[@]}" --authorization-type NONE > /dev/null
gateway put-integration "${method[@]}" --type HTTP_PROXY --integration-http-method GET --uri "$backend" > /dev/null
gateway create-deployment --rest-api-id "$api" --stage-name dev > /dev/null
echo "$api"
