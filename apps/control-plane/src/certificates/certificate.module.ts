import { Module } from '@nestjs/common';
import { CertificatesController } from './certificates.controller.js';
import { Certificates } from './certificates.service.js';

@Module({ controllers: [CertificatesController], providers: [Certificates] })
export class CertificateModule {}
