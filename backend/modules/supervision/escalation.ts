import type { StaffRole } from '../accounts/index.ts';
import type { AlarmKind } from './vocabulary.ts';

/**
 * Who is told of an alarm (deadlines.md, domain.md §2.4): yellow → handler; red → head of section and supervisor; each further
 * working day one level up, where the leader is the highest. Pure.
 */

export interface StaffMember {
  accountId: string;
  name: string;
  officeId: string | null;
  /** Blind index of the ID number. */
  personIndex: string;
}

export type Directory = Readonly<Partial<Record<StaffRole, readonly StaffMember[]>>>;

export interface Concerned {
  officeId: string | null;
  handlerId: string | null;
  /** Post whose turn it is. */
  role: string | null;
  /** Of the parties and of whoever acted for them. */
  partyIndexes: readonly string[];
}

/** 0 handler · 1 head of section and supervisor · 2 leader; further days late go on counting. */
export function levelOf(kind: AlarmKind, lateWorkdays: number): number {
  switch (kind) {
    case 'yellow':
      return 0;
    case 'pauseOverdue':
    case 'preReviewOverdue':
    case 'red':
      return 1;
    case 'black':
    case 'deemedAccepted':
      return 2;
    case 'late':
      return 1 + lateWorkdays;
  }
}

/** Posts that hear of each kind besides the handler. */
const ROLES = {
  yellow: [],
  red: ['sectionHead', 'supervisor'],
  black: ['leader', 'supervisor'],
  late: ['leader'],
  preReviewOverdue: ['sectionHead', 'supervisor'],
  deemedAccepted: ['sectionHead', 'leader', 'supervisor'],
  pauseOverdue: ['sectionHead'],
} as const satisfies Record<AlarmKind, readonly StaffRole[]>;

/** Kinds about something that the handler can do by themselves at once. */
const TELLS_HANDLER: readonly AlarmKind[] = ['yellow', 'preReviewOverdue', 'pauseOverdue'];

/** Where nobody holds a post, the next one up hears instead: an alarm is never raised to nobody while anybody is there. */
const ABOVE: Partial<Record<StaffRole, StaffRole>> = { sectionHead: 'leader', leader: 'supervisor' };

/** Those of the case's hall, and those who belong to no hall in particular. */
function members(directory: Directory, role: StaffRole, { officeId, partyIndexes }: Concerned) {
  return (directory[role] ?? []).filter(
    (one) =>
      (officeId === null || one.officeId === null || one.officeId === officeId || role === 'supervisor') &&
      // 回避: a party who is also staff is not told as staff.
      !partyIndexes.includes(one.personIndex),
  );
}

/** Who holds a post for the case's hall, or the next post up where nobody does. */
export function findHolders(directory: Directory, role: StaffRole, concerned: Concerned): StaffMember[] {
  const found = members(directory, role, concerned);
  const above = ABOVE[role];
  return found.length > 0 || above === undefined ? found : findHolders(directory, above, concerned);
}

function handlers(directory: Directory, concerned: Concerned): StaffMember[] {
  const everybody = Object.values(directory).flatMap((list) => list ?? []);
  const handler = everybody.find(({ accountId }) => accountId === concerned.handlerId);
  if (handler) return [handler];
  const post = concerned.role === null ? [] : members(directory, concerned.role as StaffRole, concerned);
  return post.length > 0 ? post : findHolders(directory, 'sectionHead', concerned);
}

/** Each person once, in the order of the posts. */
export function recipientsOf(directory: Directory, kind: AlarmKind, concerned: Concerned): StaffMember[] {
  const told = [
    ...(TELLS_HANDLER.includes(kind) ? handlers(directory, concerned) : []),
    ...ROLES[kind].flatMap((role) => findHolders(directory, role, concerned)),
  ];
  return [...new Map(told.map((one) => [one.accountId, one])).values()];
}
