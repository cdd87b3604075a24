#!/usr/bin/env bash
# Deploys an API to a stage, which is made where it is missing, and prints the deployment's id.
# deploy.sh [--endpoint-url ADDRESS] API STAGE DESCRIPTION
. "$(dirname "$0")/gateway.sh"

gateway create-deployment --rest-api-id "$1" --stage-name "$2" --description "$3" --query id
