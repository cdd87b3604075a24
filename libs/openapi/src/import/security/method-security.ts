import { shown } from '@gatehouse/aws-wire';
import type { DefinedMethod } from '@gatehouse/api-model';
import type { DocumentNode } from '../document/document-node.js';
import { extensionOf } from '../extensions.js';
import type { OperationView } from '../operation/operation-view.js';
import type { Warnings } from '../warnings.js';
import type { SecurityScheme } from './security-schemes.js';

export type MethodSecurity = Pick<DefinedMethod, 'authorizationType' | 'authorizer' | 'authorizationScopes' | 'apiKeyRequired'>;

/** SAM writes a scheme of this name, which no document has, where a method needs no authorization. */
const NONE = 'NONE';
const AUTHORIZATION_TYPES = ['NONE', 'AWS_IAM', 'CUSTOM', 'COGNITO_USER_POOLS'] as const;

/** What guards the methods of a document. */
export class MethodSecurities {
  private readonly ofDocument: MethodSecurity | undefined;

  constructor(
    root: DocumentNode,
    private readonly schemes: ReadonlyMap<string, SecurityScheme>,
    private readonly warnings: Warnings,
  ) {
    const security = root.member('security');
    this.ofDocument = security && this.ofRequirements(security);
  }

  /**
   * What guards the operation: its own `security`, else the document's (recorded imports, though the guide says that it is ignored), and
   * `x-amazon-apigateway-auth`, which wins. Throws `BadRequestException` for a scheme that the document does not have: the method would be
   * open to everyone.
   */
  of(operation: OperationView): MethodSecurity {
    const own = operation.node.member('security');
    const required = own ? this.ofRequirements(own) : (this.ofDocument ?? open());
    const auth = extensionOf(operation.node, 'auth')?.member('type');
    if (!auth) return required;
    const type = auth.option(AUTHORIZATION_TYPES);
    if (type === required.authorizationType) return required;
    if (type !== 'NONE' && type !== 'AWS_IAM') throw auth.refuse(`'security' names no authorizer of type ${type}`);
    return { authorizationType: type, apiKeyRequired: required.apiKeyRequired };
  }

  /** AWS does not tell alternatives from conjunctions: every scheme that is named counts, but one authorizer only. */
  private ofRequirements(security: DocumentNode): MethodSecurity {
    const result = open();
    for (const requirement of security.items()) {
      for (const [name, scopes] of requirement.entries()) this.apply(name, scopes, result);
    }
    return result;
  }

  private apply(name: string, scopes: DocumentNode, result: MethodSecurity): void {
    const scheme = this.schemes.get(name);
    if (!scheme) {
      if (name === NONE) return;
      throw scopes.refuse(`the security scheme '${shown(name)}' is not defined`);
    }
    if (scheme.kind === 'api key') result.apiKeyRequired = true;
    else if (scheme.kind === 'unsupported') {
      this.warnings.add(`Security scheme '${shown(name)}' has no authorizer and is not enforced. Ignoring.`, scheme.node);
    } else if (result.authorizationType !== 'NONE') {
      if (result.authorizer !== name) {
        this.warnings.add(`Security scheme '${shown(name)}' comes after another authorizer. Ignoring.`, scopes);
      }
    } else if (scheme.kind === 'iam') result.authorizationType = 'AWS_IAM';
    else Object.assign(result, authorized(name, scheme.authorizer.type, scopes));
  }
}

function authorized(name: string, type: string, scopes: DocumentNode): Partial<MethodSecurity> {
  const named = scopes.texts();
  return {
    authorizationType: type === 'COGNITO_USER_POOLS' ? type : 'CUSTOM',
    authorizer: name,
    ...(named.length > 0 ? { authorizationScopes: named } : {}),
  };
}

const open = (): MethodSecurity => ({ authorizationType: 'NONE', apiKeyRequired: false });
