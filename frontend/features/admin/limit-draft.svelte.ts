import type {
  DecidedPromise,
  LimitEffect,
  LimitItem,
  LimitList,
  NewLimit,
} from '../../../backend/modules/applications/contract.ts';
import { api, asFailure } from '../../app/api.ts';
import type { AppFailure } from '../../app/failure.ts';
import { legalDay } from '../../i18n/format.ts';

export interface Fault {
  id: string | null;
  message: string;
}

const fieldOf = (pointer: string): string => pointer.replace(/^\//, '').replaceAll('/', '-');

/** What was refused, at its fields. */
function faultsOf(failure: AppFailure | null): Fault[] {
  if (!failure) return [];
  const { problems = [], message } = failure;
  return problems.length === 0
    ? [{ id: null, message }]
    : problems.map((one) => ({ id: fieldOf(one.pointer), message: one.message }));
}

/** A promise being prepared: typed, looked at, then published as it was looked at. */
export class LimitDraft {
  amount = $state('');
  validFrom = $state(legalDay());
  title = $state('');
  number = $state('');
  reason = $state('');
  effect = $state.raw<LimitEffect | null>(null);
  faults = $state.raw<Fault[]>([]);
  busy = $state(false);
  attempt = $state(0);
  readonly item: LimitItem;

  constructor(item: LimitItem) {
    this.item = item;
  }

  /** What was looked at is no longer what would be published. */
  changed(): void {
    this.effect = null;
    this.faults = [];
  }

  errorOf(id: string): string | undefined {
    return this.faults.find((fault) => fault.id === id)?.message;
  }

  #body(): NewLimit {
    const { item, amount, validFrom, title, number, reason } = this;
    return {
      code: item.code,
      promised: { amount: Number(amount), unit: item.promised.unit },
      validFrom,
      notice: { title: title.trim(), number: number.trim() },
      reason: reason.trim(),
    };
  }

  /** @param missing what stands empty, with its sentence */
  async preview(missing: Fault[]): Promise<void> {
    this.faults = missing;
    this.attempt += 1;
    if (missing.length > 0) return;
    await this.#send(async () => {
      this.effect = await api.post<LimitEffect>('/api/admin/limits/preview', this.#body());
    });
  }

  /** The list as it is afterwards; null when it was refused. */
  async publish(): Promise<LimitList | null> {
    const { effect } = this;
    if (!effect) return null;
    let list: LimitList | null = null;
    await this.#send(async () => {
      list = await api.post<LimitList>('/api/admin/limits', { ...this.#body(), basedOn: effect.basedOn });
      this.effect = null;
    });
    return list;
  }

  async #send(work: () => Promise<void>): Promise<void> {
    if (this.busy) return;
    this.busy = true;
    this.faults = [];
    try {
      await work();
    } catch (error) {
      this.faults = faultsOf(asFailure(error));
      this.effect = null;
      this.attempt += 1;
    }
    this.busy = false;
  }
}

/** Case numbers as they are typed or pasted: one a line, or apart by commas and spaces. */
export const numbersIn = (text: string): string[] => [
  ...new Set(text.split(/[\s,，、;；]+/).filter(Boolean)),
];

/** A leader's decision on named cases. */
export class PromiseDecisionDraft {
  code = $state('');
  numbers = $state('');
  reason = $state('');
  faults = $state.raw<Fault[]>([]);
  busy = $state(false);
  attempt = $state(0);

  errorOf(id: string): string | undefined {
    return this.faults.find((fault) => fault.id === id)?.message;
  }

  async decide(version: number, missing: Fault[]): Promise<DecidedPromise | null> {
    this.faults = missing;
    this.attempt += 1;
    if (missing.length > 0 || this.busy) return null;
    this.busy = true;
    let decided: DecidedPromise | null = null;
    const caseNos = numbersIn(this.numbers);
    try {
      const body = { version, caseNos, reason: this.reason.trim() };
      decided = await api.post<DecidedPromise>(`/api/admin/limits/${this.code}/decisions`, body);
      this.numbers = '';
      this.reason = '';
    } catch (error) {
      // Each refused case by its number: its place in the list says nothing to who reads.
      this.faults = faultsOf(asFailure(error)).map(({ id, message }) => {
        const place = /^caseNos-(\d+)$/.exec(id ?? '')?.[1];
        return place === undefined
          ? { id, message }
          : { id: 'caseNos', message: `${caseNos[Number(place)] ?? ''} ${message}` };
      });
    }
    this.busy = false;
    return decided;
  }
}
