import { Policy, readPolicyText } from '@gatehouse/iam-policy';
import type { Signer, Signers } from '@gatehouse/pipeline';
import { refName, unseal, type DataPlaneKey, type Document } from '@gatehouse/snapshot';

/** The users that may sign requests, of all accounts, by their access keys. */
export class Principals implements Signers {
  private readonly signers = new Map<string, Signer>();
  /** Name of a user's document -> his access keys. */
  private readonly accessKeys = new Map<string, readonly string[]>();

  constructor(private readonly dataPlaneKeys: readonly DataPlaneKey[]) {}

  find(accessKeyId: string): Signer | undefined {
    return this.signers.get(accessKeyId);
  }

  /** Answers what puts one user in, or takes him out. Throws where a secret does not open, or a policy cannot be evaluated; the message holds no secret. */
  build(document: Document<'principal'>): () => void {
    const name = refName(document);
    const { body, accountId, key } = document;
    if (body === null) return () => this.remove(name);
    if (key !== body.userId) throw new Error(`it speaks of ${body.userId}`);
    const policies = body.policies.map((text) => Policy.compile(readPolicyText(text), 'identity'));
    const userArn = `arn:aws:iam::${accountId}:user/${body.userName}`;
    const signers = body.accessKeys.map(({ accessKeyId, secretAccessKey }): Signer => {
      const caller = { accountId, accessKey: accessKeyId, user: body.userId, userArn, caller: body.userId, policies };
      return { caller, secretAccessKey: unseal(this.dataPlaneKeys, name, secretAccessKey) };
    });
    return () => {
      this.remove(name);
      for (const signer of signers) this.signers.set(signer.caller.accessKey, signer);
      this.accessKeys.set(
        name,
        signers.map(({ caller }) => caller.accessKey),
      );
    };
  }

  private remove(name: string): void {
    for (const accessKeyId of this.accessKeys.get(name) ?? []) this.signers.delete(accessKeyId);
    this.accessKeys.delete(name);
  }
}
