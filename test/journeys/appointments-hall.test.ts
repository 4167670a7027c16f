import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { generateSlots, settleDue } from '../../backend/modules/appointments/index.ts';
import { newBookingId } from '../backend/appointments/hall.ts';
import { startApi, type TestApi } from '../support/api.ts';
import { launchBrowser } from '../support/browser.ts';
import type { Json } from '../support/client.ts';
import { createCitizen, createStaff, signInAs, type TestPerson } from '../support/people.ts';
import { heading } from '../support/journey.ts';
import { look, PORTAL, seating } from './see.ts';

const HALL = 'liaocheng-centre';
/** The screen looks every two seconds. */
const SOON = { timeout: 20_000 };

/** 大厅当天、排班和爽约 at the page. It begins on Friday 2026-10-09 10:30. */
describe('the hall, in the browser', () => {
  let api: TestApi;
  let browser: Browser;
  const { open, complaints } = seating(() => ({ browser, api }));

  beforeAll(async () => {
    [api, browser] = await Promise.all([startApi({ publicDirectory: PORTAL }), launchBrowser()]);
    await generateSlots(api.p);
  });
  afterAll(async () => {
    await browser?.close();
    await api?.close();
  });

  const book = async (person: TestPerson, slotId: string, service = 'transfer'): Promise<Json> => {
    const answer = await person.client.post('/api/appointments', { id: newBookingId(), slotId, service });
    expect(answer.status, JSON.stringify(answer.body)).toBe(201);
    return answer.body;
  };

  it('who booked checks in, is called aloud on the screen, and is served', async () => {
    const citizen = await createCitizen(api);
    const clerk = await createStaff(api, { name: '周敏', roles: ['acceptance'], officeId: HALL });
    const booking = await book(citizen, `${HALL}|2026-10-09|1100|public`);

    const desk = await open(clerk);
    await desk.goto('/desk/reception');
    await heading(desk, '导办台');
    await desk.getByRole('button', { name: '取号', exact: true }).click();
    await desk.getByText('请扫码、刷身份证，或者输入预约号').waitFor();
    await look(desk, 'reception');
    // A scanner types the code and presses Enter.
    await desk.getByLabel('扫码、身份证号或预约号').fill(booking.checkInCode as string);
    await desk.keyboard.press('Enter');
    const issued = desk.getByRole('heading', { level: 2, name: / 号$/ });
    await issued.waitFor();
    const no = (await issued.innerText()).replace(/ 号$/, '');
    await look(desk, 'reception-issued');

    await desk.getByRole('button', { name: '下一个人' }).press('Enter');
    await desk.getByRole('radio', { name: '抵押登记' }).check();
    await desk
      .getByRole('group', { name: /是否优先/ })
      .nth(1)
      .getByRole('radio', { name: '老年人' })
      .check();
    await desk.getByRole('button', { name: '出号' }).click();
    await issued.waitFor();
    const second = (await issued.innerText()).replace(/ 号$/, '');
    expect(second).not.toBe(no);

    const phone = await open(citizen);
    await phone.goto(`/appointments/${booking.id as string}`);
    await phone.getByRole('link', { name: '看前面还有几位' }).click();
    await heading(phone, /下一位就是您|您前面还有 1 位/);
    await look(phone, 'ticket');

    const wall = await open(null);
    await wall.addInitScript(() => {
      const said: string[] = [];
      Object.assign(window, { said });
      Object.defineProperty(window, 'speechSynthesis', {
        value: {
          getVoices: () => [],
          cancel: () => undefined,
          speak: ({ text }: SpeechSynthesisUtterance) => said.push(text),
        },
      });
    });
    await wall.goto(`/offices/${HALL}/screen`);
    await wall.getByRole('button', { name: '打开叫号声音' }).click();
    await wall.getByText(no).waitFor();

    await desk.goto('/desk/counter');
    await desk.getByLabel('我在几号窗口').selectOption('1');
    const now = desk.getByRole('region', { name: '1 号窗口' });
    const called: string[] = [];
    for (let turn = 0; turn < 2; turn += 1) {
      await now.getByRole('button', { name: '叫下一位' }).press('Enter');
      await now.getByRole('button', { name: '办结' }).waitFor();
      called.push(await now.locator('.no').innerText());
      if (called.at(-1) === no) break;
      await look(desk, 'counter');
      await now.getByRole('button', { name: '挂起' }).press('Enter');
      await now.getByRole('button', { name: '叫下一位' }).waitFor();
    }
    expect(called.at(-1)).toBe(no);
    await heading(phone, '请到 1 号窗口');
    await wall.getByRole('listitem').filter({ hasText: no }).getByText('1 号窗口').waitFor();
    const said = () => wall.evaluate(() => (window as unknown as { said: string[] }).said);
    await expect.poll(said, SOON).toContain(`请 ${[...no].join(' ')} 到 1 号窗口`);
    const before = (await said()).length;
    await now.getByRole('button', { name: '重呼' }).press('Enter');
    await expect.poll(async () => (await said()).length, SOON).toBe(before + 1);
    await look(wall, 'screen');
    await look(phone, 'ticket-called');
    await now.getByRole('button', { name: '办结' }).press('Enter');
    await heading(phone, '办完了');
    if (called.length > 1) {
      await desk.getByRole('button', { name: new RegExp(`^恢复排队 ${called[0] ?? ''}`) }).press('Enter');
      await now.getByText('等候 1 人').waitFor();
    }
    await now.getByRole('button', { name: '叫下一位' }).press('Enter');
    await now.getByRole('button', { name: '转业务' }).press('Enter');
    const dialog = desk.getByRole('dialog');
    await dialog.getByRole('button', { name: '转过去' }).press('Enter');
    await dialog.getByText('请选业务').waitFor();
    await look(desk, 'counter-transfer');
    await desk.keyboard.press('Escape');
    await now.getByRole('button', { name: '过号' }).press('Enter');
    await dialog.getByText(/叫了 \d+ 次没有人应/).waitFor();
    await look(desk, 'counter-miss');
    await desk.getByRole('dialog').getByRole('button', { name: '过号' }).press('Enter');
    await desk
      .getByRole('row', { name: new RegExp(second) })
      .getByText('过号')
      .first()
      .waitFor();
  });

  it('an administrator closes a day: the bookings are shown, moved, and told', async () => {
    const citizen = await createCitizen(api);
    const { id } = await book(citizen, 'yanggu|2026-10-15|0900|public');
    const page = await open(await createStaff(api, { roles: ['administrator'] }));
    await page.goto('/admin/offices');
    await page.getByRole('link', { name: /^排班和放号 阳谷/ }).click();
    await heading(page, /阳谷.*：排班/);
    await page.getByRole('button', { name: '加一天' }).click();
    await page.getByRole('button', { name: '看会影响哪些预约' }).click();
    await page.getByRole('alert').getByText('请填日期').waitFor();
    await look(page, 'schedule-wrong');
    await page.getByLabel('日期').fill('2026-10-15');
    await page.getByLabel('原因', { exact: true }).fill('停电检修');
    await page.getByRole('button', { name: '看会影响哪些预约' }).click();
    await page.getByText('1 个预约的时段没有了').first().waitFor();
    await page.getByLabel('通知里写的原因').fill('停电检修');
    await look(page, 'schedule-effect');
    await page.getByRole('button', { name: '发布第 2 版' }).click();
    await page.getByText('已发布第 2 版：改期 1 个，取消 0 个').waitFor();
    const moved = (await citizen.client.get(`/api/appointments/${id as string}`)).body;
    expect([moved.status, moved.date === '2026-10-15']).toEqual(['booked', false]);
    await api.settle();
    const told = (await citizen.client.get('/api/notifications?limit=5')).body.items;
    expect(told.map(({ title }: Json) => title as string)).toContain('预约时间改了');
    const anybody = await open(null);
    await anybody.goto('/appointments/new?service=transfer&hall=yanggu');
    await anybody.getByText('停电检修').waitFor();
  });

  it('an administrator changes desks, durations and seats at a time of day', async () => {
    const page = await open(await createStaff(api, { roles: ['administrator'] }));
    await page.goto('/admin/offices/linqing/schedule');
    await heading(page, /临清.*：排班/);
    await page.getByRole('button', { name: '加一个窗口' }).press('Enter');
    await page.getByLabel('领取证书：分钟').fill('0');
    await page.getByRole('button', { name: '加一段时间' }).press('Enter');
    const last = (name: string) => page.getByLabel(name, { exact: true }).last();
    await last('从').fill('9:00');
    await last('到').fill('8:30');
    await last('每个时段的号数').fill('1');
    await page.getByRole('button', { name: '看会影响哪些预约' }).press('Enter');
    for (const wrong of ['请填 1 到 480 之间的数字', /号窗口还没勾业务/, '结束要晚于开始'])
      await page.getByRole('alert').getByText(wrong).waitFor();
    await look(page, 'schedule-desks-wrong');
    await page.getByLabel('领取证书：分钟').fill('40');
    await last('到').fill('09:30');
    await page
      .getByRole('group', { name: /号窗口$/ })
      .last()
      .getByRole('checkbox', { name: '领取证书' })
      .press('Space');
    await page.getByRole('button', { name: '看会影响哪些预约' }).press('Enter');
    await page.getByText(/减号 [1-9]\d* 个/).waitFor();
    await page.getByLabel('通知里写的原因').fill('增设领证窗口');
    await look(page, 'schedule-desks');
    await page.getByRole('button', { name: '发布第 2 版' }).press('Enter');
    await page.getByText(/已发布第 2 版/).waitFor();
    const [newest, before] = (
      await (
        await createStaff(api, { roles: ['administrator'] })
      ).client.get('/api/offices/linqing/schedules')
    ).body.items;
    expect(newest.desks).toHaveLength(before.desks.length + 1);
    expect(newest.serviceMinutes).toEqual([{ service: 'pickup', minutes: 40 }]);
    expect(newest.capacityAt.at(-1)).toEqual({ from: '09:00', to: '09:30', pool: 'public', seats: 1 });
    expect(newest.services).toEqual(before.services);
  });

  it('who missed three is suspended, is told the ways on, appeals, and may book again', async () => {
    const citizen = await createCitizen(api, { name: '冯建国' });
    await book(citizen, 'chiping|2026-10-09|1100|public');
    await book(citizen, 'chiping|2026-10-09|1130|public', 'mortgage');
    const later = async (at: string) => {
      api.setNow(new Date(`${at}:00+08:00`));
      await settleDue(api.p);
      await api.settle();
      return { ...citizen, client: await signInAs(api, citizen.account) };
    };
    await book(await later('2026-10-10T08:40'), 'chiping|2026-10-10|1000|public');
    const page = await open(await later('2026-10-12T09:00'));
    const slot = encodeURIComponent('chiping|2026-10-14|0900|public');
    await page.goto(`/appointments/new?service=transfer&hall=chiping&slot=${slot}`);
    await page.getByRole('button', { name: '就约这个时间' }).press('Enter');
    await page
      .getByRole('alert')
      .getByText(/网上预约暂停，/)
      .waitFor();
    await page.getByRole('alert').getByRole('link', { name: '网上申请' }).waitFor();
    await look(page, 'suspended-refused');
    await page.getByRole('link', { name: '看我的预约' }).press('Enter');
    await page.getByText(/网上预约暂停，/).waitFor();
    await look(page, 'suspended');
    await page.getByRole('button', { name: /^申诉/ }).first().press('Enter');
    await page.getByRole('dialog').getByLabel('说明原因').fill('那天住院，有出院小结');
    await look(page, 'appeal');
    await page.getByRole('dialog').getByRole('button', { name: '提交申诉' }).press('Enter');
    await page.getByText('申诉待处理').waitFor();

    const head = await open(await createStaff(api, { roles: ['sectionHead'], officeId: 'chiping' }));
    await head.goto('/desk/appeals');
    await head.getByText('那天住院，有出院小结').waitFor();
    expect(await head.getByRole('main').innerText()).not.toContain('冯建国');
    await look(head, 'appeals');
    await head.getByRole('button', { name: /^处理/ }).press('Enter');
    const dialog = head.getByRole('dialog');
    await dialog.getByRole('button', { name: '作出决定' }).press('Enter');
    await dialog.getByText('请选结论').waitFor();
    await dialog.getByRole('radio', { name: /^成立/ }).check();
    await dialog.getByLabel('理由').fill('有出院小结，情况属实');
    await look(head, 'appeal-decide');
    await dialog.getByRole('button', { name: '作出决定' }).press('Enter');
    await head.getByText('没有等处理的申诉').waitFor();

    await page.reload();
    // The suspension is lifted, and what had led to it is used up.
    await page.getByText('申诉成立').first().waitFor();
    expect(await page.getByText(/网上预约暂停|次约了没来/).count()).toBe(0);
    await page.goto(`/appointments/new?service=transfer&hall=chiping&slot=${slot}`);
    await page.getByRole('button', { name: '就约这个时间' }).press('Enter');
    await page.getByRole('status').filter({ hasText: '约好了' }).waitFor();
  });

  it('left no complaint in the console of any page', () => {
    expect(complaints()).toEqual([]);
  });
});
