-- A certificate that came with a domain name goes with the last one that uses it.

ALTER TABLE certificates ADD COLUMN came_with_domain boolean;
UPDATE certificates SET came_with_domain = EXISTS (
  SELECT FROM domain_names AS domain
  WHERE domain.account_id = certificates.account_id
    AND domain.uploaded_certificate_arn =
      'arn:aws:acm:' || certificates.region || ':' || certificates.account_id || ':certificate/' || certificates.certificate_id
);
ALTER TABLE certificates ALTER COLUMN came_with_domain SET NOT NULL;
