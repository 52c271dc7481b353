import type Koa from 'koa';
import { answer } from '../exchange.ts';
import { faultBody } from '../faults.ts';
import { refusalOf } from '../refusals.ts';

const PLACE = /^\/scim\/v2\/(?:ServiceProviderConfig|Schemas|ResourceTypes)(?:\/[^/]+)?$/i;

/**
 * True for a question about discovery from someone who shows no credentials: how to sign in can be read before it
 * (RFC 7643 §5, entra.md F2), and nothing there is anyone's. Credentials that are shown must be right, since clients try
 * them out here.
 */
export const isOpen = (context: Koa.Context): boolean =>
  (context.method === 'GET' || context.method === 'HEAD') &&
  PLACE.test(context.path) &&
  context.req.headers.authorization === undefined;

/** Answers it; a refusal leaves no event, since there is nobody to record it for. */
export async function answerOpenly(context: Koa.Context, next: () => Promise<void>): Promise<void> {
  try {
    await next();
  } catch (error) {
    const fault = refusalOf(error);
    if (!fault) throw error;
    answer(context, fault.status, faultBody(fault));
  }
}
