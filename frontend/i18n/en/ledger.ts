import type { Translation } from '../messages.ts';
import type master from '../zh-CN/ledger.ts';

export default {
  crumb: 'Log of the register',
  title: 'Anyone can check that the register was not changed in secret',
  lead: 'Whenever something is recorded, a line is added to a log that can only grow, signed at once and published. Whoever later changes, deletes or slips in a line no longer matches what was signed.',
  nowTitle: 'The log now',
  empty: 'The log is still empty. It begins with the first entry of the register.',
  size: 'Lines so far',
  sizeText: '{n}',
  signedAt: 'Last signed',
  signedText: '{at}, {age}',
  justNow: 'just now',
  minutesAgo: '{n} min ago',
  hoursAgo: '{n} h ago',
  daysAgo: '{n} days ago',
  root: 'Fingerprint',
  witnesses: 'Witnesses outside',
  noWitnesses: 'None now. Other institutions can run a witness and keep an eye on this log for everybody.',
  witnessNothing: '{name} has not signed yet',
  witnessSaw: '{name} saw {n} lines on {at}',
  again: 'Check again',

  first: 'This device sees the log for the first time',
  firstText:
    'It now remembers {n} lines. When you open this page again, it checks by itself whether lines were only added or old ones were touched.',
  grown: 'It matches: lines were only added, old ones were not touched',
  grownText:
    'On {at} this device saw {from} lines; now there are {to}. The first {from} are exactly the same. Your device has just worked that out.',
  sameText: 'These are exactly the {n} lines that this device saw on {at}. It has just worked that out.',
  newKey: 'The content matches; the signing key was changed',
  newKeyText:
    'The key was changed after {at}. The new one is below: call 12345 to compare it, or look at the one posted in the halls.',
  fork: 'It does not match: the log was changed, or you are shown another one',
  forkText:
    'On {at} this device saw {from} signed lines. The {to} lines that are published now do not go on from those.',
  unsigned: 'The log that is published now is not signed properly',
  unsignedText: 'The signature does not fit the published keys. Do not rely on this log.',
  forkDo1: 'Save the evidence first: both are signed and cannot be denied.',
  forkDo2: 'Call 12345, say “登记簿日志对不上” and hand over the file.',
  forkDo3: 'Look again on another device and another network, and note what you see.',
  saveEvidence: 'Save the evidence',
  beginAnew: 'I saved it; begin anew from here',

  broken: 'The log does not match what was signed; this is being examined',
  brokenText:
    'The system found it by itself on {at} and has signed nothing since. Registration goes on, and rights that are registered are not affected.',

  provesTitle: 'What it proves',
  proves1: 'No line was changed, deleted or slipped in after it was written.',
  proves2: 'You are shown the same log as everybody else. The more people look, the harder it is to change.',
  proves3: 'Every certificate issued, who did what and who looked at what are in it as well.',
  proves4: 'The QR code on a certificate shows without a network whether it is in the log.',
  notTitle: 'What it does not prove',
  not1: 'That an entry was right when it was made. A mistake is logged like anything else; you can apply for a correction.',
  not2: 'It holds no names, addresses or ID numbers, and does not show which home a line is about: only salted fingerprints, which cannot be guessed.',
  not3: 'It cannot be used to look up who owns what. For your own property use “Query”.',
  not4: 'A line that was just written can be proved a second or two later, once it is signed.',

  yourselfTitle: 'Check it yourself',
  yourselfText:
    'The log has public formats (C2SP tlog-tiles, RFC 9162), so you need none of our programs. Keep a checkpoint now and then: compared later, it shows whether anything was changed.',
  keysTitle: 'Published keys',
  keysText: 'The first is Ed25519; the one whose name ends in /sm2 is SM2. Signatures are checked by them.',
  checkpointTitle: 'The latest checkpoint',
  checkpointText:
    'The second line is the number of lines, the third the fingerprint, then the signatures. The content is under /ledger/tile/.',
  download: 'Download the checkpoint',
  commandTitle: 'The office’s own check',
  commandText:
    'Works out the whole log anew, sets it beside register, certificates and records line by line, and compares it with the checkpoint that you kept:',
} as const satisfies Translation<typeof master>;
