#!/usr/bin/env bash
# Ends the canary of a stage: all traffic goes to what the stage served before.
# remove-canary.sh [--endpoint-url ADDRESS] API STAGE
. "$(dirname "$0")/gateway.sh"

gateway update-stage --rest-api-id "$1" --stage-name "$2" --query deploymentId --patch-operations op=remove,path=/canarySettings
