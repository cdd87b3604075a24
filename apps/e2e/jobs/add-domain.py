#!/usr/bin/env python3
from pathlib import Path

from gateway import start

client, given = start(
    "Serves a stage under a domain name of your own, with the certificate in two PEM files; prints where its DNS has to point.",
    "domain", "api", "stage", "certificate", "key",
)
domain = client.create_domain_name(
    domainName=given.domain,
    regionalCertificateName=given.domain,
    certificateBody=Path(given.certificate).read_text(),
    certificatePrivateKey=Path(given.key).read_text(),
    endpointConfiguration={"types": ["REGIONAL"]},
)
client.create_base_path_mapping(domainName=given.domain, restApiId=given.api, stage=given.stage)
print(domain["regionalDomainName"])
