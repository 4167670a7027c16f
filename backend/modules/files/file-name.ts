import { FileType } from './contract.ts';

const EXTENSION: Record<FileType, string> = {
  [FileType.jpeg]: 'jpg',
  [FileType.png]: 'png',
  [FileType.pdf]: 'pdf',
};

const TYPE_OF_EXTENSION: Readonly<Record<string, FileType>> = {
  jpg: FileType.jpeg,
  jpeg: FileType.jpeg,
  jpe: FileType.jpeg,
  jfif: FileType.jpeg,
  png: FileType.png,
  pdf: FileType.pdf,
};

const MAX_NAME_CHARACTERS = 80;

/** Controls, and the marks that make `exe.pdf` look like `fdp.exe` (bidirectional overrides, zero-width signs). */
// eslint-disable-next-line no-control-regex -- controls are what it removes
const INVISIBLE = /[\u0000-\u001f\u007f-\u009f\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\ufff9-\uffff]/gu;
const RESERVED_ON_DISK = /[<>:"|?*]/g;
/** Device names of Windows, which cannot be saved there whatever follows the dot. */
const DEVICE = /^(con|prn|aux|nul|com\d|lpt\d)$/i;

/** Extension as the sender wrote it, lower case, without its dot; empty if there is none. */
export function extensionOf(name: string): string {
  const match = /\.([a-z0-9]{1,8})$/i.exec(name.replace(INVISIBLE, '').trim());
  return match?.[1]?.toLowerCase() ?? '';
}

/** What an extension claims; null for one that is not taken, undefined where there is none. */
export function typeClaimedBy(name: string): FileType | null | undefined {
  const extension = extensionOf(name);
  return extension === '' ? undefined : (TYPE_OF_EXTENSION[extension] ?? null);
}

/**
 * A name that is safe to show and to save on any system, with the extension of the real type. The exact characters
 * of a Chinese name are kept: no normalisation, which would rewrite compatibility ideographs.
 */
export function displayNameOf(sent: string, type: FileType): string {
  const last = sent.split(/[/\\]/).at(-1) ?? '';
  const clean = last.replace(INVISIBLE, '').replace(RESERVED_ON_DISK, '_').trim();
  const stem = clean.replace(/\.[a-z0-9]{1,8}$/i, '').replace(/^[.\s]+|[.\s]+$/g, '');
  const short = [...stem].slice(0, MAX_NAME_CHARACTERS).join('');
  const safe = short === '' ? '材料' : DEVICE.test(short) ? `_${short}` : short;
  return `${safe}.${EXTENSION[type]}`;
}

/** `Content-Disposition: attachment` by RFC 6266: an ASCII name for old clients, the real one percent-encoded. */
export function attachmentHeader(name: string): string {
  const ascii = name.replace(/[^\x20-\x7e]/g, '_').replace(/["\\%]/g, '_');
  const encoded = encodeURIComponent(name).replace(
    /['()*!]/g,
    (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`,
  );
  return `attachment; filename="${ascii}"; filename*=UTF-8''${encoded}`;
}
