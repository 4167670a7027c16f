import { newId } from '../../platform/ids.ts';
import type { Platform } from '../../platform/platform.ts';
import { getCalendar } from '../clock/index.ts';
import type { BusinessType } from '../catalogue/index.ts';
import type { ApplicationDocument, Correction } from './application.model.ts';
import { typeOf } from './case-type.ts';
import { applyChange, demand, type Change } from './change.ts';
import type { RequestCorrection } from './contract.ts';
import { lastDayOf } from './correction-due.ts';
import { makeDocument, row } from './documents.ts';
import { errors } from './errors.ts';
import { caseEvent } from './events.ts';
import { fieldsOf } from './form-view.ts';
import { getForStaff } from './load.ts';
import { demandDay, openPause } from './pause.ts';
import type { Viewer } from './policy.ts';
import { personOf } from './viewer.ts';
import { both, dayWords, PAUSE_WORDS } from './wording.ts';

type Defect = Correction['defects'][number];

/** The top-level field that a defect's pointer (`/buyers/0/name`) lies in. */
export const fieldOf = (pointer: string): string => pointer.split('/')[1] ?? '';

function demandKnownTargets(type: BusinessType, defects: readonly Defect[]): void {
  const materials = type.materials.map(({ code }) => code);
  const fields = fieldsOf(type);
  const problems = defects.flatMap(({ target }, place) => {
    const known =
      'materialCode' in target
        ? materials.includes(target.materialCode)
        : fields.includes(fieldOf(target.field));
    return known ? [] : [{ pointer: `/defects/${place}/target`, code: 'applications.defect_unknown' }];
  });
  if (problems.length > 0) errors.fail('applications.defect_unknown', {}, problems);
}

/** What a defect is about, as the form calls it. */
export function targetName(type: BusinessType, { target }: Pick<Defect, 'target'>) {
  if ('materialCode' in target) {
    return type.materials.find(({ code }) => code === target.materialCode)?.name ?? both(target.materialCode);
  }
  const properties = type.form.properties as Record<string, { 'x-label'?: { zh: string; en: string } }>;
  return properties[fieldOf(target.field)]?.['x-label'] ?? both(target.field);
}

/**
 * 补正 (条例17): everything that is wrong, said once, each with how to put it right. Before acceptance the clock has not
 * begun; after it (found in review) the clock stands still until the applicant answers.
 */
export async function requestCorrection(
  p: Platform,
  viewer: Viewer,
  idOrNo: string,
  { defects, dueOn: asked }: RequestCorrection,
): Promise<ApplicationDocument> {
  const doc = await getForStaff(p, idOrNo, viewer);
  const type = await typeOf(p, doc);
  demand('requestCorrection', doc, type, viewer);
  demandDay(p, asked, '/dueOn');
  demandKnownTargets(type, defects);
  const before = doc.status === 'submitted';
  const kind = before ? 'correction' : 'supplement';
  const now = p.time.now();
  const by = personOf(viewer);
  const calendar = await getCalendar(p);
  // What the notice says is what holds: no last day on which nobody could hand anything in (民法典203).
  const dueOn = lastDayOf(asked, calendar);
  const correction: Correction = {
    id: newId(),
    kind,
    defects,
    requestedAt: now,
    dueOn,
    by,
    answeredAt: null,
  };
  const notice = makeDocument(p, doc, before ? 'correctionNotice' : 'supplementNotice', {
    rows: [
      row('办件编号', 'Case number', doc.no ?? ''),
      row('申请事项', 'Application', type.name),
      ...defects.map((defect, place) => ({
        label: {
          zh: `${place + 1}. ${targetName(type, defect).zh}`,
          en: `${place + 1}. ${targetName(type, defect).en}`,
        },
        value: both(`${defect.defect}　→　${defect.remedy}`),
      })),
      row('请在这一天前补齐', 'Please answer by', dayWords(dueOn, now, calendar)),
      row('依据', 'Legal basis', before ? '不动产登记暂行条例第十七条' : PAUSE_WORDS.supplement.basis),
    ],
    paragraphs: [type.applicants.returns ? OF_AN_ORDER : before ? BEFORE_ACCEPTANCE : AFTER_ACCEPTANCE],
  });
  const opened = before
    ? null
    : openPause(p, doc, { reason: 'supplement', note: null, plannedEndOn: dueOn, by });
  const stop: Change = opened ? { push: opened.push } : { set: { status: 'correction' } };
  const named = { correctionId: correction.id, ...(opened ? { pauseId: opened.pause.id } : {}) };
  return applyChange(p, doc, type, {
    set: { ...stop.set },
    push: { ...stop.push, corrections: [correction], documents: [notice] },
    events: [
      caseEvent(p, 'correctionRequested', doc, viewer.accountId, {
        kind,
        count: defects.length,
        dueOn,
        ...named,
      }),
    ],
  });
}

const OF_AN_ORDER = {
  zh: '以上是需要补齐的全部手续。补齐后接着办；到期没有补的，嘱托不因此自动失效，本机构可以复函退回，补齐后随时可以再次嘱托。',
  en: 'These are all the papers that are missing. Work goes on once they are here. Without an answer in time the order does not lapse by itself; this office may send it back by letter, and it may be sent again at any time.',
};
const BEFORE_ACCEPTANCE = {
  zh: '以上是需要补正的全部内容。补齐后接着受理，不用重填；到期没有补的，这一次不予受理，备齐后可以随时重新申请。',
  en: 'This is everything that has to be corrected. Acceptance goes on once it is done, nothing is filled in again; without an answer in time it is not accepted this time, and you may file again whenever the materials are complete.',
};
const AFTER_ACCEPTANCE = {
  zh: '以上是需要补正的全部内容。办理时间从现在起暂停，补齐后接着计时；到期没有补的，可以不予登记。',
  en: 'This is everything that has to be supplied. The clock stands still from now until you answer; without an answer in time registration may be refused.',
};
