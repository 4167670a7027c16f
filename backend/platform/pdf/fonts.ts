import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';

export type Weight = 'regular' | 'bold';

/** A font file; `face` picks one of a collection (.ttc). */
export interface FontSource {
  /** Name under which a document registers it. */
  name: string;
  path: string;
  face?: string;
}

const PACKAGE = '@expo-google-fonts/noto-serif-sc';
const FILES = {
  regular: '400Regular/NotoSerifSC_400Regular.ttf',
  bold: '700Bold/NotoSerifSC_700Bold.ttf',
} as const satisfies Record<Weight, string>;

/**
 * Where characters that the main font lacks (𠮷 U+20BB7 is the usual one in names) may still be found: fonts of the
 * machine, by their usual paths. A machine without them refuses such a document instead of printing a box.
 */
const FALLBACKS: readonly FontSource[] = [
  {
    name: 'fallback-serif-cjk',
    path: '/usr/share/fonts/opentype/noto/NotoSerifCJK-Regular.ttc',
    face: 'NotoSerifCJKsc-Regular',
  },
  { name: 'fallback-hana-a', path: '/usr/share/fonts/truetype/hanazono/HanaMinA.ttf' },
  { name: 'fallback-hana-b', path: '/usr/share/fonts/truetype/hanazono/HanaMinB.ttf' },
];

let found: { main: Record<Weight, FontSource>; fallbacks: readonly FontSource[] } | null = null;

/** Paths of the fonts on this machine, looked up once. Throws if the font package is not installed. */
export function fontSources(): NonNullable<typeof found> {
  if (found) return found;
  const require = createRequire(import.meta.url);
  const source = (weight: Weight): FontSource => ({
    name: weight,
    path: require.resolve(`${PACKAGE}/${FILES[weight]}`),
  });
  found = {
    main: { regular: source('regular'), bold: source('bold') },
    fallbacks: FALLBACKS.filter(({ path }) => existsSync(path)),
  };
  return found;
}

const bytes = new Map<string, Buffer>();

/** The file, read once: pdfkit is twice as fast with bytes as with a path. */
export function fontBytes({ path }: FontSource): Buffer {
  const known = bytes.get(path);
  if (known) return known;
  const read = readFileSync(path);
  bytes.set(path, read);
  return read;
}
