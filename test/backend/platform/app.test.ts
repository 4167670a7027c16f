import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startApi, type TestApi } from '../../support/api.ts';

describe('the app', () => {
  let api: TestApi;
  beforeAll(async () => {
    api = await startApi();
  });
  afterAll(() => api.close());

  it('says that it lives and is ready', async () => {
    expect((await api.fetch('/api/health/live')).status).toBe(200);
    expect((await api.fetch('/api/health/ready')).status).toBe(200);
  });

  it('answers an unknown address under /api with the one error shape', async () => {
    const response = await api.fetch('/api/nothing-here');
    expect(response.status).toBe(404);
    expect(((await response.json()) as { error: { code: string } }).error.code).toBe('platform.not_found');
  });

  it('answers a method that an address does not have with 405 and what it allows', async () => {
    const response = await api.fetch('/api/health/live', { method: 'DELETE' });
    expect(response.status).toBe(405);
    expect(response.headers.get('Allow')).toContain('GET');
  });

  it('describes itself in OpenAPI 3.1 that a validator accepts', async () => {
    const document = (await (await api.fetch('/api/openapi.json')).json()) as Record<string, unknown>;
    const { Validator } = await import('@seriousme/openapi-schema-validator');
    const { valid, errors } = await new Validator().validate(document);
    expect(errors ?? []).toEqual([]);
    expect(valid).toBe(true);
  });

  it('shows a page of its interface from files of its own', async () => {
    const page = await (await api.fetch('/api/docs')).text();
    const addresses = [...page.matchAll(/(?:src|href)="([^"]+)"/g)].map(([, address]) => address!);
    expect(addresses.length).toBeGreaterThan(2);
    for (const address of addresses) {
      expect(address).toMatch(/^\//);
      expect((await api.fetch(address)).status).toBe(200);
    }
  });
});
