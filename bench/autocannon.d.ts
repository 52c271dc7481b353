/** What the load uses of autocannon, which brings no types. */
declare module 'autocannon' {
  type Options = {
    url: string;
    connections: number;
    /** Seconds. */
    duration: number;
    /** Milliseconds between samples. */
    sampleInt: number;
    requests: { setupRequest(defaults: object): object }[];
  };
  type Result = {
    '2xx': number;
    non2xx: number;
    errors: number;
    timeouts: number;
    duration: number;
    /** Milliseconds. */
    latency: { p99: number };
  };
  export default function autocannon(options: Options): Promise<Result>;
}
