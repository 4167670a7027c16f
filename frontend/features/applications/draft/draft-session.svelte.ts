import type { DraftView, SetMaterial } from '../../../../backend/modules/applications/contract.ts';
import type { BusinessType } from '../../../../backend/modules/catalogue/contract.ts';
import { accountHeader, api, asFailure } from '../../../app/api.ts';
import { type AppFailure } from '../../../app/failure.ts';
import { i18n } from '../../../i18n/i18n.svelte.ts';
import { mergeDrafts, type Clash } from './merge.ts';
import { dropUnsent, findUnsent, keepUnsent } from './unsent.ts';

/** After the last key; together with the longest wait, no more than 5 s of typing are ever unsaved. */
const QUIET_MS = 1_200;
const LONGEST_MS = 4_000;
/** Network gone: try again at this pace, and at once when the browser says it is back. */
const RETRY_MS = 8_000;

export type SaveState = 'saved' | 'dirty' | 'saving' | 'unreachable' | 'refused';

export interface Conflict {
  clashes: Clash[];
  theirs: DraftView;
}

/**
 * One draft while it is being filled in: the server's copy, what was typed since, and the saving of it. Pages of an
 * application share it, so that going from question to question neither reads it again nor races its own autosave.
 */
export class DraftSession {
  readonly id: string;
  readonly accountId: string;
  view = $state.raw<DraftView | null>(null);
  type = $state.raw<BusinessType | null>(null);
  /** What is on screen: the server's answers with the typing over them. */
  answers = $state<Record<string, unknown>>({});
  state = $state<SaveState>('saved');
  failure = $state.raw<AppFailure | null>(null);
  conflict = $state.raw<Conflict | null>(null);
  /** The typing of an earlier visit was found on this device and put back. */
  recovered = $state(false);
  /** The answers when the check page was first opened: what differs later is marked “已改” there. */
  checked: Record<string, unknown> | null = null;

  #dirty: Record<string, unknown> = {};
  #timer: ReturnType<typeof setTimeout> | undefined;
  #firstTyped = 0;
  #saving: Promise<boolean> | null = null;
  #closed = false;

