import { createHash, randomUUID } from 'node:crypto';
import type { Json } from '../../support/client.ts';
import { TEST_PASSWORD } from '../../support/people.ts';
import { renameAnswers, saleAnswers, smallPdf, type Office } from '../../backend/applications/scenario.ts';
import type { Dice } from '../support/random.ts';
import type { CaseHistory, History } from './history.ts';
import type { Answer, Sender, Session } from './http.ts';
import { sessionOf, type Home, type Population, type Post } from './people.ts';

/** One client: takes one case after another from the draft to the register, whatever is killed meanwhile. */
export interface ClientParts {
  sender: Sender;
  dice: Dice;
  history: History;
  clerks: Population['clerks'];
  /** True when no new step may begin. */
  isOver(): boolean;
}

/** A step that does not succeed for so long is stuck: a restart takes seconds, on a busy machine half a minute. */
const STUCK_MS = 180_000;

const MATERIALS: Record<string, readonly string[]> = { BG01: ['M21'], ZY02: ['M05', 'M06'] };

class Over extends Error {}

interface Work extends ClientParts {
  home: Home;
  applicant: Session;
  told: CaseHistory;
}

/** Repeats `attempt` until it gives something; `null` means try again. */
async function insist<T>(parts: ClientParts, what: string, attempt: () => Promise<T | null>): Promise<T> {
  for (const until = performance.now() + STUCK_MS; performance.now() < until;) {
    if (parts.isOver()) throw new Over();
    const got = await attempt();
    if (got !== null) return got;
  }
  parts.history.stuck.push(what);
  throw new Over();
}

/** Lives one case to its end. Returns quietly when the run is over. */
export async function liveCase(parts: ClientParts, home: Home): Promise<void> {
  try {
    const work = await begin(parts, home);
    await edit(work);
    for (const code of MATERIALS[work.told.typeCode] ?? []) await hand(work, code);
    if (work.told.typeCode === 'ZY02') await bothSign(work);
    await file(work);
    await decide(work);
    parts.history.finished += 1;
  } catch (error) {
    if (!(error instanceof Over)) throw error;
  }
}

/** The same request twice at once, as an impatient finger sends it, or once. All answers that are known. */
async function perhapsTwice(dice: Dice, send: () => Promise<Answer>): Promise<Answer[]> {
  return dice.chance(0.3) ? Promise.all([send(), send()]) : [await send()];
}

const acks = (answers: readonly Answer[], status: number): Json[] =>
  answers.flatMap((answer) => (answer.known && answer.status === status ? [answer.body] : []));

async function begin(parts: ClientParts, home: Home): Promise<Work> {
  const { sender, dice, history } = parts;
  const applicant = sessionOf(home.household.seller);
  const office = home.household as unknown as Office;
  const typeCode = dice.chance(0.25) ? 'ZY02' : 'BG01';
  const answers = typeCode === 'ZY02' ? saleAnswers(office, home) : renameAnswers(office, home);
  const key = randomUUID();
  let unknown = false;
  const id = await insist(parts, `create ${typeCode}`, async () => {
    const sent = await perhapsTwice(dice, () =>
      sender.send(applicant, 'POST', '/api/applications', { businessType: typeCode, answers }, key),
    );
    const ids = new Set(acks(sent, 201).map((body) => String(body.id)));
    if (ids.size > 1) history.anomalies.push(`one request key made the drafts ${[...ids].join(' and ')}`);
    unknown ||= sent.some((answer) => !answer.known);
    return [...ids][0] ?? null;
  });
  if (unknown) history.resolved.done += 1;
  const told: CaseHistory = {
    id,
    typeCode,
    unitCode: home.code,
    createKey: key,
    accountId: applicant.accountId,
    saves: [],
    tried: [],
    uploads: [],
    attached: [],
    revision: 1,
    untold: [],
    invited: false,
    no: null,
    submitKey: null,
    acts: [],
    signedBy: null,
    recorded: false,
  };
  history.cases.push(told);
  return { ...parts, home, applicant, told };
}

/** Sends something about the case. What was acknowledged once may not be unknown to a later answer. */
async function ask(
  { sender, told }: Work,
  ...[session, method, path, body, key]: Parameters<Sender['send']>
): Promise<Answer> {
  const before = told.revision;
  const answer = await sender.send(session, method, path, body, key);
  if (!answer.known || answer.status >= 300 || typeof answer.body.revision !== 'number') return answer;
  const { revision } = answer.body;
  if (revision < before)
    told.untold.push(`${method} ${path} showed revision ${revision} after ${before} was acknowledged`);
  if (method !== 'GET') told.revision = Math.max(told.revision, revision);
  return answer;
}

