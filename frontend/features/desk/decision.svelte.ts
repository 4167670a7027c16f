import type { CaseForClerk } from '../../../backend/modules/applications/contract.ts';
import { api, asFailure, newIdempotencyKey } from '../../app/api.ts';
import type { AppFailure } from '../../app/failure.ts';

/** Acts that a clerk answers for by what was read: sent with the filing that stood on the page. */
const ON_FILING = new Set(['accept', 'decline', 'review', 'approve', 'refuse', 'record']);

/** One act on a case: busy while it is sent, its failure kept beside it, nothing typed is lost. */
export class Decision {
  busy = $state(false);
  failure = $state.raw<AppFailure | null>(null);
  readonly #path: string;
  readonly #read: { filingHash?: string };
  readonly #key = newIdempotencyKey();

  constructor({ id, filingHash }: Pick<CaseForClerk, 'id' | 'filingHash'>, act: string) {
    this.#path = `/api/applications/${id}/${act}`;
    this.#read = filingHash && ON_FILING.has(act) ? { filingHash } : {};
  }

  /** The case is no longer what the page shows. */
  get overtaken(): boolean {
    return this.failure?.status === 409;
  }

  /** True when it was done. */
  async send(body: object): Promise<boolean> {
    if (this.busy) return false;
    this.busy = true;
    this.failure = null;
    try {
      await api.post(this.#path, { ...body, ...this.#read }, { idempotencyKey: this.#key });
      return true;
    } catch (error) {
      this.failure = asFailure(error);
      return false;
    } finally {
      this.busy = false;
    }
  }
}
