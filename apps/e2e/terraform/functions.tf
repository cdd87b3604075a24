# A function with an alias behind an API: what the AWS provider asks Lambda for.

resource "aws_lambda_function" "hello" {
  function_name    = "hello"
  description      = local.word
  role             = "arn:aws:iam::123456789012:role/${local.word}"
  runtime          = var.changed ? "nodejs22.x" : "nodejs20.x"
  handler          = var.changed ? "index.changed" : "index.handler"
  filename         = "${path.module}/${local.word}.zip"
  source_code_hash = filebase64sha256("${path.module}/${local.word}.zip")
  timeout          = var.changed ? 5 : 3
  memory_size      = var.changed ? 256 : 128
  publish          = true
  tags             = local.tags

  environment {
    variables = var.changed ? { TABLE = "changed", MORE = "1" } : { TABLE = "first" }
  }
}

resource "aws_lambda_alias" "live" {
  name             = "live"
  description      = local.word
  function_name    = aws_lambda_function.hello.function_name
  function_version = aws_lambda_function.hello.version

  # Part of the events stays with the first version.
  dynamic "routing_config" {
    for_each = var.changed ? [1] : []
    content {
      additional_version_weights = { "1" = 0.25 }
    }
  }
}

resource "aws_lambda_permission" "api" {
  statement_id  = "api-${local.word}"
  action        = "lambda:InvokeFunction"
  function_name = aws_lambda_function.hello.function_name
  qualifier     = aws_lambda_alias.live.name
  principal     = "apigateway.amazonaws.com"
  source_arn    = "${aws_api_gateway_rest_api.hello.execution_arn}/*/${var.changed ? "*" : "GET"}/"
}

resource "aws_api_gateway_rest_api" "hello" {
  name = "hello"
}

resource "aws_api_gateway_method" "hello" {
  rest_api_id   = aws_api_gateway_rest_api.hello.id
  resource_id   = aws_api_gateway_rest_api.hello.root_resource_id
  http_method   = "ANY"
  authorization = "NONE"
}

resource "aws_api_gateway_integration" "hello" {
  rest_api_id             = aws_api_gateway_rest_api.hello.id
  resource_id             = aws_api_gateway_rest_api.hello.root_resource_id
  http_method             = aws_api_gateway_method.hello.http_method
  type                    = "AWS_PROXY"
  integration_http_method = "POST"
  uri                     = var.changed ? aws_lambda_alias.live.invoke_arn : aws_lambda_function.hello.invoke_arn
}
