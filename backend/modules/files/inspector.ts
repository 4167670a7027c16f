/**
 * The portal's side of inspector-process.mjs: one file at a time, a limit for each, a fresh process after any trouble. The process starts with the first file and ends when none came for a minute.
 */
import { fork, type ChildProcess } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { FileType } from './contract.ts';
import { filesErrors } from './errors.ts';
import { createFairLine } from './fair-line.ts';
import { MAX_PDF_PAGES } from './limits.ts';

/** Last resort, on the clock: the process itself ends after 5 s of processor time on one file, 3 s on a picture. */
const TIME_LIMIT_MS = 90_000;
const IDLE_MS = 60_000;
/** Of its JavaScript; pixels live outside of it. */
const HEAP_MB = 384;

interface Request {
  act: 'open' | 'picture';
  type: FileType;
  bytes: Buffer;
  page: number;
  width: number;
}

interface Reply {
  id: number;
  ok: boolean;
  reason?: string;
  pages?: number;
  image?: Uint8Array;
}

let child: ChildProcess | null = null;
let idle: NodeJS.Timeout | null = null;
let lastId = 0;
const line = createFairLine();
/** Pictures that one account may have asked for and not got: the thumbnails of a page of materials, with room. */
const MOST_WAITING = 30;

function startChild(): ChildProcess {
  const script = fileURLToPath(new URL('./inspector-process.mjs', import.meta.url));
  const started = fork(script, [], {
    serialization: 'advanced',
    execArgv: [`--max-old-space-size=${HEAP_MB}`],
    // Of the environment only what a process needs to run: no keys, no addresses.
    env: { TZ: 'UTC' },
    stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
  });
  // A waiting inspector must not keep a stopping portal alive; its channel closes with us.
  started.unref();
  started.channel?.unref();
  started.once('exit', () => {
    if (child === started) child = null;
  });
  return started;
}

function endChild(): void {
  child?.kill('SIGKILL');
  child = null;
}

function ask(request: Request): Promise<Reply> {
  if (idle) clearTimeout(idle);
  const process = (child ??= startChild());
  const id = (lastId += 1);
  return new Promise<Reply>((resolve, reject) => {
    const settle = (done: () => void) => {
      clearTimeout(timer);
      process.off('message', onMessage);
      process.off('exit', onExit);
      process.off('error', onExit);
      idle = setTimeout(endChild, IDLE_MS).unref();
      done();
    };
    const onMessage = (reply: unknown) => {
      if ((reply as Reply).id === id) settle(() => resolve(reply as Reply));
    };
    // Out of memory or a crash in a decoder (a cut-off JPEG is enough for it): this file's doing, not the portal's.
    const crash = request.type === FileType.pdf ? 'tooComplex' : 'broken';
    const onExit = () => settle(() => resolve({ id, ok: false, reason: crash }));
    const timer = setTimeout(() => {
      settle(() => resolve({ id, ok: false, reason: 'tooComplex' }));
      endChild();
    }, TIME_LIMIT_MS);
    process.on('message', onMessage);
    process.once('exit', onExit);
    process.once('error', onExit);
    process.send({ id, maxPages: MAX_PDF_PAGES, ...request }, (error) => {
      if (error) settle(() => reject(error));
    });
  });
}

function refuse(reply: Reply): never {
  if (reply.reason === 'encrypted') filesErrors.fail('files.encrypted');
  if (reply.reason === 'active') filesErrors.fail('files.active_content');
  if (reply.reason === 'pages') {
    filesErrors.fail('files.too_many_pages', { pages: reply.pages ?? 0, limit: MAX_PDF_PAGES });
  }
  if (reply.reason === 'tooComplex') filesErrors.fail('files.too_complex');
  return filesErrors.fail('files.broken');
}

/**
 * Opens a file as a reader would. `load` is called when its turn comes, so that files in the line hold no memory.
 * @throws files.broken, files.encrypted, files.active_content, files.too_many_pages, files.too_complex
 */
export function inspect(
  type: FileType,
  load: () => Promise<Buffer>,
  account = '',
): Promise<{ pages: number }> {
  return line.inTurn('upload', account, async () => {
    const reply = await ask({ act: 'open', type, bytes: await load(), page: 1, width: 0 });
    return reply.ok ? { pages: reply.pages ?? 1 } : refuse(reply);
  });
}

/** One page as WebP: pixels only, nothing of the original bytes. Errors as `inspect`, and files.too_many_previews. */
export function drawPreview(
  type: FileType,
  page: number,
  width: number,
  load: () => Promise<Buffer>,
  account = '',
): Promise<Buffer> {
  if (line.count('preview', account) >= MOST_WAITING) filesErrors.fail('files.too_many_previews');
  return line.inTurn('preview', account, async () => {
    const reply = await ask({ act: 'picture', type, bytes: await load(), page, width });
    return reply.ok && reply.image ? Buffer.from(reply.image) : refuse(reply);
  });
}
