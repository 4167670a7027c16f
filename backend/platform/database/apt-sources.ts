/** One archive that apt is configured with. */
export interface AptMirror {
  uri: string;
  /** Path of a keyring, where the source names one. */
  signedBy: string | null;
}

export interface AptSourceFile {
  path: string;
  text: string;
}

/**
 * Finds the archive that this machine gets its own release from. Both of apt's formats are read: `*.sources` stanzas
 * and one-line `*.list` entries. Only archives over HTTP(S) or a local file tree can serve another suite.
 */
export function findMirror(files: readonly AptSourceFile[], codename: string): AptMirror | null {
  for (const { path, text } of files) {
    const mirrors = path.endsWith('.sources') ? fromStanzas(text, codename) : fromLines(text, codename);
    const [mirror] = mirrors;
    if (mirror) return mirror;
  }
  return null;
}

/** A source entry for one suite of a mirror, in the stanza format that every supported apt reads. */
export function sourceEntry(mirror: AptMirror, suite: string): string {
  const lines = ['Types: deb', `URIs: ${mirror.uri}`, `Suites: ${suite}`, 'Components: main'];
  if (mirror.signedBy) lines.push(`Signed-By: ${mirror.signedBy}`);
  return `${lines.join('\n')}\n`;
}

const USABLE = /^(https?|file|mirror\+https?):\//;

function fromStanzas(text: string, codename: string): AptMirror[] {
  const stanzas = text
    .split('\n')
    .filter((line) => !line.startsWith('#'))
    .join('\n')
    .split(/\n\s*\n/);
  return stanzas.flatMap((stanza) => {
    const field = (name: string) => new RegExp(`^${name}:[ \\t]*(.*)$`, 'im').exec(stanza)?.[1]?.trim() ?? '';
    const words = (name: string) => field(name).split(/\s+/);
    if (/^no$/i.test(field('Enabled')) || !words('Types').includes('deb')) return [];
    if (!words('Suites').includes(codename) || !words('Components').includes('main')) return [];
    const uri = words('URIs').find((word) => USABLE.test(word));
    const keyring = field('Signed-By');
    return uri ? [{ uri, signedBy: keyring.startsWith('/') ? keyring : null }] : [];
  });
}

function fromLines(text: string, codename: string): AptMirror[] {
  return text.split('\n').flatMap((line) => {
    const [, options = '', uri = '', suite, components = ''] =
      /^deb\s+(?:\[([^\]]*)\]\s+)?(\S+)\s+(\S+)\s+(.*)$/.exec(line.trim()) ?? [];
    if (suite !== codename || !components.split(/\s+/).includes('main') || !USABLE.test(uri)) return [];
    const keyring = /signed-by=(\S+)/.exec(options)?.[1] ?? '';
    return [{ uri, signedBy: keyring.startsWith('/') ? keyring : null }];
  });
}
