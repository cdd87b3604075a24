# Every aws_api_gateway_* resource of the AWS provider, and aws_lambda_function with what APIs need of it, in front of Gatehouse.

terraform {
  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = "~> 5.100"
    }
  }
}

variable "endpoint" {
  description = "Address of the control plane"
  type        = string
}

variable "access_key" {
  type = string
}

variable "secret_key" {
  type      = string
  sensitive = true
}

variable "changed" {
  description = "Whether everything that can be changed is changed"
  type        = bool
  default     = false
}

variable "certificate" {
  description = "PEM of a certificate for *.example.com, its chain and its key"
  type = object({
    body  = string
    chain = string
    key   = string
  })
  sensitive = true
}

provider "aws" {
  region                      = "us-east-1"
  access_key                  = var.access_key
  secret_key                  = var.secret_key
  skip_credentials_validation = true
  skip_requesting_account_id  = true
  skip_metadata_api_check     = true
  skip_region_validation      = true
  max_retries                 = 1

  endpoints {
    apigateway = var.endpoint
    lambda     = var.endpoint
  }
}

locals {
  word = var.changed ? "changed" : "first"
  tags = var.changed ? { team = "pets", cost = "2" } : { team = "pets", old = "1" }
}
