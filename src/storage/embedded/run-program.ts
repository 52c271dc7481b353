import { spawn } from 'node:child_process';

/** A system account to run PostgreSQL as; absent where the hub's own account will do. */
export interface Account {
  name: string;
  uid: number;
  gid: number;
}

/**
 * Environment of every PostgreSQL program: C messages, so that logs read alike on all machines, and nothing of the
 * hub's, whose PG* variables would interfere and whose secrets are not the server's business.
 */
export const serverEnvironment = { LC_ALL: 'C', TZ: 'UTC' };

/** Runs a program to its end, as `account` if given, and returns its output; throws with that output if it fails. */
export function runProgram(program: string, args: string[], account: Account | undefined): Promise<string> {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, {
      cwd: '/',
      env: serverEnvironment,
      stdio: ['ignore', 'pipe', 'pipe'],
      ...(account && { uid: account.uid, gid: account.gid }),
    });
    let output = '';
    const collect = (chunk: Buffer) => {
      output += chunk;
    };
    child.stdout.on('data', collect);
    child.stderr.on('data', collect);
    child.on('error', reject);
    child.on('close', (code, signal) => {
      if (code === 0) resolve(output);
      else reject(new Error(`${program} failed (${signal ?? `code ${code}`})\n${output.trim()}`));
    });
  });
}
