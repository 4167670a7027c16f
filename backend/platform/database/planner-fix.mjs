/**
 * The cost-based plan ranker of the embedded engine samples through an execution engine that its build lacks: a query
 * with two or more candidate indexes and no early match fails with "slot-based execution engine is not part of this
 * build". Each of these settings alone cures it; both are set because a later build may refuse either.
 *
 * They are sent by the engine's own process before it listens, so no client ever meets an engine without the cure.
 */
export const PLANNER_SETTINGS = [
  { featureFlagCostBasedRanker: false },
  { internalQueryPlanRanker: 'multiPlanning' },
];

const OP_MSG = 2013;

/**
 * One BSON document of int32, boolean and string values: all that a `setParameter` needs, without loading a driver
 * into the engine's process.
 * @param {Record<string, number | boolean | string>} value
 */
function encodeDocument(value) {
  const parts = Object.entries(value).map(([key, item]) => {
    const name = Buffer.from(`${key}\0`);
    if (typeof item === 'boolean') return Buffer.concat([Buffer.of(0x08), name, Buffer.of(item ? 1 : 0)]);
    if (typeof item === 'number') {
      const number = Buffer.alloc(4);
      number.writeInt32LE(item);
      return Buffer.concat([Buffer.of(0x10), name, number]);
    }
    const text = Buffer.from(`${item}\0`);
    const length = Buffer.alloc(4);
    length.writeInt32LE(text.length);
    return Buffer.concat([Buffer.of(0x02), name, length, text]);
  });
  const body = Buffer.concat([...parts, Buffer.of(0)]);
  const size = Buffer.alloc(4);
  size.writeInt32LE(body.length + 4);
  return Buffer.concat([size, body]);
}

/**
 * A complete OP_MSG that carries one command for the `admin` database.
 * @param {Record<string, number | boolean | string>} command
 */
export function adminCommand(command) {
  const body = encodeDocument({ ...command, $db: 'admin' });
  const message = Buffer.alloc(21 + body.length);
  message.writeInt32LE(message.length, 0);
  message.writeInt32LE(OP_MSG, 12);
  body.copy(message, 21);
  return message;
}

/**
 * Applies the settings, ignoring a refusal: an engine that does not know the setting does not need it.
 * @param {{ roundTrip(message: Buffer): Promise<unknown> }} engine
 */
export async function fixPlanner(engine) {
  for (const setting of PLANNER_SETTINGS) {
    await engine.roundTrip(adminCommand({ setParameter: 1, ...setting })).catch(() => undefined);
  }
}
