import { Type, type Static } from 'typebox';
import { FileType, ScanStatus } from '../../files/contract.ts';
import { SentenceView } from '../../register/contract.ts';
import { EVIDENCE, PURPOSES, QUERY_KINDS, QUERY_STATES, REFUSAL_REASONS, RELATIONS } from '../vocabulary.ts';
import { DisclosedUnit } from './disclosed.ts';
import { DELAY_GROUNDS } from './looks.ts';

const words = <T extends string>(values: readonly T[]) => Type.Unsafe<T>(Type.String({ enum: [...values] }));
const nullable = <T extends Parameters<typeof Type.Union>[0][number]>(schema: T) =>
  Type.Union([schema, Type.Null()]);
const Text = Type.String();
const Instant = Type.String({ format: 'date-time' });

/** 查询结果证明 · 无房证明 · 不予查询告知书 */
export const RESULT_KINDS = ['queryResult', 'noProperty', 'refusal'] as const;
export type ResultKind = (typeof RESULT_KINDS)[number];

export const ResultView = Type.Object({
  kind: words<ResultKind>(RESULT_KINDS),
  no: Text,
  /** The register of this instant, not of later. */
  at: Instant,
  agency: Text,
  pdfUrl: Text,
  verifyUrl: Text,
  /** What was searched, and what the answer therefore cannot know; null of a refusal. */
  coverage: nullable(SentenceView),
  units: Type.Array(DisclosedUnit),
  refusal: nullable(
    Type.Object({
      reason: words(REFUSAL_REASONS),
      explanation: Text,
      remedy: SentenceView,
    }),
  ),
});
export type ResultView = Static<typeof ResultView>;

/** Of a state organ's query: whether those concerned are told of it (个人信息保护法35). */
export const NoticeView = Type.Object({
  ground: words(DELAY_GROUNDS),
  /** Last day of the term that the organ has for this query. */
  untilOn: Text,
  /** The term runs: the organ may extend or end it. */
  silent: Type.Boolean(),
  /** Since when they may read of it; null: not yet. Null though the term is over: a delay of notice that the organ asked for keeps it. */
  toldAt: nullable(Instant),
});
export type NoticeView = Static<typeof NoticeView>;

const head = {
  id: Text,
  no: Text,
  kind: words(Object.values(QUERY_KINDS)),
  relation: nullable(words(RELATIONS)),
  state: words(Object.values(QUERY_STATES)),
  purpose: words(PURPOSES),
  purposeText: Text,
  /** What was asked about, as the asker named it; null for all of one's own. */
  target: nullable(Text),
  /** Of a state organ: 文号 of its letter or case. */
  letterNo: nullable(Text),
  askedAt: Instant,
  /** By when it is decided: what this office promises, and what the law allows at most. Null: answered at once. */
  due: nullable(Type.Object({ promisedAt: Instant, promisedOn: Text, legalOn: Text })),
  decidedAt: nullable(Instant),
  /** Last day on which its papers and its answer are there (legal day), and when they were erased. Null: it waits. */
  kept: nullable(Type.Object({ untilOn: Text, erasedAt: nullable(Instant) })),
  /** Null of everybody else's, which is told at once. */
  notice: nullable(NoticeView),
  revision: Type.Integer(),
};

export const QuerySummary = Type.Object(head);
export type QuerySummary = Static<typeof QuerySummary>;

export const EvidenceView = Type.Object({
  code: words(EVIDENCE),
  fileId: Text,
  name: Text,
  type: words(Object.values(FileType)),
  sizeBytes: Type.Integer(),
  pages: Type.Integer(),
  scan: words(Object.values(ScanStatus)),
});
export type EvidenceView = Static<typeof EvidenceView>;

export const QueryView = Type.Object({
  ...head,
  evidence: Type.Array(EvidenceView),
  claimedName: nullable(Text),
  /** 委托人 of a lawyer, as the lawyer wrote it; null of other kinds, and of queries from before it was asked. */
  client: nullable(Text),
  /** Masked number: it was the asker who gave it. Null once papers and answer were erased. */
  person: nullable(Type.Object({ name: Text, idNumberMasked: nullable(Text) })),
  result: nullable(ResultView),
  may: Type.Object({ withdraw: Type.Boolean(), setNotice: Type.Boolean() }),
});
export type QueryView = Static<typeof QueryView>;

