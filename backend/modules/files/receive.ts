/** Takes one multipart upload apart while it arrives: fields first, then one file whose bytes are handed on as a stream. */
import type { IncomingMessage } from 'node:http';
import type { Readable } from 'node:stream';
import { Busboy, type BusboyFileStream } from '@fastify/busboy';
import { MAX_FILE_BYTES, UPLOAD_FILE_FIELD } from './contract.ts';
import { AppError } from '../../platform/errors.ts';
import { forgetBody } from '../../platform/http/forget-body.ts';
import { filesErrors } from './errors.ts';

export interface ReceivedFields {
  purpose: string;
  caseId: string;
  materialCode: string;
}

export interface Arriving {
  fields: ReceivedFields;
  sentName: string;
  declaredMime: string;
  /** Ends with an error if the sender goes away. */
  content: Readable;
  /** Resolves when the body has ended in order, with one file in it; nothing may be acknowledged before. */
  whole: Promise<void>;
  /** True once the size limit cut the content short; the parser cuts quietly. */
  isTooLarge(): boolean;
}

const FIELD_PATTERN: Record<keyof ReceivedFields, RegExp> = {
  purpose: /^[a-zA-Z]{1,40}$/,
  caseId: /^[0-9a-f]{24}$/,
  materialCode: /^[\w.-]{1,64}$/,
};

function fieldsFrom(values: ReadonlyMap<string, string>): ReceivedFields {
  const problems = Object.entries(FIELD_PATTERN)
    .filter(([name, pattern]) => !pattern.test(values.get(name) ?? ''))
    .map(([name]) => ({ pointer: `/${name}`, code: 'files.field_missing' }));
  if (problems.length > 0) filesErrors.fail('files.field_missing', {}, problems);
  return {
    purpose: values.get('purpose') ?? '',
    caseId: values.get('caseId') ?? '',
    materialCode: values.get('materialCode') ?? '',
  };
}

function createParser(request: IncomingMessage) {
  const contentType = request.headers['content-type'];
  if (!contentType?.toLowerCase().startsWith('multipart/form-data'))
    return filesErrors.fail('files.not_multipart');
  try {
    return new Busboy({
      headers: { ...request.headers, 'content-type': contentType },
      isPartAFile: (_field, _type, fileName) => fileName !== undefined,
      limits: {
        fieldNameSize: 40,
        fieldSize: 200,
        fields: 6,
        files: 1,
        fileSize: MAX_FILE_BYTES,
        parts: 8,
        headerPairs: 20,
        headerSize: 4096,
      },
    });
  } catch {
    return filesErrors.fail('files.malformed');
  }
}

/**
 * Hands the file to `use` as soon as it begins, and gives back what `use` gives. Where the sender goes away or the body is
 * malformed, the content ends with an error, so that `use` fails and cleans up after itself.
 */
export function receiveUpload<T>(
  request: IncomingMessage,
  use: (arriving: Arriving) => Promise<T>,
): Promise<T> {
  const parser = createParser(request);
  const values = new Map<string, string>();
  let content: BusboyFileStream | null = null;
  let onClose = (): void => undefined;

  return new Promise<T>((resolve, reject) => {
    let endWhole: { resolve(): void; reject(error: Error): void } = { resolve: () => undefined, reject };
    const fail = (code: keyof typeof filesErrors.table): void => {
      const error = new AppError(code);
      endWhole.reject(error);
      content?.destroy(error);
    };
    parser.on('field', (name, value, nameCut, valueCut) => {
      if (!nameCut && !valueCut && !content) values.set(name, value);
    });
    parser.on('file', (field, stream, sentName, _encoding, declaredMime) => {
      // A stream that is destroyed before anybody listens would end the process.
      stream.on('error', () => undefined);
      if (field !== UPLOAD_FILE_FIELD) return fail('files.not_multipart');
      content = stream;
      const whole = new Promise<void>((done, refuse) => (endWhole = { resolve: done, reject: refuse }));
      whole.catch(() => undefined);
      const arriving = { sentName, declaredMime, content: stream, whole, isTooLarge: () => stream.truncated };
      Promise.resolve()
        .then(() => use({ ...arriving, fields: fieldsFrom(values) }))
        .then(resolve, reject);
    });
    parser.on('filesLimit', () => fail('files.one_at_a_time'));
    parser.on('error', () => fail('files.malformed'));
    parser.on('finish', () => (content ? endWhole.resolve() : fail('files.not_multipart')));
    onClose = () => {
      if (!request.complete) fail('files.malformed');
    };
    request.on('close', onClose);
    request.pipe(parser);
  }).finally(() => {
    request.off('close', onClose);
    request.unpipe(parser);
    forgetBody(request);
  });
}
