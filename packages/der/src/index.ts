export { type DerCode, DerError } from './error.ts';
export { decodeOid, encodeOid } from './oid.ts';
export { DER_LIMIT, DerReader } from './reader.ts';
export { contextConstructed, contextPrimitive, TAG } from './tag.ts';
export {
  bitString,
  boolean,
  concat,
  context,
  contextValue,
  enumerated,
  generalizedTime,
  ia5String,
  integer,
  namedBits,
  nullValue,
  octetString,
  oid,
  printableString,
  sequence,
  setAsGiven,
  setOf,
  time,
  tlv,
  utcTime,
  utf8String,
} from './writer.ts';
