import type { INestApplication } from '@nestjs/common';
import { DocumentBuilder, SwaggerModule } from '@nestjs/swagger';

/** Serves the OpenAPI document at `/docs-json` and Swagger UI at `/docs`. */
export function describeApi(app: INestApplication): void {
  const about = new DocumentBuilder()
    .setTitle('Gatehouse admin API')
    .setDescription(
      "Amazon API Gateway's control plane API. Requests are signed with AWS Signature Version 4 or carry a bearer token.",
    )
    .setVersion('2015-07-09, 2018-11-29')
    .addBearerAuth({ type: 'http', scheme: 'bearer' })
    .addSecurityRequirements('bearer')
    .build();
  SwaggerModule.setup('docs', app, () => SwaggerModule.createDocument(app, about, { autoTagControllers: false }), {
    raw: ['json'],
  });
}
