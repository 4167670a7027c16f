import type { DeadlineAnswer as ClockAnswer } from '../clock/index.ts';
import type { BusinessType } from '../catalogue/index.ts';
import type { ApplicationDocument } from './application.model.ts';
import type { DeadlineAnswer } from './contract.ts';
import { presentFace } from './present-parts.ts';

export interface DeadlineSource {
  promised: ClockAnswer | null;
  /** The same events, judged against the statutory limit. */
  statutory: ClockAnswer | null;
  now: Date;
}

/** 为什么是这一天: each legal day, counted or not, with the rule. Pure. */
export function presentDeadline(
  doc: Pick<ApplicationDocument, '_id' | 'no' | 'acceptance' | 'clockEvents'>,
  type: Pick<BusinessType, 'limits'>,
  { promised, statutory, now }: DeadlineSource,
): DeadlineAnswer {
  const { acceptance } = doc;
  const citation = type.limits.citation;
  const stopped = doc.clockEvents.find(({ kind }) => kind === 'stopped');
  const sheet = (answer: ClockAnswer | null) =>
    answer && {
      ...presentFace(answer.promised, citation),
      trace: answer.trace.map(
        ({ date, kind, counted, ordinal, makeUp, holiday, due, provisional, basis }) => ({
          date,
          kind,
          counted,
          ordinal,
          makeUp,
          holiday,
          due,
          provisional,
          basis,
        }),
      ),
    };
  return {
    id: doc._id,
    no: doc.no,
    computedAt: now.toISOString(),
    light: promised === null || promised.light === 'done' ? 'none' : promised.light,
    running: promised?.state === 'running',
    // By law, too, before any clerk has written a receipt.
    acceptedAt: acceptance?.at.toISOString() ?? promised?.acceptedAt ?? null,
    stoppedAt: stopped?.at.toISOString() ?? null,
    promised: sheet(promised),
    statutory: sheet(statutory),
    frozen: acceptance && {
      promisedDueOn: acceptance.promisedDueOn,
      statutoryDueOn: acceptance.statutoryDueOn,
      receiptNo: acceptance.receiptNo,
    },
  };
}
