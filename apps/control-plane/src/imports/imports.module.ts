import { Global, Module } from '@nestjs/common';
import { DocumentReader } from './document-reader.js';

/** What imports work with. */
@Global()
@Module({ providers: [{ provide: DocumentReader, useFactory: () => new DocumentReader() }], exports: [DocumentReader] })
export class ImportsModule {}
