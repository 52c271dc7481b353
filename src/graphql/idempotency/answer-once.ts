import { actorName } from '../../domain/acting.ts';
import type { Call, Hub } from '../../domain/command.ts';
import type { Claim } from '../../domain/idempotency/claim.ts';
import type { Standing } from '../../domain/idempotency/kept-answers.ts';
import { newId } from '../../domain/ids.ts';
import { type Answer, refusal } from '../answer.ts';
import type { KeyedRequest } from './keyed-request.ts';

/** The largest answer that is kept. */
const LARGEST_BYTES = 256 * 1024;

/** Answers a mutation that is asked under a key: by doing it the first time, and then as it was answered. */
export async function answerOnce(
  { storage, seal }: Hub,
  call: Call,
  { key, request, isSecret }: KeyedRequest,
  answer: (call: Call) => Promise<Answer>,
): Promise<Answer> {
  const { answers } = storage;
  const { actor, requestId } = call;
  const claim: Claim = { tenantId: actor.tenantId, caller: actorName(actor), key, id: newId() };
  const standing = await answers.claim(claim, { digest: seal(request), requestId });
  if (standing.is !== 'OURS') return answerTo(standing);
  // Whatever becomes of the row: what was done is answered, and the row ends by itself.
  const letGo = () => answers.letGo(claim).catch(() => {});
  const given = await answer({ ...call, once: claim }).catch(async (error) => {
    await letGo();
    throw error;
  });
  const contentType = given.headers['content-type'] ?? JSON_TYPE;
  if (isSecret || !isFinal(given)) await letGo();
  else await answers.keep(claim, { text: given.text, contentType }).catch(() => {});
  return given;
}

const JSON_TYPE = 'application/json; charset=utf-8';

function answerTo(standing: Exclude<Standing, { is: 'OURS' }>): Answer {
  switch (standing.is) {
    case 'REUSED':
      return refusal(422, 'IDEMPOTENCY_KEY_REUSED', 'This Idempotency-Key was sent with another request.');
    case 'IN_PROGRESS':
      return refusal(409, 'IDEMPOTENCY_IN_PROGRESS', 'The request of this Idempotency-Key is being carried out.', {
        'retry-after': '1',
      });
    case 'APPLIED':
      return applied(standing.requestId);
    case 'ANSWERED':
      return {
        status: 200,
        headers: { 'content-type': standing.answer.contentType, 'idempotency-replayed': 'true' },
        text: standing.answer.text,
      };
  }
}

const applied = (requestId: string): Answer =>
  refusal(
    409,
    'IDEMPOTENCY_APPLIED',
    `The request of this Idempotency-Key was carried out as request ${requestId}; its answer was not kept.`,
    {},
    { requestId },
  );

/** False for what would be answered otherwise another time, and for what is too large to keep. */
function isFinal({ status, text }: Answer): boolean {
  if (status !== 200 || Buffer.byteLength(text) > LARGEST_BYTES) return false;
  const { errors = [] } = JSON.parse(text) as { errors?: { extensions?: { code?: string } }[] };
  return !errors.some(({ extensions }) => extensions?.code === 'INTERNAL' || extensions?.code === 'UNAVAILABLE');
}
