#!/usr/bin/env bash
# Gives a consumer a key under a usage plan for one stage of an API, and prints the key's value.
# add-key.sh [--endpoint-url ADDRESS] API STAGE CONSUMER
. "$(dirname "$0")/gateway.sh"
api=$1 stage=$2 consumer=$3

plan=$(gateway create-usage-plan --name "$consumer" --api-stages "apiId=$api,stage=$stage" \
  --throttle rateLimit=10,burstLimit=20 --quota limit=1000,period=DAY --query id)
read -r key value < <(gateway create-api-key --name "$consumer" --enabled --query '[id, value]')
gateway create-usage-plan-key --usage-plan-id "$plan" --key-id "$key" --key-type API_KEY > /dev/null
echo "$value"
