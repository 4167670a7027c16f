/** What `bench:deadlines` prints, and the end of a run that takes too long. */
const MINUTES = Number(process.env.BENCH_MINUTES ?? 15);

let missed = 0;
export const missedSoFar = (): number => missed;

/** One line of the report; a false `pass` is counted as missed. */
export function say(what: string, figure: string, pass?: boolean): void {
  if (pass === false) missed += 1;
  process.stdout.write(`${pass === undefined ? '     ' : pass ? 'ok   ' : 'MISS '}${what}: ${figure}\n`);
}

/** Whole milliseconds since. */
export const ms = (from: number): number => Math.round(performance.now() - from);
const STARTED = performance.now();
/** Since the start of the run. */
export const clock = (): string => `${String(Math.round(ms(STARTED) / 1_000)).padStart(4)} s`;

/** A line of progress at most every five seconds, and the end of a run that takes too long. */
export function progress(what: string): (done: number, of: number) => void {
  let lastAt = -Infinity;
  return (done, of) => {
    if (ms(STARTED) > MINUTES * 60_000)
      throw new Error(`${what}: not done after ${MINUTES} minutes (BENCH_MINUTES)`);
    if (performance.now() - lastAt < 5_000) return;
    lastAt = performance.now();
    process.stdout.write(`  …  ${clock()}  ${what}: ${done} of ${of}\n`);
  };
}

export interface Times {
  p50: number;
  p99: number;
  reads: number;
}
/** Sorts what it is given. Milliseconds. */
export function percentiles(times: number[]): Times {
  times.sort((a, b) => a - b);
  const part = (share: number) => times[Math.ceil(times.length * share) - 1] ?? NaN;
  return { p50: part(0.5), p99: part(0.99), reads: times.length };
}
export const timesText = ({ p50, p99, reads }: Times) =>
  `p50 ${p50.toFixed(1)} ms, p99 ${p99.toFixed(1)} ms of ${reads}`;
