import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { forgetSchedules } from '../../backend/modules/appointments/get-schedule.ts';
import { generateSlots, makeDraws, runDraws } from '../../backend/modules/appointments/index.ts';
import { schedules } from '../../backend/modules/appointments/schedule.model.ts';
import { newBookingId } from '../backend/appointments/hall.ts';
import { startApi, type TestApi } from '../support/api.ts';
import { launchBrowser } from '../support/browser.ts';
import { createCitizen, createOrganisation, createStaff, signInAs } from '../support/people.ts';
import { heading } from '../support/journey.ts';
import { look, PORTAL, seating } from './see.ts';

const HALL = 'liaocheng-centre';

/** 自助取号、代约、单位多件和摇号 at the page, by keyboard. It begins on Friday 2026-10-09 10:30. */
describe('appointments beside the picker, in the browser', () => {
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

  const press = (page: Page, name: string | RegExp) =>
    page.getByRole('button', { name }).first().press('Enter');

  it('a machine is enabled by code, gives tickets by number, and keeps nothing of a visitor', async () => {
    const citizen = await createCitizen(api, { name: '冯建国' });
    const made = await citizen.client.post('/api/appointments', {
      id: newBookingId(),
      slotId: `${HALL}|2026-10-09|1100|public`,
      service: 'transfer',
    });
    expect(made.status).toBe(201);
    const no = String(made.body.no);

    const machine = await open(null);
    await machine.goto('/kiosk');
    await heading(machine, '这台机器还没有启用');
    await look(machine, 'kiosk-off');
    const clerk = await open(await createStaff(api, { roles: ['acceptance'], officeId: HALL }));
    await clerk.goto('/desk/reception');
    await press(clerk, '启用一台');
    await clerk.getByText('请写机器放在哪里').waitFor();
    await clerk.keyboard.type('北门左侧');
    await clerk.keyboard.press('Enter');
    const shown = clerk.locator('.code .num');
    await shown.waitFor();
    const code = (await shown.innerText()).replace(/\s/g, '');
    await look(clerk, 'reception-kiosks');

    await machine.getByLabel('配对码').fill('12345678');
    await machine.keyboard.press('Enter');
    await machine.getByText(/配对码不对/).waitFor();
    await machine.getByLabel('配对码').fill(code);
    await machine.keyboard.press('Enter');
    await heading(machine, '您约了吗？');
    await look(machine, 'kiosk-home');

    await press(machine, /^约了，取号/);
    await heading(machine, '请扫码，或输入号码');
    // The keys, as a finger presses them.
    for (const key of '0930') await press(machine, new RegExp(`^${key}$`));
    await press(machine, '下一步');
    await machine.getByText('这个号码不全').waitFor();
    await look(machine, 'kiosk-number-wrong');
    await press(machine, '重输');
    for (const digit of no.replaceAll('-', '')) await press(machine, new RegExp(`^${digit}$`));
    await machine.getByText(no, { exact: true }).waitFor();
    await look(machine, 'kiosk-number');
    // A scanner and a keyboard type into the field itself.
    await machine.getByLabel('预约号或身份证号').press('Enter');
    await heading(machine, '您是下面哪一种？');
    await look(machine, 'kiosk-priority');
    await press(machine, /^都不是/);
    await heading(machine, /^您的号/);
    await machine.getByText('下一位就是您').waitFor();
    expect(await machine.getByRole('main').innerText()).not.toContain('冯建国');
    await machine.getByText(/\*/).waitFor();
    await look(machine, 'kiosk-ticket');
    await machine.getByText('15 秒后回到开头').waitFor({ timeout: 30_000 });
    await press(machine, '我还在用');
    await machine.getByText(/秒后回到开头/).waitFor({ state: 'detached' });
    // Left alone, it begins anew, and the next visitor finds an empty field.
    await heading(machine, '您约了吗？').catch(() => undefined);
    await machine.getByRole('heading', { level: 1, name: '您约了吗？' }).waitFor({ timeout: 60_000 });
    await press(machine, /^约了，取号/);
    expect(await machine.getByLabel('预约号或身份证号').inputValue()).toBe('');
    await press(machine, '从头开始');

    await press(machine, /^没约/);
    await look(machine, 'kiosk-service');
    await press(machine, '抵押登记');
    await press(machine, '老年人');
    await heading(machine, /^您的号/);
    await machine.getByText('优先').waitFor();
    await press(machine, '好了');
    await press(machine, 'English');
    await heading(machine, 'Do you have an appointment?');
    await press(machine, /^Yes, check in/);
    await look(machine, 'kiosk-number-en');

    await press(clerk, '输好了');
    await press(clerk, /^停用 北门左侧/);
    await look(clerk, 'kiosk-stop');
    await clerk.getByRole('dialog').getByRole('button', { name: '停用' }).press('Enter');
    await clerk.getByText('“北门左侧”已停用').waitFor();
    await machine.reload();
    await heading(machine, 'This machine is not enabled yet');
  });

  it('a clerk books for who calls, with every refusal beside its field', async () => {
    const page = await open(await createStaff(api, { roles: ['acceptance'], officeId: HALL }));
    await page.goto('/desk/booking');
    await heading(page, '替人预约');
    await press(page, '约上');
    await page.getByRole('alert').getByText('身份证号是 18 位').waitFor();
    await look(page, 'book-for-empty');
    await page.getByRole('radio', { name: '房屋过户' }).press('Space');
    await page.getByLabel('哪天来').waitFor();
    const pick = async (nth: number) => {
      const radio = page.getByRole('group', { name: '几点来' }).getByRole('radio').nth(nth);
      await radio.focus();
      await page.keyboard.press('Space');
    };
    await page.getByLabel('本人的身份证号').fill('371502195503120023');
    await page.getByRole('textbox', { name: '姓名' }).fill('周桂兰');
    await pick(0);
    await press(page, '约上');
    const wrong = page.locator('#idNumber-error').getByText('身份证号不对');
    await wrong.waitFor();
    await look(page, 'book-for-refused');
    const citizen = await createCitizen(api);
    await page.getByLabel('本人的身份证号').fill(citizen.account.idNumber);
    await press(page, '约上');
    await page.getByRole('heading', { name: '约好了，请念给对方' }).waitFor();
    await look(page, 'book-for-made');
    const mine = (await citizen.client.get('/api/appointments')).body.active;
    expect(mine).toHaveLength(1);
    expect(await page.locator('.no').innerText()).toBe(mine[0].no);
    await press(page, '再约一个');
    expect(await page.getByLabel('本人的身份证号').inputValue()).toBe('');
    // The same person has one for a service: said beside the number, with where it is.
    await page.getByLabel('本人的身份证号').fill(citizen.account.idNumber);
    await page.getByRole('textbox', { name: '姓名' }).fill('周桂兰');
    await pick(1);
    await press(page, '约上');
    await page
      .locator('#idNumber-error')
      .getByText(/同一项业务只能约一个/)
      .waitFor();
  });

  it('a bank’s member books two cases for one visit', async () => {
    const bank = await createOrganisation(api, 'bank');
    const page = await open(bank);
    const slot = encodeURIComponent(`${HALL}|2026-10-13|0900|organisation`);
    await page.goto(`/appointments/new?service=mortgage&hall=${HALL}&slot=${slot}`);
    const cases = page.getByLabel('这次办几件');
    await cases.fill('99');
    await press(page, '就约这个时间');
    await page
      .getByText(/请填 1 到 \d+ 之间的数字/)
      .first()
      .waitFor();
    await cases.fill('2');
    await look(page, 'organisation-cases');
    await press(page, '就约这个时间');
    await page.getByRole('status').filter({ hasText: '约好了' }).waitFor();
    const [made] = (await bank.client.get('/api/appointments')).body.active;
    expect([made.cases, made.slotId]).toEqual([2, `${HALL}|2026-10-13|0900|organisation`]);
    const slots = await api.p.database.connection.collection('slots').findOne({ _id: made.slotId });
    expect(slots).toMatchObject({ used: 2 });
  });

  it('a citizen enters a draw, leaves, enters again, sees the result, and works it out again', async () => {
    const hall = 'yanggu';
    const date = '2026-10-21';
    await schedules(api.p).collection.updateMany({ hall }, { $set: { 'content.rules.release': 'draw' } });
    forgetSchedules(api.p);
    const people = [await createCitizen(api), await createCitizen(api)];
    const moveTo = async (at: string) => {
      api.setNow(new Date(`${at}+08:00`));
      for (const person of people) person.client = await signInAs(api, person.account);
    };
    await moveTo('2026-10-11T10:00:00');
    await generateSlots(api.p);
    await makeDraws(api.p);
    const before = await open(null);
    await before.goto(`/offices/${hall}/draws/2026-10-30`);
    await before.getByText(/还没有公布/).waitFor();
    const page = await open(people[0]!);
    await page.goto(`/appointments/new?service=transfer&hall=${hall}`);
    await page.getByRole('link', { name: /10月21日.*摇号/ }).press('Enter');
    await heading(page, /10月21日.*摇号/);
    await page.getByText(/正在登记，.*截止/).waitFor();
    await press(page, '登记');
    await page.getByRole('alert').getByText('请选业务').waitFor();
    await page.getByRole('radio', { name: '房屋过户' }).press('Space');
    await page.getByLabel('最想要的').selectOption({ label: '09:00–09:30' });
    await page.getByLabel('第 2 个').selectOption({ label: '09:30–10:00' });
    await look(page, 'draw-entry');
    await press(page, /^登记$/);
    await page.getByText('已登记，等开奖').waitFor();
    await look(page, 'draw-entered');
    await press(page, /^不参加了/);
    await page.getByRole('heading', { name: '登记摇号' }).waitFor();
    await page.getByRole('radio', { name: '房屋过户' }).press('Space');
    await page.getByLabel('最想要的').selectOption({ label: '09:00–09:30' });
    await press(page, /^登记$/);
    await page.getByText('已登记，等开奖').waitFor();
    await page.goto('/appointments');
    await page.getByRole('heading', { name: '登记了的摇号' }).waitFor();
    await page.getByText('已登记，等开奖').waitFor();

    await moveTo('2026-10-12T09:30:06');
    await runDraws(api.p);
    await api.settle();
    const after = await open(people[0]!);
    await after.goto(`/offices/${hall}/draws/${date}`);
    await after.getByText(/^摇中了：/).waitFor();
    await press(after, '在我的设备上重算一遍');
    await after.getByText('结果是对的').waitFor();
    await after.getByText('公布的数据', { exact: true }).press('Enter');
    await look(after, 'draw-done');
    // The check is one: what was changed on the way is found.
    await after.route('**/api/offices/*/draws/*', async (route) => {
      const answer = await route.fetch();
      const body = (await answer.json()) as { results: { slotId: string | null }[] };
      body.results = body.results.map((one) => ({ ...one, slotId: null }));
      await route.fulfill({ response: answer, json: body });
    });
    await after.reload();
    await press(after, '在我的设备上重算一遍');
    await after.getByText('对不上，请拨打大厅电话反映').waitFor();
    await after.unroute('**/api/offices/*/draws/*');
    await after.getByRole('link', { name: '看预约和要带的材料' }).press('Enter');
    await heading(after, /到大厅办房屋过户/);
    await after.goto(`/offices/${hall}/draws/${date}`);
    await after.evaluate(() => (document.cookie = 'lang=en; path=/'));
    await after.reload();
    await heading(after, /Draw for/);
    await look(after, 'draw-done-en');
  });

  it('left no complaint in the console of any page', () => {
    expect(complaints()).toEqual([]);
  });
});
