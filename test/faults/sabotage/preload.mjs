/**
 * `node --import preload.mjs server.mjs` with FAULTS_SABOTAGE: takes one guard of the product away at the driver, below the
 * product, which knows nothing of it. The fault suite must then be red; if it stays green it proves nothing.
 */
import { createRequire } from 'node:module';

const require = createRequire(import.meta.url);

/** @typedef {Record<string, any>} Command */

const UNREACHABLE = { _id: 'sabotaged: nothing is ever found' };

/** @param {Command} filter @param {string} key */
function without(filter, key) {
  const { [key]: _dropped, ...rest } = filter;
  return rest;
}

/**
 * Updates that travel together come as `bulk`, before the driver has made bytes of them.
 * @param {Command} command @param {(filter: Command) => Command} change
 */
function mapFilters(command, change) {
  if (Array.isArray(command.updates)) for (const update of command.updates) update.q = change(update.q);
  if (command.findAndModify) command.query = change(command.query);
  for (const { updateOne } of command.bulk ?? []) if (updateOne) updateOne.filter = change(updateOne.filter);
}

/** Each changes a command before it is sent. */
export const SABOTAGES = {
  /** @param {Command} command */
  'no-journal'(command) {
    if (command.writeConcern) command.writeConcern = { w: 1, j: false };
  },
  /** @param {Command} command */
  'no-revision'(command) {
    const collection = command.update ?? command.findAndModify;
    if (collection === 'applications' || collection === 'units')
      mapFilters(command, (filter) => without(filter, 'revision'));
  },
  /** @param {Command} command */
  'no-dedup'(command) {
    if (command.createIndexes) {
      for (const index of command.indexes) {
        if (['created-once', 'idempotency', 'series-holder'].includes(index.name)) delete index.unique;
      }
    }
    if (command.find === 'applications' && command.filter?.['created.key'] !== undefined)
      command.filter = UNREACHABLE;
    if (command.find === 'files' && command.filter?.idempotencyKey !== undefined)
      command.filter = UNREACHABLE;
    if (command.find === 'numbers' && command.filter?.holder !== undefined) command.filter = UNREACHABLE;
    // A unit looks as if no case had ever changed it, so that a plan is run again as if for the first time.
    if (command.find === 'units' && command.filter?._id !== undefined)
      command.projection = { ...(command.projection ?? {}), changes: { $slice: 1 } };
    if (command.update === 'units')
      mapFilters(command, (filter) => without(without(filter, 'changes.caseId'), 'revision'));
  },
};

/**
 * Lets `change` see every command first. Gives back a function that ends it.
 * @param {(command: Command) => void} change
 * @returns {() => void}
 */
export function patchDriver(change) {
  const { Connection } = require('mongodb/lib/cmap/connection.js');
  const { command: send } = Connection.prototype;
  /** @this {unknown} @param {unknown} ns @param {Command} command @param {unknown[]} rest */
  Connection.prototype.command = function sabotaged(ns, command, ...rest) {
    change(command);
    return send.call(this, ns, command, ...rest);
  };
  const { Collection } = require('mongodb');
  const { bulkWrite } = Collection.prototype;
  /** @this {{collectionName: string}} @param {Command[]} bulk @param {unknown[]} rest */
  Collection.prototype.bulkWrite = function sabotaged(bulk, ...rest) {
    change({ update: this.collectionName, bulk });
    return bulkWrite.call(this, bulk, ...rest);
  };
  return () => {
    Connection.prototype.command = send;
    Collection.prototype.bulkWrite = bulkWrite;
  };
}

const name = process.env.FAULTS_SABOTAGE;
if (name) {
  const change = SABOTAGES[/** @type {keyof typeof SABOTAGES} */ (name)];
  if (!change) throw new Error(`there is no sabotage named ${name}`);
  patchDriver(change);
}