  constructor(id: string, accountId: string) {
    this.id = id;
    this.accountId = accountId;
    window.addEventListener('pagehide', this.#leave);
    document.addEventListener('visibilitychange', this.#hidden);
    window.addEventListener('online', this.#online);
  }

  close(): void {
    this.#closed = true;
    clearTimeout(this.#timer);
    window.removeEventListener('pagehide', this.#leave);
    document.removeEventListener('visibilitychange', this.#hidden);
    window.removeEventListener('online', this.#online);
    void this.flush();
  }

  get hasUnsaved(): boolean {
    return Object.keys(this.#dirty).length > 0;
  }

  /** Reads the draft and its form. Throws AppFailure. */
  async load(): Promise<void> {
    await this.#saving;
    const view = await this.#read();
    if (this.type?.code !== view.businessType.code || this.type.version !== view.businessType.version) {
      this.type = await api.get<BusinessType>(`/api/business-types/${view.businessType.code}`, {
        query: { version: view.businessType.version },
      });
    }
    this.#take(view);
    await this.#recover(view);
  }

  /** A field was typed in or chosen. */
  change(key: string, value: unknown): void {
    this.answers[key] = value;
    this.#dirty[key] = $state.snapshot(value);
    if (this.state !== 'saving') this.state = 'dirty';
    void this.#keep();
    this.#schedule();
  }

  /** Sends what is unsaved now. True when the server has everything. */
  async flush(): Promise<boolean> {
    clearTimeout(this.#timer);
    while (this.#saving) await this.#saving;
    if (!this.hasUnsaved) return this.conflict === null;
    this.#saving = this.#save();
    const done = await this.#saving;
    this.#saving = null;
    return done && (this.hasUnsaved ? this.flush() : true);
  }

  /** Replaces the files of one material. Throws AppFailure. */
  async setMaterial(materialCode: string, fileIds: string[]): Promise<void> {
    await this.flush();
    const body = (): SetMaterial => ({ revision: this.view?.revision ?? 1, materialCode, fileIds });
    try {
      this.#take(await api.post<DraftView>(`/api/applications/${this.id}/materials`, body()));
    } catch (error) {
      const failure = asFailure(error);
      if (failure.code !== 'applications.stale_draft') throw failure;
      // Another tab saved a field meanwhile; the list of files is ours alone, so it goes over the newer copy.
      this.#take(await this.#read());
      this.#take(await api.post<DraftView>(`/api/applications/${this.id}/materials`, body()));
    }
  }

  /** Any act that answers with the draft as it now is. */
  take(view: DraftView): void {
    this.#take(view);
  }

  /** `mine`: what was typed here goes over the other copy; `theirs`: it is let go. */
  async resolve(choice: 'mine' | 'theirs'): Promise<void> {
    const conflict = this.conflict;
    if (!conflict) return;
    if (choice === 'theirs') for (const clash of conflict.clashes) delete this.#dirty[clash.key];
    this.conflict = null;
    this.#take(conflict.theirs);
    if (this.hasUnsaved) await this.flush();
    else await dropUnsent(this.id);
  }

  #read(): Promise<DraftView> {
    return api.get<DraftView>(`/api/applications/${this.id}`, { query: { view: 'draft' } });
  }

  #take(view: DraftView): void {
    this.view = view;
    this.answers = { ...view.answers, ...this.#dirty };
  }

  async #recover(view: DraftView): Promise<void> {
    const unsent = await findUnsent(this.id, this.accountId);
    if (!unsent || this.hasUnsaved) return;
    const { mine, clashes } = mergeDrafts(unsent.base, unsent.answers, view.answers);
    this.#dirty = { ...mine, ...Object.fromEntries(clashes.map((clash) => [clash.key, clash.mine])) };
    if (!this.hasUnsaved) return dropUnsent(this.id);
    this.recovered = true;
    this.answers = { ...view.answers, ...this.#dirty };
    if (clashes.length > 0) this.conflict = { clashes, theirs: view };
    else await this.flush();
  }

  #schedule(): void {
    const now = Date.now();
    if (!this.#firstTyped) this.#firstTyped = now;
    clearTimeout(this.#timer);
    const wait = Math.max(Math.min(QUIET_MS, this.#firstTyped + LONGEST_MS - now), 0);
    this.#timer = setTimeout(() => void this.flush(), wait);
  }

  #body(): { revision: number; answers: Record<string, unknown> } {
    const answers = Object.fromEntries(
      Object.entries(this.#dirty).map(([key, value]) => [
        key,
        value === undefined || value === '' ? null : value,
      ]),
    );
    return { revision: this.view?.revision ?? 1, answers };
  }

  async #save(): Promise<boolean> {
    const sent = { ...this.#dirty };
    this.#firstTyped = 0;
    this.state = 'saving';
    try {
      const view = await api.patch<DraftView>(`/api/applications/${this.id}`, this.#body());
      for (const [key, value] of Object.entries(sent))
        if (this.#dirty[key] === value) delete this.#dirty[key];
      this.failure = null;
      this.#take(view);
      this.state = this.hasUnsaved ? 'dirty' : 'saved';
      if (this.hasUnsaved) await this.#keep();
      else await dropUnsent(this.id);
      return true;
    } catch (error) {
      return this.#failed(asFailure(error));
    }
  }

  async #failed(failure: AppFailure): Promise<boolean> {
    this.failure = failure;
    if (failure.code === 'applications.stale_draft') return this.#reconcile();
    const gone = failure.status === 0 || failure.status >= 500;
    this.state = gone ? 'unreachable' : 'refused';
    if (gone && !this.#closed) this.#timer = setTimeout(() => void this.flush(), RETRY_MS);
    return false;
  }

  /** Somebody (another tab, another device) saved first: take over what does not clash, ask about the rest. */
  async #reconcile(): Promise<boolean> {
    try {
      const theirs = await this.#read();
      const { mine, clashes } = mergeDrafts(this.view?.answers ?? {}, this.#dirty, theirs.answers);
      this.failure = null;
      if (clashes.length > 0) {
        this.conflict = { clashes, theirs };
        this.state = 'dirty';
        return false;
      }
      this.#dirty = mine;
      this.#take(theirs);
      if (this.hasUnsaved) return await this.#save();
      this.state = 'saved';
      await dropUnsent(this.id);
      return true;
    } catch (error) {
      this.failure = asFailure(error);
      this.state = 'unreachable';
      return false;
    }
  }

  #keep(): Promise<void> {
    const base = this.view?.answers ?? {};
    return keepUnsent({
      id: this.id,
      accountId: this.accountId,
      baseRevision: this.view?.revision ?? 0,
      base: Object.fromEntries(Object.keys(this.#dirty).map((key) => [key, base[key] ?? null])),
      answers: { ...this.#dirty },
      typedAt: new Date().toISOString(),
    });
  }

  #online = () => void (this.hasUnsaved && this.flush());

  #hidden = () => {
    if (document.visibilityState === 'hidden') this.#leave();
  };

  /** The page may never come back: send with keepalive, which outlives it. What it cannot carry waits on the device. */
  #leave = () => {
    if (!this.hasUnsaved || this.#saving || this.conflict) return;
    const body = JSON.stringify(this.#body());
    // Browsers refuse keepalive bodies over 64 KiB.
    if (body.length > 60_000) return;
    void fetch(`/api/applications/${this.id}`, {
      method: 'PATCH',
      keepalive: true,
      credentials: 'same-origin',
      headers: {
        'Content-Type': 'application/json',
        Accept: 'application/json',
        'Accept-Language': i18n.language,
        ...accountHeader(),
      },
      body,
    }).then(
      async (response) => {
        if (response.ok && !this.#closed) await this.load().catch(() => undefined);
      },
      () => undefined,
    );
  };
}

let current: DraftSession | null = null;

/** The session of a draft; leaving for another draft closes the one before. */
export function draftSession(id: string, accountId: string): DraftSession {
  if (current?.id === id && current.accountId === accountId) return current;
  current?.close();
  current = new DraftSession(id, accountId);
  return current;
}

/** After submission or deletion nothing is left to save. */
export function endDraftSession(id: string): void {
  if (current?.id === id) {
    current.close();
    current = null;
  }
  void dropUnsent(id);
}
