/**
 * Opens files of strangers in a process of its own, started by inspector.ts over an IPC channel: decoders are native
 * code and a hostile file must cost neither the portal's memory nor its life. It has no secrets in its environment, no
 * connection to the database, and is killed when it takes too long. Plain JavaScript, because it is run from the
 * sources by tests and from the build by `npm start`.
 *
 * Request `{id, act: 'open'|'picture', type, bytes, page, width, maxPages}`; answer `{id, ok: true, pages, image}` or
 * `{id, ok: false, reason, pages}`.
 */
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { Worker } from 'node:worker_threads';

const WEBP_QUALITY = 82;
/** Side of the thumbnail that is drawn to see whether anything can be seen. */
const LOOK_SIDE = 32;
/** Of one page: a poster of 14,400 units a side would otherwise ask for gigabytes. */
const MAX_CANVAS_SIDE = 4096;

/**
 * Time of the processor that one file may take: the largest picture takes about 1 s. Not time on the clock, which on a
 * busy machine would call an honest file too complex. A thread of its own watches, because a decoder gives no other turn.
 */
const MOST_CPU_MS = 5_000;
/** Of a page to look at: it was opened before, and an honest one takes half a second. */
const MOST_PICTURE_CPU_MS = 3_000;
const WATCHMAN = `
  const { workerData } = require('node:worker_threads');
  const begun = new Float64Array(workerData.begun);
  setInterval(() => {
    const { user, system } = process.cpuUsage();
    if (begun[0] > 0 && (user + system) / 1000 - begun[0] > begun[1]) process.kill(process.pid, 'SIGKILL');
  }, 200);
`;
const begun = new SharedArrayBuffer(16);
new Worker(WATCHMAN, { eval: true, workerData: { begun } }).unref();

function cpuMs() {
  const { user, system } = process.cpuUsage();
  return Math.max(1, (user + system) / 1000);
}

class Refusal extends Error {
  /**
   * @param {string} reason
   * @param {number} [pages]
   */
  constructor(reason, pages) {
    super(reason);
    this.reason = reason;
    this.pages = pages;
  }
}

const require = createRequire(import.meta.url);
let library = null;

/**
 * Chinese PDFs often name 宋体 without carrying it. A machine without Chinese fonts would draw boxes, so the generic
 * families that the renderer falls back to are given one.
 */
async function canvasLibrary() {
  if (library) return library;
  library = await import('@napi-rs/canvas');
  const font = require.resolve('@expo-google-fonts/noto-serif-sc/400Regular/NotoSerifSC_400Regular.ttf');
  for (const family of ['serif', 'sans-serif', 'monospace'])
    library.GlobalFonts.registerFromPath(font, family);
  return library;
}

async function openPdf(bytes) {
  const pdfjs = await import('pdfjs-dist/legacy/build/pdf.mjs');
  const root = dirname(require.resolve('pdfjs-dist/package.json'));
  const task = pdfjs.getDocument({
    data: new Uint8Array(bytes),
    cMapUrl: join(root, 'cmaps/'),
    cMapPacked: true,
    standardFontDataUrl: join(root, 'standard_fonts/'),
    wasmUrl: join(root, 'wasm/'),
    isEvalSupported: false,
    enableXfa: false,
    disableFontFace: true,
    useSystemFonts: false,
    stopAtErrors: false,
    verbosity: 0,
    // Nothing is ever fetched: every byte is here.
    disableRange: true,
    disableStream: true,
    disableAutoFetch: true,
  });
  try {
    return await task.promise;
  } catch (error) {
    throw new Refusal(error?.name === 'PasswordException' ? 'encrypted' : 'broken');
  }
}

async function refuseActivePdf(pdf) {
  const { info } = await pdf.getMetadata();
  if (info.EncryptFilterName) throw new Refusal('encrypted');
  if (info.IsXFAPresent) throw new Refusal('active');
  if (await pdf.hasJSActions()) throw new Refusal('active');
  if (await pdf.getAttachments()) throw new Refusal('active');
}

async function drawPage(pdf, number, width) {
  const { createCanvas } = await canvasLibrary();
  const page = await pdf.getPage(number);
  const natural = page.getViewport({ scale: 1 });
  const scale = Math.min(
    width / natural.width,
    MAX_CANVAS_SIDE / natural.width,
    MAX_CANVAS_SIDE / natural.height,
  );
  const viewport = page.getViewport({ scale });
  const canvas = createCanvas(
    Math.max(1, Math.round(viewport.width)),
    Math.max(1, Math.round(viewport.height)),
  );
  await page.render({ canvas, canvasContext: canvas.getContext('2d'), viewport }).promise;
  return canvas.encode('webp', WEBP_QUALITY);
}

async function handlePdf(request) {
  const pdf = await openPdf(request.bytes);
  try {
    if (request.act === 'picture')
      return { pages: pdf.numPages, image: await drawPage(pdf, request.page, request.width) };
    if (pdf.numPages > request.maxPages) throw new Refusal('pages', pdf.numPages);
    await refuseActivePdf(pdf);
    // Opening the first page shows that there is something to see; the others are opened when looked at.
    await pdf.getPage(1);
    return { pages: pdf.numPages };
  } finally {
    await pdf.loadingTask.destroy();
  }
}

/** The decoder reports no error of the coded data; what it could not decode it leaves transparent. */
function refuseBlank(picture, canvas) {
  const paint = canvas.getContext('2d');
  paint.drawImage(picture, 0, 0, LOOK_SIDE, LOOK_SIDE);
  const { data } = paint.getImageData(0, 0, LOOK_SIDE, LOOK_SIDE);
  if (data.every((value) => value === 0)) throw new Refusal('broken');
}

async function handlePicture(request) {
  const { loadImage, createCanvas } = await canvasLibrary();
  const picture = await loadImage(Buffer.from(request.bytes)).catch(() => {
    throw new Refusal('broken');
  });
  if (!(picture.width > 0 && picture.height > 0)) throw new Refusal('broken');
  if (request.act === 'open') {
    refuseBlank(picture, createCanvas(LOOK_SIDE, LOOK_SIDE));
    return { pages: 1 };
  }
  const scale = Math.min(1, request.width / picture.width, MAX_CANVAS_SIDE / picture.height);
  const canvas = createCanvas(
    Math.max(1, Math.round(picture.width * scale)),
    Math.max(1, Math.round(picture.height * scale)),
  );
  canvas.getContext('2d').drawImage(picture, 0, 0, canvas.width, canvas.height);
  return { pages: 1, image: await canvas.encode('webp', WEBP_QUALITY) };
}

async function handle(request) {
  new Float64Array(begun)[1] = request.act === 'picture' ? MOST_PICTURE_CPU_MS : MOST_CPU_MS;
  new Float64Array(begun)[0] = cpuMs();
  try {
    const answer =
      request.type === 'application/pdf' ? await handlePdf(request) : await handlePicture(request);
    process.send?.({ id: request.id, ok: true, ...answer });
  } catch (error) {
    const reason = error instanceof Refusal ? error.reason : 'broken';
    process.send?.({ id: request.id, ok: false, reason, pages: error?.pages });
  } finally {
    new Float64Array(begun)[0] = 0;
  }
}

process.on('message', (request) => void handle(request));
// Without its parent it has nothing to do; signals of the terminal are the parent's business.
process.on('disconnect', () => process.exit(0));
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => undefined);
