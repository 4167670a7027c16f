import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startApi, type TestApi } from '../../support/api.ts';
import { stranger } from '../../support/people.ts';
import type { Json } from '../../support/client.ts';

describe('a day that comes over the wire', () => {
  let api: TestApi;
  beforeAll(async () => {
    api = await startApi();
  });
  afterAll(() => api.close());

  const slots = (from: string) => stranger(api).get(`/api/offices/liaocheng-centre/slots?from=${from}`);

  it.each(['2026-13-45', '2026-02-31', '2026-02-29', '2026-00-10', '2026-10-00'])(
    '%s exists in no calendar and is refused with a sentence',
    async (from) => {
      const { status, body } = await slots(from);
      expect([status, body.error?.code]).toEqual([400, 'platform.invalid_input']);
      expect(body.error.details).toMatchObject([{ pointer: '/query/from', code: 'validation.date' }]);
      expect(body.error.details[0].message).toMatch(/日期|date/);
    },
  );

  it('a leap day that exists is taken', async () => {
    expect((await slots('2028-02-29')).status).toBe(200);
  });

  it('no route takes a day by the look of its digits alone', () => {
    const byDigits: string[] = [];
    const walk = (schema: unknown, where: string): void => {
      if (schema === null || typeof schema !== 'object') return;
      const { pattern } = schema as Json;
      const takes = (text: string) => typeof pattern === 'string' && new RegExp(pattern).test(text);
      if (takes('2026-13-45') && !takes('a-code')) byDigits.push(where);
      for (const [key, value] of Object.entries(schema)) walk(value, `${where}/${key}`);
    };
    for (const { method, path, params, query, body } of api.app.routes)
      walk({ params, query, body }, `${method} ${path}`);
    expect(byDigits).toEqual([]);
  });
});
