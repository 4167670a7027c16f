import type { Page } from 'playwright-core';
import { smallPdf } from '../backend/applications/scenario.ts';
import { heading, type Walker } from './journey.ts';

/** Applicants' side of a journey: from the guide to the number of the case, by the pages alone. */

export type JourneyAnswers = Readonly<Record<string, unknown>>;

const CONTROLS =
  'main form input[name^="f-"]:not([type=file]), main form select[name^="f-"], main form textarea[name^="f-"]';

export const caseIdOf = (page: Page): string => new URL(page.url()).pathname.split('/')[2] ?? '';

/** Opens a draft, answers every page and uploads every material. Resolves with the id of the draft. */
export async function fillDraft(walker: Walker, code: string, answers: JourneyAnswers): Promise<string> {
  const { page, hands } = walker;
  await page.goto(`/services/${code}`);
  await hands.press(page.getByRole('main').getByRole('link', { name: '开始申请' }).first());
  await hands.press(page.getByRole('button', { name: '开始填写' }));
  await page.getByText(/^已完成 \d+ 项/).waitFor();
  const id = caseIdOf(page);
  await fillSections(walker, answers);
  return id;
}

/** Follows 接着填 of the task list until what is left is another's to do, or to file. */
async function fillSections(walker: Walker, answers: JourneyAnswers): Promise<void> {
  const { page, hands } = walker;
  const next = page.getByRole('link', { name: /^接着/ });
  const submit = page.getByRole('link', { name: /核对/ });
  for (let pages = 0; pages < 60; pages += 1) {
    if (isTaskList(page)) {
      await page.getByText(/^已完成 \d+ 项/).waitFor();
      await next.or(submit).first().waitFor();
      if ((await next.count()) === 0) return;
      const href = (await next.getAttribute('href')) ?? '';
      if (href.includes('/consent/') || href.endsWith('/check')) return;
      await hands.press(next);
      await page.waitForURL((url) => !isTaskListPath(url.pathname));
    } else if (page.url().includes('/materials/')) await giveMaterials(walker);
    else await answerPage(walker, answers);
  }
  throw new Error('the form has no end');
}

const isTaskListPath = (path: string): boolean => /^\/applications\/[0-9a-f]{24}$/.test(path);
const isTaskList = (page: Page): boolean => isTaskListPath(new URL(page.url()).pathname);

/** Answers the questions that the page shows and goes on; fails with the page's own words when it is not content. */
async function answerPage(walker: Walker, answers: JourneyAnswers): Promise<void> {
  const { page, hands } = walker;
  const before = page.url();
  await page.locator('main form').first().waitFor();
  const done = new Set<string>();
  for (let again = true; again;) {
    again = false;
    for (const name of await shownNames(page)) {
      if (done.has(name)) continue;
      done.add(name);
      // An answer may bring further questions to the page.
      if (await answerControl(walker, name, answerAt(answers, name))) again = true;
    }
    again = (await addMissingParty(walker, answers)) || again;
  }
  await hands.press(page.getByRole('button', { name: '继续', exact: true }));
  const refused = page.getByRole('alert');
  await Promise.race([
    page.waitForURL((url) => url.href !== before),
    refused.waitFor().then(async () => {
      throw new Error(`${before}: ${await refused.innerText()}`);
    }),
  ]);
}

async function shownNames(page: Page): Promise<string[]> {
  const names = await page
    .locator(CONTROLS)
    .evaluateAll((controls) => controls.map((control) => control.getAttribute('name') ?? ''));
  return [...new Set(names)];
}

/** `f-buyers-0-name` → answers.buyers[0].name */
function answerAt(answers: JourneyAnswers, name: string): unknown {
  return name
    .split('-')
    .slice(1)
    .reduce<unknown>((value, key) => (value as Record<string, unknown> | undefined)?.[key], answers);
}

async function answerControl({ page, hands }: Walker, name: string, answer: unknown): Promise<boolean> {
  if (answer === undefined || answer === null) return false;
  const controls = page.locator(`[name="${name}"]`);
  const kind = await controls.first().evaluate((control) => control.getAttribute('type') ?? control.tagName);
  const value = typeof answer === 'boolean' ? (answer ? 'yes' : 'no') : String(answer);
  if (kind === 'checkbox') {
    await hands.choose(controls);
  } else if (kind === 'radio') {
    const wanted = page.locator(`[name="${name}"][value="${value}"]`);
    if (!(await wanted.isChecked())) await hands.choose(wanted);
  } else if (kind === 'SELECT') {
    await hands.choose(controls.locator(`option[value="${value}"]`));
  } else {
    await hands.write(controls, value);
  }
  return true;
}

/** Where the answers name more people than the page has room for, one more is added. */
async function addMissingParty({ page, hands }: Walker, answers: JourneyAnswers): Promise<boolean> {
  const key = new URL(page.url()).pathname.split('/').at(-1) ?? '';
  const people = answers[key];
  if (!Array.isArray(people)) return false;
  const room = await page.locator(`[name^="f-${key}-"][name$="-name"]`).count();
  if (room >= people.length) return false;
  await hands.press(page.locator(`#${key}-add`));
  await page.locator(`#f-${key}-${room}-name`).waitFor();
  return true;
}

/** Uploads one file for every material that the page still asks for. */
async function giveMaterials({ page, hands }: Walker): Promise<void> {
  await heading(page, '材料');
  const rows = page.locator('section.row', { has: page.locator('input[type=file]') });
  await rows.first().waitFor();
  for (let place = 0; place < (await rows.count()); place += 1) {
    const row = rows.nth(place);
    if ((await row.locator('ol.pages li').count()) > 0) continue;
    const name = `材料${place + 1}.pdf`;
    const buffer = Buffer.from(smallPdf(`${page.url()} ${place}`));
    await hands.giveFiles(row.getByRole('button', { name: '选文件' }), [
      { name, mimeType: 'application/pdf', buffer },
    ]);
    await row.getByText(name).waitFor();
  }
  await hands.press(page.getByRole('main').getByRole('button', { name: '继续', exact: true }));
  await page.waitForURL((url) => isTaskListPath(url.pathname));
}

/** Sends the draft to the other parties. */
export async function askConsent({ page, hands }: Walker): Promise<void> {
  await hands.press(page.getByRole('link', { name: '对方确认和签名' }));
  await heading(page, '各方确认');
  await hands.press(page.getByRole('button', { name: '发给对方确认' }));
  await page
    .getByText(/待确认/)
    .first()
    .waitFor();
}

/** The other party reads what will be filed and signs it by entering the password again. */
export async function giveConsent({ page, hands }: Walker, password: string): Promise<void> {
  await page.goto('/cases');
  await hands.press(page.getByRole('link', { name: /去看并签名/ }));
  await heading(page, /请您确认/);
  await hands.write(page.locator('#factor'), password);
  await hands.press(page.getByRole('button', { name: '同意并签名' }));
  await heading(page, '您已签名');
}

/** Checks the answers and files. Resolves with the number of the case, once its receipt is on the screen. */
export async function submit({ page, hands }: Walker, id: string): Promise<string> {
  await page.goto(`/applications/${id}`);
  await hands.press(page.getByRole('link', { name: /核对并提交|都填好了/ }).first());
  await heading(page, '核对并提交');
  const button = page.getByRole('button', { name: '提交申请' });
  await button.waitFor();
  await hands.press(button);
  await heading(page, '已提交');
  return caseIdOf(page);
}
