import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import encodeQR from 'qr';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  certificates,
  type CertificateDocument,
} from '../../backend/modules/certificates/certificate.model.ts';
import { issueForCase } from '../../backend/modules/certificates/index.ts';
import { readAttachedBundle } from '../../backend/modules/certificates/offline/pdf.ts';
import { printCertificate } from '../../backend/modules/certificates/print.ts';
import { importUnits, recordChange, reserveCertificateNo } from '../../backend/modules/register/index.ts';
import { withKeys } from '../../frontend/features/verify/offline/with-keys.ts';
import { codeOf, party, recordOrder, unitImport, WHOLE } from '../backend/register/units.ts';
import { startApi, type TestApi } from '../support/api.ts';
import { launchBrowser, PUBLIC_DIRECTORY } from '../support/browser.ts';
import { stranger } from '../support/people.ts';
import { forge, makeProof } from '../support/proofs.ts';
import { look } from './see.ts';

/** A certificate that proves itself, on the phone of somebody whom nobody knows: first with a network, then without. */

let api: TestApi;
let browser: Browser;
let context: BrowserContext;
const complaints: string[] = [];
let page: Page;
let pdf: Buffer;
let payload: string;
let other: string;
const folder = mkdtempSync(join(tmpdir(), 'verify-offline-'));

async function certify(place: number, name: string): Promise<CertificateDocument> {
  const seller = party('赵明远', '371502198001010011', WHOLE);
  const unitCode = codeOf(place);
  await importUnits(api.p, [unitImport(unitCode, [seller])]);
  const order = recordOrder({ unitCode });
  const number = await reserveCertificateNo(api.p, 'title', order.at, {
    holder: `${order.caseId}:${unitCode}:0`,
    district: unitCode.slice(0, 6),
  });
  await recordChange(api.p, {
    ...order,
    effects: [
      {
        kind: 'ownership.transfer',
        from: [{ idNumber: seller.idNumber, share: null }],
        to: [party(name, '371502199002020022')],
        coOwnership: 0,
        certificateNo: number,
      },
    ],
  });
  await issueForCase(api.p, order.caseId);
  await api.settle();
  return (await certificates(api.p).findOne({ number }).lean()) as unknown as CertificateDocument;
}

const proofIn = (file: Buffer) => (JSON.parse(readAttachedBundle(file)!) as { proof: string }).proof;

beforeAll(async () => {
  [api, browser] = await Promise.all([startApi({ publicDirectory: PUBLIC_DIRECTORY }), launchBrowser()]);
  pdf = await printCertificate(api.p, await certify(1, '欧阳𠮷田'));
  payload = proofIn(pdf);
  other = proofIn(await printCertificate(api.p, await certify(2, '孙晓岚')));
  // With the clock of the machine: a clock that a test sets takes the list of what was loaded away from the page.
  context = await browser.newContext({ baseURL: api.url, locale: 'zh-CN', timezoneId: 'Asia/Shanghai' });
  page = await context.newPage();
  page.on('pageerror', ({ message }) => complaints.push(message));
  page.on('console', (message) => {
    if (message.type() === 'error' && !/Failed to load resource/.test(message.text()))
      complaints.push(message.text());
  });
});
afterAll(async () => {
  rmSync(folder, { recursive: true, force: true });
  await browser?.close();
  await api?.close();
});

const GENUINE = '不动产权证书：签发时是真的';
const NOT = '被改动过，或者不是真的';
const CANNOT = '判断不了';
const verdict = (name: string) => page.getByRole('heading', { level: 2, name, exact: true }).waitFor();

async function choose(name: string, bytes: Buffer, mimeType = 'application/pdf'): Promise<void> {
  await page.locator('#proof-file').setInputFiles({ name, mimeType, buffer: bytes });
}

/** A new arrival at an address with a proof behind `#`, as a phone's scanner opens it. */
async function scan(text: string): Promise<void> {
  await page.goto('about:blank');
  await page.goto(`/verify#${text}`);
}

/** A film of a code that does not move, as the fake camera of Chromium takes it. */
function filmOf(text: string): Buffer {
  const modules = encodeQR(text, 'raw', { ecc: 'low', border: 4 });
  const [side, step] = [960, Math.floor(960 / modules.length)];
  const luma = Buffer.alloc(side * side, 255);
  modules.forEach((row, down) =>
    row.forEach((dark, across) => {
      for (let y = down * step; dark && y < (down + 1) * step; y += 1)
        luma.fill(0, y * side + across * step, y * side + (across + 1) * step);
    }),
  );
  const frame = Buffer.concat([Buffer.from('FRAME\n'), luma, Buffer.alloc((side * side) / 2, 128)]);
  return Buffer.concat([Buffer.from(`YUV4MPEG2 W${side} H${side} F10:1 Ip A1:1 C420jpeg\n`), frame, frame]);
}

