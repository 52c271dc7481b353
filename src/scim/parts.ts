import type { Hub } from '../domain/command.ts';
import type { RecordReader } from '../domain/directories/record-reader.ts';
import type { SignIn } from '../http/sign-in.ts';

/** What SCIM is made of. */
export type ScimParts = { hub: Hub; records: RecordReader; signIn: SignIn; publicUrl: string };
