import { spawnSync } from 'node:child_process';
import { accessSync, constants } from 'node:fs';

const PLACES = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/usr/bin/google-chrome-stable',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
];

function findChromium() {
  const named = process.env.CHROMIUM_PATH;
  for (const place of named ? [named, ...PLACES] : PLACES) {
    try {
      accessSync(place, constants.X_OK);
      return place;
    } catch {
      // Not this one.
    }
  }
  return null;
}

/**
 * The path of a Chromium. Where there is none and the machine is a Debian one that we may install on, installs
 * Debian's package with a Chinese font; else ends with one sentence that says how.
 */
export function ensureChromium() {
  const found = findChromium();
  if (found && hasChineseFont() && hasPdftoppm()) return found;
  if (process.getuid?.() === 0 && spawnSync('apt-get', ['--version']).status === 0) {
    console.log('Installing Chromium, a Chinese font and poppler-utils for the browser tests …');
    const quiet = {
      stdio: ['ignore', 'ignore', 'inherit'],
      env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
    };
    spawnSync('apt-get', ['update', '-q'], quiet);
    const packages = ['chromium', 'fonts-noto-cjk', 'poppler-utils'];
    spawnSync('apt-get', ['install', '-y', '-q', '--no-install-recommends', ...packages], quiet);
    const installed = findChromium();
    if (installed) return installed;
  }
  if (found) return found;
  console.error(
    'The browser tests need Chromium: run `apt-get install chromium fonts-noto-cjk poppler-utils` as root, ' +
      'or name an installed one in CHROMIUM_PATH.',
  );
  process.exit(1);
}

function hasChineseFont() {
  const { status, stdout } = spawnSync('fc-list', [':lang=zh', 'family'], { encoding: 'utf8' });
  // Where fontconfig is absent nothing can be said; the pictures will tell.
  return status !== 0 || stdout.trim() !== '';
}

function hasPdftoppm() {
  return spawnSync('pdftoppm', ['-v']).error === undefined;
}
