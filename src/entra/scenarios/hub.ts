// biome-ignore lint/suspicious/noExplicitAny: an answer has the shape of its question.
type Answer = any;

/** A hub's GraphQL, asked with one key. */
export interface Hub {
  url: string;
  /** The data of a question. Throws what the hub answers in `errors`. `person` is whom the key acts for. */
  ask(question: string, person?: string): Promise<Answer>;
  /** What a command brought. Throws its problems. `wanted` is what to read of its payload. */
  command(call: string, wanted?: string, person?: string): Promise<Answer>;
  /** Codes of the problems that a command meets. */
  problemsOf(call: string, person?: string): Promise<string[]>;
}

/** Opens the GraphQL of the hub at that address. */
export function openHub(address: string, key: string): Hub {
  const url = address.replace(/\/(scim\/v2\/?)?$/, '');
  const ask = async (query: string, person?: string): Promise<Answer> => {
    const response = await fetch(`${url}/graphql`, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        authorization: `Bearer ${key}`,
        ...(person !== undefined && { 'x-rollcall-act-as': person }),
      },
      body: JSON.stringify({ query }),
    });
    const { data, errors } = (await response.json()) as { data?: Answer; errors?: { message: string }[] };
    if (errors) throw new Error(errors.map(({ message }) => message).join(' '));
    if (!response.ok) throw new Error(`GraphQL answered HTTP ${response.status}`);
    return data;
  };
  const perform = async (call: string, wanted = '', person?: string) =>
    (await ask(`mutation { it: ${call} { problems { code message } ${wanted} } }`, person)).it;
  return {
    url,
    ask,
    async command(call, wanted, person) {
      const { problems, ...payload } = await perform(call, wanted, person);
      if (problems.length > 0) throw new Error(problems.map(({ message }: { message: string }) => message).join(' '));
      return payload;
    },
    problemsOf: async (call, person) =>
      (await perform(call, '', person)).problems.map(({ code }: { code: string }) => code),
  };
}

/** Values as they stand in a GraphQL document: names without quotes, text with; words in capitals are enum values. */
export function literal(value: unknown): string {
  if (typeof value === 'string') return /^[A-Z][A-Z_]+$/.test(value) ? value : JSON.stringify(value);
  if (Array.isArray(value)) return `[${value.map(literal).join(', ')}]`;
  if (typeof value !== 'object' || value === null) return String(value);
  return `{ ${Object.entries(value)
    .map(([name, one]) => `${name}: ${literal(one)}`)
    .join(', ')} }`;
}
