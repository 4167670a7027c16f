/** The most pixels along one side that a picture is read at: more costs time and finds nothing new. */
const MOST_PIXELS = 1600;

/** The text of the QR code in a picture; null when none is found. The reader is fetched on first use. */
export async function readQr(file: File): Promise<string | null> {
  const [{ default: decode }, bitmap] = await Promise.all([import('qr/decode.js'), createImageBitmap(file)]);
  const scale = Math.min(1, MOST_PIXELS / Math.max(bitmap.width, bitmap.height));
  const width = Math.max(1, Math.round(bitmap.width * scale));
  const height = Math.max(1, Math.round(bitmap.height * scale));
  const canvas = document.createElement('canvas');
  canvas.width = width;
  canvas.height = height;
  const context = canvas.getContext('2d', { willReadFrequently: true });
  if (!context) return null;
  context.drawImage(bitmap, 0, 0, width, height);
  try {
    return decode({ width, height, data: context.getImageData(0, 0, width, height).data });
  } catch {
    return null;
  }
}

/** The token in a code of this portal (`<origin>/verify/<token>`); null for any other code. */
export function tokenOf(text: string, origin: string): string | null {
  try {
    const url = new URL(text);
    const found = /^\/verify\/([^/]+)$/.exec(url.pathname);
    return url.origin === origin && found?.[1] ? decodeURIComponent(found[1]) : null;
  } catch {
    return null;
  }
}
