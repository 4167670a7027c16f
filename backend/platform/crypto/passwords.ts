import { hash, parseOptions, verify } from '@node-rs/argon2';
import type { PasswordHasher } from './suite.ts';

/** argon2id cost: memory in KiB, passes, lanes. */
export interface PasswordCost {
  memoryKiB: number;
  passes: number;
  lanes: number;
}

/** 64 MiB, 3 passes: 42 to 80 ms on the reference machine, above OWASP's minimum of 19 MiB and 2 passes. */
export const DEPLOYED_COST: PasswordCost = { memoryKiB: 65_536, passes: 3, lanes: 1 };

/** For tests only: the same algorithm, cheap enough to sign in thousands of times. */
export const TEST_COST: PasswordCost = { memoryKiB: 64, passes: 1, lanes: 1 };

/**
 * argon2id is the library's default algorithm; its const enum cannot be named under isolatedModules. At most half of
 * libuv's four threads hash at one time: the others stay free for files and name look-ups, so that a rush of
 * sign-ins does not stall every other route.
 */
export function createPasswordHasher(cost: PasswordCost): PasswordHasher {
  const options = { memoryCost: cost.memoryKiB, timeCost: cost.passes, parallelism: cost.lanes };
  const inTurn = createLimiter(2);
  return {
    hash: (password) => inTurn(() => hash(password, options)),
    verify: (stored, password) => inTurn(() => verify(stored, password)),
    isCurrent(stored) {
      const used = parseOptions(stored);
      return (
        used.memoryCost === cost.memoryKiB && used.timeCost === cost.passes && used.parallelism === cost.lanes
      );
    },
  };
}

function createLimiter(most: number): <T>(work: () => Promise<T>) => Promise<T> {
  let running = 0;
  const waiting: (() => void)[] = [];
  return async (work) => {
    if (running >= most) await new Promise<void>((resolve) => waiting.push(resolve));
    else running += 1;
    try {
      return await work();
    } finally {
      const next = waiting.shift();
      // The place is handed over, not given back: `running` stays as it is.
      if (next) next();
      else running -= 1;
    }
  };
}
