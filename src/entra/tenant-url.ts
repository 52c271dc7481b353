import type { DialectName } from './dialect.ts';

/** The tenant URL without slash and flag, and the dialect its flag asks for. Entra keeps the flag to itself (entra.md A11). */
export function parseTenantUrl(text: string): { base: string; dialect: DialectName } {
  const url = URL.parse(text);
  if (!url || !/^https?:$/.test(url.protocol)) throw new Error(`"${text}" is not an http or https URL.`);
  const dialect = /aadOptscim062020/i.test(url.search) ? 'batched' : 'verbose';
  return { base: url.origin + withoutSlashes(url.pathname), dialect };
}

function withoutSlashes(path: string): string {
  let end = path.length;
  while (path[end - 1] === '/') end--;
  return path.slice(0, end);
}
