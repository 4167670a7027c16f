import { Types } from 'mongoose';

/** 24 hexadecimal digits, the text form of an ObjectId: the pattern every `:id` parameter is checked against. */
export const OBJECT_ID_PATTERN = '^[0-9a-f]{24}$';

export function newId(): string {
  return new Types.ObjectId().toHexString();
}
