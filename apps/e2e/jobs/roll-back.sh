#!/usr/bin/env bash
# Points a stage to a deployment that it served before, and prints what it serves then.
# roll-back.sh [--endpoint-url ADDRESS] API STAGE DEPLOYMENT
. "$(dirname "$0")/gateway.sh"

gateway update-stage --rest-api-id "$1" --stage-name "$2" --query deploymentId \
  --patch-operations "op=replace,path=/deploymentId,value=$3"
