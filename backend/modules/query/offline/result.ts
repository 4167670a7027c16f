import type { Field } from '../../certificates/offline/commit.ts';
import type { ResultRecord } from '../result-record.ts';
import { fieldsOf, type ResultField } from './result-fields.ts';
import { RESULT_WORDS } from './words.ts';

/** What is not understood is shown as it stands, and never left out: somebody may have it stand on a false paper. */
const asItStands = ([name, value]: Field): ResultField => ({
  key: name,
  label: name,
  text: typeof value === 'string' ? value : JSON.stringify(value),
});

/** A proven result of a query in the rows of its paper, title and office first: to be compared with what is printed. Never throws. */
export function resultRows(fields: readonly Field[]): ResultField[] {
  try {
    const record = Object.fromEntries(fields) as unknown as ResultRecord;
    const { kind, agency, refusal } = record;
    return [
      { key: 'title', label: '文书', text: RESULT_WORDS[kind].zh },
      { key: 'agency', label: '登记机构', text: agency },
      ...fieldsOf(record),
      ...(refusal ? [{ key: 'remedy', label: '救济途径', text: refusal.remedy.zh }] : []),
    ];
  } catch {
    return fields.map(asItStands);
  }
}
