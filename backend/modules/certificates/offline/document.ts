import type { Field, ProofKind } from './commit.ts';

/**
 * Which paper a record is. The office signs other things with the same key, receipts of cases among them: only what has the shape of a
 * paper that can be named and shown is judged as one. Pure.
 */

export const DOCUMENTS = ['title', 'certification', 'queryResult', 'noProperty', 'refusal'] as const;
export type DocumentType = (typeof DOCUMENTS)[number];

/** Said with every verdict: a proof of one paper may stand on another. */
export const DOCUMENT_WORDS = {
  title: { zh: '不动产权证书', en: 'Real estate title certificate' },
  certification: { zh: '不动产登记证明', en: 'Registration certification' },
  queryResult: { zh: '登记资料查询结果', en: 'Result of a query of the register' },
  noProperty: { zh: '无房证明', en: 'Certificate of no registered property' },
  refusal: { zh: '不予查询告知书', en: 'Notice that a query is refused' },
} as const satisfies Record<DocumentType, { zh: string; en: string }>;

const KIND_OF = {
  title: 'certificate',
  certification: 'certificate',
  queryResult: 'queryResult',
  noProperty: 'queryResult',
  refusal: 'queryResult',
} as const satisfies Record<DocumentType, ProofKind>;

const isText = (value: unknown) => typeof value === 'string' && value !== '';
const isList = (value: unknown) => Array.isArray(value);
const isRecord = (value: unknown) => typeof value === 'object' && value !== null && !Array.isArray(value);

/** What every record of its kind has had, since the first. */
const SHAPES: Record<ProofKind, Readonly<Record<string, (value: unknown) => boolean>>> = {
  certificate: {
    number: isText,
    agency: isText,
    unitCode: isText,
    address: isText,
    holders: isList,
    obligors: isList,
    subject: isText,
    other: isList,
    notes: isList,
    registeredOn: isText,
  },
  queryResult: {
    no: isText,
    queryNo: isText,
    agency: isText,
    at: isText,
    asker: isRecord,
    query: isText,
    purpose: isText,
    basis: isText,
    units: isList,
  },
};

/** The paper that fields are the record of; null where they are none that can be shown. @param kind as its leaf in the log says */
export function documentOf(
  fields: readonly Field[],
  kind?: ProofKind,
): { kind: ProofKind; document: DocumentType } | null {
  const values = new Map<string, unknown>(fields);
  const document = DOCUMENTS.find((one) => one === values.get('kind'));
  if (!document || (kind !== undefined && KIND_OF[document] !== kind)) return null;
  const isWhole = Object.entries(SHAPES[KIND_OF[document]]).every(([name, holds]) => holds(values.get(name)));
  return isWhole ? { kind: KIND_OF[document], document } : null;
}
