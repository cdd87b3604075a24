# What the other scripts share: `gateway` is the AWS CLI in front of Gatehouse. Its address is in AWS_ENDPOINT_URL_API_GATEWAY (which newer
# CLIs read themselves) or in the first arguments, --endpoint-url ADDRESS. Works with version 1 and 2.
set -euo pipefail
if [ "${1:-}" = --endpoint-url ]; then
  export AWS_ENDPOINT_URL_API_GATEWAY=$2
  shift 2
fi
export AWS_DEFAULT_REGION=${AWS_DEFAULT_REGION:-us-east-1} AWS_PAGER=

gateway() {
  aws apigateway --output text --endpoint-url "${AWS_ENDPOINT_URL_API_GATEWAY:?names no address}" "$@"
}

# Version 2 wants fileb:// for what it sends as it is, version 1 takes either.
document() {
  printf 'fileb://%s' "$1"
}
