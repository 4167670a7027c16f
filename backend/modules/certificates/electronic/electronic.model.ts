import { defineModel } from '../../../platform/database/model.ts';
import type { OutboxEvent } from '../../../platform/database/outbox.ts';
import type { ElectronicStatus } from './contract.ts';

/** The electronic form (电子证照) of one certificate: what it says is the certificate's signed record, never a copy that could differ. */
export interface ElectronicDocument {
  /** The certificate's id: one electronic form for each, whoever asks for it and however often. */
  _id: string;
  number: string;
  status: ElectronicStatus;
  /** Counts what happened to it: 1 made, then one more for each step. */
  version: number;
  madeAt: Date;
  issuedAt: Date | null;
  cancelled: { at: Date; by: 'register' | 'administrator'; reason: string | null } | null;
  outbox?: OutboxEvent[];
}

export const electronicCertificates = defineModel<ElectronicDocument>({
  collection: 'electronic-certificates',
  outbox: true,
  fields: {
    _id: { type: String, required: true },
    number: { type: String, required: true },
    status: { type: String, required: true },
    version: { type: Number, required: true },
    madeAt: { type: Date, required: true },
    issuedAt: { type: Date, default: null },
    cancelled: { type: Object, default: null },
  } as never,
  indexes: [],
});
