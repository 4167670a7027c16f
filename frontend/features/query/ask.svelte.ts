import type {
  AskQuery,
  DelayGround,
  Evidence,
  Purpose,
  QueryKind,
  QueryKindsView,
} from '../../../backend/modules/query/contract.ts';
import type { AddressHitView } from '../../../backend/modules/register/contract.ts';
import type { FileView } from '../../../backend/modules/files/contract.ts';
import { asFailure } from '../../app/api.ts';
import { upload } from '../../app/upload.ts';
import { legalDay } from '../../i18n/format.ts';

export type Rule = QueryKindsView['items'][number];
export type Step = 'by' | 'target' | 'person' | 'claimed' | 'purpose' | 'silence' | 'papers' | 'check';

const ORDER: Evidence = 'inquiryOrder';
const DAY_MS = 86_400_000;

/** 24 hexadecimal digits: the name of the query, chosen here, so that papers can be uploaded for it and a second press asks nothing new. */
export function newQueryId(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(12));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}

/** The pictures of one paper; one upload after the other. */
export class Paper {
  readonly code: Evidence;
  readonly #queryId: string;
  files = $state.raw<readonly FileView[]>([]);
  percent = $state(0);
  busy = $state(false);
  problem = $state<string | null>(null);

  constructor(code: Evidence, queryId: string) {
    this.code = code;
    this.#queryId = queryId;
  }

  async add(files: readonly File[]): Promise<void> {
    if (this.busy) return;
    this.busy = true;
    this.problem = null;
    try {
      for (const file of files) await this.#send(file);
    } catch (error) {
      this.problem = asFailure(error).message;
    }
    this.busy = false;
  }

  async #send(file: File): Promise<void> {
    this.percent = 0;
    const form = new FormData();
    // Fields come before the file: the server decides on them while the bytes are still arriving.
    form.append('purpose', 'queryEvidence');
    form.append('caseId', this.#queryId);
    form.append('materialCode', this.code);
    form.append('file', file, file.name);
    const stored = await upload<FileView>('/api/files', form, {
      onProgress: (percent) => (this.percent = percent),
    });
    this.files = [...this.files, stored];
  }

  remove(id: string): void {
    this.files = this.files.filter((file) => file.id !== id);
  }
}

/** Where somebody stands in asking: one question at a time, and what they answered so far. */
export class Ask {
  readonly rule: Rule;
  readonly id = newQueryId();
  at = $state(0);
  /** Where a unit or a person may be named: which of the two is known. */
  by = $state<'unit' | 'person' | ''>('');
  target = $state('');
  /** Chosen of a search by address; stands for `target`. */
  chosen = $state.raw<AddressHitView | null>(null);
  person = $state({ name: '', idNumber: '' });
  claimedName = $state('');
  client = $state('');
  /** Whether a lawyer has a court's inquiry order; what it may be asked for is less, what is told is more. */
  order = $state<'yes' | 'no' | ''>('');
  purpose = $state<Purpose | ''>('');
  purposeText = $state('');
  /** Of a state organ: 文号 of its letter or case. */
  letterNo = $state('');
  /** Of a state organ: why those concerned are not told yet; nobody guesses it for them. */
  ground = $state<DelayGround | ''>('');
  /** `YYYY-MM-DD`; empty: the longest term. */
  untilOn = $state('');
  promised = $state(false);
  readonly papers: readonly Paper[];

  readonly #silenceDays: QueryKindsView['silenceDays'];

  constructor(rule: Rule, { silenceDays }: Pick<QueryKindsView, 'silenceDays'>) {
    this.rule = rule;
    this.#silenceDays = silenceDays;
    const codes = new Set(rule.papers.flatMap(({ lines, optional }) => [...lines.flat(), ...optional]));
    this.papers = [...codes].map((code) => new Paper(code, this.id));
    // Where there is one purpose only, nothing is asked.
    if (rule.purposes.length === 1) this.purpose = rule.purposes[0] ?? '';
  }

  get kind(): QueryKind {
    return this.rule.kind;
  }

  get ofOrgan(): boolean {
    return this.rule.who.includes('stateOrgan');
  }
  /** What is named; until somebody says, as many steps as it will take. */
  get names(): 'none' | 'unit' | 'person' {
    const { target } = this.rule;
    return target === 'unitOrPerson' ? this.by || 'person' : target;
  }

