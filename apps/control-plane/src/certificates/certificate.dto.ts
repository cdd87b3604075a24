import { Member } from '@gatehouse/admin-contract';

/**
 * The members that CreateDomainName of API Gateway has for a certificate. Their lengths are checked where they are read: AWS's sentence for a value
 * that is too long repeats the value, and one of these is a private key.
 */
export class ImportCertificateRequest {
  /** PEM. The rest of the chain may follow, as in the `fullchain.pem` of ACME clients. */
  @Member({ type: 'string', required: true })
  certificateBody!: string;

  /** PEM, not encrypted. */
  @Member({ type: 'string', required: true })
  certificatePrivateKey!: string;

  /** PEM: who signed the certificate, then who signed that one, and so on. The root may be left out. */
  @Member({ type: 'string' })
  certificateChain?: string;
}

export class ReimportCertificateRequest {
  @Member({ type: 'string', in: 'uri', required: true })
  certificateId!: string;

  @Member({ type: 'string', required: true })
  certificateBody!: string;

  @Member({ type: 'string', required: true })
  certificatePrivateKey!: string;

  @Member({ type: 'string' })
  certificateChain?: string;
}

export class NameCertificateRequest {
  @Member({ type: 'string', in: 'uri', required: true })
  certificateId!: string;
}

export class ListCertificatesRequest {
  @Member({ type: 'integer', in: 'query' })
  limit?: number;

  @Member({ type: 'string', in: 'query' })
  position?: string;
}

/** What is told of a certificate: never its private key. Times are ISO 8601. */
export class CertificateDescription {
  /** What `certificateArn` of a domain name takes. */
  @Member({ type: 'string' })
  certificateArn!: string;

  @Member({ type: 'string' })
  certificateId!: string;

  @Member({ type: 'list', of: { type: 'string' } })
  domainNames!: string[];

  @Member({ type: 'string' })
  subject!: string;

  @Member({ type: 'string' })
  issuer!: string;

  /** Hexadecimal. */
  @Member({ type: 'string' })
  serialNumber!: string;

  /** Of the certificate's DER form: 32 bytes in hexadecimal with colons between. */
  @Member({ type: 'string' })
  fingerprint256!: string;

  /** Such as RSA_2048, EC_prime256v1, Ed25519. */
  @Member({ type: 'string' })
  keyAlgorithm!: string;

  /** How many certificates are sent to clients: this one and those that signed it. */
  @Member({ type: 'integer' })
  chainLength!: number;

  @Member({ type: 'string' })
  notBefore!: string;

  @Member({ type: 'string' })
  notAfter!: string;

  @Member({ type: 'string' })
  createdDate!: string;

  /** Of the last import. */
  @Member({ type: 'string' })
  lastUpdatedDate!: string;
}

export class CertificateList {
  /** Newest first. */
  @Member({ type: 'list', of: { type: CertificateDescription } })
  items!: CertificateDescription[];

  /** Leads to the next page; absent on the last one. */
  @Member({ type: 'string' })
  position?: string;
}
