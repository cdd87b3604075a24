resource "aws_api_gateway_domain_name" "regional" {
  domain_name               = "api.example.com"
  regional_certificate_name = "regional-${local.word}"
  certificate_body          = var.certificate.body
  certificate_chain         = var.certificate.chain
  certificate_private_key   = var.certificate.key
  security_policy           = "TLS_1_2"
  tags                      = local.tags

  endpoint_configuration {
    types           = ["REGIONAL"]
    ip_address_type = var.changed ? "dualstack" : "ipv4"
  }
}

resource "aws_api_gateway_base_path_mapping" "pets" {
  domain_name = aws_api_gateway_domain_name.regional.domain_name
  api_id      = aws_api_gateway_rest_api.pets.id
  stage_name  = var.changed ? aws_api_gateway_stage.prod.stage_name : aws_api_gateway_stage.plain.stage_name
  base_path   = var.changed ? "animals" : "pets"
}

resource "aws_api_gateway_base_path_mapping" "rest" {
  domain_name = aws_api_gateway_domain_name.regional.domain_name
  api_id      = aws_api_gateway_rest_api.pets.id
  stage_name  = aws_api_gateway_stage.plain.stage_name
}

resource "aws_api_gateway_domain_name" "private" {
  domain_name     = "private.example.com"
  certificate_arn = "arn:aws:acm:us-east-1:123456789012:certificate/00000000-0000-0000-0000-000000000000"
  security_policy = "TLS_1_2"

  endpoint_configuration {
    types = ["PRIVATE"]
  }

  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Principal = "*"
      Action    = "execute-api:Invoke"
      Resource  = var.changed ? "execute-api:/a/*" : "execute-api:/*"
    }]
  })
}

resource "aws_api_gateway_domain_name_access_association" "private" {
  domain_name_arn                = aws_api_gateway_domain_name.private.arn
  access_association_source      = var.changed ? "vpce-2" : "vpce-1"
  access_association_source_type = "VPCE"
  tags                           = local.tags
}
