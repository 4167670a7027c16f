import { verifyFile, weigh, type FileVerdict } from '../../backend/modules/certificates/offline/bundle.ts';
import type { Field, FieldValue } from '../../backend/modules/certificates/offline/commit.ts';
import { DOCUMENT_WORDS, type DocumentType } from '../../backend/modules/certificates/offline/document.ts';
import { fingerprintOf, readKeys } from '../../backend/modules/certificates/offline/keys.ts';
import {
  verifyPayload,
  type Trust,
  type Verdict,
} from '../../backend/modules/certificates/offline/verify.ts';
import { resultRows } from '../../backend/modules/query/offline/result.ts';
import { payloadIn } from '../features/verify/offline/input.ts';
import { sha256 } from '../features/verify/offline/sha256.ts';
import { byBrowser, canBrowser } from '../features/verify/offline/ed25519.ts';
import { verifySm2 } from '../features/verify/offline/sm2.ts';
import { LABELS, MOMENT, PAGES, STANDING, VERDICTS, WHY, type Words } from './words.ts';

/** The verifier that is one file: no framework, no network, both languages side by side. */

const byId = <T extends HTMLElement>(id: string): T => document.getElementById(id) as T;
const [result, words] = [byId('result'), byId<HTMLTextAreaElement>('words')];

function element(tag: string, text: string, lang?: string): HTMLElement {
  const made = document.createElement(tag);
  made.textContent = text;
  if (lang) made.lang = lang;
  return made;
}

function both(tag: string, [zh, en]: Words): HTMLElement {
  const made = element(tag, zh);
  const small = element('small', en, 'en');
  made.append(document.createElement('br'), small);
  return made;
}

const keyWords = (): string[] => words.value.split('\n').filter((word) => word.trim() !== '');

/** A library for browsers of before 2025 would make this file a quarter larger: those are told so instead. */
const trustIn = (list: readonly string[]): Trust => ({
  sha256,
  verifiers: readKeys(sha256, list, { ed25519: byBrowser, sm2: verifySm2 }),
});

function showKeys(): void {
  const prints = keyWords().map((word) => {
    const line = element('p', `${word.slice(0, word.indexOf('+'))} `);
    line.append(element('code', fingerprintOf(sha256, word)));
    return line;
  });
  byId('prints').replaceChildren(...prints);
}

/** Holders as names, pairs as lines. */
function textOf(value: FieldValue): string {
  if (Array.isArray(value))
    return (value as readonly FieldValue[])
      .map((one) => (Array.isArray(one) ? one.map(textOf).join('：') : textOf(one)))
      .join('\n');
  if (typeof value !== 'object' || value === null) return String(value ?? '');
  return String((value as { name?: unknown }).name ?? '');
}

/** Certificates by the names of their fields, results as their paper has them. */
function rowsOf(fields: readonly Field[], isResult: boolean): (readonly [label: string, text: string])[] {
  if (isResult) return resultRows(fields).map(({ label, text }) => [label, text]);
  const values = new Map(fields);
  return Object.entries(LABELS).map(([name, label]) => [label, textOf(values.get(name) ?? '')]);
}

function listOf(fields: readonly Field[], isResult: boolean): HTMLElement {
  const list = document.createElement('dl');
  for (const [label, text] of rowsOf(fields, isResult)) {
    if (text === '' || text === '—') continue;
    const row = document.createElement('div');
    row.append(element('dt', label), element('dd', text));
    list.append(row);
  }
  return list;
}

/** The paper is named before it is judged: its proof may stand on another. */
function headingOf(words: Words, paper: DocumentType | null): Words {
  if (!paper) return words;
  const { zh, en } = DOCUMENT_WORDS[paper];
  return [`${zh}：${words[0]}`, `${en}: ${words[1]}`];
}

const instant = new Intl.DateTimeFormat('zh-CN', {
  dateStyle: 'long',
  timeStyle: 'medium',
  timeZone: 'Asia/Shanghai',
});

