data "aws_api_gateway_rest_api" "guarded" {
  name = aws_api_gateway_rest_api.guarded.name
}

data "aws_api_gateway_resource" "root" {
  rest_api_id = aws_api_gateway_rest_api.guarded.id
  path        = "/"
}

data "aws_api_gateway_api_key" "given" {
  id = aws_api_gateway_api_key.given.id
}

data "aws_api_gateway_api_keys" "all" {
  depends_on = [aws_api_gateway_api_key.given, aws_api_gateway_api_key.consumer]
}

data "aws_api_gateway_authorizer" "request" {
  rest_api_id   = aws_api_gateway_rest_api.pets.id
  authorizer_id = aws_api_gateway_authorizer.request.id
}

data "aws_api_gateway_authorizers" "all" {
  rest_api_id = aws_api_gateway_rest_api.pets.id
  depends_on  = [aws_api_gateway_authorizer.request, aws_api_gateway_authorizer.token, aws_api_gateway_authorizer.pool]
}

data "aws_api_gateway_domain_name" "regional" {
  domain_name = aws_api_gateway_domain_name.regional.domain_name
}

data "aws_api_gateway_export" "imported" {
  rest_api_id = aws_api_gateway_rest_api.imported.id
  stage_name  = aws_api_gateway_stage.imported.stage_name
  export_type = "oas30"
}

data "aws_api_gateway_vpc_link" "backend" {
  name = aws_api_gateway_vpc_link.backend.name
}
