import type { CaseView, SubmitApplication } from '../../../../backend/modules/applications/contract.ts';
import { api, asFailure, newIdempotencyKey } from '../../../app/api.ts';
import type { AppFailure } from '../../../app/failure.ts';

const CHECK_MS = 3_000;
const CHECKS = 20;
const wait = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

export type SubmissionPhase = 'ready' | 'sending' | 'checking' | 'notSent';

/**
 * Filing once, whatever the network does. One idempotency key for one intention, kept over reloads; when no answer
 * comes, the case itself is asked whether it was filed, and nothing is called a failure before that is known.
 */
export class Submission {
  readonly #id: string;
  readonly #act: 'submit' | 'answer-correction';
  phase = $state<SubmissionPhase>('ready');
  failure = $state.raw<AppFailure | null>(null);

  constructor(id: string, act: 'submit' | 'answer-correction') {
    this.#id = id;
    this.#act = act;
  }

  /** The case's number once it is filed; null while it is not. */
  async send(body: SubmitApplication | { revision: number }): Promise<string | null> {
    if (this.phase === 'sending' || this.phase === 'checking') return null;
    this.phase = 'sending';
    this.failure = null;
    try {
      const filed = await api.post<{ no: string | null }>(
        `/api/applications/${this.#id}/${this.#act}`,
        body,
        {
          idempotencyKey: this.#key(body),
        },
      );
      this.#forgetKey();
      return filed.no ?? this.#id;
    } catch (error) {
      const failure = asFailure(error);
      if (failure.code === 'network.unknownOutcome' || failure.status >= 500) return this.#findOut();
      this.failure = failure;
      this.phase = 'ready';
      this.#forgetKey();
      return null;
    }
  }

  async #findOut(): Promise<string | null> {
    this.phase = 'checking';
    for (let round = 0; round < CHECKS; round += 1) {
      await wait(CHECK_MS);
      try {
        const view = await api.get<CaseView>(`/api/applications/${this.#id}`, { query: { view: 'case' } });
        const filed = !['draft', 'waitingConsent', 'correction'].includes(view.status);
        this.phase = filed ? 'ready' : 'notSent';
        if (filed) this.#forgetKey();
        return filed ? (view.no ?? this.#id) : null;
      } catch {
        // Still no answer; the next round asks again.
      }
    }
    this.phase = 'notSent';
    return null;
  }

  /** The same body keeps its key over a reload of the page; another body is another intention. */
  #key(body: unknown): string {
    const name = `submit-${this.#id}`;
    const text = JSON.stringify(body);
    try {
      const kept = JSON.parse(sessionStorage.getItem(name) ?? 'null') as { key: string; text: string } | null;
      if (kept?.text === text) return kept.key;
      const key = newIdempotencyKey();
      sessionStorage.setItem(name, JSON.stringify({ key, text }));
      return key;
    } catch {
      return newIdempotencyKey();
    }
  }

  #forgetKey(): void {
    try {
      sessionStorage.removeItem(`submit-${this.#id}`);
    } catch {
      // Without storage there is nothing to forget.
    }
  }
}
