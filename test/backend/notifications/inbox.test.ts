import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import {
  message,
  notificationSubscriber,
  notify,
  setContactSource,
  settleActions,
  type Contact,
} from '../../../backend/modules/notifications/index.ts';
import { deliveries, notifications } from '../../../backend/modules/notifications/notification.model.ts';
import { newId } from '../../../backend/platform/ids.ts';
import type { MailMessage } from '../../../backend/platform/outside.ts';
import { startApi, type TestApi } from '../../support/api.ts';
import { createCitizen, signInAs, stranger, type TestPerson } from '../../support/people.ts';

/** The outside world of the test: what was sent, and whether it takes anything. */
const outside = {
  mails: [] as MailMessage[],
  texts: [] as { to: string; text: string }[],
  failure: null as Error | null,
};
const contacts = new Map<string, Contact>();

let api: TestApi;
let li: TestPerson;
let wang: TestPerson;

beforeAll(async () => {
  api = await startApi({
    outside: {
      mail: {
        async send(mail) {
          if (outside.failure) throw outside.failure;
          outside.mails.push(mail);
        },
      },
      textMessage: {
        async send(text) {
          if (outside.failure) throw outside.failure;
          outside.texts.push(text);
        },
      },
    },
  });
  setContactSource(async (_p, accountId) => contacts.get(accountId) ?? null);
});
afterAll(async () => {
  setContactSource(null);
  await api.close();
});
beforeEach(async () => {
  li = await createCitizen(api);
  wang = await createCitizen(api);
  outside.mails.length = 0;
  outside.texts.length = 0;
  outside.failure = null;
  contacts.set(li.account.id, { email: 'li@example.invalid', phone: li.account.phone, language: 'zh-CN' });
});

const caseTitle = { zh: '二手房过户（2026100900017）', en: 'Sale of a home (2026100900017)' };
let tick = 0;
/** Instants one after the other, so that order is never by chance. */
const later = () => new Date(api.p.time.now().getTime() + (tick += 1000));

function accepted(
  accountIds: readonly string[],
  given: { eventId?: string; about?: string; at?: Date } = {},
) {
  return notify(api.p, {
    eventId: given.eventId ?? newId(),
    at: given.at ?? later(),
    accountIds,
    template: 'applications.accepted',
    params: { caseTitle, dueOn: new Date('2026-10-16T17:00:00+08:00') },
    link: '/cases/2026100900017',
    about: given.about ?? null,
  });
}

function correction(accountIds: readonly string[], about: string, at = later()) {
  return notify(api.p, {
    eventId: newId(),
    at,
    accountIds,
    template: 'applications.correctionRequested',
    params: { caseTitle, count: 2, until: '2026-10-16' },
    link: '/cases/2026100900017',
    about,
  });
}

const inbox = async (person: TestPerson, query = '') =>
  (await person.client.get(`/api/notifications${query}`)).body;