async function readDraft(work: Work): Promise<Json> {
  const { applicant, told } = work;
  return insist(work, `read ${told.id}`, async () => {
    const answer = await ask(work, applicant, 'GET', `/api/applications/${told.id}`);
    return answer.known && answer.status === 200 ? answer.body : null;
  });
}

/** Two tabs save at the same revision, each its own words: one may win. */
async function edit(work: Work): Promise<void> {
  const { dice, applicant, told, history } = work;
  const field = told.typeCode === 'ZY02' ? 'contractNo' : 'proofNo';
  for (let round = 0; round < 2; round += 1) {
    const { revision } = await readDraft(work);
    const words = Array.from({ length: dice.chance(0.6) ? 2 : 1 }, () => `GA-${randomUUID().slice(0, 13)}`);
    const sent = await Promise.all(
      words.map((proofNo) =>
        ask(work, applicant, 'PATCH', `/api/applications/${told.id}`, {
          revision,
          answers: { [field]: proofNo },
        }),
      ),
    );
    sent.forEach((answer, index) => {
      if (answer.known && answer.status === 200)
        told.saves.push({ revision: Number(answer.body.revision), proofNo: words[index]! });
      if (!answer.known) told.tried.push(words[index]!);
    });
    const unclear = sent.some((answer) => !answer.known);
    if (!unclear) continue;
    const now = await readDraft(work);
    const done = words.includes(String(now.answers[field]));
    history.resolved[done ? 'done' : 'notDone'] += 1;
  }
}

async function hand(work: Work, materialCode: string): Promise<void> {
  const { sender, dice, applicant, told, history } = work;
  const bytes = smallPdf(`${materialCode} ${randomUUID()} ${'x'.repeat(dice.between(0, 60_000))}`);
  const sentSha256 = createHash('sha256').update(bytes).digest('hex');
  let key = randomUUID();
  let unknown = 0;
  const fileId = await insist(work, `upload ${told.id}`, async () => {
    const form = new FormData();
    form.set('purpose', 'material');
    form.set('caseId', told.id);
    form.set('materialCode', materialCode);
    form.set('file', new Blob([bytes as BlobPart], { type: 'application/pdf' }), `${materialCode}.pdf`);
    const answer = await sender.send(applicant, 'POST', '/api/files', form, key);
    if (!answer.known) unknown += 1;
    else if (answer.status === 201) return String(answer.body.id);
    // The process that took it is dead: the half upload is swept later, this is another one.
    else if (answer.body?.error?.code === 'files.upload_in_progress') {
      history.resolved.notDone += unknown > 0 ? 1 : 0;
      unknown = 0;
      key = randomUUID();
    }
    return null;
  });
  if (unknown > 0) history.resolved.done += 1;
  told.uploads.push({ fileId, key, sentSha256 });

  await insist(work, `attach ${told.id}`, async () => {
    const { revision, materials } = await readDraft(work);
    const row = (materials as Json[]).find(({ code }) => code === materialCode);
    if (JSON.stringify(row ?? null).includes(fileId)) return true;
    const body = { revision, materialCode, fileIds: [fileId] };
    const answer = await ask(work, applicant, 'POST', `/api/applications/${told.id}/materials`, body);
    return answer.known && answer.status === 200 ? true : null;
  });
  told.attached.push(fileId);
}

async function bothSign(work: Work): Promise<void> {
  const { applicant, told } = work;
  const path = `/api/applications/${told.id}`;
  await insist(work, `invite ${told.id}`, async () => {
    const { revision, status } = await readDraft(work);
    if (status === 'waitingConsent') return true;
    const answer = await ask(work, applicant, 'POST', `${path}/request-consent`, { revision });
    return answer.known && answer.status === 200 ? true : null;
  });
  told.invited = true;
  const buyer = sessionOf(work.home.household.buyer);
  await insist(work, `sign ${told.id}`, async () => {
    const filing = await ask(work, buyer, 'GET', `${path}/filing`);
    if (!filing.known || filing.status !== 200) return null;
    const body = { decision: 'sign', hash: filing.body.hash, password: TEST_PASSWORD };
    const answer = await ask(work, buyer, 'POST', `${path}/consent`, body);
    if (!answer.known) return null;
    // Signed already by a request whose reply was lost.
    return answer.status === 200 ? true : signed(work);
  });
  told.signedBy = buyer.accountId;
}

