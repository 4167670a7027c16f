import { Type } from 'typebox';
import type { Sentence } from '../errors.ts';
import { closeObjects } from './ajv.ts';
import type { AnyRoute, RouteDefinition } from './route.ts';

/** The one error shape, as every endpoint may answer it. */
export const ErrorAnswer = Type.Object({
  error: Type.Object({
    code: Type.String({ description: 'module.reason' }),
    message: Type.String({ description: 'A sentence in the language asked for, saying what to do.' }),
    details: Type.Optional(
      Type.Array(Type.Object({ pointer: Type.String(), code: Type.String(), message: Type.String() })),
    ),
    requestId: Type.String(),
  }),
});

interface Operation {
  [key: string]: unknown;
}

function parametersOf(definition: RouteDefinition): unknown[] {
  const list = (schema: { properties?: object; required?: string[] } | undefined, place: 'path' | 'query') =>
    Object.entries(schema?.properties ?? {}).map(([name, value]) => ({
      name,
      in: place,
      required: place === 'path' || (schema?.required ?? []).includes(name),
      schema: value as unknown,
    }));
  return [...list(definition.params, 'path'), ...list(definition.query, 'query')];
}

function responsesOf(definition: RouteDefinition, describe: Sentence): Record<string, unknown> {
  const responses: Record<string, unknown> = {};
  for (const [status, schema] of Object.entries(definition.answers)) {
    const content =
      schema === null
        ? undefined
        : typeof schema === 'string'
          ? { [schema]: { schema: { type: 'string', format: 'binary' } } }
          : { 'application/json': { schema: closeObjects(schema) } };
    responses[status] = { description: describe.en, ...(content ? { content } : {}) };
  }
  responses.default = {
    description: 'What went wrong and what to do',
    content: { 'application/json': { schema: { $ref: '#/components/schemas/Error' } } },
  };
  return responses;
}

function operationOf(definition: RouteDefinition): Operation {
  const tag = definition.path.split('/')[2] ?? 'platform';
  const operation: Operation = {
    operationId: `${definition.method} ${definition.path}`
      .replace(/[^a-zA-Z0-9]+/g, '-')
      .replace(/^-|-$/g, ''),
    summary: `${definition.summary.zh} / ${definition.summary.en}`,
    tags: [tag],
    'x-access': definition.access.name,
    parameters: parametersOf(definition),
    responses: responsesOf(definition, definition.summary),
  };
  if (definition.body) {
    const type = definition.bodyKind === 'stream' ? 'multipart/form-data' : 'application/json';
    operation.requestBody = {
      required: true,
      content: { [type]: { schema: closeObjects(definition.body) } },
    };
  }
  if (definition.access.name !== 'anyone') operation.security = [{ session: [] }];
  return operation;
}

/** OpenAPI 3.1, made from the very declarations that check each request and answer. */
export function openApiDocument(routes: readonly AnyRoute[], server: string, sessionCookie: string): object {
  const paths: Record<string, Record<string, Operation>> = {};
  for (const anyRoute of routes) {
    const definition = anyRoute as unknown as RouteDefinition;
    const path = definition.path.replace(/:(\w+)/g, '{$1}');
    (paths[path] ??= {})[definition.method] = operationOf(definition);
  }
  return {
    openapi: '3.1.0',
    info: {
      title: '聊城市不动产登记“一网通办” API',
      version: '1',
      description: 'Every refusal has the shape of `Error`; `message` follows Accept-Language (zh-CN, en).',
    },
    servers: [{ url: server }],
    paths,
    components: {
      schemas: { Error: closeObjects(ErrorAnswer) },
      securitySchemes: { session: { type: 'apiKey', in: 'cookie', name: sessionCookie } },
    },
  };
}