export const MyQueries = Type.Object({ items: Type.Array(QuerySummary), nextCursor: nullable(Text) });
export type MyQueries = Static<typeof MyQueries>;

/** A row tells what has to be done, and of nobody: neither what they wrote nor which property; that is seen, and recorded, on opening. */
export const DeskQueryRow = Type.Object({
  id: head.id,
  no: head.no,
  kind: head.kind,
  state: head.state,
  askedAt: head.askedAt,
  due: head.due,
  decidedAt: head.decidedAt,
  /** Null of a state organ: which one asks, and for what, is for whoever decides it. */
  purpose: nullable(head.purpose),
  /** Masked name. */
  asker: nullable(Type.Object({ name: Text, organisation: nullable(Text) })),
  /** Past the office's own promise, past the law's. */
  late: words(['no', 'promise', 'law'] as const),
});
export type DeskQueryRow = Static<typeof DeskQueryRow>;
export const DeskQueries = Type.Object({
  items: Type.Array(DeskQueryRow),
  nextCursor: nullable(Text),
  /** Waiting in all, and of them late. */
  waiting: Type.Integer(),
  late: Type.Integer(),
});
export type DeskQueries = Static<typeof DeskQueries>;

/** A clerk compares the papers with what the register says; the look is recorded for whom it names. */
export const DeskQueryView = Type.Object({
  ...QueryView.properties,
  asker: Type.Object({
    name: Text,
    idNumberMasked: Text,
    organisation: nullable(Type.Object({ name: Text, creditCode: Text })),
  }),
  late: words(['no', 'promise', 'law'] as const),
  basis: Text,
  /** What an acceptance would tell the asker now; null: nothing to tell, or no longer waiting. */
  preview: nullable(Type.Array(DisclosedUnit)),
  /** What the clerk should know before deciding. */
  hints: Type.Array(SentenceView),
  decidedBy: nullable(Text),
});
export type DeskQueryView = Static<typeof DeskQueryView>;

/** `GET /api/queries/kinds`: the rules, for the wizard. */
export const QueryKindsView = Type.Object({
  items: Type.Array(
    Type.Object({
      kind: words(Object.values(QUERY_KINDS)),
      who: Type.Array(words(['citizen', 'organisation', 'stateOrgan'] as const)),
      target: words(['none', 'unit', 'person', 'unitOrPerson'] as const),
      purposes: Type.Array(words(PURPOSES)),
      /** By purpose: of each line one paper; `optional`: not needed, and opens more. */
      papers: Type.Array(
        Type.Object({
          purpose: words(PURPOSES),
          lines: Type.Array(Type.Array(words(EVIDENCE))),
          optional: Type.Array(words(EVIDENCE)),
        }),
      ),
      /** Of one's own: the purpose may be left out, and nothing is promised. */
      own: Type.Boolean(),
      decided: Type.Boolean(),
      basis: Text,
      /** Purposes that need a sentence. */
      wordsFor: Type.Array(words(PURPOSES)),
    }),
  ),
  promisedWorkdays: Type.Integer(),
  legalWorkdays: Type.Integer(),
  /** How long papers and answer are kept once it is answered or refused, and once it is taken back. */
  keptYears: Type.Integer(),
  keptDaysWithdrawn: Type.Integer(),
  /** Of a state organ's query: the longest term in which those concerned are not told, by its ground. */
  silenceDays: Type.Array(Type.Object({ ground: words(DELAY_GROUNDS), days: Type.Integer() })),
});
export type QueryKindsView = Static<typeof QueryKindsView>;

/** 核验 of a result by its QR. Everything but the verdict is null where nothing matches. */
export const ResultVerification = Type.Object({
  verdict: words(['genuine', 'noMatch'] as const),
  checkedAt: Instant,
  kind: nullable(words<ResultKind>(RESULT_KINDS)),
  no: nullable(Text),
  /** The instant whose register it states; it says nothing of later. */
  at: nullable(Instant),
  askerMasked: nullable(Text),
  unitCodes: nullable(Type.Array(Text)),
  /** Whether the register of the units named has changed since; null: not told. */
  changedSince: nullable(Type.Boolean()),
});
export type ResultVerification = Static<typeof ResultVerification>;
