import { createPublicKey, generateKeyPairSync, sign, verify } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { checkpointText, readCheckpoint } from '../../../backend/modules/ledger/checkpoint.ts';
import { sha256 } from '../../../backend/modules/ledger/hash.ts';
import {
  ED25519,
  fromBase64,
  keyHashOf,
  openNote,
  readNote,
  readVerifierKey,
  signNote,
  toBase64,
  verifierKeyOf,
  type NoteSigner,
  type NoteVerifier,
} from '../../../backend/modules/ledger/note.ts';
import {
  readTileIndex,
  TILE_WIDTH,
  tileIndexPath,
  widthOfLevel,
} from '../../../backend/modules/ledger/tiles.ts';

function makeKey(name: string): NoteSigner & NoteVerifier & { publicKey: Uint8Array } {
  const { privateKey } = generateKeyPairSync('ed25519');
  const publicKey = createPublicKey(privateKey).export({ type: 'spki', format: 'der' }).subarray(-32);
  return {
    name,
    publicKey,
    keyHash: keyHashOf(sha256, name, ED25519, publicKey),
    sign: (text) => sign(null, text, privateKey),
    verify: (text, signature) => verify(null, text, createPublicKey(privateKey), signature),
  };
}

const log = makeKey('example.org/ledger');
const witness = makeKey('witness.example');
const TEXT = '聊城市不动产登记\n第二行\n';

describe('signed notes', () => {
  it('are the text, an empty line and a line a signature', () => {
    const note = signNote(TEXT, [log]);
    expect(note.startsWith(`${TEXT}\n— example.org/ledger `)).toBe(true);
    expect(readNote(note)).toMatchObject({ text: TEXT, signatures: [{ name: log.name }] });
  });

  it('name who signed, pass over unknown keys, and are spoilt by one wrong signature of a known one', async () => {
    const note = signNote(TEXT, [log, witness]);
    expect(await openNote(note, [log])).toEqual({ text: TEXT, signedBy: [log.name] });
    expect(await openNote(note, [log, witness])).toEqual({ text: TEXT, signedBy: [log.name, witness.name] });
    expect(await openNote(note, [makeKey(log.name)])).toBeNull();
    const liar = { ...witness, sign: (text: Uint8Array) => witness.sign(Buffer.concat([text, text])) };
    const wrong = signNote(TEXT, [log, liar]);
    expect(await openNote(wrong, [log])).toEqual({ text: TEXT, signedBy: [log.name] });
    expect(await openNote(wrong, [log, witness])).toBeNull();
  });

  it('of which any one character was changed are never opened as another text', async () => {
    const note = signNote(TEXT, [log]);
    for (let place = 0; place < note.length; place += 1) {
      for (const other of ['x', '\n', ' ', '']) {
        if (note[place] === other) continue;
        const changed = note.slice(0, place) + other + note.slice(place + 1);
        expect(await openNote(changed, [log]), `${place} ${JSON.stringify(other)}`).toBeNull();
      }
    }
  });

  it.each([
    ['no signature', `${TEXT}\n`],
    ['no empty line', `${TEXT}— a AAAAAAAA\n`],
    ['a tab in the text', signNote('a\tb\n', [log])],
    ['no new line at its end', signNote(TEXT, [log]).slice(0, -1)],
    ['a hyphen for the dash', signNote(TEXT, [log]).replace('— ', '- ')],
    ['a name with a plus', `${TEXT}\n— a+b AAAAAAAA\n`],
    ['a signature of four bytes', `${TEXT}\n— a AAAAAA==\n`],
    ['base64 in another spelling', `${TEXT}\n— a AAAAAAB=\n`],
  ])('are none with %s', (_, note) => {
    expect(readNote(note)).toBeNull();
  });

  it('take at least sixteen signatures', () => {
    const many = Array.from({ length: 16 }, (_, n) => makeKey(`witness-${n}`));
    expect(readNote(signNote(TEXT, [log, ...many]))?.signatures).toHaveLength(17);
  });

  it('know a key by one word', () => {
    const word = verifierKeyOf(sha256, log.name, ED25519, log.publicKey);
    expect(readVerifierKey(sha256, word)).toMatchObject({ name: log.name, algorithm: ED25519 });
    const other = word.slice(0, -3) + (word.at(-3) === 'A' ? 'B' : 'A') + word.slice(-2);
    expect(() => readVerifierKey(sha256, other)).toThrow(TypeError);
  });

  it('read base64 in its one spelling', () => {
    for (const bytes of [[], [0], [255, 254], [1, 2, 3]])
      expect([...fromBase64(toBase64(Uint8Array.from(bytes)))!]).toEqual(bytes);
    for (const text of ['A', 'AA', 'AA=', 'AB==', 'AA==\n', 'A-==']) expect(fromBase64(text)).toBeNull();
  });
});

describe('checkpoints', () => {
  const checkpoint = { origin: 'example.org/ledger', size: 70_000, root: sha256() };
  it('are read as they were written, with further lines passed over', () => {
    const text = checkpointText(checkpoint);
    expect(readCheckpoint(text)).toMatchObject({ origin: checkpoint.origin, size: 70_000 });
    expect(readCheckpoint(`${text}more 1\n`)).toMatchObject({ size: 70_000 });
  });
  it.each([
    ['a leading zero', (text: string) => text.replace('70000', '070000')],
    ['a sign', (text: string) => text.replace('70000', '+70000')],
    ['no origin', (text: string) => text.replace('example.org/ledger', '')],
    ['a short root', (text: string) => text.replace(/.{4}\n$/, '\n')],
    ['an empty further line', (text: string) => `${text}\n`],
    ['a size beyond every log', (text: string) => text.replace('70000', '9'.repeat(17))],
  ])('are none with %s', (_, change) => {
    expect(readCheckpoint(change(checkpointText(checkpoint)))).toBeNull();
  });
});

describe('tiles', () => {
  it('of 70,000 entries are 273 full ones of entries, one of 112; above them one full and one of 17, and one of 1', () => {
    const levels = [0, 1, 2, 3].map((level) => widthOfLevel(70_000, level));
    expect(levels.map((hashes) => [Math.floor(hashes / TILE_WIDTH), hashes % TILE_WIDTH])).toEqual([
      [273, 112],
      [1, 17],
      [0, 1],
      [0, 0],
    ]);
  });
  it.each([
    [0, '000'],
    [67, '067'],
    [1_000, 'x001/000'],
    [1_234_067, 'x001/x234/067'],
  ])('%d is written %s', (index, path) => {
    expect(tileIndexPath(index)).toBe(path);
    expect(readTileIndex(path)).toBe(index);
  });
  it.each(['', '0', '0067', 'x000/067', '001/234', 'x001', '../067'])('%s is no index', (path) => {
    expect(readTileIndex(path)).toBeNull();
  });
});
