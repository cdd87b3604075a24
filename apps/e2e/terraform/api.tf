resource "aws_api_gateway_rest_api" "pets" {
  name                         = "pets-${local.word}"
  description                  = "The ${local.word} API"
  api_key_source               = var.changed ? "AUTHORIZER" : "HEADER"
  binary_media_types           = var.changed ? ["image/png", "application/octet-stream"] : ["image/gif", "image/png"]
  minimum_compression_size     = var.changed ? 0 : 1024
  disable_execute_api_endpoint = var.changed
  tags                         = local.tags

  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Principal = "*"
      Action    = "execute-api:Invoke"
      Resource  = var.changed ? "execute-api:/*/GET/*" : "execute-api:/*"
    }]
  })

  endpoint_configuration {
    types           = [var.changed ? "REGIONAL" : "EDGE"]
    ip_address_type = var.changed ? "dualstack" : "ipv4"
  }
}

resource "aws_api_gateway_rest_api" "guarded" {
  name = "guarded"

  endpoint_configuration {
    types = ["REGIONAL"]
  }
}

resource "aws_api_gateway_rest_api_policy" "guarded" {
  rest_api_id = aws_api_gateway_rest_api.guarded.id

  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = var.changed ? "Deny" : "Allow"
      Principal = "*"
      Action    = "execute-api:Invoke"
      Resource  = "*"
    }]
  })
}

resource "aws_api_gateway_method" "guarded" {
  rest_api_id   = aws_api_gateway_rest_api.guarded.id
  resource_id   = aws_api_gateway_rest_api.guarded.root_resource_id
  http_method   = var.changed ? "ANY" : "GET"
  authorization = "NONE"
}

# Replaced by the change, as some of its arguments cannot be changed in place. No deployment depends on it: one that is created before it is
# destroyed would have its integrations created before they are destroyed, too, which destroys both.
resource "aws_api_gateway_integration" "guarded" {
  rest_api_id             = aws_api_gateway_rest_api.guarded.id
  resource_id             = aws_api_gateway_rest_api.guarded.root_resource_id
  http_method             = aws_api_gateway_method.guarded.http_method
  type                    = var.changed ? "AWS_PROXY" : "MOCK"
  integration_http_method = var.changed ? "POST" : null
  uri                     = var.changed ? "arn:aws:apigateway:us-east-1:lambda:path/2015-03-31/functions/arn:aws:lambda:us-east-1:123456789012:function:f/invocations" : null
  credentials             = var.changed ? "arn:aws:iam::123456789012:role/r" : null
  passthrough_behavior    = var.changed ? "NEVER" : "WHEN_NO_MATCH"
}

resource "aws_api_gateway_rest_api" "private" {
  name = "private"

  endpoint_configuration {
    types            = ["PRIVATE"]
    vpc_endpoint_ids = var.changed ? ["vpce-1", "vpce-3"] : ["vpce-1", "vpce-2"]
  }
}

resource "aws_api_gateway_model" "pet" {
  rest_api_id  = aws_api_gateway_rest_api.pets.id
  name         = "Pet"
  description  = local.word
  content_type = "application/json"
  schema = jsonencode({
    "$schema"  = "http://json-schema.org/draft-04/schema#"
    type       = "object"
    properties = { name = { type = "string", maxLength = var.changed ? 20 : 10 } }
  })
}

resource "aws_api_gateway_request_validator" "all" {
  rest_api_id                 = aws_api_gateway_rest_api.pets.id
  name                        = local.word
  validate_request_body       = !var.changed
  validate_request_parameters = var.changed
}

resource "aws_api_gateway_authorizer" "token" {
  rest_api_id                      = aws_api_gateway_rest_api.pets.id
  name                             = "token-${local.word}"
  type                             = "TOKEN"
  authorizer_uri                   = "arn:aws:apigateway:us-east-1:lambda:path/2015-03-31/functions/arn:aws:lambda:us-east-1:123456789012:function:${local.word}/invocations"
  authorizer_credentials           = "arn:aws:iam::123456789012:role/${local.word}"
  identity_source                  = var.changed ? "method.request.header.X-Token" : "method.request.header.Authorization"
  identity_validation_expression   = var.changed ? "^b" : "^a"
  authorizer_result_ttl_in_seconds = var.changed ? 0 : 60
}

resource "aws_api_gateway_authorizer" "request" {
  rest_api_id     = aws_api_gateway_rest_api.pets.id
  name            = "request"
  type            = "REQUEST"
  authorizer_uri  = "arn:aws:apigateway:us-east-1:lambda:path/2015-03-31/functions/arn:aws:lambda:us-east-1:123456789012:function:f/invocations"
  identity_source = var.changed ? "method.request.header.A,method.request.querystring.b" : "method.request.header.A"
}

resource "aws_api_gateway_authorizer" "pool" {
  rest_api_id = aws_api_gateway_rest_api.pets.id
  name        = "pool"
  type        = "COGNITO_USER_POOLS"
  provider_arns = var.changed ? [
    "arn:aws:cognito-idp:us-east-1:123456789012:userpool/us-east-1_two",
    "arn:aws:cognito-idp:us-east-1:123456789012:userpool/us-east-1_three",
    ] : [
    "arn:aws:cognito-idp:us-east-1:123456789012:userpool/us-east-1_one",
    "arn:aws:cognito-idp:us-east-1:123456789012:userpool/us-east-1_two",
  ]
}

resource "aws_api_gateway_resource" "pets" {
  rest_api_id = aws_api_gateway_rest_api.pets.id
  parent_id   = aws_api_gateway_rest_api.pets.root_resource_id
  path_part   = var.changed ? "animals" : "pets"
}