describe('the inbox', () => {
  it('says it in one sentence with one action, in the language of the reader', async () => {
    await accepted([li.account.id]);
    const { items, unreadCount, actionCount, nextCursor } = await inbox(li);
    expect({ unreadCount, actionCount, nextCursor }).toEqual({
      unreadCount: 1,
      actionCount: 0,
      nextCursor: null,
    });
    expect(items).toMatchObject([
      {
        template: 'applications.accepted',
        kind: 'info',
        settled: false,
        title: '已受理，开始计时',
        text: '“二手房过户（2026100900017）”已受理，预计 10月16日（周五）17:00 前办结。',
        link: { href: '/cases/2026100900017', label: '看受理凭证' },
        readAt: null,
        deliveryNote: null,
      },
    ]);
    const english = await li.client.get('/api/notifications', { language: 'en' });
    expect(english.body.items[0].text).toContain('is accepted and expected to be done by Fri 16 Oct, 17:00');
  });

  it('shows what has to be done before what is only told, newest first, across pages', async () => {
    const cases = [newId(), newId(), newId()];
    for (const about of cases) await correction([li.account.id], about);
    for (let count = 0; count < 4; count += 1) await accepted([li.account.id]);
    const seen: { kind: string; at: string }[] = [];
    let cursor: string | null = null;
    do {
      const page: { items: typeof seen; nextCursor: string | null; actionCount: number } = await inbox(
        li,
        `?limit=3${cursor ? `&cursor=${cursor}` : ''}`,
      );
      expect(page.actionCount).toBe(3);
      seen.push(...page.items);
      cursor = page.nextCursor;
    } while (cursor);
    expect(seen.map(({ kind }) => kind)).toEqual([...Array(3).fill('action'), ...Array(4).fill('info')]);
    for (const group of [seen.slice(0, 3), seen.slice(3)]) {
      const times = group.map(({ at }) => at);
      expect(times).toEqual([...times].sort().reverse());
    }
  });

  it('is everybody’s own', async () => {
    await accepted([li.account.id]);
    const [{ id }] = (await inbox(li)).items;
    expect((await inbox(wang)).items).toEqual([]);
    expect((await wang.client.post(`/api/notifications/${id}/read`)).status).toBe(404);
    expect((await stranger(api).get('/api/notifications')).status).toBe(401);
    expect((await inbox(li)).unreadCount).toBe(1);
  });

  it('keeps when a message was first opened', async () => {
    await accepted([li.account.id]);
    const [{ id }] = (await inbox(li)).items;
    const first = await li.client.post(`/api/notifications/${id}/read`);
    api.advance(60_000);
    const second = await li.client.post(`/api/notifications/${id}/read`);
    expect(first.status).toBe(200);
    expect(second.body.readAt).toBe(first.body.readAt);
    expect(await inbox(li)).toMatchObject({ unreadCount: 0 });
    expect((await inbox(li, '?unread=true')).items).toEqual([]);
  });

  it.each(['cursor=x', 'cursor=%7B%7D', 'limit=0', 'limit=1000', 'unread=maybe', 'foo=1'])(
    'refuses %s',
    async (query) => {
      expect((await li.client.get(`/api/notifications?${query}`)).status).toBe(400);
    },
  );
});

describe('a call to act', () => {
  it('is settled by a later message about the same case, for that person only', async () => {
    const about = newId();
    await correction([li.account.id, wang.account.id], about);
    await accepted([li.account.id], { about });
    expect(await inbox(li)).toMatchObject({
      actionCount: 0,
      items: [{ settled: false }, { kind: 'action', settled: true }],
    });
    expect(await inbox(wang)).toMatchObject({ actionCount: 1 });
    await settleActions(api.p, { accountIds: [wang.account.id], about, before: later() });
    expect(await inbox(wang)).toMatchObject({ actionCount: 0 });
  });

  it('stays open through a message of another case, and through an older event that comes late', async () => {
    const about = newId();
    const earlier = later();
    await correction([li.account.id], about);
    await accepted([li.account.id], { about: newId() });
    await accepted([li.account.id], { about, at: earlier });
    expect(await inbox(li)).toMatchObject({ actionCount: 1 });
  });

  it('stays open when it was only read', async () => {
    await correction([li.account.id], newId());
    const [{ id }] = (await inbox(li)).items;
    await li.client.post(`/api/notifications/${id}/read`);
    expect(await inbox(li)).toMatchObject({ unreadCount: 0, actionCount: 1 });
  });
});

describe('an event delivered more than once', () => {
  it('is one message and one e-mail', async () => {
    const eventId = newId();
    const at = later();
    for (let time = 0; time < 3; time += 1) await accepted([li.account.id, li.account.id], { eventId, at });
    await Promise.all(Array.from({ length: 5 }, () => accepted([li.account.id], { eventId, at })));
    await api.app.scheduler.runNow('notifications.deliver');
    await expect.poll(() => outside.mails.length).toBe(1);
    expect((await inbox(li)).items).toHaveLength(1);
    expect(outside.texts).toHaveLength(1);
  });

  it('completes what a kill left undone between inbox and delivery', async () => {
    const eventId = newId();
    const at = later();
    await accepted([li.account.id], { eventId, at });
    await api.app.scheduler.runNow('notifications.deliver');
    await expect.poll(() => outside.mails.length).toBe(1);
    await deliveries(api.p).deleteMany({ accountId: li.account.id });
    await accepted([li.account.id], { eventId, at });
    await expect.poll(() => outside.mails.length).toBe(2);
  });
});

