/** What a request is answered with. */
export type Answer = { status: number; headers: Record<string, string>; text: string };

/** The answer to a request that is not executed. */
export const refusal = (
  status: number,
  code: string,
  message: string,
  headers: Record<string, string> = {},
  more: object = {},
): Answer => ({
  status,
  headers,
  text: JSON.stringify({ errors: [{ message, extensions: { code, ...more } }] }),
});
