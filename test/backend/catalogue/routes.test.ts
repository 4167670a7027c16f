import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { BusinessTypeDetail, BusinessTypeSummary } from '../../../backend/modules/catalogue/contract.ts';
import { startApi, type TestApi } from '../../support/api.ts';

let api: TestApi;
beforeAll(async () => {
  api = await startApi();
});
afterAll(() => api.close());

async function read<T>(path: string, init?: RequestInit): Promise<{ response: Response; body: T }> {
  const response = await api.fetch(path, init);
  return { response, body: (await response.json().catch(() => null)) as T };
}

describe('GET /api/business-types', () => {
  it('lists the type of the first release with names in both languages', async () => {
    const { response, body } = await read<{ items: BusinessTypeSummary[] }>('/api/business-types');
    expect(response.status).toBe(200);
    expect(body.items.map(({ code }) => code)).toEqual([
      'BG01',
      'CF01',
      'CF04',
      'CF06',
      'DY01',
      'DY06',
      'ZY02',
    ]);
    for (const { name, plainName, summary } of body.items) {
      for (const text of [name, plainName, summary])
        expect(text).toEqual({ zh: expect.any(String), en: expect.any(String) });
    }
  });

  it('answers 304 to a reader that has this state, and may be cached by anyone', async () => {
    const first = await api.fetch('/api/business-types');
    const tag = first.headers.get('etag') ?? '';
    expect(tag).toMatch(/^"[\w-]+"$/);
    expect(first.headers.get('cache-control')).toBe('public, max-age=60');
    const second = await api.fetch('/api/business-types', {
      headers: { 'If-None-Match': `"other", W/${tag}` },
    });
    expect(second.status).toBe(304);
    expect(await second.text()).toBe('');
    expect(second.headers.get('etag')).toBe(tag);
  });
});

describe('GET /api/business-types/:code', () => {
  it('gives the whole type and the services that answer in this deployment', async () => {
    const { response, body } = await read<BusinessTypeDetail>('/api/business-types/ZY02');
    expect(response.status).toBe(200);
    expect(body.code).toBe('ZY02');
    expect(body.limits.promised).toEqual({ amount: 3, unit: 'workingDay' });
    expect(body.connectedServices).toContain('ownRegister');
    expect(body.connectedServices).not.toContain('taxProofs');
    expect((body.form.properties as Record<string, unknown>).unitCode).toBeDefined();
  });

  it('gives one version on request, and 304 by its own tag', async () => {
    const { version } = (await (await api.fetch('/api/business-types/ZY02')).json()) as { version: number };
    const first = await api.fetch(`/api/business-types/ZY02?version=${version}`);
    expect(first.status).toBe(200);
    const second = await api.fetch('/api/business-types/ZY02', {
      headers: { 'If-None-Match': first.headers.get('etag')! },
    });
    expect(second.status).toBe(304);
  });

  it.each([
    ['an unknown code', '/api/business-types/ZZ99', 404],
    ['an unknown version', '/api/business-types/ZY02?version=99', 404],
    ['a code of the wrong form', '/api/business-types/zy02', 400],
    ['a prototype key for a code', '/api/business-types/__proto__', 400],
    ['a version that is no number', '/api/business-types/ZY02?version=x', 400],
    ['a version given twice', '/api/business-types/ZY02?version=1&version=2', 400],
    ['an unknown parameter', '/api/business-types/ZY02?v=1', 400],
  ])('refuses %s', async (_name, path, status) => {
    const { response, body } = await read<{ error: { code: string; message: string } }>(path);
    expect(response.status).toBe(status);
    expect(body.error.message).toMatch(/[。，]/);
  });
});

describe('GET /api/offices', () => {
  it('lists the halls with hours and windows', async () => {
    const { body } = await read<{ items: { id: string; hours: unknown[]; windows: unknown[] }[] }>(
      '/api/offices',
    );
    expect(body.items.length).toBeGreaterThanOrEqual(3);
    for (const office of body.items) expect(office.hours).toHaveLength(2);
    const one = await read<{ id: string }>('/api/offices/liaocheng-centre');
    expect(one.body.id).toBe('liaocheng-centre');
  });

  it('says so when there is no such hall', async () => {
    const { response, body } = await read<{ error: { code: string } }>('/api/offices/nowhere');
    expect(response.status).toBe(404);
    expect(body.error.code).toBe('catalogue.office_unknown');
  });
});

describe('dictionaries and districts', () => {
  it('name every code in both languages', async () => {
    const { body } = await read<{ items: { key: string; entries: { label: object }[] }[] }>(
      '/api/dictionaries',
    );
    expect(body.items.map(({ key }) => key)).toEqual(
      expect.arrayContaining(['coOwnership', 'idKind', 'houseUse', 'rightKind']),
    );
  });

  it('know 茌平 by its former code as well', async () => {
    const { body } = await read<{ items: { code: string; formerCodes: string[] }[] }>('/api/districts');
    expect(body.items).toHaveLength(8);
    expect(body.items.find(({ code }) => code === '371503')?.formerCodes).toEqual(['371523']);
  });
});
