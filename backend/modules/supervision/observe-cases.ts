import type { DeliveredEvent, Subscriber } from '../../platform/database/outbox.ts';
import { filedBy, readSources } from './case-source.ts';
import { collectFrom, factTypes } from './collect-facts.ts';
import { detectFrom, findingTypes } from './detect-findings.ts';

/** The alarm of a case is a document of its own; every other event is carried by its case. */
const caseIdOf = ({ data, source }: DeliveredEvent): string =>
  typeof data.caseId === 'string' ? data.caseId : String(source.id);

/**
 * What supervision does about the events of cases: counts them, then looks for findings, which compare with what was counted
 * before. Both read the same cases, once; a filing says by itself what is counted of it.
 */
export const observeCases: Subscriber = {
  name: 'supervision.cases',
  types: [...new Set([...factTypes, ...findingTypes])],
  async handle(p, events) {
    const sources = await readSources(p, events.filter((event) => !filedBy(event)).map(caseIdOf));
    await collectFrom(p, events, sources);
    await detectFrom(p, events, sources);
  },
};
