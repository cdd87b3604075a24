import type { DomainSnapshot } from '@gatehouse/snapshot';
import type { LimitsProfile, Unenforced } from '../../config.js';
import { Certificates } from '../../certificates/certificates.service.js';
import { BasePathMappingsService } from '../base-path-mapping/base-path-mapping.service.js';
import { DomainNameAccessAssociationsService } from '../domain-name-access-association/domain-name-access-association.service.js';
import { Serving } from '../stage/serving.fixture.js';
import { DomainNamesService } from './domain-name.service.js';
import { readDomains } from './load-domain-documents.js';

/** The services of domain names over a real database, beside those that put APIs into service. */
export class Domains {
  readonly domainNames: DomainNamesService;
  readonly mappings: BasePathMappingsService;
  readonly associations: DomainNameAccessAssociationsService;
  readonly certificates: Certificates;

  private constructor(readonly serving: Serving) {
    const { unitOfWork, config, definition } = serving;
    this.domainNames = new DomainNamesService(definition.database, unitOfWork, config);
    this.mappings = new BasePathMappingsService(definition.database, unitOfWork);
    this.associations = new DomainNameAccessAssociationsService(definition.database, unitOfWork, config);
    this.certificates = new Certificates(definition.database, unitOfWork, config);
  }

  static async open(url: string, unenforced: Unenforced = 'refuse', limits: LimitsProfile = 'none'): Promise<Domains> {
    return new Domains(await Serving.open(url, unenforced, limits));
  }

  /** What is published of a domain name; null when there is none. */
  async document(key: string): Promise<DomainSnapshot | null> {
    return (await readDomains(this.serving.manager, this.serving.call.scope, [key])).get(key)?.() ?? null;
  }
}
