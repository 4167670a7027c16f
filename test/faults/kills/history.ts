/** What the clients were told was done: each of these must be found afterwards. */
export interface CaseHistory {
  id: string;
  typeCode: string;
  unitCode: string;
  /** Request key of the draft, and who sent it. */
  createKey: string;
  accountId: string;
  /** Revision → the values that a save was acknowledged with. More than one for a revision: two winners. */
  saves: { revision: number; proofNo: string }[];
  /** Words of saves whose outcome was never learnt. */
  tried: string[];
  uploads: { fileId: string; key: string; sentSha256: string }[];
  attached: string[];
  /** Highest revision that an acknowledged write named; whatever is read later may not be older. */
  revision: number;
  /** Answers that were older than an acknowledged write: seen at once, before a repeated act could cover it up. */
  untold: string[];
  invited: boolean;
  no: string | null;
  submitKey: string | null;
  /** Acknowledged acts of clerks; `seen` is the revision that they acted on. */
  acts: { act: string; accountId: string; revision: number; seen: number }[];
  /** Account of the other applicant whose signature was acknowledged. */
  signedBy: string | null;
  recorded: boolean;
}

export interface History {
  cases: CaseHistory[];
  /** Found wrong while the load ran. */
  anomalies: string[];
  /** Unknown outcomes, by what they turned out to be. */
  resolved: { done: number; notDone: number };
  finished: number;
  /** Called when a clerk was told that a case is registered. */
  onRecorded: (told: CaseHistory) => void;
  /** Cases given up because nothing moved them on; each is a finding. */
  stuck: string[];
}

export function createHistory(): History {
  return {
    cases: [],
    anomalies: [],
    resolved: { done: 0, notDone: 0 },
    finished: 0,
    onRecorded: () => undefined,
    stuck: [],
  };
}

/** Acknowledged acts by kind, for the report. */
export function countActs({ cases }: History): Record<string, number> {
  const counts: Record<string, number> = {};
  const add = (kind: string, times: number) => (counts[kind] = (counts[kind] ?? 0) + times);
  for (const told of cases) {
    add('draft', 1);
    add('save', told.saves.length);
    add('upload', told.uploads.length);
    add('attach', told.attached.length);
    add('invite', told.invited ? 1 : 0);
    add('sign', told.signedBy === null ? 0 : 1);
    add('submit', told.no === null ? 0 : 1);
    for (const { act } of told.acts) add(act, 1);
  }
  return counts;
}