const edited = (from: string, to: string) => {
  const at = pdf.indexOf(Buffer.from(from));
  expect(at, from).toBeGreaterThan(0);
  return Buffer.concat([pdf.subarray(0, at), Buffer.from(to), pdf.subarray(at + from.length)]);
};

describe('with a network', () => {
  it('a scanned code is genuine, and the office says that it stands now', async () => {
    await scan(payload);
    await verdict(GENUINE);
    await page.getByText('登记机构签名答复').waitFor();
    expect(await page.locator('dl').innerText()).toContain('欧阳𠮷田');
    expect(new URL(page.url()).hash, 'names do not stay in the address').toBe('');
    await page.locator('summary', { hasText: '凭什么这么说' }).click();
    await look(page, 'verify-proof-genuine');
  });

  it('the PDF as downloaded is whole; with a field edited it is not', async () => {
    await page.goto('/verify');
    await choose('certificate.pdf', pdf);
    await verdict(GENUINE);
    await page.getByText('一个字节都不差').waitFor();
    await choose('edited.pdf', edited('/Title', '/Titel'));
    await verdict(NOT);
    await look(page, 'verify-proof-not');
    await choose('foreign.pdf', Buffer.from('%PDF-1.7\n%%EOF\n'));
    await verdict(CANNOT);
    await look(page, 'verify-proof-cannot');
  });

  it('a picture of the code, and the pasted text, lead to the same', async () => {
    await page.goto('/verify');
    await page.locator('summary', { hasText: '粘贴' }).click();
    await page.getByLabel('扫码得到的文字或网址').fill('这里什么也没有');
    await page.getByRole('button', { name: '核对', exact: true }).click();
    await page.getByText('这段文字里没有证书的证明').waitFor();
    await look(page, 'verify-paste');
    await page.getByLabel('扫码得到的文字或网址').fill(`https://bdc.example/verify#${payload}`);
    await page.getByRole('button', { name: '核对', exact: true }).click();
    await verdict(GENUINE);
  });

  it('keeps the page on the device', async () => {
    await page.getByText('没有网也能核对证书上的每一项').waitFor({ timeout: 60_000 });
    const kept = await page.evaluate(async () => {
      const requests = await (await caches.open('verify-page')).keys();
      return requests.map(({ url }) => new URL(url).pathname);
    });
    expect(kept).toContain('/verify');
    for (const part of ['judge', 'decode', 'ScanDialog', 'VerifyPage', 'app'])
      expect(
        kept.some((path) => path.startsWith(`/assets/${part}-`)),
        part,
      ).toBe(true);
    expect(kept.filter((path) => !/^\/(verify$|assets\/|boot\.js$|favicon)/.test(path))).toEqual([]);
  });
});

describe('the code on the paper', () => {
  it('is read from a picture of the printed page', async () => {
    writeFileSync(join(folder, 'c.pdf'), pdf);
    execFileSync('pdftoppm', [
      '-r',
      '110',
      '-f',
      '3',
      '-l',
      '3',
      '-png',
      join(folder, 'c.pdf'),
      join(folder, 'c'),
    ]);
    const name = readdirSync(folder).find((one) => one.endsWith('.png'))!;
    await page.goto('/verify');
    await choose('photo.png', readFileSync(join(folder, name)), 'image/png');
    await verdict(GENUINE);
  });

  it('is read by a live camera', async () => {
    const film = join(folder, 'camera.y4m');
    writeFileSync(film, filmOf(`${api.url}/verify#${payload}`));
    const filming = await launchBrowser([
      '--use-fake-ui-for-media-stream',
      '--use-fake-device-for-media-stream',
      `--use-file-for-fake-video-capture=${film}`,
    ]);
    try {
      const own = await filming.newPage({
        baseURL: api.url,
        locale: 'zh-CN',
        viewport: { width: 390, height: 844 },
      });
      await own.goto('/verify');
      await own.getByRole('button', { name: '用摄像头扫码' }).click();
      await own.getByRole('heading', { level: 2, name: GENUINE }).waitFor();
    } finally {
      await filming.close();
    }
  });

  it('and where there is no camera that is said', async () => {
    await page.goto('/verify');
    await page.getByRole('button', { name: '用摄像头扫码' }).click();
    await page.getByText('打不开摄像头').waitFor();
    await look(page, 'verify-no-camera');
    await page.keyboard.press('Escape');
  });
});

