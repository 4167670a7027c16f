import type { Platform } from '../../platform/platform.ts';
import { findUnit, positionOf, type Encumbrance, type UnitDocument } from '../register/index.ts';
import { openAnswers, valueAt } from './answers.ts';
import type { ApplicationDocument, Bilingual, CaseDocument, CaseRegistration } from './application.model.ts';
import type { CaseType } from './case-type.ts';
import { makeDocument, row } from './documents.ts';
import { both, dayWords, fill, instantWords } from './wording.ts';

/**
 * What is handed over where no certificate is issued: to a court the reply to its order (协助执行回执), to anybody else
 * the notice of what was recorded. Empty for types whose result is a certificate.
 */
export async function resultDocuments(
  p: Platform,
  doc: ApplicationDocument,
  type: CaseType,
  registration: CaseRegistration,
): Promise<CaseDocument[]> {
  if (!type.results.some(({ kind }) => kind === 'notice')) return [];
  const entrusted = type.applicants.mode === 'entrusted';
  const answers = openAnswers(p, doc);
  const order =
    valueAt(answers, '/liftDocNo') ?? valueAt(answers, '/renewalDocNo') ?? valueAt(answers, '/docNo');
  const units = await Promise.all(registration.units.map(({ unitCode }) => findUnit(p, unitCode)));
  const results = units.flatMap((unit) => (unit ? resultsOn(unit, doc._id, type) : []));
  const document = makeDocument(p, doc, entrusted ? 'assistanceReply' : 'resultNotice', {
    rows: [
      row('受理编号', 'Case number', doc.no ?? ''),
      row(entrusted ? '协助事项' : '申请事项', entrusted ? 'Matter' : 'Application', type.name),
      ...(entrusted ? [row('嘱托机关', 'Entrusting authority', doc.initiator.name)] : []),
      ...(entrusted && typeof order === 'string' ? [row('协助执行通知书', 'Order', order)] : []),
      row('不动产单元号', 'Unit code', doc.unitCodes.join('、')),
      row('坐落', 'Address', doc.address),
      row('登簿时间', 'Recorded at', instantWords(registration.at)),
      ...results.map((result) => row('登记结果', 'Result', result)),
    ],
    paragraphs: [
      {
        zh: '登记自记入登记簿时生效，以登记簿的记载为准。',
        en: 'Registration takes effect when it is recorded; the register prevails.',
      },
    ],
  });
  return [document];
}

const say = (zh: string, en: string): Bilingual => ({ zh, en });

/** In words, each encumbrance that the case made or ended on the unit. */
function resultsOn(unit: UnitDocument, caseId: string, type: CaseType): Bilingual[] {
  const made = unit.encumbrances.filter((one) => one.caseId === caseId);
  const ended = unit.encumbrances.filter((one) => one.closedByCaseId === caseId);
  const renewed = unit.encumbrances.flatMap(
    (one) => one.seizure?.renewals?.filter((renewal) => renewal.caseId === caseId) ?? [],
  );
  const results = [
    ...made.map((one) => madeWords(unit, one)),
    ...renewed.map(renewedWords),
    ...ended.map(endedWords),
  ];
  return results.length > 0 ? results : [fill(say('已办理{name}', 'Recorded: {name}'), { name: type.name })];
}

/** 查封规定26: a waiting seizure has its place, and its term begins when it takes effect. */
function madeWords(unit: UnitDocument, one: Encumbrance): Bilingual {
  const months = one.seizure?.termMonths ?? 0;
  if (one.from === null || one.until === null) {
    return fill(
      say(
        '已办理轮候查封登记，现排在第 {place} 位；前面的查封解除或失效后依次自动生效，期限 {months} 个月自生效之日起算',
        'Recorded as a waiting seizure, now number {place}; it takes effect by itself in turn, and its term of {months} months begins then',
      ),
      { place: positionOf(unit, one) - 1, months },
    );
  }
  return fill(
    say(
      '已办理{kind}登记，自 {from} 至 {until}，到期没有续行查封的，效力消灭',
      'Recorded as a {kind} from {from} to {until}; it ends then unless renewed',
    ),
    {
      kind: one.seizure?.preSeizure ? say('预查封', 'preliminary seizure') : say('查封', 'seizure'),
      from: dayWords(one.from),
      until: dayWords(one.until),
    },
  );
}

/** 民诉法解释485: the order of the seizures stays as it was. */
const renewedWords = ({ after, until }: { after: string; until: string }): Bilingual =>
  fill(
    say(
      '已办理续行查封登记，期限从 {after} 届满后接续计算，至 {until}；查封的顺位不变',
      'The seizure is renewed: its term follows on from {after} and ends with {until}; its rank is unchanged',
    ),
    { after: dayWords(after), until: dayWords(until) },
  );

function endedWords(one: Encumbrance): Bilingual {
  return one.kind === 'mortgage'
    ? fill(
        say(
          '抵押权（{no}）已注销，登记证明作废',
          'The mortgage ({no}) is discharged and its certification is void',
        ),
        { no: both(one.certificateNo ?? '—') },
      )
    : fill(say('查封（{no}）已解除', 'The seizure ({no}) is lifted'), {
        no: both(one.seizure?.docNo ?? '—'),
      });
}