async function signed(work: Work): Promise<true | null> {
  const { parties } = await readDraft(work);
  const waiting = (parties as Json[]).some(({ consent }) => consent.state === 'invited');
  return waiting ? null : true;
}

async function file(work: Work): Promise<void> {
  const { dice, applicant, told, history } = work;
  const key = randomUUID();
  told.submitKey = key;
  let unknown = false;
  const { revision } = await readDraft(work);
  const no = await insist(work, `submit ${told.id}`, async () => {
    const sent = await perhapsTwice(dice, () =>
      ask(work, applicant, 'POST', `/api/applications/${told.id}/submit`, { revision }, key),
    );
    unknown ||= sent.some((answer) => !answer.known);
    const numbers = new Set(acks(sent, 200).map((body) => String(body.no)));
    if (numbers.size > 1) history.anomalies.push(`${told.id} was filed as ${[...numbers].join(' and ')}`);
    return [...numbers][0] ?? null;
  });
  if (unknown) history.resolved.done += 1;
  told.no = no;
}

interface Desk {
  act: string;
  post: Post;
  body: unknown;
}

/** What comes next for a case as the desk shows it; null when it is in the register. */
function nextAct(view: Json): Desk | null {
  const { status, step, steps, checklist } = view;
  if (status === 'submitted') return { act: 'accept', post: 'acceptance', body: {} };
  if (['registered', 'issued', 'archived'].includes(status)) return null;
  if (status === 'approved' || status === 'registering')
    return { act: 'record', post: 'registrar', body: {} };
  const role = (steps as Json[]).find(({ key }) => key === step)?.role as Post;
  if (role === 'registrar') return { act: 'approve', post: 'registrar', body: { opinion: '核定通过' } };
  const checks = (checklist as Json[]).map(({ key }) => ({ key, result: 'same' }));
  return { act: 'review', post: role, body: { opinion: '材料齐全，同意', checks } };
}

async function readDesk(work: Work): Promise<Json> {
  const { clerks, told } = work;
  return insist(work, `read ${told.id} on the desk`, async () => {
    const answer = await ask(work, clerks.registrar[0], 'GET', `/api/work-items/${told.id}`);
    return answer.known && answer.status === 200 ? answer.body : null;
  });
}

async function decide(work: Work): Promise<void> {
  const { dice, clerks, told, history } = work;
  const path = `/api/applications/${told.id}`;
  let lost: string | null = null;
  for (const until = performance.now() + 2 * STUCK_MS; ;) {
    if (performance.now() > until) {
      history.stuck.push(`${told.id} on the desk`);
      throw new Over();
    }
    const view = await readDesk(work);
    const next = nextAct(view);
    if (lost !== null) {
      history.resolved[next?.act === lost ? 'notDone' : 'done'] += 1;
      lost = null;
    }
    if (next === null) return;
    // A dead process left it; its recovery finishes it.
    if (view.status === 'registering') {
      await new Promise((resolve) => setTimeout(resolve, 100));
      continue;
    }
    const pair = clerks[next.post];
    const holder = pair.find(({ accountId }) => accountId === view.handler?.id);
    if (!holder) {
      await claim(work, pair, path, view);
      continue;
    }
    const sent = await perhapsTwice(dice, () => ask(work, holder, 'POST', `${path}/${next.act}`, next.body));
    for (const body of acks(sent, 200)) {
      told.acts.push({
        act: next.act,
        accountId: holder.accountId,
        revision: Number(body.revision),
        seen: Number(view.revision),
      });
      if (next.act !== 'record') continue;
      if (!told.recorded) history.onRecorded(told);
      told.recorded = true;
    }
    if (sent.some((answer) => !answer.known)) lost = next.act;
  }
}

/** Both clerks of the post reach for it: one gets it. */
async function claim(work: Work, pair: readonly Session[], path: string, view: Json): Promise<void> {
  const { dice, told } = work;
  const hands = dice.chance(0.4) ? pair : [dice.pick(pair)];
  const sent = await Promise.all(hands.map((clerk) => ask(work, clerk, 'POST', `${path}/claim`, {})));
  const winners = sent.flatMap((answer, index) =>
    answer.known && answer.status === 200 ? [{ body: answer.body, accountId: hands[index]!.accountId }] : [],
  );
  for (const { body, accountId } of winners)
    told.acts.push({
      act: 'claim',
      accountId,
      revision: Number(body.revision),
      seen: Number(view.revision),
    });
}
