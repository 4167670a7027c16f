/** What a part of the suite found wrong. A kind names the promise that was broken; the suite is red if there is any. */
export const FINDING_KINDS = [
  'lost-write',
  'duplicate',
  'two-winners',
  'half-registered',
  'wrong-number',
  'not-settled',
  'server-error',
  'state-differs',
  'slow',
  'no-exercise',
] as const;
export type FindingKind = (typeof FINDING_KINDS)[number];

export interface Finding {
  kind: FindingKind;
  text: string;
}

export interface PartResult {
  part: string;
  figures: Record<string, unknown>;
  findings: Finding[];
}

/** At most a few of each kind are printed in full; the number of all is always said. */
export function printPart({ part, figures, findings }: PartResult): void {
  const lines = [`\n== ${part}`];
  for (const [name, value] of Object.entries(figures)) {
    lines.push(`   ${name.padEnd(34)} ${typeof value === 'string' ? value : JSON.stringify(value)}`);
  }
  for (const kind of FINDING_KINDS) {
    const these = findings.filter((finding) => finding.kind === kind);
    if (these.length > 0) lines.push(`   FOUND ${kind}: ${these.length}`);
    for (const { text } of these.slice(0, 4)) lines.push(`      ${text}`);
  }
  lines.push(findings.length === 0 ? '   nothing wrong found' : `   RED: ${findings.length} findings`);
  process.stdout.write(`${lines.join('\n')}\n`);
}
