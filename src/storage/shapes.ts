import type pg from 'pg';
import type { Question, Session } from './database.ts';

/** More shapes than any program asks for; beyond them, statements are sent without a name. */
const MOST_NAMES = 300;
const names = new Map<string, string>();

/** Asks a question whose text comes back in a bounded number of shapes: each is planned once a connection. */
export function askShape<Row extends pg.QueryResultRow>(session: Session, question: Question): Promise<Row[]> {
  const { text, values } = question;
  const name = names.get(text) ?? nameOf(text);
  return name === null ? session.ask<Row>(question) : session.run<Row>({ name, text }, values);
}

function nameOf(text: string): string | null {
  if (names.size >= MOST_NAMES) return null;
  const name = `shape-${names.size}`;
  names.set(text, name);
  return name;
}
