/** A certificate that was imported, as it is served to clients. */
export interface CertificateModel {
  certificateId: string;
  certificateArn: string;
  /** Lower case, in the order in which the certificate has them. */
  domainNames: string[];
  /** PEM: the certificate itself, then each time the one that signed it. */
  chain: string;
  /** PKCS #8 in PEM, in clear: never kept or sent like this. */
  privateKey: string;
  notAfter: Date;
}
