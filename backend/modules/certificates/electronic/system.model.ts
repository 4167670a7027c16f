import { defineModel } from '../../../platform/database/model.ts';
import type { OutboxEvent } from '../../../platform/database/outbox.ts';
import type { ElectronicOperation } from './contract.ts';

/**
 * A system of another authority (省、市数据共享平台, a bank's gateway) that may call the operations on electronic certificates. It holds a key
 * instead of anybody's session, of which only a keyed digest is kept; what it may do is named operation by operation.
 */
export interface CertificateSystemDocument {
  /** `system:` and 24 hexadecimal digits: the actor in every record of what it did and of whom it saw. */
  _id: string;
  /** Whose system it is and what it is for, in the administrator's words; the holders of certificates read it. */
  name: string;
  /** Of the registry itself; absent in systems of before, which were others'. */
  ofRegistry?: boolean;
  operations: ElectronicOperation[];
  keyDigest: string;
  /** A key ends by itself, so that one that was forgotten does not stand for ever. */
  validUntil: Date;
  createdBy: string;
  createdAt: Date;
  revokedAt: Date | null;
  revokedBy: string | null;
  outbox?: OutboxEvent[];
}

export const certificateSystems = defineModel<CertificateSystemDocument>({
  collection: 'certificate-systems',
  outbox: true,
  fields: {
    _id: { type: String, required: true },
    name: { type: String, required: true },
    ofRegistry: { type: Boolean, default: false },
    operations: { type: [String], required: true },
    keyDigest: { type: String, required: true },
    validUntil: { type: Date, required: true },
    createdBy: { type: String, required: true },
    createdAt: { type: Date, required: true },
    revokedAt: { type: Date, default: null },
    revokedBy: { type: String, default: null },
  } as never,
  indexes: [
    {
      key: { keyDigest: 1 },
      options: { name: 'certificate_systems_by_key', unique: true },
      because: 'every request of a system finds it by its key, and a key is one system’s',
    },
    {
      key: { createdAt: -1, _id: -1 },
      options: { name: 'certificate_systems_newest' },
      because: 'the administrator’s list, which is short and never pruned',
    },
  ],
});
