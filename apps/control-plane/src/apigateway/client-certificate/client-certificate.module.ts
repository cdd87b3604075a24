import { ClientCertificatesController, ClientCertificatesOperations } from '@gatehouse/admin-contract/apigateway';
import { Module } from '@nestjs/common';
import { ClientCertificatesService } from './client-certificate.service.js';

@Module({
  controllers: [ClientCertificatesController],
  providers: [{ provide: ClientCertificatesOperations, useClass: ClientCertificatesService }],
})
export class ClientCertificateModule {}
