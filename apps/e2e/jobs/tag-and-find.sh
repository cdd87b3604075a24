#!/usr/bin/env bash
# Tags an API, then prints the ids of all APIs that have the tag.
# tag-and-find.sh [--endpoint-url ADDRESS] API NAME VALUE
. "$(dirname "$0")/gateway.sh"

gateway tag-resource --resource-arn "arn:aws:apigateway:$AWS_DEFAULT_REGION::/restapis/$1" --tags "$2=$3"
gateway get-rest-apis --query "items[?tags.\"$2\" == '$3'].[id]"