describe('without a network', () => {
  beforeAll(() => context.setOffline(true));
  afterAll(() => context.setOffline(false));

  it('a scanned code is genuine in a tenth of a second, and whether it still stands is left open', async () => {
    await scan(payload);
    await verdict(GENUINE);
    await page.getByText('打印以后有没有变').waitFor();
    expect(await page.locator('main').innerText()).not.toContain('现在有效');
    await page.getByText('打印时登记机构签名说明').waitFor();
    await look(page, 'verify-proof-offline');
    const took: number[] = [];
    for (let round = 0; round < 5; round += 1) {
      await scan(payload);
      await verdict(GENUINE);
      took.push(await page.evaluate(() => performance.getEntriesByName('verify-proof').at(-1)!.duration));
    }
    console.info(`verified in ${took.map((ms) => ms.toFixed(1)).join(', ')} ms`);
    expect(Math.min(...took)).toBeLessThan(100);
  });

  it.each<[string, () => string, string]>([
    [
      'one letter changed',
      () => payload.slice(0, 700) + (payload[700] === 'A' ? 'B' : 'A') + payload.slice(701),
      NOT,
    ],
    ['cut off', () => payload.slice(0, -100), CANNOT],
    ['a log of somebody else', () => makeProof(), CANNOT],
  ])('%s', async (_, make, expected) => {
    await scan(make());
    await verdict(expected);
  });

  it('500 forged codes are refused', async () => {
    await scan(payload);
    await verdict(GENUINE);
    // As text: the tests' own bundler would put its own import in the place of the browser's.
    const verdicts = (await page.evaluate(`(async () => {
      const loaded = performance.getEntriesByType('resource').map(({ name }) => name);
      const { judgePayload } = await import(loaded.find((name) => name.includes('/assets/judge-')));
      const keys = JSON.parse(localStorage.getItem('office-keys'));
      const all = [];
      for (const text of ${JSON.stringify([payload, ...forge(payload, other, 500)])})
        all.push((await judgePayload(text, keys)).verdict);
      return all;
    })()`)) as string[];
    expect(verdicts[0]).toBe('genuine');
    expect(new Set(verdicts.slice(1))).toEqual(new Set(['notGenuine', 'cannotTell']));
  });
});

describe('the verifier that is one file, opened from the disk', () => {
  let own: BrowserContext;
  let alone: Page;
  const requests: string[] = [];

  beforeAll(async () => {
    const { body } = await stranger(api).get('/api/ledger');
    const template = readFileSync(join(PUBLIC_DIRECTORY, 'verifier.txt'), 'utf8');
    const text = withKeys(template, body.keys);
    console.info(`verifier: ${gzipSync(text, { level: 9 }).length} bytes gzipped, ${text.length} characters`);
    expect(gzipSync(text, { level: 9 }).length).toBeLessThan(30_000);
    writeFileSync(join(folder, 'verifier.html'), text);
    own = await browser.newContext({ offline: true, viewport: { width: 390, height: 844 } });
    alone = await own.newPage();
    alone.on('request', (request) => requests.push(request.url()));
    await alone.goto(`file://${join(folder, 'verifier.html')}`);
  });
  afterAll(() => own?.close());

  const result = () => alone.locator('#result').getAttribute('class');

  it('checks a file and a pasted code, in both tongues, and asks nobody', async () => {
    await alone.locator('#file').setInputFiles({ name: 'c.pdf', mimeType: 'application/pdf', buffer: pdf });
    await alone.getByRole('heading', { name: GENUINE }).waitFor();
    expect(await alone.locator('#result').innerText()).toContain('欧阳𠮷田');
    await alone
      .locator('#file')
      .setInputFiles({ name: 'e.pdf', mimeType: 'application/pdf', buffer: edited('/Title', '/Titel') });
    await alone.getByRole('heading', { name: NOT }).waitFor();
    await alone.locator('#text').fill(payload);
    await alone.getByRole('button', { name: '核对' }).click();
    await alone.getByRole('heading', { name: GENUINE }).waitFor();
    await look(alone, 'verifier-file');
    expect(requests.filter((url) => !url.startsWith('file:'))).toEqual([]);
  });

  it('refuses 500 forged codes, and keys that are not the office’s', async () => {
    const verdicts = await alone.evaluate(
      async (texts) => {
        const [area, form, shown] = [
          document.querySelector<HTMLTextAreaElement>('#text')!,
          document.querySelector('form')!,
          document.querySelector('#result')!,
        ];
        const all: string[] = [];
        for (const text of texts) {
          const done = new Promise((resolve) => {
            const observer = new MutationObserver(() => (observer.disconnect(), resolve(null)));
            observer.observe(shown, { childList: true });
          });
          area.value = text;
          form.requestSubmit();
          await done;
          all.push(shown.className);
        }
        return all;
      },
      [payload, ...forge(payload, other, 500)],
    );
    expect(verdicts[0]).toBe('genuine');
    expect(new Set(verdicts.slice(1))).toEqual(new Set(['notGenuine', 'cannotTell']));
    await alone.locator('#text').fill(payload);
    await alone.getByRole('button', { name: '核对' }).click();
    await alone.locator('#result.genuine').waitFor();
    const ms = Number(await alone.locator('#result').getAttribute('data-ms'));
    console.info(`the file verified in ${ms} ms`);
    await alone.locator('summary').click();
    await alone.locator('#words').fill('');
    await alone.getByRole('button', { name: '核对' }).click();
    await alone.locator('#result.cannotTell').waitFor();
    expect(await result()).toBe('cannotTell');
  });
});

it('no page complained', () => {
  expect(complaints).toEqual([]);
});