resource "aws_api_gateway_resource" "pet" {
  rest_api_id = aws_api_gateway_rest_api.pets.id
  parent_id   = aws_api_gateway_resource.pets.id
  path_part   = var.changed ? "{animalId}" : "{petId}"
}

resource "aws_api_gateway_method" "create" {
  rest_api_id          = aws_api_gateway_rest_api.pets.id
  resource_id          = aws_api_gateway_resource.pets.id
  http_method          = "POST"
  authorization        = var.changed ? "CUSTOM" : "AWS_IAM"
  authorizer_id        = var.changed ? aws_api_gateway_authorizer.token.id : null
  api_key_required     = var.changed
  operation_name       = "create-${local.word}"
  request_validator_id = var.changed ? null : aws_api_gateway_request_validator.all.id
  request_models       = { (var.changed ? "text/json" : "application/json") = aws_api_gateway_model.pet.name }

  request_parameters = {
    "method.request.header.X-Trace"    = var.changed
    "method.request.querystring.limit" = false
  }
}

resource "aws_api_gateway_method" "scoped" {
  rest_api_id          = aws_api_gateway_rest_api.pets.id
  resource_id          = aws_api_gateway_resource.pet.id
  http_method          = "GET"
  authorization        = "COGNITO_USER_POOLS"
  authorizer_id        = aws_api_gateway_authorizer.pool.id
  authorization_scopes = var.changed ? ["pets/read", "pets/list"] : ["pets/read", "pets/write"]
}

resource "aws_api_gateway_integration" "create" {
  rest_api_id             = aws_api_gateway_rest_api.pets.id
  resource_id             = aws_api_gateway_resource.pets.id
  http_method             = aws_api_gateway_method.create.http_method
  type                    = "HTTP"
  integration_http_method = "POST"
  uri                     = "https://backend.example/${local.word}"
  connection_type         = "INTERNET"
  passthrough_behavior    = "WHEN_NO_TEMPLATES"
  content_handling        = var.changed ? "CONVERT_TO_BINARY" : "CONVERT_TO_TEXT"
  timeout_milliseconds    = var.changed ? 3000 : 29000
  cache_namespace         = local.word
  cache_key_parameters    = var.changed ? ["method.request.header.X-Trace"] : ["method.request.querystring.limit"]
  request_templates       = { (var.changed ? "text/json" : "application/json") = "{\"a\": \"${local.word}\"}" }

  request_parameters = {
    "integration.request.header.X-Trace"       = "method.request.header.X-Trace"
    "integration.request.header.${local.word}" = "'x'"
  }

  tls_config {
    insecure_skip_verification = var.changed
  }
}

resource "aws_api_gateway_vpc_link" "backend" {
  name        = "link-${local.word}"
  description = local.word
  target_arns = ["arn:aws:elasticloadbalancing:us-east-1:123456789012:loadbalancer/net/pets/50dc6c495c0c9188"]
  tags        = local.tags
}

resource "aws_api_gateway_integration" "scoped" {
  rest_api_id             = aws_api_gateway_rest_api.pets.id
  resource_id             = aws_api_gateway_resource.pet.id
  http_method             = aws_api_gateway_method.scoped.http_method
  type                    = "HTTP_PROXY"
  integration_http_method = "GET"
  uri                     = "http://backend.example/{proxy}"
  connection_type         = "VPC_LINK"
  connection_id           = aws_api_gateway_vpc_link.backend.id
}

resource "aws_api_gateway_method_response" "created" {
  rest_api_id         = aws_api_gateway_rest_api.pets.id
  resource_id         = aws_api_gateway_resource.pets.id
  http_method         = aws_api_gateway_method.create.http_method
  status_code         = "201"
  response_models     = { (var.changed ? "text/json" : "application/json") = aws_api_gateway_model.pet.name }
  response_parameters = { "method.response.header.X-${local.word}" = var.changed, "method.response.header.X-Both" = !var.changed }
}

resource "aws_api_gateway_integration_response" "created" {
  rest_api_id         = aws_api_gateway_rest_api.pets.id
  resource_id         = aws_api_gateway_resource.pets.id
  http_method         = aws_api_gateway_method.create.http_method
  status_code         = aws_api_gateway_method_response.created.status_code
  selection_pattern   = var.changed ? "20." : "2.."
  content_handling    = var.changed ? "CONVERT_TO_TEXT" : "CONVERT_TO_BINARY"
  response_templates  = { (var.changed ? "text/json" : "application/json") = "{\"a\": \"${local.word}\"}" }
  response_parameters = { "method.response.header.X-Both" = "'${local.word}'" }

  depends_on = [aws_api_gateway_integration.create]
}

resource "aws_api_gateway_gateway_response" "unauthorized" {
  rest_api_id         = aws_api_gateway_rest_api.pets.id
  response_type       = "UNAUTHORIZED"
  status_code         = var.changed ? "403" : "401"
  response_templates  = { (var.changed ? "text/json" : "application/json") = "{\"message\": \"${local.word}\"}" }
  response_parameters = { "gatewayresponse.header.X-${local.word}" = "'x'" }
}

resource "aws_api_gateway_documentation_part" "create" {
  rest_api_id = aws_api_gateway_rest_api.pets.id
  properties  = jsonencode({ description = local.word })

  location {
    type   = "METHOD"
    method = "POST"
    path   = "/pets"
  }
}

resource "aws_api_gateway_documentation_version" "first" {
  rest_api_id = aws_api_gateway_rest_api.pets.id
  version     = "1.0"
  description = local.word

  depends_on = [aws_api_gateway_documentation_part.create]
}
