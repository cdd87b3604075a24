import { Call, Input, type AdminCall } from '@gatehouse/admin-contract';
import { Controller, Delete, Get, HttpCode, Post, Put } from '@nestjs/common';
import { ApiBody, ApiParam, ApiQuery, ApiResponse, ApiTags } from '@nestjs/swagger';
import { Permission } from '../admin-api/permission.decorator.js';
import {
  CertificateDescription,
  CertificateList,
  ImportCertificateRequest,
  ListCertificatesRequest,
  NameCertificateRequest,
  ReimportCertificateRequest,
} from './certificate.dto.js';
import { certificateView } from './certificate.view.js';
import { Certificates } from './certificates.service.js';

/** The actions and ARNs are AWS Certificate Manager's, so that policies written for it hold here. */
const ALL_CERTIFICATES = 'arn:aws:acm:{region}:{accountId}:certificate/*';
const ONE_CERTIFICATE = 'arn:aws:acm:{region}:{accountId}:certificate/{certificateId}';

/** Certificates for TLS listeners and domain names. */
@ApiTags('gatehouse: certificates')
@Controller('/gatehouse/certificates')
export class CertificatesController {
  constructor(private readonly certificates: Certificates) {}

  @Post()
  @Permission('acm:ImportCertificate', ALL_CERTIFICATES)
  @ApiBody({ type: ImportCertificateRequest })
  @ApiResponse({ status: 201, type: CertificateDescription })
  async import(
    @Call() call: AdminCall,
    @Input(ImportCertificateRequest) input: ImportCertificateRequest,
  ): Promise<CertificateDescription> {
    return certificateView(await this.certificates.import(call, input));
  }

  @Put(':certificateId')
  @Permission('acm:ImportCertificate', ONE_CERTIFICATE)
  @ApiParam({ name: 'certificateId' })
  @ApiBody({ type: ReimportCertificateRequest })
  @ApiResponse({ status: 200, type: CertificateDescription })
  async reimport(
    @Call() call: AdminCall,
    @Input(ReimportCertificateRequest) input: ReimportCertificateRequest,
  ): Promise<CertificateDescription> {
    return certificateView(await this.certificates.reimport(call, input));
  }

  @Get()
  @Permission('acm:ListCertificates', ALL_CERTIFICATES)
  @ApiQuery({ name: 'limit', required: false, type: 'integer' })
  @ApiQuery({ name: 'position', required: false })
  @ApiResponse({ status: 200, type: CertificateList })
  async list(@Call() call: AdminCall, @Input(ListCertificatesRequest) input: ListCertificatesRequest): Promise<CertificateList> {
    const { items, position } = await this.certificates.list(call, input);
    return { items: items.map(certificateView), position };
  }

  @Get(':certificateId')
  @Permission('acm:DescribeCertificate', ONE_CERTIFICATE)
  @ApiParam({ name: 'certificateId' })
  @ApiResponse({ status: 200, type: CertificateDescription })
  async get(
    @Call() call: AdminCall,
    @Input(NameCertificateRequest) { certificateId }: NameCertificateRequest,
  ): Promise<CertificateDescription> {
    return certificateView(await this.certificates.get(call, certificateId));
  }

  @Delete(':certificateId')
  @HttpCode(204)
  @Permission('acm:DeleteCertificate', ONE_CERTIFICATE)
  @ApiParam({ name: 'certificateId' })
  @ApiResponse({ status: 204 })
  async delete(@Call() call: AdminCall, @Input(NameCertificateRequest) { certificateId }: NameCertificateRequest): Promise<void> {
    await this.certificates.delete(call, certificateId);
  }
}
