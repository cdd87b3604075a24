import type { Type } from '@nestjs/common';

/** The type of a member, an element of a list or a value of a map; a class stands for a structure. */
export interface ValueSpec {
  type: 'string' | 'integer' | 'long' | 'double' | 'boolean' | 'timestamp' | 'blob' | 'stream' | 'list' | 'map' | Type<object>;
  /** Of a list. */
  of?: ValueSpec;
  /** Of a map, whose keys are strings, where they have limits. */
  keys?: ValueSpec;
  /** Of a map. */
  values?: ValueSpec;
  enum?: readonly string[];
  /** A regular expression for the whole value. */
  pattern?: string;
  /** Lowest value of a number, least length of anything else. */
  min?: number;
  max?: number;
  /** Never repeated to whoever sent it. */
  sensitive?: true;
}

export interface MemberSpec extends ValueSpec {
  /** Default: a key of the JSON body. A query member of type map takes every query parameter that no other member takes; `status` is that of an answer. */
  in?: 'uri' | 'query' | 'header' | 'payload' | 'status';
  /** Name on the wire, where it is not the property's. */
  wire?: string;
  required?: true;
  /** A map in which null is a value; elsewhere it means absence. */
  keepNulls?: true;
}
