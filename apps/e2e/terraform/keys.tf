resource "aws_api_gateway_account" "account" {
  cloudwatch_role_arn = "arn:aws:iam::123456789012:role/${local.word}"
}

resource "aws_api_gateway_api_key" "consumer" {
  name        = "consumer-${local.word}"
  description = local.word
  enabled     = !var.changed
  customer_id = local.word
  tags        = local.tags
}

resource "aws_api_gateway_api_key" "given" {
  name  = "given"
  value = "a-value-that-was-given-to-the-key"
}

resource "aws_api_gateway_usage_plan" "gold" {
  name         = "gold-${local.word}"
  description  = local.word
  product_code = local.word
  tags         = local.tags

  api_stages {
    api_id = aws_api_gateway_rest_api.pets.id
    stage  = var.changed ? aws_api_gateway_stage.plain.stage_name : aws_api_gateway_stage.prod.stage_name

    throttle {
      path        = "/pets/POST"
      burst_limit = var.changed ? 4 : 2
      rate_limit  = var.changed ? 3 : 1.5
    }
  }

  quota_settings {
    limit  = var.changed ? 2000 : 1000
    offset = var.changed ? 2 : 0
    period = var.changed ? "WEEK" : "DAY"
  }

  throttle_settings {
    burst_limit = var.changed ? 20 : 10
    rate_limit  = var.changed ? 10 : 5.5
  }
}

resource "aws_api_gateway_usage_plan_key" "consumer" {
  usage_plan_id = aws_api_gateway_usage_plan.gold.id
  key_id        = aws_api_gateway_api_key.consumer.id
  key_type      = "API_KEY"
}
