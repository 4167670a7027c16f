import { i18n } from '../i18n/i18n.svelte.ts';
import { accountHeader, localFailure } from './api.ts';
import { AppFailure, type FailureProblem } from './failure.ts';

export interface UploadOptions {
  /** 0 to 100. */
  onProgress?: (percent: number) => void;
  signal?: AbortSignal;
  method?: 'POST' | 'PUT';
}

interface WireError {
  error?: { code?: string; message?: string; details?: FailureProblem[]; requestId?: string };
}

function failureOf(request: XMLHttpRequest): AppFailure {
  try {
    const wire = (JSON.parse(request.responseText) as WireError).error;
    if (!wire?.message) return localFailure('network.badAnswer');
    return new AppFailure({
      code: wire.code ?? 'network.badAnswer',
      message: wire.message,
      status: request.status,
      problems: wire.details ?? [],
      requestId: wire.requestId ?? null,
    });
  } catch {
    return localFailure('network.badAnswer');
  }
}

/** Sends a form with files. fetch() cannot report how much was sent, XMLHttpRequest can. Throws AppFailure. */
export function upload<T>(path: string, form: FormData | Blob, options: UploadOptions = {}): Promise<T> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open(options.method ?? 'POST', path);
    request.setRequestHeader('Accept', 'application/json');
    request.setRequestHeader('Accept-Language', i18n.language);
    for (const [name, value] of Object.entries(accountHeader())) request.setRequestHeader(name, value);
    request.upload.onprogress = (event) => {
      if (event.lengthComputable) options.onProgress?.(Math.round((event.loaded / event.total) * 100));
    };
    request.onload = () => {
      if (request.status < 200 || request.status > 299) {
        reject(failureOf(request));
        return;
      }
      try {
        resolve(JSON.parse(request.responseText || 'null') as T);
      } catch {
        reject(localFailure('network.unknownOutcome'));
      }
    };
    request.onerror = () => reject(localFailure('network.unknownOutcome'));
    request.onabort = () => reject(new DOMException('aborted', 'AbortError'));
    options.signal?.addEventListener('abort', () => request.abort(), { once: true });
    request.send(form);
  });
}