function partsOf(verdict: Verdict | FileVerdict): HTMLElement[] {
  const words = VERDICTS[weigh(verdict)];
  const parts = [both('h2', headingOf(words, 'document' in verdict ? verdict.document : null))];
  if ('why' in verdict) {
    const noKeys = verdict.why === 'unknownKey' && keyWords().length === 0;
    return [...parts, both('p', WHY[noKeys ? 'noKeys' : verdict.why])];
  }
  const isResult = verdict.kind === 'queryResult';
  if (isResult) parts.push(both('p', WHY.noCertificate));
  if (verdict.verdict === 'signedOnly') parts.push(both('p', WHY.signedOnly));
  if ('pages' in verdict) parts.push(both('p', PAGES[verdict.pages]));
  if (verdict.verdict === 'genuine') {
    const { log, standing } = verdict;
    const [zh, en] = standing ? STANDING[standing.status] : STANDING.unknown;
    const at = standing ? `（截至 ${instant.format(new Date(standing.at))}）` : '';
    if (isResult) parts.push(both('p', [`${MOMENT[0]}${instant.format(new Date(verdict.at))}`, MOMENT[1]]));
    else parts.push(both('p', [`${zh}${at}。${STANDING.later[0]}`, `${en}. ${STANDING.later[1]}`]));
    parts.push(element('small', `${log.origin} ${log.index + 1}/${log.size}，${log.signedBy.join('、')}`));
  }
  return [...parts, listOf(verdict.fields, isResult)];
}

async function judge(read: () => Promise<Verdict | FileVerdict>): Promise<void> {
  if (!(await canBrowser())) return result.replaceChildren(both('p', WHY.oldBrowser));
  const started = performance.now();
  const verdict = await read().catch((): Verdict => ({ verdict: 'cannotTell', why: 'foreign' }));
  result.className = weigh(verdict);
  result.dataset.ms = (performance.now() - started).toFixed(1);
  result.replaceChildren(...partsOf(verdict));
  result.focus();
}

const judgeText = (text: string): Promise<Verdict | FileVerdict> => {
  const payload = payloadIn(text);
  const trust = trustIn(keyWords());
  return payload === null ? verifyFile(new TextEncoder().encode(text), trust) : verifyPayload(payload, trust);
};

interface Detector {
  detect(image: ImageBitmap): Promise<{ rawValue: string }[]>;
}
const Detector = (globalThis as { BarcodeDetector?: new (options: { formats: string[] }) => Detector })
  .BarcodeDetector;

/** Pictures are read by the browser where it can: a reader of our own would double the size of this file. */
async function judgeFile(file: File): Promise<Verdict | FileVerdict> {
  if (!file.type.startsWith('image/'))
    return verifyFile(new Uint8Array(await file.arrayBuffer()), trustIn(keyWords()));
  if (!Detector) return { verdict: 'cannotTell', why: 'noProof' };
  const [code] = await new Detector({ formats: ['qr_code'] }).detect(await createImageBitmap(file));
  return judgeText(code?.rawValue ?? '');
}

words.value = (JSON.parse(byId('keys').textContent ?? '[]') as string[]).join('\n');
words.addEventListener('input', showKeys);
showKeys();
byId<HTMLInputElement>('file').addEventListener('change', ({ target }) => {
  const file = (target as HTMLInputElement).files?.[0];
  if (file) void judge(() => judgeFile(file));
});
document.querySelector('form')!.addEventListener('submit', (event) => {
  event.preventDefault();
  void judge(() => judgeText(byId<HTMLTextAreaElement>('text').value));
});
addEventListener('dragover', (event) => event.preventDefault());
addEventListener('drop', (event) => {
  event.preventDefault();
  const file = event.dataTransfer?.files[0];
  if (file) void judge(() => judgeFile(file));
});
