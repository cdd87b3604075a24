import { createDatabase, type TestDatabase } from '@gatehouse/testing';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { DocumentationVersionsService } from '../documentation-version/documentation-version.service.js';
import { Serving } from '../stage/serving.fixture.js';
import { refusal } from './definition.fixture.js';

let server: TestDatabase;
let serving: Serving;

beforeAll(async () => {
  server = await createDatabase();
  serving = await Serving.open(server.url);
});

afterAll(async () => {
  await serving?.close();
  await server?.drop();
});

interface Question {
  restApiId: string;
  position: string;
}

it.each<[string, (question: Question) => Promise<unknown>]>([
  ['GetAuthorizers', (question) => serving.definition.authorizers.getAuthorizers(serving.call, question)],
  ['GetDeployments', (question) => serving.deployments.getDeployments(serving.call, question)],
  [
    'GetDocumentationVersions',
    (question) =>
      new DocumentationVersionsService(serving.definition.database, serving.unitOfWork).getDocumentationVersions(
        serving.call,
        question,
      ),
  ],
  ['GetGatewayResponses', (question) => serving.definition.gatewayResponses.getGatewayResponses(serving.call, question)],
  ['GetModels', (question) => serving.definition.models.getModels(serving.call, question)],
  ['GetRequestValidators', (question) => serving.definition.requestValidators.getRequestValidators(serving.call, question)],
  ['GetResources', (question) => serving.definition.resources.getResources(serving.call, question)],
])('%s looks for the API before it reads the position', async (_, list) => {
  const { id } = await serving.definition.newApi();
  expect(await refusal(list({ restApiId: 'nope', position: 'x' }))).toBe(
    'NotFoundException: Invalid API identifier specified 123456789012:nope',
  );
  expect(await refusal(list({ restApiId: id, position: 'x' }))).toBe('BadRequestException: Invalid position parameter');
});
