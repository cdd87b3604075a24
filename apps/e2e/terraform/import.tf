locals {
  petstore = {
    openapi = "3.0.1"
    info    = { title = "petstore-${local.word}", version = local.word }
    paths = {
      "/${local.word}" = {
        get = {
          responses = { "200" = { description = "ok" } }
          "x-amazon-apigateway-integration" = {
            type             = "mock"
            requestTemplates = { "application/json" = "{\"statusCode\": 200}" }
            responses        = { default = { statusCode = "200" } }
          }
        }
      }
    }
  }
}

resource "aws_api_gateway_rest_api" "imported" {
  name              = "petstore-${local.word}"
  body              = jsonencode(local.petstore)
  put_rest_api_mode = "overwrite"

  endpoint_configuration {
    types = ["REGIONAL"]
  }
}

resource "aws_api_gateway_rest_api" "put" {
  name = "put"

  endpoint_configuration {
    types = ["REGIONAL"]
  }

  lifecycle {
    # The document names it.
    ignore_changes = [name]
  }
}

resource "aws_api_gateway_rest_api_put" "put" {
  rest_api_id = aws_api_gateway_rest_api.put.id
  body        = jsonencode(local.petstore)
  triggers    = { document = sha1(jsonencode(local.petstore)) }

  # The provider leaves it unknown where it is not said.
  fail_on_warnings = true
}

resource "aws_api_gateway_deployment" "imported" {
  rest_api_id = aws_api_gateway_rest_api.imported.id
  triggers    = { document = sha1(aws_api_gateway_rest_api.imported.body) }

  lifecycle {
    create_before_destroy = true
  }
}

resource "aws_api_gateway_stage" "imported" {
  rest_api_id   = aws_api_gateway_rest_api.imported.id
  stage_name    = "v1"
  deployment_id = aws_api_gateway_deployment.imported.id
}
