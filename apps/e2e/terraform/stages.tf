resource "aws_api_gateway_client_certificate" "backend" {
  description = local.word
  tags        = local.tags
}

resource "aws_api_gateway_deployment" "pets" {
  rest_api_id = aws_api_gateway_rest_api.pets.id
  description = local.word

  # A new deployment for the changed API, before the stage leaves the old one.
  triggers = { configuration = local.word }

  lifecycle {
    create_before_destroy = true
  }

  depends_on = [
    aws_api_gateway_integration.create,
    aws_api_gateway_integration.scoped,
    aws_api_gateway_integration_response.created,
    aws_api_gateway_gateway_response.unauthorized,
  ]
}

resource "aws_api_gateway_deployment" "canary" {
  rest_api_id = aws_api_gateway_rest_api.pets.id
  description = "canary"

  lifecycle {
    create_before_destroy = true
  }

  depends_on = [aws_api_gateway_deployment.pets]
}

resource "aws_api_gateway_stage" "prod" {
  rest_api_id           = aws_api_gateway_rest_api.pets.id
  stage_name            = "prod"
  deployment_id         = aws_api_gateway_deployment.pets.id
  description           = local.word
  documentation_version = var.changed ? aws_api_gateway_documentation_version.first.version : null
  client_certificate_id = var.changed ? null : aws_api_gateway_client_certificate.backend.id
  variables             = { (local.word) = "1", both = local.word }
  xray_tracing_enabled  = !var.changed
  cache_cluster_enabled = true
  cache_cluster_size    = var.changed ? "1.6" : "0.5"
  tags                  = local.tags

  access_log_settings {
    destination_arn = "arn:aws:logs:us-east-1:123456789012:log-group:${local.word}"
    format          = var.changed ? "$context.requestId $context.status" : "$context.requestId"
  }

  canary_settings {
    deployment_id            = aws_api_gateway_deployment.canary.id
    percent_traffic          = var.changed ? 33.3 : 10
    stage_variable_overrides = { both = "canary-${local.word}" }
    use_stage_cache          = var.changed
  }

  # Stages may log to CloudWatch Logs only once their account has a role for it.
  depends_on = [aws_api_gateway_account.account]
}

resource "aws_api_gateway_stage" "plain" {
  rest_api_id   = aws_api_gateway_rest_api.pets.id
  stage_name    = "plain"
  deployment_id = aws_api_gateway_deployment.pets.id
}

resource "aws_api_gateway_method_settings" "all" {
  rest_api_id = aws_api_gateway_rest_api.pets.id
  stage_name  = aws_api_gateway_stage.prod.stage_name
  method_path = "*/*"

  settings {
    metrics_enabled        = var.changed
    logging_level          = var.changed ? "ERROR" : "INFO"
    data_trace_enabled     = !var.changed
    throttling_burst_limit = var.changed ? 20 : 10
    throttling_rate_limit  = var.changed ? 2.5 : 5
    caching_enabled        = !var.changed
    cache_ttl_in_seconds   = var.changed ? 30 : 60
    cache_data_encrypted   = !var.changed
    # The provider does not send a false of a new entry.
    require_authorization_for_cache_control    = !var.changed
    unauthorized_cache_control_header_strategy = var.changed ? "FAIL_WITH_403" : "SUCCEED_WITHOUT_RESPONSE_HEADER"
  }
}

resource "aws_api_gateway_method_settings" "create" {
  rest_api_id = aws_api_gateway_rest_api.pets.id
  stage_name  = aws_api_gateway_stage.plain.stage_name
  method_path = "pets/POST"

  settings {
    throttling_burst_limit = var.changed ? 4 : 2
    throttling_rate_limit  = var.changed ? 3 : 1
  }
}