describe('delivery', () => {
  it('carries the sentence; e-mail a link to this portal, a text message none', async () => {
    await accepted([li.account.id]);
    await expect.poll(() => [outside.mails.length, outside.texts.length]).toEqual([1, 1]);
    expect(outside.mails).toEqual([
      {
        to: 'li@example.invalid',
        subject: '【聊城不动产】已受理，开始计时',
        text: '“二手房过户（2026100900017）”已受理，预计 10月16日（周五）17:00 前办结。\n\n看受理凭证: http://localhost:8080/cases/2026100900017\n',
      },
    ]);
    expect(outside.texts[0]).toMatchObject({ to: li.account.phone });
    expect(outside.texts[0]?.text).not.toMatch(/http/);
  });

  it('is tried again with growing pauses, and when it failed the inbox says so', async () => {
    outside.failure = Object.assign(new Error('connect refused by li@example.invalid'), {
      code: 'ECONNECTION',
    });
    await accepted([li.account.id]);
    const state = async () => {
      const found = await deliveries(api.p).find({ accountId: li.account.id, channel: 'sms' }).lean();
      return found[0];
    };
    await expect.poll(async () => (await state())?.attempts).toBe(1);
    expect(await state()).toMatchObject({ status: 'waiting', lastError: 'ECONNECTION' });
    for (const minutes of [1, 5, 30, 120, 360, 960]) {
      expect((await inbox(li)).items[0].deliveryNote).toBeNull();
      api.advance(minutes * 60_000 + 1000);
      await api.app.scheduler.runNow('notifications.deliver');
    }
    expect(await state()).toMatchObject({ status: 'failed', attempts: 7 });
    li = { ...li, client: await signInAs(api, li.account) };
    expect((await inbox(li)).items[0].deliveryNote).toContain('短信未送达，已改站内信。');
  });

  it('that failed for good is shown at once', async () => {
    outside.failure = Object.assign(new Error('no such user'), {
      code: 'EENVELOPE',
      responseCode: 550,
      permanent: true,
    });
    await accepted([li.account.id]);
    await expect
      .poll(async () => (await inbox(li)).items[0].deliveryNote)
      .toBe('邮件未送达，已改站内信。短信未送达，已改站内信。');
  });

  it('to somebody without an address is skipped, and the inbox has it', async () => {
    await accepted([wang.account.id]);
    await expect
      .poll(async () =>
        (await deliveries(api.p).find({ accountId: wang.account.id }).lean()).map(({ status }) => status),
      )
      .toEqual(['skipped', 'skipped']);
    expect(await inbox(wang)).toMatchObject({ items: [{ deliveryNote: null }] });
  });

  it('writes no number and no address into the database or the log', async () => {
    outside.failure = new Error('550 <li@example.invalid> unknown');
    await accepted([li.account.id]);
    await expect
      .poll(async () =>
        (await deliveries(api.p).find({ accountId: li.account.id }).lean()).map(({ lastError }) => lastError),
      )
      .toEqual(['unknown', 'unknown']);
    const stored = JSON.stringify([
      await notifications(api.p).find().lean(),
      await deliveries(api.p).find().lean(),
      api.logLines,
    ]);
    expect(stored).not.toContain(li.account.phone);
    expect(stored).not.toContain('li@example.invalid');
  });
});

it('a subscriber turns events into messages and settles what was done', async () => {
  const subscriber = notificationSubscriber({
    name: 'test.cases',
    types: ['applications.accepted', 'applications.consentSigned'],
    async react(_p, { type, data }) {
      const accountIds = data.notify as string[];
      const about = String(data.caseId);
      if (type === 'applications.consentSigned') return { settle: [{ accountIds, about }] };
      const params = { caseTitle, dueOn: new Date('2026-10-16T17:00:00+08:00') };
      return {
        messages: [message({ accountIds, template: 'applications.accepted', params, link: null, about })],
      };
    },
  });
  const about = newId();
  await correction([li.account.id], about);
  const event = (type: string) => ({
    id: newId(),
    type,
    at: later(),
    actorId: null,
    requestId: null,
    data: { caseId: about, notify: [li.account.id] },
    source: { collection: 'applications', id: about },
  });
  await subscriber.handle(api.p, [event('applications.consentSigned')]);
  expect(await inbox(li)).toMatchObject({ actionCount: 0, items: [{ settled: true }] });
  await subscriber.handle(api.p, [event('applications.accepted')]);
  expect((await inbox(li)).items).toHaveLength(2);
});
