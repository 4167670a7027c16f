import { describe, expect, it } from 'vitest';
import { findMirror, sourceEntry } from '../../../backend/platform/database/apt-sources.ts';
import { compareVersions } from '../../../backend/platform/database/glibc.ts';

const stanza = (lines: string) => [{ path: '/etc/apt/sources.list.d/x.sources', text: lines }];
const list = (lines: string) => [{ path: '/etc/apt/sources.list', text: lines }];
const KEYRING = '/usr/share/keyrings/archive.gpg';

describe('the mirror that a machine gets its own release from', () => {
  it.each([
    [
      'a stanza with comments, several suites and a keyring',
      stanza(
        `Types: deb\n# a remark\nURIs: http://mirror.invalid/debian\nSuites: bookworm bookworm-updates\nComponents: main\nSigned-By: ${KEYRING}\n`,
      ),
      { uri: 'http://mirror.invalid/debian', signedBy: KEYRING },
    ],
    [
      'the second stanza, when the first is another archive',
      stanza(
        'Types: deb\nURIs: http://security.invalid/\nSuites: bookworm-security\nComponents: main\n\n' +
          'Types: deb deb-src\nURIs: https://mirror.invalid/debian\nSuites: bookworm\nComponents: main contrib\n',
      ),
      { uri: 'https://mirror.invalid/debian', signedBy: null },
    ],
    [
      'a disabled stanza is passed over',
      stanza('Enabled: no\nTypes: deb\nURIs: http://mirror.invalid/\nSuites: bookworm\nComponents: main\n'),
      null,
    ],
    [
      'an embedded key is left to the default keyrings',
      stanza(
        'Types: deb\nURIs: http://mirror.invalid/\nSuites: bookworm\nComponents: main\nSigned-By:\n -----BEGIN\n',
      ),
      { uri: 'http://mirror.invalid/', signedBy: null },
    ],
    [
      'a one-line entry with options',
      list(`deb [arch=amd64 signed-by=${KEYRING}] http://mirror.invalid/debian bookworm main contrib`),
      { uri: 'http://mirror.invalid/debian', signedBy: KEYRING },
    ],
    ['a source-only entry', list('deb-src http://mirror.invalid/debian bookworm main'), null],
    ['a commented entry', list('# deb http://mirror.invalid/debian bookworm main'), null],
    ['a third party’s archive', list('deb http://tools.invalid/apt nodistro main'), null],
    ['an installation disc', list('deb cdrom:[Debian 12]/ bookworm main'), null],
  ])('%s', (_, files, expected) => {
    expect(findMirror(files, 'bookworm')).toEqual(expected);
  });

  it('is written as an entry for another suite', () => {
    expect(sourceEntry({ uri: 'http://mirror.invalid/debian', signedBy: KEYRING }, 'trixie')).toBe(
      `Types: deb\nURIs: http://mirror.invalid/debian\nSuites: trixie\nComponents: main\nSigned-By: ${KEYRING}\n`,
    );
  });
});

describe('glibc versions', () => {
  it.each([
    ['2.36', '2.38', -1],
    ['2.38', '2.38', 0],
    ['2.41', '2.38', 1],
    ['2.4', '2.38', -1],
  ])('%s against %s', (a, b, sign) => {
    expect(Math.sign(compareVersions(a, b))).toBe(sign);
  });
});
