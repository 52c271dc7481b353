import type { Call, Hub } from '../../domain/command.ts';
import type { RecordReader } from '../../domain/directories/record-reader.ts';

import type { Tables } from '../schema/resolve.ts';

/** Who asks for an operation, and with what it is done; the same for a request of its own and for a part of a bulk. */
export type Caller = {
  readonly hub: Hub;
  readonly records: RecordReader;
  readonly call: Call;
  /** The directory that the operation is confined to, as a stored id. */
  readonly directoryId: string;
  /** The attributes of the tenant. */
  readonly tables: Tables;
};
