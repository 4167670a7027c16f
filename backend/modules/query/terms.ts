import { readReferenceFolder } from '../catalogue/index.ts';

/** How long a decision may take and how much one account may ask: data of the deployment (`seeds/reference/query/terms.json`). */
export interface QueryTerms {
  /** 查询办法10, 细则100: on the spot is the rule; at most, where special circumstances do not allow it. */
  legalWorkdays: number;
  /** What this office promises, shorter. */
  promisedWorkdays: number;
  /** Queries of one account in 24 hours. */
  mostADay: number;
}

let known: Promise<QueryTerms> | null = null;

/** Read once a process. */
export function queryTerms(): Promise<QueryTerms> {
  known ??= readReferenceFolder('query').then((files) => {
    const file = files.find(({ name }) => name === 'terms.json');
    if (!file)
      throw new Error('seeds/reference/query/terms.json is missing: it says how long a query may take');
    return checkTerms(JSON.parse(file.text) as QueryTerms);
  });
  return known;
}

function checkTerms(terms: QueryTerms): QueryTerms {
  const { legalWorkdays, promisedWorkdays, mostADay } = terms;
  const whole = [legalWorkdays, promisedWorkdays, mostADay].every((n) => Number.isInteger(n) && n > 0);
  if (!whole || promisedWorkdays > legalWorkdays)
    throw new Error(
      'seeds/reference/query/terms.json: whole numbers above 0, no promise longer than the law',
    );
  return { legalWorkdays, promisedWorkdays, mostADay };
}