  /** The steps that this query takes, in order. */
  get steps(): Step[] {
    const { target, purposes } = this.rule;
    return [
      ...(target === 'unitOrPerson' ? ['by' as const] : []),
      ...(this.names === 'unit' ? ['target' as const] : []),
      ...(this.names === 'person' ? ['person' as const] : []),
      ...(this.kind === 'lawyer' ? ['claimed' as const] : []),
      ...(purposes.length > 1 ? ['purpose' as const] : []),
      ...(this.ofOrgan ? ['silence' as const] : []),
      ...(this.lines.length > 0 || this.papers.length > 0 ? ['papers' as const] : []),
      'check',
    ];
  }

  get step(): Step {
    return this.steps[this.at] ?? 'check';
  }

  get needsWords(): boolean {
    return this.purpose !== '' && this.rule.wordsFor.includes(this.purpose);
  }

  /** The longest term of the ground that was chosen; of any, as long as none is. */
  get longestDays(): number {
    const terms = this.#silenceDays.filter(({ ground }) => this.ground === '' || ground === this.ground);
    return Math.max(...terms.map(({ days }) => days));
  }

  /** `YYYY-MM-DD`: the last day of the longest term. */
  get longestOn(): string {
    return legalDay(new Date(Date.now() + this.longestDays * DAY_MS));
  }

  get hasOrder(): boolean {
    return this.kind === 'lawyer' && this.order === 'yes';
  }

  /** Those to choose from: an order of a court is made for a case. */
  get purposes(): readonly Purpose[] {
    if (!this.hasOrder) return this.rule.purposes;
    return this.rule.papers.flatMap(({ purpose, optional }) => (optional.includes(ORDER) ? [purpose] : []));
  }

  /** Says whether there is an order; a purpose that does not go with it is asked again. */
  setOrder(order: 'yes' | 'no'): void {
    this.order = order;
    if (this.purpose && !this.purposes.includes(this.purpose)) this.purpose = '';
  }

  /** Of each line one paper, for the purpose that was chosen. */
  get lines(): readonly (readonly Evidence[])[] {
    const lines = this.rule.papers.find(({ purpose }) => purpose === this.purpose)?.lines ?? [];
    return this.hasOrder ? [...lines, [ORDER]] : lines;
  }

  papersOf(line: readonly Evidence[]): Paper[] {
    return this.papers.filter(({ code }) => line.includes(code));
  }

  get missing(): readonly (readonly Evidence[])[] {
    return this.lines.filter((line) => this.papersOf(line).every(({ files }) => files.length === 0));
  }

  get body(): AskQuery {
    const codes = this.lines.flat();
    const evidence = this.papers
      .filter(({ code }) => codes.includes(code))
      .flatMap(({ code, files }) => files.map(({ id: fileId }) => ({ code, fileId })));
    return {
      id: this.id,
      kind: this.kind,
      ...(this.purpose ? { purpose: this.purpose } : {}),
      ...(this.rule.own ? {} : { promised: this.promised }),
      ...(this.purposeText.trim() ? { purposeText: this.purposeText.trim() } : {}),
      ...(this.ofOrgan ? { letterNo: this.letterNo.trim() } : {}),
      ...(this.ground
        ? { notice: { ground: this.ground, ...(this.untilOn ? { untilOn: this.untilOn } : {}) } }
        : {}),
      ...(this.names === 'unit' ? this.#named : {}),
      ...(this.names === 'person'
        ? { person: { name: this.person.name.trim(), idNumber: this.person.idNumber.trim() } }
        : {}),
      ...(this.kind === 'lawyer' ? { client: this.client.trim() } : {}),
      ...(this.kind === 'lawyer' && !this.hasOrder ? { claimedName: this.claimedName.trim() } : {}),
      ...(evidence.length > 0 ? { evidence } : {}),
    };
  }

  get #named(): Pick<AskQuery, 'hit' | 'target'> {
    return this.chosen?.hit ? { hit: this.chosen.hit } : { target: this.target.trim() };
  }

  /** Which property, as it was named. */
  get targetText(): string {
    return this.chosen?.hit ? this.chosen.address : this.target.trim();
  }

  next(): void {
    this.at = Math.min(this.at + 1, this.steps.length - 1);
  }

  back(): void {
    this.at = Math.max(0, this.at - 1);
  }

  go(step: Step): void {
    const at = this.steps.indexOf(step);
    if (at >= 0) this.at = at;
  }
}
