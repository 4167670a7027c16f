import type { DraftView } from '../../../../backend/modules/applications/contract.ts';
import type { FileView } from '../../../../backend/modules/files/contract.ts';
import { asFailure } from '../../../app/api.ts';
import { upload } from '../../../app/upload.ts';
import { t } from '../../../i18n/i18n.svelte.ts';
import type { DraftSession } from '../draft/draft-session.svelte.ts';

type Material = DraftView['materials'][number];

/** Same as files/contract.ts MAX_FILE_BYTES, said before sending instead of after 20 MB have been sent. */
const MAX_BYTES = 20 * 1024 * 1024;
const KINDS = /\.(jpe?g|png|pdf)$/i;

/** The uploads of one material: one after the other, kept for “再传一次” when one fails. */
export class MaterialUploads {
  readonly #session: DraftSession;
  readonly #code: string;
  percent = $state(0);
  busy = $state(false);
  problem = $state<string | null>(null);
  #waiting: File[] = [];

  constructor(session: DraftSession, code: string) {
    this.#session = session;
    this.#code = code;
  }

  get canRetry(): boolean {
    return this.#waiting.length > 0;
  }

  async add(files: readonly File[]): Promise<void> {
    this.problem = null;
    const refused = files.map(refusalOf).find((reason) => reason !== null);
    const usable = files.filter((file) => refusalOf(file) === null);
    this.#waiting.push(...usable);
    await this.run();
    if (refused && this.problem === null) this.problem = refused;
  }

  /** Sends what waits. A file that failed stays first in line, so trying again needs no choosing again. */
  async run(): Promise<void> {
    if (this.busy) return;
    this.busy = true;
    this.problem = null;
    try {
      for (let file = this.#waiting[0]; file; file = this.#waiting[0]) {
        await this.#send(file);
        this.#waiting.shift();
      }
    } catch (error) {
      const failure = asFailure(error);
      this.problem = failure.message;
      // The server looked at the bytes and refused them: sending the same again would not help.
      if (failure.status >= 400 && failure.status < 500) this.#waiting.shift();
    }
    this.busy = false;
  }

  async #send(file: File): Promise<void> {
    this.percent = 0;
    const form = new FormData();
    // Fields come before the file: the server decides on them while the bytes are still arriving.
    form.append('purpose', 'material');
    form.append('caseId', this.#session.id);
    form.append('materialCode', this.#code);
    form.append('file', file, file.name);
    const stored = await upload<FileView>('/api/files', form, {
      onProgress: (percent) => (this.percent = percent),
    });
    const known = this.#fileIds();
    if (!known.includes(stored.id)) await this.#session.setMaterial(this.#code, [...known, stored.id]);
  }

  async remove(fileId: string): Promise<void> {
    await this.#replace(this.#fileIds().filter((id) => id !== fileId));
  }

  async move(fileId: string, by: -1 | 1): Promise<void> {
    const ids = this.#fileIds();
    const from = ids.indexOf(fileId);
    const other = ids[from + by];
    if (other === undefined) return;
    ids[from] = other;
    ids[from + by] = fileId;
    await this.#replace(ids);
  }

  async #replace(ids: string[]): Promise<void> {
    this.problem = null;
    try {
      await this.#session.setMaterial(this.#code, ids);
    } catch (error) {
      this.problem = asFailure(error).message;
    }
  }

  #fileIds(): string[] {
    const material: Material | undefined = this.#session.view?.materials.find(
      (one) => one.code === this.#code,
    );
    return (material?.files ?? []).map((file) => file.fileId);
  }
}

function refusalOf(file: File): string | null {
  if (file.size === 0) return t('applications.uploadEmpty', { name: file.name });
  if (file.size > MAX_BYTES) {
    return t('applications.uploadTooBig', { name: file.name, size: (file.size / 1024 / 1024).toFixed(1) });
  }
  const known = KINDS.test(file.name) || ['image/jpeg', 'image/png', 'application/pdf'].includes(file.type);
  return known ? null : t('applications.uploadKind', { name: file.name });
}
