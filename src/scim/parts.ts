import type { Hub } from '../domain/command.ts';
import type { RecordReader } from '../domain/directories/record-reader.ts';
import type { NoteStranger } from '../http/note-strangers.ts';
import type { ScimFigures } from '../http/scim-metrics.ts';
import type { SignIn } from '../http/sign-in.ts';
import type { Note } from './log/log-requests.ts';

/** What SCIM is made of. */
export type ScimParts = {
  hub: Hub;
  records: RecordReader;
  signIn: SignIn;
  publicUrl: string;
  /** Takes notes of signed-in requests for the provisioning log. */
  note: Note;
  /** Leaves word of requests that were turned away. */
  noteStranger: NoteStranger;
  /** Counts every request. */
  count(figures: ScimFigures): void;
};
