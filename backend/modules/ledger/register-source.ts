import { ledgerLeaves } from '../register/index.ts';
import { REGISTER_KIND, type LeafSource } from './leaf-source.ts';

/** The changes of the register, from the units' own histories. */
export const registerLeaves: LeafSource = { kind: REGISTER_KIND, leaves: ledgerLeaves };
