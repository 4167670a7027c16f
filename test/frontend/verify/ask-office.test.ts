import { afterEach, describe, expect, it, vi } from 'vitest';
import { standingText, type Standing } from '../../../backend/modules/certificates/offline/statement.ts';
import { verifyPayload, type Genuine } from '../../../backend/modules/certificates/offline/verify.ts';
import { checkpointText } from '../../../backend/modules/ledger/checkpoint.ts';
import { signNote, toBase64 } from '../../../backend/modules/ledger/note.ts';
import { askOffice } from '../../../frontend/features/verify/ask-office.ts';
import { payloadIn } from '../../../frontend/features/verify/offline/input.ts';
import { withKeys } from '../../../frontend/features/verify/offline/with-keys.ts';
import { makeKey, makeProof, officeKey, ORIGIN, sha256, trustIn } from '../../support/proofs.ts';
import { server } from '../support/page.ts';

afterEach(() => vi.unstubAllGlobals());

const words = [officeKey.word];
const genuine = (await verifyPayload(makeProof({ index: 0, size: 1 }), trustIn(officeKey))) as Genuine;
const head = (root: Uint8Array, size = 1, key = officeKey) =>
  signNote(checkpointText({ origin: ORIGIN, size, root }), [key.signer]);
const said = (more: Partial<Standing> = {}, key = officeKey) => {
  const standing: Standing = {
    entryId: genuine.entryId,
    status: 'superseded',
    changedOn: '2026-11-01',
    limits: [],
    at: '2026-11-02T00:00:00.000Z',
    size: 1,
    ...more,
  };
  return signNote(standingText(ORIGIN, standing), [key.signer]);
};
const office = (checkpoint: string, statement: string | null, proof: string[] = []) =>
  server({
    'GET /api/ledger': () => ({ body: { checkpoint, keys: words } }),
    'GET /api/ledger/consistency': () => ({ body: { proof } }),
    'POST /api/certificates/status': () => ({ body: { statement } }),
  });

describe('asking the office whether a document still stands', () => {
  it('asks with number and holder, and takes what it signed of this very document', async () => {
    const sent = office(head(genuine.log.root), said());
    const answer = await askOffice(genuine, words);
    expect(answer).toMatchObject({ kind: 'standing', standing: { status: 'superseded' } });
    expect(sent.find(({ body }) => body)?.body).toEqual({
      number: '鲁(2026)聊城市不动产权第0018342号',
      holderName: '孙晓岚',
    });
  });

  it.each<[string, string | null]>([
    ['another document’s statement', said({ entryId: 'certificate:ffffffffffffffffffffffff' })],
    ['a statement that somebody else signed', said({}, makeKey())],
    ['no statement', null],
    ['a checkpoint for a statement', head(genuine.log.root)],
  ])('takes %s for silence', async (_, statement) => {
    office(head(genuine.log.root), statement);
    expect(await askOffice(genuine, words)).toEqual({ kind: 'silent' });
  });

  it('is silent where it cannot be asked', async () => {
    vi.stubGlobal('fetch', () => Promise.reject(new TypeError('offline')));
    expect(await askOffice(genuine, words)).toEqual({ kind: 'silent' });
  });

  it('notices another log of the same size, and one that does not begin with it', async () => {
    const other = sha256(Buffer.from('other'));
    office(head(other), said());
    expect(await askOffice(genuine, words)).toEqual({ kind: 'fork' });
    office(head(other, 2), said(), [toBase64(sha256(Buffer.from('made up')))]);
    expect(await askOffice(genuine, words)).toEqual({ kind: 'fork' });
  });
});

describe('what people paste', () => {
  const payload = makeProof();
  it.each<[string, string, string | null]>([
    ['the word alone', payload, payload],
    ['the address', `https://bdc.example/verify#${payload}`, payload],
    ['the address with a stroke', `  https://bdc.example/verify/#${payload}\n`, payload],
    ['the word in lines', payload.replace(/(.{76})/g, '$1\n'), payload],
    ['another address', 'https://bdc.example/verify/AbC123', null],
    ['words', '鲁(2026)聊城市不动产权第0018342号', null],
    ['nothing', '', null],
  ])('%s', (_, text, found) => expect(payloadIn(text)).toBe(found));
});

describe('the verifier with the keys in it', () => {
  it('holds them as data that cannot end their element', () => {
    const made = withKeys('a<script type="application/json" id="keys">[]</script>b', ['</script><b>$&']);
    expect(made).toBe('a<script type="application/json" id="keys">["\\u003c/script>\\u003cb>$&"]</script>b');
    expect(() => withKeys('<html>', words)).toThrow();
  });
});
